#pragma once

#include "harness/model/judge.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bulkhead::model {

/// What the trials of one cell came to, as far as two campaigns can be compared by it. The trial is the unit of
/// everything in it: the siblings of one trial share its fate (a host that ends takes several), and so do not count as
/// so many observations.
struct CellSample {
    std::string shape;   ///< "8x1"
    std::string fault;   ///< "none" for the golden runs
    std::string variant; ///< as to_string(Variant)
    std::uint64_t judged = 0;
    std::uint64_t inconclusive = 0;                     ///< trials without a judgement
    std::array<std::uint64_t, outcome_count> worst{};   ///< judged trials by the worst outcome of a sibling
    std::map<std::uint32_t, std::uint64_t> survivors{}; ///< judged trials by the number of siblings that are intact
    /// Of the judged trials that have the figure, one value for each; see `settle`.
    std::map<std::string, std::vector<double>> figures{};
    /// How many judged trials have the figure; where it is settled only of those that some do not have.
    std::map<std::string, std::uint64_t> having{};
    bool operator==(const CellSample&) const = default;
};

/// A campaign, as far as another can be compared with it.
struct Sample {
    std::string experiment;                                 ///< its name
    std::string text;                                       ///< its TOML
    std::vector<std::pair<std::string, std::string>> facts; ///< of the machine and the program
    std::string ended;                                      ///< `whole`, "interrupted", ...
    std::vector<CellSample> cells;
    bool operator==(const Sample&) const = default;
};

/// How a campaign ended that came to its end: all that was planned is there, or a rule stopped it.
inline constexpr std::string_view whole = "complete";

/// An empty sample of the cell.
CellSample sample_of(const Cell& cell);
/// A value that is no finite number counts as none.
void add(CellSample& sample, const TrialRecord& record, const TrialJudgement& judgement);

/// Sorts the values of each figure and rounds them to 4 significant digits; of more than `most_values` it leaves that
/// many evenly spaced ones, from the smallest to the largest. Both sides of a comparison are settled, so that a
/// campaign and a baseline made of it are the same.
void settle(Sample& sample);
inline constexpr std::size_t most_values = 300;
/// Of sorted values so many at most, as above.
std::vector<double> thinned(std::vector<double> sorted);

/// What speaks against a campaign that is compared with another: golden runs that lost a worker, could not be judged or
/// were not made, of the shapes and variants that the other has run too; a sentence for each cell of such.
std::vector<std::string> control_arm_failures(const Sample& sample, const Sample& other);

/// "8x1 segv-null", "4x1 abort (ring channel=tcp)", "golden runs at 8x1": without the variant where it is the usual
/// one.
std::string name_of(const CellSample& cell);

} // namespace bulkhead::model
