// How hosts are ended: asked, by SIGTERM, by SIGKILL; each step has a limit.

#include "harness/run/pool.hpp"

#include "harness/sys/error.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <thread>

namespace bulkhead::run {
namespace {

using std::chrono::milliseconds;
using sys::kill_limit;

constexpr milliseconds step_limit{500}; ///< for each step of the ladder but the last

} // namespace

void Pool::end()
{
    if (ended_)
        return;
    ending_ = true;
    if (thread_)
        lane_.epoll().remove(thread_);
    thread_.close();
    if (engagement_)
        engagement_->close(); // whoever is still at work would not hear that it is to stop
    if (!await_replies())
        lose_zygote();
    for (std::uint32_t number = 0; living_ > 0 && number < hosts_.size(); ++number)
        ask(number);
    for (const int signal : {SIGTERM, SIGKILL}) {
        if (await_all_ended(step_limit))
            break;
        for (const Host& host : hosts_)
            if (host.process)
                host.process.signal(signal);
    }
    await_all_ended(kill_limit);
    ended_ = true;
}

/// Whoever was asked of the zygote can be signalled only once it has replied.
bool Pool::await_replies()
{
    return wait(sys::monotonic_in(reply_limit), [this] { return !zygote_owes(); });
}

void Pool::end_early(const std::vector<std::uint32_t>& numbers)
{
    await_replies();
    for (const int signal : {SIGTERM, SIGKILL}) {
        for (const std::uint32_t number : numbers)
            if (hosts_[number].process)
                hosts_[number].process.signal(signal);
        if (await_ends_of(numbers, signal == SIGKILL ? kill_limit : step_limit))
            return;
    }
    sys::refuse("SIGKILL to a host", ETIMEDOUT);
}

bool Pool::await_ends_of(const std::vector<std::uint32_t>& numbers, milliseconds limit)
{
    return wait(sys::monotonic_in(limit),
                [&] { return std::ranges::none_of(numbers, [this](std::uint32_t number) { return alive(number); }); });
}

void Pool::ask(std::uint32_t number)
{
    const Host& host = hosts_[number];
    if (!host.process)
        return;
    if (unanswered_ == 0 && host.answered && !host.cannot_be_asked) {
        lane_.seat(number).call(called_[number].front(), workers::CallKind::stop, 0);
        return;
    }
    // Nobody there to listen, or it may wait for one of those: straight to the next step.
    host.process.signal(SIGTERM);
    if (host.record.stopped)
        host.process.signal(SIGCONT);
}

/// Sleeps until one of them has ended, the one that was asked last, and then looks at all: to be woken by each end
/// would cost more than to reap them. One that somebody traces has ended before it can be reaped: only its tracer may
/// do that, and it is asked for again and again.
bool Pool::await_all_ended(milliseconds limit)
{
    const model::Stamp deadline = sys::monotonic_in(limit);
    while (living_ > 0) {
        const auto last = std::ranges::find_if(hosts_.rbegin(), hosts_.rend(),
                                               [](const Host& host) { return static_cast<bool>(host.process); });
        const auto left = std::chrono::nanoseconds{std::max<std::int64_t>(deadline - sys::monotonic_ns(), 0)};
        const bool last_has_ended = last->process.ends_within(std::chrono::ceil<milliseconds>(left));
        const std::uint32_t before = living_;
        const model::Stamp now = sys::monotonic_ns();
        for (std::uint32_t number = 0; number < hosts_.size(); ++number)
            on_process_end(number, now); // of the others also where that one does not
        if (last_has_ended && living_ < before)
            continue;
        if (!last_has_ended || now >= deadline)
            return living_ == 0;
        std::this_thread::sleep_for(milliseconds{1});
    }
    return true;
}

} // namespace bulkhead::run
