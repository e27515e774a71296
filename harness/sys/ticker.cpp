#include "harness/sys/ticker.hpp"

#include "harness/sys/error.hpp"

#include <sys/timerfd.h>

namespace bulkhead::sys {
namespace {

timespec as_timespec(std::int64_t ns)
{
    constexpr std::int64_t second = 1'000'000'000;
    return {.tv_sec = ns / second, .tv_nsec = ns % second};
}

} // namespace

Ticker::Ticker(std::int64_t first, std::chrono::nanoseconds interval)
    : descriptor_(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK))
{
    if (!descriptor_)
        refuse("timerfd_create");
    const itimerspec times{.it_interval = as_timespec(interval.count()), .it_value = as_timespec(first)};
    if (::timerfd_settime(descriptor_.number(), TFD_TIMER_ABSTIME, &times, nullptr) < 0)
        refuse("timerfd_settime");
}

} // namespace bulkhead::sys
