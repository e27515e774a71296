#pragma once

#include "harness/report/page.hpp"

namespace bulkhead::report {

/// What faults in channels showed to the neighbours of their victims: a row for each fault, a column for each kind of
/// channel, over all shapes. Nothing where there are none.
void print_shown(Page& page, const std::vector<model::CellSummary>& cells);

} // namespace bulkhead::report
