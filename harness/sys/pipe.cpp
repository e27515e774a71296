#include "harness/sys/pipe.hpp"

#include "harness/sys/error.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace bulkhead::sys {

std::pair<Fd, Fd> pipe()
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) < 0)
        refuse("pipe2");
    std::pair<Fd, Fd> pipe{Fd{ends[0]}, Fd{ends[1]}};
    if (::fcntl(ends[0], F_SETFL, O_NONBLOCK) < 0)
        refuse("fcntl of a pipe");
    return pipe;
}

bool is_unread(const Fd& write_end, std::chrono::milliseconds limit)
{
    pollfd end{write_end.number(), 0, 0}; // POLLERR is told unasked
    int told = 0;
    while ((told = ::poll(&end, 1, static_cast<int>(limit.count()))) < 0)
        if (errno != EINTR)
            refuse("poll");
    return told == 1 && (end.revents & POLLERR) != 0;
}

} // namespace bulkhead::sys
