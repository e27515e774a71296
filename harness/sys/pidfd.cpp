#include "harness/sys/pidfd.hpp"

#include "harness/sys/error.hpp"

#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace bulkhead::sys {
namespace {

// <linux/pidfd.h> of kernel 6.9; Debian 12's headers are older.
constexpr unsigned pidfd_thread = O_EXCL;

// glibc 2.36 names it P_PIDFD only with some feature macros; the value is the kernel's.
constexpr auto by_pidfd = static_cast<idtype_t>(3);

Termination termination_of(const siginfo_t& ended)
{
    if (ended.si_code == CLD_EXITED)
        return Exited{ended.si_status};
    return Signaled{ended.si_status, ended.si_code == CLD_DUMPED};
}

/// Reaps it if it may be. False when it was, or there is no such child.
bool waits_on(const Fd& pidfd, siginfo_t& ended)
{
    int result = 0;
    do
        result = ::waitid(by_pidfd, static_cast<id_t>(pidfd.number()), &ended, WEXITED | WNOHANG);
    while (result < 0 && errno == EINTR);
    return result == 0 && ended.si_pid == 0;
}

/// For a child that there is no descriptor for, and so nothing that tells of its end.
void reap_within(pid_t pid, std::chrono::milliseconds limit)
{
    constexpr std::chrono::milliseconds pause{1};
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (::waitpid(pid, nullptr, WNOHANG) == 0 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(pause);
}

} // namespace

Pidfd Pidfd::open(pid_t pid)
{
    Fd descriptor{static_cast<int>(::syscall(SYS_pidfd_open, pid, 0U))};
    if (!descriptor)
        refuse("pidfd_open");
    return {pid, std::move(descriptor)};
}

Pidfd Pidfd::open_or_kill(pid_t pid)
{
    try {
        return open(pid);
    } catch (const std::system_error&) {
        ::kill(pid, SIGKILL);
        reap_within(pid, kill_limit);
        throw;
    }
}

void Pidfd::kill_and_reap() const
{
    constexpr std::chrono::milliseconds pause{1};
    const auto deadline = std::chrono::steady_clock::now() + kill_limit;
    signal(SIGKILL);
    if (!ends_within(kill_limit))
        return;
    siginfo_t ended{};
    // It has ended; where somebody traces it, it cannot be reaped before its tracer lets it go.
    while (waits_on(descriptor_, ended) && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(pause);
}

bool Pidfd::signal(int number) const
{
    if (::syscall(SYS_pidfd_send_signal, descriptor_.number(), number, nullptr, 0U) == 0)
        return true;
    if (errno != ESRCH)
        refuse("pidfd_send_signal");
    return false;
}

bool Pidfd::signal_group(int number) const
{
    // Before Linux 6.9 it would go to our own group, or to everybody.
    if (!descriptor_ || pid_ <= 1)
        return false;
    constexpr unsigned to_the_group = 1U << 2U; // PIDFD_SIGNAL_PROCESS_GROUP
    if (::syscall(SYS_pidfd_send_signal, descriptor_.number(), number, nullptr, to_the_group) == 0)
        return true;
    if (errno == EINVAL && ::kill(-pid_, number) == 0)
        return true;
    if (errno != ESRCH)
        refuse("pidfd_send_signal to a process group");
    return false;
}

std::optional<Termination> Pidfd::reap() const
{
    siginfo_t ended{};
    while (::waitid(by_pidfd, static_cast<id_t>(descriptor_.number()), &ended, WEXITED | WNOHANG) < 0)
        if (errno != EINTR)
            refuse("waitid");
    if (ended.si_pid == 0)
        return std::nullopt;
    return termination_of(ended);
}

bool Pidfd::ends_within(std::chrono::milliseconds limit) const
{
    pollfd watched{descriptor_.number(), POLLIN, 0};
    int ready = 0;
    do
        ready = ::poll(&watched, 1, static_cast<int>(limit.count()));
    while (ready < 0 && errno == EINTR);
    return ready == 1;
}

bool Pidfd::stopped() const
{
    siginfo_t seen{};
    const int options = WSTOPPED | WNOHANG | WNOWAIT;
    return ::waitid(by_pidfd, static_cast<id_t>(descriptor_.number()), &seen, options) == 0 && seen.si_pid != 0 &&
           seen.si_code == CLD_STOPPED;
}

Fd open_thread(pid_t tid)
{
    return Fd{static_cast<int>(::syscall(SYS_pidfd_open, tid, pidfd_thread))};
}

bool signal_group(pid_t group, int number)
{
    if (group > 1 && ::kill(-group, number) == 0)
        return true;
    if (group > 1 && errno != ESRCH)
        refuse("kill of a process group");
    return false;
}

bool signal_thread(pid_t pid, pid_t tid, int number)
{
    if (::syscall(SYS_tgkill, pid, tid, number) == 0)
        return true;
    if (errno != ESRCH)
        refuse("tgkill");
    return false;
}

} // namespace bulkhead::sys
