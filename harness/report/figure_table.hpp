#pragma once

#include "harness/report/page.hpp"
#include "harness/report/report.hpp"

#include <string_view>
#include <vector>

namespace bulkhead::report {

/// True when no trial of the experiment has a fault: it measures, and there is no survivor to tell of.
bool only_measures(const ExperimentReport& report);

/// The figures that a report tells of: of an experiment with faults only what its workload yields, or an expectation
/// speaks of.
std::vector<std::string_view> figures_to_tell(const ExperimentReport& report);

/// What was measured: for each figure a table of medians with their intervals, a line for each variant and fault, a
/// column for each shape.
void print_figures(Page& page, const ExperimentReport& report);

} // namespace bulkhead::report
