#include "harness/run/stacks.hpp"

#include "harness/sys/captured.hpp"
#include "harness/sys/clock.hpp"

#include <algorithm>
#include <exception>

namespace bulkhead::run {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t most_hosts = 4;
constexpr std::size_t most_bytes = 64 * 1024; ///< of each
constexpr milliseconds limit_of_each{5000};

/// The debugger's command line, up to the pid; empty: there is none.
std::vector<std::string> debugger()
{
    if (const std::string path = sys::find_program("eu-stack"); !path.empty())
        return {path, "-p"};
    if (const std::string path = sys::find_program("gdb"); !path.empty())
        return {path, "-nx", "-batch", "-ex", "thread apply all backtrace", "-p"};
    return {};
}

std::vector<std::uint32_t> hung_hosts(const Pool& pool)
{
    std::vector<std::uint32_t> silent;
    std::vector<std::uint32_t> living;
    for (const Pool::Host& host : pool.hosts()) {
        if (!host.process || host.record.end_seen)
            continue;
        living.push_back(host.record.number);
        if (!host.answered)
            silent.push_back(host.record.number);
    }
    return silent.empty() ? living : silent;
}

/// How long the next debugger may take: not at all once the campaign is to stop, or is out of time.
milliseconds time_left(const Lane& lane)
{
    if (lane.stop_requested())
        return milliseconds{0};
    const auto deadline = lane.options().deadline;
    if (!deadline)
        return limit_of_each;
    const std::chrono::nanoseconds left{*deadline - sys::monotonic_ns()};
    return std::clamp(std::chrono::floor<milliseconds>(left), milliseconds{0}, limit_of_each);
}

/// What the debugger tells, or why it tells nothing: the trial is recorded all the same.
std::string stack_of(const std::vector<std::string>& command, const Lane& lane, milliseconds limit)
{
    try {
        sys::Captured seen = sys::capture(command, lane.null(), limit, most_bytes);
        if (seen.cut)
            seen.text += "\n(and more)\n";
        if (!seen.in_time)
            seen.text += "\n(it took too long, and was ended)\n";
        return seen.text;
    } catch (const std::exception& why) {
        return "(no stacks could be taken: " + std::string{why.what()} + ")\n";
    }
}

/// That of the zygote stands with the first host that it has not launched.
void note_stack_of_zygote(Pool& pool, const Lane& lane, std::vector<std::string> command)
{
    const auto waiting = std::ranges::find(pool.hosts(), 0, [](const Pool::Host& host) { return host.record.pid; });
    const milliseconds limit = time_left(lane);
    if (!pool.zygote_owes() || waiting == pool.hosts().end() || limit.count() == 0)
        return;
    const std::string pid = std::to_string(lane.zygote_pid());
    command.push_back(pid);
    pool.host(waiting->record.number).record.stack =
        "(of the zygote that was to launch it, pid " + pid + ")\n" + stack_of(command, lane, limit);
}

} // namespace

void note_stacks(Pool& pool, const Lane& lane)
{
    std::vector<std::string> command = debugger();
    if (command.empty())
        return;
    note_stack_of_zygote(pool, lane, command);
    std::vector<std::uint32_t> hung = hung_hosts(pool);
    hung.resize(std::min(hung.size(), most_hosts));
    command.emplace_back();
    for (const std::uint32_t number : hung) {
        const milliseconds limit = time_left(lane);
        if (limit.count() == 0)
            return;
        model::HostRecord& host = pool.host(number).record;
        command.back() = std::to_string(host.pid); // ours and not reaped: the pid is nobody else's
        host.stack = stack_of(command, lane, limit);
    }
}

} // namespace bulkhead::run
