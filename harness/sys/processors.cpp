#include "harness/sys/processors.hpp"

#include "harness/sys/proc.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <sched.h>
#include <sstream>
#include <sys/resource.h>

namespace bulkhead::sys {
namespace {

/// A thirtieth of a processor is left for others of nice 0 then: weights of 29154 and 1024 (sched(7), the kernel's
/// sched_prio_to_weight).
constexpr int nice_of_preferred = -15;

/// What /proc/PID/autogroup says: "/autogroup-25 nice 0".
struct Session {
    unsigned long number = 0;
    int nice = 0;
};

std::optional<Session> session_of(const std::string& process)
{
    std::ifstream file("/proc/" + process + "/autogroup");
    std::string line;
    Session session;
    if (!std::getline(file, line) ||
        std::sscanf(line.c_str(), "/autogroup-%lu nice %d", &session.number, &session.nice) != 2)
        return std::nullopt;
    return session;
}

bool set_session_nice(pid_t process, int nice)
{
    std::ofstream file("/proc/" + std::to_string(process) + "/autogroup");
    file << nice << std::flush;
    return file.good();
}

bool set_thread_nice(pid_t thread, int nice)
{
    return ::setpriority(PRIO_PROCESS, static_cast<id_t>(thread), nice) == 0;
}

} // namespace

std::vector<std::uint32_t> allowed_processors()
{
    cpu_set_t set;
    CPU_ZERO(&set);
    std::vector<std::uint32_t> allowed;
    if (::sched_getaffinity(0, sizeof set, &set) != 0)
        return allowed;
    for (std::uint32_t number = 0; number < CPU_SETSIZE; ++number)
        if (CPU_ISSET(number, &set))
            allowed.push_back(number);
    return allowed;
}

std::vector<std::uint32_t> part_of(const std::vector<std::uint32_t>& processors, std::uint32_t number,
                                   std::uint32_t parts)
{
    if (number >= parts || processors.size() < parts)
        return {};
    const auto begin_of = [&](std::size_t part) {
        return processors.begin() + static_cast<std::ptrdiff_t>(part * processors.size() / parts);
    };
    return {begin_of(number), begin_of(number + 1)};
}

void keep_on(pid_t thread, const std::vector<std::uint32_t>& processors)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    for (const std::uint32_t number : processors)
        CPU_SET(number, &set);
    ::sched_setaffinity(thread, sizeof set, &set);
}

std::optional<std::chrono::milliseconds> parse_idle_time(std::string_view stat,
                                                         const std::vector<std::uint32_t>& processors)
{
    constexpr std::chrono::milliseconds step{10}; // USER_HZ
    std::istringstream lines{std::string{stat}};
    std::chrono::milliseconds idle{0};
    std::size_t found = 0;
    for (std::string line; std::getline(lines, line);) {
        std::uint32_t number = 0;
        std::array<unsigned long long, 5> times{};
        if (std::sscanf(line.c_str(), "cpu%u %llu %llu %llu %llu %llu", &number, times.data(), &times[1], &times[2],
                        &times[3], &times[4]) != 6 ||
            std::ranges::find(processors, number) == processors.end())
            continue;
        ++found;
        idle += step * static_cast<long long>(times[3] + times[4]);
    }
    return found == processors.size() ? std::optional(idle) : std::nullopt;
}

std::optional<std::chrono::milliseconds> idle_time(const std::vector<std::uint32_t>& processors)
{
    std::ifstream file("/proc/stat");
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    return parse_idle_time(text, processors);
}

Precedence::Precedence(const std::vector<pid_t>& processes)
{
    for (const pid_t process : processes) {
        raise_session(process);
        raise_threads(process);
    }
}

void Precedence::raise_session(pid_t process)
{
    const auto own = session_of("self");
    const auto theirs = session_of(std::to_string(process));
    if (!own || !theirs || own->number == theirs->number || theirs->nice <= nice_of_preferred)
        return;
    if (set_session_nice(process, nice_of_preferred))
        raised_.push_back({.id = process, .is_session = true, .nice_before = theirs->nice});
}

void Precedence::raise_threads(pid_t process)
{
    for (const pid_t thread : threads_of(process)) {
        errno = 0;
        const int before = ::getpriority(PRIO_PROCESS, static_cast<id_t>(thread));
        if (errno == 0 && before > nice_of_preferred && set_thread_nice(thread, nice_of_preferred))
            raised_.push_back({.id = thread, .is_session = false, .nice_before = before});
    }
}

Precedence::~Precedence()
{
    for (const Raised& raised : raised_) {
        if (raised.is_session)
            set_session_nice(raised.id, raised.nice_before);
        else
            set_thread_nice(raised.id, raised.nice_before);
    }
}

Placement::Placement(std::vector<pid_t> threads) : threads_(std::move(threads)), processors_(allowed_processors())
{
    for (std::size_t i = 0; !processors_.empty() && i < threads_.size(); ++i)
        keep_on(threads_[i], {processors_[i % processors_.size()]});
}

Placement::~Placement()
{
    for (const pid_t thread : threads_)
        keep_on(thread, processors_);
}

} // namespace bulkhead::sys
