#include "harness/sys/line.hpp"

#include "harness/sys/error.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <poll.h>
#include <string_view>
#include <sys/socket.h>
#include <sys/time.h>

namespace bulkhead::sys {

std::pair<Fd, Fd> stream_pair()
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) < 0)
        refuse("socketpair");
    std::pair<Fd, Fd> pair{Fd{ends[0]}, Fd{ends[1]}};
    const timeval limit{2, 0};
    for (const int end : ends)
        if (::setsockopt(end, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) < 0)
            refuse("setsockopt SO_SNDTIMEO");
    return pair;
}

void send_line(const Fd& stream, std::string text)
{
    text += '\n';
    for (std::string_view left = text; !left.empty();) {
        const auto sent = ::send(stream.number(), left.data(), left.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno != EINTR)
            refuse("send of a line");
        left.remove_prefix(sent < 0 ? 0 : static_cast<std::size_t>(sent));
    }
}

bool await_readable(const Fd& descriptor, std::chrono::milliseconds limit)
{
    using std::chrono::steady_clock;
    const auto deadline = steady_clock::now() + limit;
    for (;;) {
        pollfd waited{descriptor.number(), POLLIN, 0};
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - steady_clock::now()).count();
        const int ready = ::poll(&waited, 1, static_cast<int>(std::max<std::int64_t>(left, 0)));
        if (ready >= 0)
            return ready > 0;
        if (errno != EINTR) // a signal cuts the wait short
            refuse("poll");
    }
}

bool await_byte(const Fd& stream, std::chrono::milliseconds limit)
{
    char byte = 0;
    return await_readable(stream, limit) && ::recv(stream.number(), &byte, 1, MSG_DONTWAIT) == 1;
}

} // namespace bulkhead::sys
