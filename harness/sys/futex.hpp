#pragma once

#include <atomic>
#include <cstdint>
#include <ctime>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead::sys {

/// futex(2) FUTEX_WAKE on a word that processes share: wakes everyone who sleeps on it.
inline void futex_wake_all(std::atomic<std::uint32_t>& word) noexcept
{
    ::syscall(SYS_futex, &word, FUTEX_WAKE, INT32_MAX, nullptr, nullptr, 0);
}

/// futex(2) FUTEX_WAIT on a word that processes share: sleeps while it is `expected`, at most `limit_us` microseconds;
/// may come back early.
inline void futex_wait(const std::atomic<std::uint32_t>& word, std::uint32_t expected, std::uint32_t limit_us) noexcept
{
    const timespec limit{static_cast<time_t>(limit_us / 1'000'000U), static_cast<long>(limit_us % 1'000'000U) * 1000L};
    ::syscall(SYS_futex, &word, FUTEX_WAIT, expected, &limit, nullptr, 0);
}

} // namespace bulkhead::sys
