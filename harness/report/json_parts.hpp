#pragma once

// What all JSON of ours has in common. Names are stable: a later version may add some, and `version` counts up when one
// goes or changes its meaning. Times are integers in nanoseconds and end in `_ns`. null says that there is no such
// thing.
//
//   termination   {"exited": 3}  or  {"signaled": "SIGSEGV", "number": 11, "core_dumped": false}
//   outcomes      {"intact": 6, "contaminated": 0, "degraded": 0, "stalled": 0, "corrupted": 0, "died": 1}
//   seed          a string of decimal digits: many readers of JSON spoil integers above 2^53

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
std::int64_t nanoseconds(std::chrono::nanoseconds duration);

} // namespace bulkhead::report
