#include "workers/channels/waiting.hpp"

#include <cerrno>
#include <sys/socket.h>
#include <sys/time.h>

namespace bulkhead::workers {
namespace {

constexpr std::int64_t us_per_s = 1'000'000;
constexpr Limit longest = std::chrono::hours{24 * 365}; // a limit of years must not overflow

timespec to_timespec(Limit limit)
{
    const std::int64_t us = std::min(limit, longest).count();
    return {static_cast<time_t>(us / us_per_s), static_cast<long>(us % us_per_s) * 1000L};
}

} // namespace

bool await(int descriptor, short events, Limit limit)
{
    constexpr std::int64_t longest_ms = 1'000'000'000;
    const std::int64_t ms = std::chrono::ceil<std::chrono::milliseconds>(std::min(limit, longest)).count();
    pollfd one{descriptor, events, 0};
    const int ready = ::poll(&one, 1, limit == no_limit ? -1 : static_cast<int>(std::min(ms, longest_ms)));
    if (ready == 0)
        errno = EAGAIN;
    return ready > 0; // POLLHUP and POLLERR, too: the call that comes next tells what it is
}

int SocketLimit::set(int socket, int option, Limit limit)
{
    if (limit == Limit::zero())
        return MSG_DONTWAIT;
    if (limit != now_) {
        const std::int64_t us = limit == no_limit ? 0 : std::min(limit, longest).count(); // 0: for ever
        const timeval most{static_cast<time_t>(us / us_per_s), static_cast<suseconds_t>(us % us_per_s)};
        if (::setsockopt(socket, SOL_SOCKET, option, &most, sizeof most) == 0)
            now_ = limit;
    }
    return 0;
}

timespec real_time_in(Limit limit)
{
    timespec when{};
    if (limit == Limit::zero())
        return when; // long past
    const timespec more = to_timespec(limit);
    ::clock_gettime(CLOCK_REALTIME, &when);
    when.tv_sec += more.tv_sec;
    when.tv_nsec += more.tv_nsec;
    if (when.tv_nsec >= 1'000'000'000) {
        ++when.tv_sec;
        when.tv_nsec -= 1'000'000'000;
    }
    return when;
}

} // namespace bulkhead::workers
