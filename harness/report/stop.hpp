#pragma once

#include "harness/report/json_parts.hpp"
#include "harness/report/report.hpp"

#include <string>

namespace bulkhead::report {

/// ", until half_width 0.01, for 10 min": behind the most trials that there can be; empty without a rule.
std::string stop_rules_text(const model::StopRules& rules);
/// "24 trials, and 1976 of the 2000 planned saved: until_refuted held after 12 of 1000 rounds".
std::string stop_text(const ExperimentReport& report);
/// null when no rule held.
Json stop_json(const ExperimentReport& report);

} // namespace bulkhead::report
