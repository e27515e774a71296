#pragma once

#include "harness/model/channel.hpp"
#include "harness/sys/clock.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>

namespace bulkhead::workers {

/// What came of one send or receive: exactly what this end of the channel was shown.
struct Passed {
    model::Passage how = model::Passage::done;
    int error = 0; ///< errno where there is one; EINTR with timed_out: a signal came first

    [[nodiscard]] explicit operator bool() const { return how == model::Passage::done; }
    bool operator==(const Passed&) const = default;
};

/// How long a send or a receive may wait. Zero: not at all. Sockets round it up to the kernel's tick, pipes to
/// milliseconds.
using Limit = std::chrono::microseconds;
inline constexpr Limit no_limit = Limit::max();

/// When a wait that begins now has to end.
class Deadline {
public:
    explicit Deadline(Limit limit) : limitless_(limit == no_limit), end_(limitless_ ? 0 : end_of(limit)) {}

    /// At least 0. Without a limit always an hour.
    [[nodiscard]] std::chrono::nanoseconds left() const
    {
        if (limitless_)
            return std::chrono::hours{1};
        return std::chrono::nanoseconds{std::max<std::int64_t>(0, end_ - sys::monotonic_ns())};
    }

private:
    /// A limit of years must not overflow.
    static std::int64_t end_of(Limit limit)
    {
        constexpr Limit longest = std::chrono::hours{24 * 365};
        return sys::monotonic_ns() + std::chrono::nanoseconds{std::min(limit, longest)}.count();
    }

    bool limitless_;
    std::int64_t end_;
};

/// What an errno means that a call on a channel has left.
inline Passed passage_after(int error)
{
    switch (error) {
    case EAGAIN:
    case ETIMEDOUT:
    case EINTR: return {model::Passage::timed_out, error};
    case ECONNRESET: return {model::Passage::reset, error};
    case EPIPE: return {model::Passage::broken_pipe, error};
    default: return {model::Passage::failed, error};
    }
}

} // namespace bulkhead::workers
