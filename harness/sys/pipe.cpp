#include "harness/sys/pipe.hpp"

#include "harness/sys/error.hpp"

#include <array>
#include <fcntl.h>
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

} // namespace bulkhead::sys
