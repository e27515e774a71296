#pragma once

#include "harness/model/judge.hpp"
#include "harness/report/report.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// Records and reports made by hand, without running anything.
namespace bulkhead::samples {

/// What is to have happened in a trial, where it differs from the prediction.
struct Mishap {
    bool a_sibling_dies = false;    ///< a sibling in another host than the victim's, with its host
    bool a_sibling_stalls = false;  ///< the last worker of the pool
    bool a_sibling_changes = false; ///< the working directory of the last worker of the pool
    std::string inconclusive;
};

/// A trial that went as predicted, but for the mishap. Its stamps are on a clock that started long ago.
model::TrialRecord trial(const model::TrialPlan& plan, const Mishap& mishap = {});
/// The plan of the first trial with this fault in this shape.
model::TrialPlan plan(const std::string& fault, const std::string& shape, const model::Containment& containment = {});

/// On a machine that offers everything, unless the offer says otherwise.
model::Experiment experiment(const std::vector<std::string>& shapes, const std::vector<std::string>& faults,
                             const model::Offer& offer = {});
/// The same, with a pool that shares these, guards its workers, ...
model::Experiment experiment(const std::vector<std::string>& shapes, const std::vector<std::string>& faults,
                             const model::Containment& containment);
model::Expectation expectation(const std::vector<std::string>& shapes, const std::vector<std::string>& faults,
                               model::Claim claim);

/// A report on the experiment in which every trial went as predicted.
report::ExperimentReport report_on(const model::Experiment& experiment);

/// The sum of a cell of the report; there must be one.
model::CellSummary& cell_of(report::ExperimentReport& report, const std::string& fault, const std::string& shape);
/// Sums a cell up anew: the first `mishaps` of its first `trials` trials went that way, the others as predicted. Then
/// judges the expectations again.
void rerun(report::ExperimentReport& report, const std::string& fault, const std::string& shape, std::uint32_t trials,
           std::uint32_t mishaps, const Mishap& mishap);

/// Lines of the text, without their ends, with escape sequences taken out.
std::vector<std::string> lines_of(const std::string& text);
/// Whether the text says this; where it broke its lines does not matter.
bool says(const std::string& text, const std::string& part);

} // namespace bulkhead::samples
