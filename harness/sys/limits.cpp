#include "harness/sys/limits.hpp"

#include "harness/sys/error.hpp"
#include "harness/sys/exec.hpp"
#include "harness/sys/fd.hpp"
#include "harness/sys/proc.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace bulkhead::sys {
namespace {

constexpr std::chrono::milliseconds trying_limit{2000};
constexpr int no_timer = 100; ///< exit code to which errno is added, which stays below 134

bool is_of_user(pid_t process, uid_t user)
{
    const Fd file{::open(("/proc/" + std::to_string(process) + "/status").c_str(), O_RDONLY | O_CLOEXEC)};
    std::array<char, 8192> text{};
    const auto length = file ? ::read(file.number(), text.data(), text.size()) : 0;
    const std::string_view status{text.data(), static_cast<std::size_t>(std::max<ssize_t>(length, 0))};
    constexpr std::string_view key = "\nUid:\t";
    const auto line = status.find(key);
    uid_t real = 0;
    return line != std::string_view::npos &&
           std::from_chars(status.data() + line + key.size(), status.data() + status.size(), real).ec == std::errc{} &&
           real == user;
}

} // namespace

std::optional<std::uint64_t> limit_of(pid_t pid, int resource)
{
    rlimit limit{};
    if (::prlimit(pid, static_cast<__rlimit_resource>(resource), nullptr, &limit) < 0)
        return std::nullopt;
    return limit.rlim_cur;
}

std::set<pid_t> threads_of_user()
{
    std::set<pid_t> threads;
    const uid_t user = ::getuid();
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        const std::string name = entry.path().filename();
        pid_t process = 0;
        if (std::from_chars(name.data(), name.data() + name.size(), process).ec != std::errc{} ||
            !is_of_user(process, user))
            continue;
        const std::vector<pid_t> its = threads_of(process);
        threads.insert(its.begin(), its.end());
    }
    return threads;
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

void take_size_limit_as_error() noexcept
{
    std::signal(SIGXFSZ, SIG_IGN);
}

bool is_root() noexcept
{
    return ::geteuid() == 0;
}

} // namespace bulkhead::sys
