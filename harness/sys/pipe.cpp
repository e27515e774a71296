#include "harness/sys/pipe.hpp"

#include "harness/sys/error.hpp"

#include <array>
#include <fcntl.h>
#include <unistd.h>

namespace bulkhead::sys {

std::pair<Fd, Fd> small_pipe()
{
    constexpr int page = 4096;
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) < 0)
        refuse("pipe2");
    std::pair<Fd, Fd> pipe{Fd{ends[0]}, Fd{ends[1]}};
    if (::fcntl(ends[0], F_SETFL, O_NONBLOCK) < 0 || ::fcntl(ends[1], F_SETPIPE_SZ, page) < 0)
        refuse("fcntl of a pipe");
    return pipe;
}

} // namespace bulkhead::sys
