#include "harness/sys/proc.hpp"

#include "harness/sys/error.hpp"
#include "harness/sys/fd.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <sys/resource.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace bulkhead::sys {

namespace {

/// The beginning of a file of one thread; empty when it is gone.
std::string text_of_thread(pid_t pid, pid_t tid, const char* name)
{
    const auto path = "/proc/" + std::to_string(pid) + "/task/" + std::to_string(tid) + "/" + name;
    const Fd file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    std::array<char, 512> text{};
    const auto length = file ? ::read(file.number(), text.data(), text.size()) : -1;
    if (length < 0 && errno != ENOENT && errno != ESRCH)
        refuse("read of /proc/PID/task/TID"); // to know nothing is not to know that it is gone
    return {text.data(), static_cast<std::size_t>(std::max<ssize_t>(length, 0))};
}

/// '?' when it is gone.
char state_in(const std::string& stat)
{
    const auto name_end = stat.rfind(')'); // the name before it may hold anything
    return name_end == std::string::npos || name_end + 2 >= stat.size() ? '?' : stat[name_end + 2];
}

} // namespace

std::vector<pid_t> children_of_thread()
{
    std::ifstream file("/proc/thread-self/children");
    return {std::istream_iterator<pid_t>{file}, {}};
}

std::vector<std::string> arguments_of(pid_t pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/cmdline");
    std::vector<std::string> arguments;
    for (std::string argument; std::getline(file, argument, '\0');)
        arguments.push_back(argument);
    return arguments;
}

bool thread_runs(pid_t pid, pid_t tid)
{
    const char state = state_in(text_of_thread(pid, tid, "stat"));
    return state != '?' && state != 'Z' && state != 'X';
}

std::optional<ThreadLook> look_at_thread(pid_t pid, pid_t tid)
{
    ThreadLook look;
    look.state = state_in(text_of_thread(pid, tid, "stat"));
    const std::string times = text_of_thread(pid, tid, "schedstat");
    unsigned long long run = 0;
    unsigned long long waited = 0;
    unsigned long long turns = 0;
    if (look.state == '?' || std::sscanf(times.c_str(), "%llu %llu %llu", &run, &waited, &turns) != 3)
        return std::nullopt;
    look.run_ns = run;
    look.waited_ns = waited;
    look.turns = turns;
    return look;
}

std::optional<Memory> memory_of(pid_t pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/smaps_rollup");
    Memory memory;
    bool has_pss = false;
    for (std::string line; std::getline(file, line);) {
        std::array<char, 32> key{};
        unsigned long long kib = 0;
        if (std::sscanf(line.c_str(), "%31[^:]: %llu kB", key.data(), &kib) != 2)
            continue;
        const std::string_view name{key.data()};
        if (name == "Pss") {
            memory.proportional_kib = kib;
            has_pss = true;
        } else if (name == "Private_Clean" || name == "Private_Dirty") {
            memory.unique_kib += kib;
        }
    }
    return has_pss ? std::optional(memory) : std::nullopt;
}

std::vector<pid_t> threads_of(pid_t pid)
{
    std::vector<pid_t> threads;
    std::error_code gone;
    std::filesystem::directory_iterator entry{"/proc/" + std::to_string(pid) + "/task", gone};
    for (; !gone && entry != std::filesystem::directory_iterator{}; entry.increment(gone))
        threads.push_back(std::stoi(entry->path().filename()));
    return threads;
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

void take_children_by_default()
{
    std::signal(SIGCHLD, SIG_DFL);
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
