#include "harness/sys/limits.hpp"

#include "harness/sys/error.hpp"
#include "harness/sys/exec.hpp"
#include "harness/sys/fd.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <numeric>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace bulkhead::sys {
namespace {

constexpr std::chrono::milliseconds trying_limit{2000};
constexpr int no_timer = 100; ///< exit code to which errno is added, which stays below 134

/// The first number of the line "KEY<tab>NUMBER..." in a status file; 0 when there is none.
std::size_t number_after(std::string_view status, std::string_view key)
{
    const auto line = status.find(key);
    std::size_t number = 0;
    if (line != std::string_view::npos)
        std::from_chars(status.data() + line + key.size(), status.data() + status.size(), number);
    return number;
}

/// The threads of one process; 0 when it is not the user's, or gone.
std::size_t threads_of(int proc, const std::string& pid, uid_t user)
{
    const Fd file{::openat(proc, (pid + "/status").c_str(), O_RDONLY | O_CLOEXEC)};
    std::array<char, 8192> text{};
    const auto length = file ? ::read(file.number(), text.data(), text.size()) : 0;
    if (length <= 0)
        return 0;
    const std::string_view status{text.data(), static_cast<std::size_t>(length)};
    return number_after(status, "\nUid:\t") == user ? number_after(status, "\nThreads:\t") : 0;
}

} // namespace

std::optional<std::uint64_t> limit_of(pid_t pid, int resource)
{
    rlimit limit{};
    if (::prlimit(pid, static_cast<__rlimit_resource>(resource), nullptr, &limit) < 0)
        return std::nullopt;
    return limit.rlim_cur;
}

std::map<pid_t, std::size_t> processes_of_user()
{
    const std::unique_ptr<DIR, int (*)(DIR*)> proc{::opendir("/proc"), &::closedir};
    if (!proc)
        refuse("opendir /proc");
    std::map<pid_t, std::size_t> processes;
    const uid_t user = ::getuid();
    while (const dirent* const entry = ::readdir(proc.get())) {
        const std::string_view name = entry->d_name;
        pid_t pid = 0;
        if (std::from_chars(name.data(), name.data() + name.size(), pid).ec != std::errc{})
            continue;
        if (const std::size_t threads = threads_of(::dirfd(proc.get()), entry->d_name, user); threads > 0)
            processes[pid] = threads;
    }
    return processes;
}

std::size_t threads_of_user(const std::map<pid_t, std::size_t>& processes)
{
    return std::accumulate(processes.begin(), processes.end(), std::size_t{0},
                           [](std::size_t sum, const auto& process) { return sum + process.second; });
}

bool is_held_by_nproc()
{
    const pid_t child = ::fork();
    if (child < 0)
        refuse("fork");
    if (child == 0) {
        ::setpgid(0, 0); // so that whoever it starts can be found when it is killed
        if (!die_after(trying_limit))
            ::_exit(no_timer + errno);
        const rlimit none{0, 0};
        if (::setrlimit(RLIMIT_NPROC, &none) < 0)
            ::_exit(1);
        const pid_t one_too_many = ::fork();
        if (one_too_many == 0)
            ::_exit(0);
        const bool held = one_too_many < 0 && errno == EAGAIN;
        if (one_too_many > 0)
            ::waitpid(one_too_many, nullptr, 0);
        ::_exit(held ? 0 : 1);
    }
    siginfo_t ended{};
    while (::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT) < 0)
        if (errno != EINTR)
            refuse("waitid");
    ::kill(-child, SIGKILL); // nobody else's group, as its leader has not been reaped
    int status = 0;
    while (::waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            refuse("waitpid");
    if (WIFEXITED(status) && WEXITSTATUS(status) > no_timer)
        refuse("timer_create", WEXITSTATUS(status) - no_timer);
    if (WIFSIGNALED(status)) // stopped by somebody: nothing is known
        refuse("trial of RLIMIT_NPROC", ETIMEDOUT);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool is_root() noexcept
{
    return ::geteuid() == 0;
}

} // namespace bulkhead::sys
