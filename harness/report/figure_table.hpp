#pragma once

#include "harness/report/page.hpp"
#include "harness/report/report.hpp"

namespace bulkhead::report {

/// True when no trial of the experiment has a fault: it measures, and there is no survivor to tell of.
bool only_measures(const ExperimentReport& report);

/// What was measured: for each figure a table of medians with their intervals, a line for each variant and fault, a
/// column for each shape. Of an experiment with faults only what its workload yields, or an expectation speaks of.
void print_figures(Page& page, const ExperimentReport& report);

} // namespace bulkhead::report
