#pragma once

#include "harness/report/page.hpp"

namespace bulkhead::report {

/// Each worker's outcome beside the predicted one, its ops and its check. In a large pool one line stands for
/// neighbours that fared alike.
void print_workers(Page& page, const model::TrialRecord& record, const model::TrialJudgement& judgement);

/// How each host ended; neighbours that ended alike share a line.
void print_hosts(Page& page, const model::TrialRecord& record);

} // namespace bulkhead::report
