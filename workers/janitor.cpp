#include "workers/janitor.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <linux/magic.h>
#include <string>
#include <string_view>
#include <sys/prctl.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace bulkhead::workers {
namespace {

constexpr std::string_view prefix = "bulkhead-";
constexpr std::size_t longest_path = 4096;
constexpr std::int64_t second = 1'000'000'000;

std::int64_t now()
{
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * second + time.tv_nsec;
}

bool is_in_cgroup_file_system(int folder)
{
    struct statfs seen = {};
    return ::fstatfs(folder, &seen) == 0 && (seen.f_type == CGROUP_SUPER_MAGIC || seen.f_type == CGROUP2_SUPER_MAGIC);
}

/// Everything to the end of a file or stream, less what would be more than `most`.
std::string read_all(int file, std::size_t most)
{
    std::string text;
    std::array<char, 4096> part{};
    for (;;) {
        const auto length = ::read(file, part.data(), part.size());
        if (length < 0 && errno == EINTR)
            continue;
        if (length <= 0)
            return text;
        if (text.size() < most)
            text.append(part.data(), static_cast<std::size_t>(length));
    }
}

std::vector<std::string> lines_of(std::string_view text)
{
    std::vector<std::string> lines;
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    return lines; // a line without an end is half a line
}

/// A cgroup that is to go, held by its parent and its name.
struct Folder {
    int parent;
    std::string name;
};

std::vector<pid_t> members_of(const Folder& folder)
{
    constexpr std::size_t most = 1 << 20;
    std::vector<pid_t> members;
    const int file = ::openat(folder.parent, (folder.name + "/cgroup.procs").c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return members;
    for (const std::string& line : lines_of(read_all(file, most))) {
        pid_t pid = 0;
        std::from_chars(line.data(), line.data() + line.size(), pid);
        if (pid > 0) // 0: in a PID namespace that we cannot see
            members.push_back(pid);
    }
    ::close(file);
    return members;
}

/// Signals nobody but members: a process that is held by a descriptor, and after that still a member by its pid, is
/// one.
void kill_members(const Folder& folder)
{
    std::vector<std::pair<pid_t, int>> held;
    for (const pid_t pid : members_of(folder))
        held.emplace_back(pid, static_cast<int>(::syscall(SYS_pidfd_open, pid, 0U)));
    const std::vector<pid_t> still = members_of(folder);
    for (const auto& [pid, descriptor] : held) {
        if (std::find(still.begin(), still.end(), pid) != still.end())
            ::syscall(SYS_pidfd_send_signal, descriptor, SIGKILL, nullptr, 0U);
        ::close(descriptor);
    }
}

/// True when there is nothing more to do about it.
bool is_removed(const std::string& path)
{
    const auto slash = path.rfind('/');
    if (slash == std::string::npos || slash == 0 || path.front() != '/' || path.size() > longest_path)
        return true;
    const Folder folder{::open(path.substr(0, slash).c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC),
                        path.substr(slash + 1)};
    bool done = true;
    if (folder.parent >= 0 && folder.name.starts_with(prefix) && is_in_cgroup_file_system(folder.parent)) {
        kill_members(folder);
        done = ::unlinkat(folder.parent, folder.name.c_str(), AT_REMOVEDIR) == 0 || errno != EBUSY;
    }
    ::close(folder.parent);
    return done;
}

} // namespace

int run_janitor(int stream)
{
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE})
        std::signal(number, SIG_IGN);
    ::prctl(PR_SET_PDEATHSIG, 0);
    // If the supervisor ended before this line, the launch saw to it that we end too; nothing was made until then.
    const char ready = 'r';
    if (::write(stream, &ready, 1) != 1)
        return 0;

    constexpr std::size_t most = 1 << 20;
    std::vector<std::string> left = lines_of(read_all(stream, most));
    const std::int64_t deadline = now() + second;
    const timespec pause{0, 2'000'000};
    for (;;) {
        left.erase(std::remove_if(left.begin(), left.end(), &is_removed), left.end());
        if (left.empty() || now() >= deadline)
            return 0;
        ::nanosleep(&pause, nullptr);
    }
}

} // namespace bulkhead::workers
