#pragma once

#include <cstdint>

namespace bulkhead::model {

/// A moment on CLOCK_MONOTONIC in nanoseconds; all stamps of a trial, the supervisor's and the workers', are on it.
using Stamp = std::int64_t;

} // namespace bulkhead::model
