#pragma once

#include "harness/report/page.hpp"

#include <optional>
#include <string>
#include <vector>

namespace bulkhead::report {

/// Some workers of whom the same was seen, and what that was.
struct Evidence {
    std::optional<model::Outcome> outcome; ///< nullopt in a trial that cannot be judged
    std::vector<model::WorkerId> workers;  ///< in pool order
    std::vector<std::string> lines;        ///< one sentence each; changes as "working directory: / -> /tmp"
};

/// Everything that speaks for another outcome than intact, and the rates where they were measured. Workers of whom
/// nothing of the sort was seen are left out.
std::vector<Evidence> evidence_of(const model::TrialRecord& record, const model::TrialJudgement& judgement);

/// Nothing when there is none.
void print_evidence(Page& page, const model::TrialRecord& record, const model::TrialJudgement& judgement);

} // namespace bulkhead::report
