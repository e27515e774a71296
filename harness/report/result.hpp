#pragma once

#include "harness/model/judge.hpp"

#include <string>

namespace bulkhead::report {

/// "5 of 7 siblings survived (5 intact, 2 died); NOT as predicted: 6 were to survive (cell-mates died, other hosts
/// intact)": of a trial that could be judged.
std::string result_text(const model::TrialRecord& record, const model::TrialJudgement& judgement);

} // namespace bulkhead::report
