#pragma once

#include "harness/report/json_parts.hpp"
#include "harness/report/page.hpp"

namespace bulkhead::report {

/// The cells whose trials did not all go alike, though everything but the seed was the same: how many went otherwise,
/// which, and how. Nothing where there is none.
void print_unsteady(Page& page, const ExperimentReport& report);
/// null when all of its trials went alike.
Json unsteady_json(const model::CellSummary& cell);

} // namespace bulkhead::report
