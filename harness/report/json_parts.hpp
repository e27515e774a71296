#pragma once

// What all JSON of ours has in common. Names are stable: a later version may add some, and `version` counts up when one
// goes or changes its meaning. Times are integers in nanoseconds and end in `_ns`. null says that there is no such
// thing.
//
//   termination   {"exited": 3}  or  {"signaled": "SIGSEGV", "number": 11, "core_dumped": false}
//   outcomes      {"intact": 6, "contaminated": 0, "degraded": 0, "stalled": 0, "corrupted": 0, "died": 1}
//   containment   {"commons": true, "pipe": false, "disk": false, "share": ["segment", "lock"], "lock": "plain",
//                 "guard": "none", "limits": {"memory_mib": 512, "nofile": 64, "threads": null, "cpu_s": null,
//                 "via": "rlimit"}, "thread_limit": "nproc", "processors_by_host": false}
//   leaves        {"effect": "stalls", "reach": "sharers", "medium": "lock", "mended_by_robust_lock": true}
//   seed          a string of decimal digits: many readers of JSON spoil integers above 2^53

#include "harness/model/fault.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace bulkhead::report {

/// Keeps the fields in the order in which they are given.
using Json = nlohmann::ordered_json;

/// The whole document, with a line's end. Text in it that is no UTF-8 (a path may be so) is replaced, not refused.
std::string print(const Json& json);

/// The text; null when it is empty.
Json or_null(const std::string& text);
Json seed_json(std::uint64_t seed);
Json outcomes_json(const std::array<std::uint64_t, model::outcome_count>& outcomes);
Json containment_json(const model::Containment& containment);
/// null when the fault leaves nothing behind.
Json leaves_json(const model::Consequence& leaves);
std::int64_t nanoseconds(std::chrono::nanoseconds duration);

} // namespace bulkhead::report
