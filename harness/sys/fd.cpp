#include "harness/sys/fd.hpp"

#include "harness/sys/error.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/uio.h>
#include <unistd.h>

namespace bulkhead::sys {

Fd duplicate(const Fd& descriptor)
{
    const int number = ::fcntl(descriptor.number(), F_DUPFD_CLOEXEC, 0);
    if (number < 0)
        refuse("fcntl F_DUPFD_CLOEXEC");
    return Fd{number};
}

Fd eventfd()
{
    const int number = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (number < 0)
        refuse("eventfd");
    return Fd{number};
}

void eventfd_signal(int descriptor) noexcept
{
    const int saved = errno;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(descriptor, &one, sizeof one);
    errno = saved;
}

void eventfd_clear(const Fd& descriptor) noexcept
{
    std::uint64_t count = 0;
    const iovec whole{&count, sizeof count};
    if (::preadv2(descriptor.number(), &whole, 1, -1, RWF_NOWAIT) >= 0 || errno != EOPNOTSUPP)
        return;
    pollfd now{descriptor.number(), POLLIN, 0}; // before Linux 5.8
    if (::poll(&now, 1, 0) == 1) [[maybe_unused]]
        const auto taken = ::read(descriptor.number(), &count, sizeof count);
}

Fd open_null()
{
    const int number = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    if (number < 0)
        refuse("open /dev/null");
    return Fd{number};
}

} // namespace bulkhead::sys
