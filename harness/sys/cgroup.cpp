// Sources: cgroups(7); Documentation/admin-guide/cgroup-v1/{memory,pids}.rst and cgroup-v2.rst of the kernel. Version 2
// was written after those; the machine on which it was written has both controllers in version 1.

#include "harness/sys/cgroup.hpp"

#include "harness/sys/cgroup_place.hpp"
#include "harness/sys/error.hpp"
#include "harness/sys/pidfd.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <limits>
#include <sstream>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace bulkhead::sys {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t no_limit = std::numeric_limits<std::uint64_t>::max();

/// A cgroup's files. Version 1 limits memory and swap by their sum, version 2 each by itself.
struct Files {
    const char* limit;
    const char* swap_limit; ///< not there where the kernel does not count swap
    const char* kills;
};

constexpr Files files_of(Controller controller, bool v2)
{
    switch (controller) {
    case Controller::memory:
        return v2 ? Files{"memory.max", "memory.swap.max", "memory.events"}
                  : Files{"memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "memory.oom_control"};
    case Controller::pids: return {"pids.max", nullptr, nullptr};
    }
    return {};
}

[[noreturn]] void refuse_file(const char* call, const fs::path& path, int error = errno)
{
    throw std::system_error(error, std::generic_category(), std::string{call} + " " + path.string());
}

/// Gives an error number, or 0.
int write_word(const fs::path& path, const std::string& word)
{
    const Fd file{::open(path.c_str(), O_WRONLY | O_CLOEXEC)};
    if (!file)
        return errno;
    while (::write(file.number(), word.data(), word.size()) < 0)
        if (errno != EINTR) // memory.limit_in_bytes gives up for any signal
            return errno;
    return 0;
}

void must_write(const fs::path& path, const std::string& word)
{
    if (const int error = write_word(path, word); error != 0)
        refuse_file("write to", path, error);
}

std::string text_of(const fs::path& path)
{
    const Fd file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!file)
        refuse_file("open", path);
    std::array<char, 4096> text{};
    const auto length = ::read(file.number(), text.data(), text.size());
    if (length < 0)
        refuse_file("read", path);
    return {text.data(), static_cast<std::size_t>(length)};
}

std::uint64_t number_in(std::string_view text)
{
    if (text.starts_with("max"))
        return no_limit;
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// A child that does nothing until it is killed.
Pidfd start_idle_child()
{
    const pid_t parent = ::getpid();
    const pid_t pid = ::fork();
    if (pid < 0)
        refuse("fork");
    if (pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent)
            ::_exit(0);
        for (;;)
            ::pause();
    }
    return Pidfd::open_or_kill(pid);
}

void try_to_add_a_process(const Cgroup& cgroup)
{
    const Pidfd child = start_idle_child();
    try {
        cgroup.add(child.pid());
    } catch (...) {
        child.kill_and_reap();
        throw;
    }
    child.kill_and_reap();
}

/// Names of cgroups end in the process that made them and a number, and are left behind when they are older than this.
/// Those of trials are empty for a moment when their hosts have ended; no trial takes a day, and no try a minute.
struct MadeByUs {
    std::string_view prefix;
    std::chrono::minutes old;
};
constexpr auto made_by_us =
    std::to_array<MadeByUs>({{"bulkhead-probe-", std::chrono::minutes{1}}, {"bulkhead-", std::chrono::hours{24}}});

/// The process in "17-3"; 0 in anything else.
pid_t owner_in(std::string_view name)
{
    const auto is_number = [](std::string_view text) {
        return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    };
    const std::size_t dash = std::min(name.find('-'), name.size());
    const bool is_ours = is_number(name.substr(0, dash)) && dash < name.size() && is_number(name.substr(dash + 1));
    return is_ours ? static_cast<pid_t>(number_in(name.substr(0, dash))) : 0;
}

/// Empty cgroups of somebody who was killed meanwhile, his janitor with him perhaps. Where another PID namespace uses
/// the same tree, its processes seem to be gone, too. One with members is not removed: rmdir(2) refuses.
void remove_left(const fs::path& parent)
{
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(parent, ignored)) {
        const std::string name = entry.path().filename();
        const auto kind =
            std::ranges::find_if(made_by_us, [&name](const MadeByUs& each) { return name.starts_with(each.prefix); });
        if (kind == made_by_us.end())
            continue;
        const pid_t pid = owner_in(std::string_view{name}.substr(kind->prefix.size()));
        struct stat made {};
        const bool is_old =
            ::stat(entry.path().c_str(), &made) == 0 &&
            std::chrono::system_clock::from_time_t(made.st_mtime) + kind->old < std::chrono::system_clock::now();
        if (is_old && pid > 0 && ::kill(pid, 0) < 0 && errno == ESRCH)
            ::rmdir(entry.path().c_str());
    }
}

} // namespace

fs::path path_of_cgroup(Controller controller, std::string_view name)
{
    return existing_cgroup_place_for(controller).parent / name;
}

Cgroup::Cgroup(Controller controller, std::string_view name) : controller_(controller)
{
    const CgroupPlace place = existing_cgroup_place_for(controller);
    v2_ = place.v2;
    path_ = place.parent / name;
    if (::mkdir(path_.c_str(), 0755) < 0)
        refuse_file("mkdir", path_);
}

Cgroup::~Cgroup()
{
    constexpr int attempts = 250;
    for (int i = 0; ::rmdir(path_.c_str()) < 0 && errno == EBUSY && i < attempts; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
}

void Cgroup::limit(std::uint64_t value) const
{
    const Files files = files_of(controller_, v2_);
    const fs::path file = path_ / files.limit;
    const std::string word = std::to_string(value);
    const fs::path swap = files.swap_limit == nullptr ? fs::path{} : path_ / files.swap_limit;
    if (swap.empty() || ::access(swap.c_str(), F_OK) < 0) {
        must_write(file, word);
    } else if (v2_) {
        must_write(file, word);
        must_write(swap, "0");
    } else {
        // The sum may never be the smaller of the two: so it goes up first, and down last.
        write_word(swap, word);
        must_write(file, word);
        must_write(swap, word);
    }
}

std::uint64_t Cgroup::limit_read_back() const
{
    const Files files = files_of(controller_, v2_);
    const std::uint64_t limit = number_in(text_of(path_ / files.limit));
    if (files.swap_limit == nullptr || ::access((path_ / files.swap_limit).c_str(), F_OK) < 0)
        return limit;
    const std::uint64_t swap = number_in(text_of(path_ / files.swap_limit));
    if (!v2_)
        return std::max(limit, swap);
    return swap > no_limit - limit ? no_limit : limit + swap;
}

void Cgroup::add(pid_t pid) const
{
    must_write(path_ / "cgroup.procs", std::to_string(pid));
}

std::uint64_t Cgroup::oom_kills() const
{
    constexpr std::string_view key = "oom_kill ";
    const char* const name = files_of(controller_, v2_).kills;
    const fs::path file = path_ / (name == nullptr ? "oom_kill" : name);
    std::istringstream lines{text_of(file)};
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with(key))
            return number_in(std::string_view{line}.substr(key.size()));
    refuse_file("no count of OOM kills (Linux 4.13) in", file, ENODATA);
}

std::string why_no_cgroup(Controller controller)
{
    static std::atomic<unsigned> next{0};
    const std::uint64_t limit = controller == Controller::memory ? 64U * 1024 * 1024 : 64;
    const CgroupPlace place = cgroup_place_for(controller);
    if (!place.why_not.empty())
        return place.why_not;
    if (::faccessat(AT_FDCWD, place.parent.c_str(), W_OK, AT_EACCESS) < 0)
        return "no cgroup can be made in " + place.parent.string() + ": " + std::generic_category().message(errno);
    const std::string kind{to_string(controller)};
    try {
        remove_left(place.parent);
        const Cgroup tried{controller, std::string{made_by_us.front().prefix} + std::to_string(::getpid()) + "-" +
                                           std::to_string(next++)};
        tried.limit(limit);
        if (tried.limit_read_back() != limit)
            return "a " + kind + " cgroup does not keep its limit";
        if (controller == Controller::memory)
            static_cast<void>(tried.oom_kills());
        try_to_add_a_process(tried);
    } catch (const std::system_error& refused) {
        return "no " + kind + " cgroup can be had: " + refused.what();
    }
    return "";
}
} // namespace bulkhead::sys
