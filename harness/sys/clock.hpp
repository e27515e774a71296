#pragma once

#include <chrono>
#include <cstdint>
#include <ctime>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead::sys {

/// CLOCK_MONOTONIC in nanoseconds: the clock of all stamps, the supervisor's and the workers' (vdso, no system call).
inline std::int64_t monotonic_ns() noexcept
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

/// The same by a system call: in a process that has just been forked, the vdso's pages would first have to be faulted
/// in, which costs far more than the call saves.
inline std::int64_t monotonic_ns_by_call() noexcept
{
    timespec now{};
    ::syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

/// What `monotonic_ns` says when `time` has passed: a deadline.
inline std::int64_t monotonic_in(std::chrono::nanoseconds time) noexcept
{
    return monotonic_ns() + time.count();
}

} // namespace bulkhead::sys
