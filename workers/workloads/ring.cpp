#include "workers/neighbours.hpp"
#include "workers/workload.hpp"

#include <algorithm>
#include <csignal>
#include <unistd.h>

namespace bulkhead::workers {
namespace {

using model::Passage;
using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr auto relaxed = std::memory_order_relaxed;

/// In one op; a worker before that sends faster than this one works must not keep it from its op.
constexpr int most_received = 256;
/// The first wait of a sender; each is twice as long as the one before, so that a worker which waits in vain is soon
/// seen to sleep.
constexpr Limit first_wait = microseconds{200};
constexpr Limit longest_wait = std::chrono::seconds{1};
/// How long a message may be on its way when its sender says that it is sent; by loopback the kernel may take its time.
constexpr Limit last_wait = milliseconds{100};

int end_of(const Header& header, std::uint32_t thread, std::uint32_t which)
{
    return static_cast<int>(header.first_end + 2 * thread + which);
}

std::uint32_t index_of(const Header& header, std::uint32_t thread)
{
    return header.host * header.threads + thread;
}

} // namespace

Neighbours::Neighbours(const Header& header, Slot& slot, std::uint32_t thread)
    : channel_(header.channel), slot_(slot), index_(index_of(header, thread)),
      kernel_has_ends_(header.channel != model::ChannelKind::mqueue && header.channel != model::ChannelKind::ring),
      receiver_(header.channel, sys::Fd{end_of(header, thread, 0)}),
      sender_(header.channel, sys::Fd{end_of(header, thread, 1)}, SigPipe::spared),
      tally_((index_ + header.workers - 1) % header.workers)
{
    if (!receiver_ || !sender_)
        ::_exit(exit_no_commons);
    // For a pipe only the signal's being blocked does what MSG_NOSIGNAL does for sockets. Threads inherit it.
    sigset_t broken_pipe;
    ::sigemptyset(&broken_pipe);
    ::sigaddset(&broken_pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
}

void Neighbours::write(Count what, std::uint64_t value)
{
    slot_.counts[static_cast<std::size_t>(what)].store(value, relaxed);
}

void Neighbours::note(Count direction, Passage passage)
{
    write(direction, 1 + static_cast<std::uint64_t>(passage));
}

/// What is final is noted, and nothing more expected of that end.
void Neighbours::take(const Passed& passed, const Message& message)
{
    tally_.add(passed, message);
    if (passed && message.payload[0] != 0)
        trip_ = message.payload[1];
    const bool is_refused_frame = passed.how == Passage::bad_frame && passed.error == 0;
    if (passed || passed.how == Passage::timed_out)
        return;
    note(Count::receiving, passed.how);
    receives_ = is_refused_frame;
}

void Neighbours::receive_what_is_there()
{
    for (int i = 0; receives_ && !hushed_ && i < most_received; ++i) {
        Message message;
        const Passed passed = receiver_.receive(message, Limit::zero());
        // A slot that is half-written at this moment is being written by somebody.
        if (passed.how == Passage::timed_out || (passed.how == Passage::torn && receiver_.is_memory()))
            return;
        take(passed, message);
    }
}

void Neighbours::pass_on()
{
    receive_what_is_there();
    Limit wait = Limit::zero();
    while (sends_) {
        const Passed passed = sender_.send(make_message(index_, sent_, {}), wait);
        if (passed) {
            write(Count::sent, ++sent_);
            return;
        }
        if (passed.how != Passage::timed_out) {
            note(Count::sending, passed.how);
            sends_ = false;
            return;
        }
        receive_what_is_there();
        wait = std::clamp(2 * wait, first_wait, longest_wait);
    }
}

void Neighbours::account(std::uint64_t expected)
{
    while (receives_ && tally_.counts().distinct < expected) {
        Message message;
        const Passed passed = receiver_.receive(message, last_wait);
        take(passed, message);
        if (passed.how == Passage::timed_out)
            break;
    }
    receive_what_is_there();                  // what came twice would come now
    if (receives_ && receiver_.is_memory()) { // nobody is at work there now: what is half-written stays so
        Message message;
        const Passed passed = receiver_.receive(message, Limit::zero());
        take(passed, message);
    }
    const MessageCounts& counts = tally_.counts();
    write(Count::came, counts.distinct);
    write(Count::duplicated, counts.duplicated + counts.stale);
    write(Count::torn, counts.torn ? 1 : 0);
    write(Count::reordered, counts.reordered);
    write(Count::refused, counts.refused + counts.strayed);
}

namespace workloads {

void pass_message(Workplace& place)
{
    place.neighbours->pass_on();
}

void receive_messages(Workplace& place)
{
    place.neighbours->receive_what_is_there();
}

} // namespace workloads

} // namespace bulkhead::workers
