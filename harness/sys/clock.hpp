#pragma once

#include <cstdint>
#include <ctime>

namespace bulkhead::sys {

/// CLOCK_MONOTONIC in nanoseconds: the clock of all stamps, the supervisor's and the workers' (vdso, no system call).
inline std::int64_t monotonic_ns() noexcept
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

} // namespace bulkhead::sys
