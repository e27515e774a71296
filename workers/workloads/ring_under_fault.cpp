#include "workers/neighbours.hpp"

#include <unistd.h>

// What the neighbours of a victim do while it commits a fault in a channel, and what the victim does there.

namespace bulkhead::workers {
namespace {

using model::Passage;

/// How long they wait before they look whether they are let off.
constexpr Limit a_while = std::chrono::milliseconds{20};

} // namespace

void Neighbours::say_that_it_waits(int bell)
{
    if (slot_.waits.exchange(1, std::memory_order_release) != 0)
        return;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(bell, &one, sizeof one);
}

void Neighbours::listen(int bell)
{
    say_that_it_waits(bell);
    for (;;) {
        const bool is_last = slot_.let_off.load(std::memory_order_acquire) != 0;
        Message message;
        const Passed passed = receiver_.receive(message, a_while);
        take(passed, message);
        if (passed)
            continue;
        if (passed.how != Passage::timed_out)
            return;
        if (is_last) {
            note(Count::receiving, Passage::timed_out);
            return;
        }
    }
}

/// Once there is no room it waits in one call, where the kernel will end it: a send that begins after the death is
/// shown another thing than one that has begun before.
void Neighbours::press(int bell)
{
    Limit wait = a_while;
    for (;;) {
        const bool is_last = slot_.let_off.load(std::memory_order_acquire) != 0;
        const Passed passed = sender_.send(make_message(index_, sent_, {}), wait);
        if (passed) {
            write(Count::sent, ++sent_);
            continue;
        }
        if (passed.how == Passage::timed_out && !is_last) {
            wait = kernel_has_ends_ ? Limit{std::chrono::minutes{1}} : a_while;
            say_that_it_waits(bell);
            continue;
        }
        note(Count::sending, passed.how);
        sends_ = false; // where it was shown nothing, it gives up
        return;
    }
}

bool Neighbours::flood()
{
    const std::uint64_t before = sent_;
    for (;;) {
        const Passed passed = sender_.send(make_message(index_, sent_, {}), Limit::zero());
        if (passed) {
            write(Count::sent, ++sent_);
            continue;
        }
        write(Count::ahead, sent_ - before);
        note(Count::sending, passed.how);
        return passed.how == Passage::timed_out;
    }
}

} // namespace bulkhead::workers
