#include "workers/job.hpp"

#include "workers/blackbox.hpp"
#include "workers/workload.hpp"

#include <cerrno>
#include <cstddef>
#include <poll.h>
#include <span>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bulkhead::workers::workloads {
namespace {

/// Of each thread: where it gets its jobs from, and the one that it is at.
struct Desk {
    int socket = -1;   ///< -1: it has not looked yet
    bool gone = false; ///< nothing comes any more
    std::span<EffectCount> effects;
    JobOrder order{};
    std::uint64_t value = 0;
};
thread_local Desk desk;

void set_up(const Workplace& place)
{
    const int record = place.closing + 1;
    struct stat status {};
    const off_t bytes = ::fstat(record, &status) == 0 ? status.st_size : 0; // lseek would move what all hosts share
    void* const start =
        bytes <= 0 ? MAP_FAILED
                   : ::mmap(nullptr, static_cast<std::size_t>(bytes), PROT_READ | PROT_WRITE, MAP_SHARED, record, 0);
    if (start == MAP_FAILED)
        ::_exit(exit_no_commons);
    desk.effects = {static_cast<EffectCount*>(start), static_cast<std::size_t>(bytes) / sizeof(EffectCount)};
    desk.socket = record + 1 + static_cast<int>(place.thread);
}

} // namespace

bool await_job(Workplace& place)
{
    if (desk.socket < 0)
        set_up(place);
    for (;;) {
        pollfd either[] = {{place.closing, POLLIN, 0}, {desk.gone ? -1 : desk.socket, POLLIN, 0}};
        if (::poll(either, 2, -1) < 0) {
            if (errno == EINTR)
                continue;
            ::_exit(exit_no_commons); // to wait in vain would look like a stall
        }
        if (either[0].revents != 0)
            return false;
        if (either[1].revents != 0)
            return true;
    }
}

bool begin_job(Workplace& /*place*/)
{
    const auto received = ::recv(desk.socket, &desk.order, sizeof desk.order, MSG_DONTWAIT);
    desk.gone = received == 0 || (received < 0 && errno != EAGAIN && errno != EINTR);
    if (received != sizeof desk.order || desk.order.number >= desk.effects.size())
        return false;
    desk.value = job_value(desk.order.input);
    desk.effects[desk.order.number].fetch_add(1, std::memory_order_relaxed);
    return true;
}

void finish_job(Workplace& /*place*/)
{
    const JobResult result{desk.order.number, desk.order.turn, desk.value};
    while (::send(desk.socket, &result, sizeof result, MSG_NOSIGNAL) < 0 && errno == EINTR) {
    }
}

} // namespace bulkhead::workers::workloads
