#pragma once

#include "harness/report/chronicle.hpp"

#include <vector>

namespace bulkhead::report {

/// The course of a supervised trial after its first strike: further strikes, restarts, replacements that got ready, and
/// the end of the pool that was given up.
void add_repairs(std::vector<Event>& events, const model::TrialRecord& record);

} // namespace bulkhead::report
