#pragma once

#include "harness/model/statistics.hpp"
#include "harness/report/report.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bulkhead::report {

/// The blast radius of a cell, or of several, as a share of the siblings, beside what the model says of it.
struct Blast {
    std::uint64_t trials = 0; ///< that were judged
    double share = 0;         ///< mean over the trials
    /// Each end by itself is a bound at 95%, as a verdict has it, so the interval is one of 90%. The trial is the unit:
    /// the siblings of one trial share its fate.
    model::Interval interval;
    /// The predicted share; from the least to the most where it depends on who the victim is.
    model::Interval predicted;
    bool as_predicted = true; ///< every sibling of every trial ended as predicted
};

/// Sums up cells of one shape; of cells without siblings or judged trials nothing is taken. nullopt: nothing is left.
std::optional<Blast> blast_of(const std::vector<const model::CellSummary*>& cells);

/// The shapes of the cells, from the most exposed to the most apart: by the share of the siblings that are cell-mates
/// ("1x8" to "8x1"), then by the number of workers.
std::vector<model::Shape> by_isolation(const std::vector<model::CellSummary>& cells);

/// One dial: the blast radius of something over all shapes.
struct Dial {
    std::string name; ///< a fault, or the heading of a family; with its variant where there are several
    std::vector<std::optional<Blast>> blasts; ///< by the shapes of by_isolation()
};
/// A dial for each fault with each variant, in the order of the catalogue's families; or, where these are more than
/// `most`, for each family. None for golden runs.
std::vector<Dial> dials_of(const ExperimentReport& report, std::size_t most);
/// True when the dials are families.
bool are_families(const ExperimentReport& report, std::size_t most);

} // namespace bulkhead::report
