// How a pool waits: for answers, which workers ring a bell for only where that is asked for, and for all other events.

#include "harness/run/pool.hpp"

#include <algorithm>

namespace bulkhead::run {

bool Pool::wait(model::Stamp deadline, const std::function<bool()>& done, Wakes wakes)
{
    if (wait_unnoted(deadline, done, wakes))
        return true;
    if (unanswered_ > 0)
        for (const Host& host : hosts_) // nobody was to tell of these, or what tells was broken
            note_answers_of(host.record.number);
    return done();
}

void Pool::look()
{
    wait(
        sys::monotonic_ns(), [] { return false; }, Wakes::when_all_have);
}

bool Pool::wait_unnoted(model::Stamp deadline, const std::function<bool()>& done, Wakes wakes)
{
    for (;;) {
        await_bells(wakes);
        if (done())
            return true;
        const auto before = sys::monotonic_ns();
        if (!ending_)
            lane_.must_go_on(before);
        const auto until = ending_ ? deadline : std::min(deadline, lane_.limit().value_or(deadline));
        // Also at the deadline: what has happened by then counts, however late we come to look.
        std::size_t handled = handle_events(std::chrono::nanoseconds{std::max<std::int64_t>(until - before, 0)});
        if (before < deadline)
            continue;
        constexpr std::size_t full = sys::Epoll::most_at_once;
        const std::size_t descriptors = 2 * hosts_.size() + plan_.shape.workers(); // bells, ends and work
        for (std::size_t left = descriptors / full + 1; handled == full && left > 0; --left)
            handled = handle_events(std::chrono::nanoseconds{0});
        return done();
    }
}

/// Waits at most so long for events, and tells how many there were.
std::size_t Pool::handle_events(std::chrono::nanoseconds limit)
{
    const auto tags = lane_.epoll().wait(limit);
    const auto now = sys::monotonic_ns();
    for (const std::uint64_t tag : tags)
        handle(Source::of(tag), now);
    return tags.size();
}

/// Sees to it that what is waited for wakes us, and notes what happened before that could be asked for.
void Pool::await_bells(Wakes wakes)
{
    if (unanswered_ == 0)
        return;
    if (wakes == Wakes::when_all_have) {
        await_last_bell();
        return;
    }
    for (const Host& host : hosts_) {
        Seat& seat = lane_.seat(host.record.number);
        if (host.answered || host.record.end_seen || seat.bell_awaited())
            continue;
        seat.await_bell();
        note_answers_of(host.record.number);
    }
}

/// The last host that was called is the likeliest to answer last: when it wakes us, others have mostly answered.
void Pool::await_last_bell()
{
    for (auto number = static_cast<std::uint32_t>(hosts_.size()); number-- > 0;) {
        Seat& seat = lane_.seat(number);
        if (note_answers_of(number))
            continue;
        if (!seat.bell_awaited())
            seat.await_bell();
        if (!note_answers_of(number))
            return;
    }
}

/// False when there are answers that it still owes.
bool Pool::note_answers_of(std::uint32_t number)
{
    Host& host = hosts_[number];
    if (host.answered || host.record.end_seen)
        return true;
    if (!lane_.seat(number).all_answered(called_[number]))
        return false;
    host.answered = true;
    --unanswered_;
    return true;
}

void Pool::handle(Source source, model::Stamp now)
{
    switch (source.kind) {
    case Source::Kind::bell:
        if (source.host < hosts_.size()) // else a late ring from the pool before, which was larger
            note_answers_of(source.host);
        return;
    case Source::Kind::process: on_process_end(source.host, now); return;
    case Source::Kind::thread:
        if (!thread_)
            return;
        thread_end_seen_ = now;
        lane_.epoll().remove(thread_);
        thread_.close();
        return;
    case Source::Kind::zygote: on_zygote(); return;
    case Source::Kind::work:
        if (engagement_)
            engagement_->on_event(source.host);
        return;
    case Source::Kind::stop:
        lane_.ignore_stop();
        if (!ending_)
            throw Interrupted{};
        return;
    }
}

} // namespace bulkhead::run
