#include "harness/sys/proc.hpp"

#include "harness/sys/fd.hpp"

#include <array>
#include <cstdio>
#include <fcntl.h>
#include <string_view>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bulkhead::sys {

bool thread_runs(pid_t pid, pid_t tid)
{
    const auto path = "/proc/" + std::to_string(pid) + "/task/" + std::to_string(tid) + "/stat";
    const Fd file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!file)
        return false;
    std::array<char, 512> text{};
    const auto length = ::read(file.number(), text.data(), text.size());
    if (length <= 0)
        return false;
    const std::string_view stat{text.data(), static_cast<std::size_t>(length)};
    const auto name_end = stat.rfind(')'); // the name before it may hold anything
    if (name_end == std::string_view::npos || name_end + 2 >= stat.size())
        return false;
    const char state = stat[name_end + 2];
    return state != 'Z' && state != 'X';
}

std::string program_of(pid_t pid)
{
    const auto path = "/proc/" + std::to_string(pid) + "/exe";
    struct stat seen = {};
    if (::stat(path.c_str(), &seen) < 0)
        return {};
    return std::to_string(seen.st_dev) + ":" + std::to_string(seen.st_ino);
}

pid_t own_pid() noexcept
{
    return ::getpid();
}

bool may_execute(const char* path) noexcept
{
    return ::access(path, X_OK) == 0;
}

std::size_t raise_open_file_limit()
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
        ::getrlimit(RLIMIT_NOFILE, &limit);
    }
    return limit.rlim_cur;
}

} // namespace bulkhead::sys
