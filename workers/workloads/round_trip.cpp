#include "harness/sys/clock.hpp"
#include "workers/channels/make.hpp"
#include "workers/neighbours.hpp"

#include <algorithm>
#include <memory>
#include <sched.h>

// What a message costs there and back. Both workers run on one processor: with two, most of the time is that of waking
// the other one up, whatever carries the message. A word of shared memory needs two processors, for nobody sleeps
// there.

namespace bulkhead::workers {
namespace {

constexpr std::uint64_t trip_mark = 1; ///< payload[0] of a message that is to come back
constexpr std::uint64_t warm_up = 500;

/// Where the calling thread runs, until this is gone.
class Pinned {
public:
    /// To the processor that is the n-th of those that it may use.
    explicit Pinned(int which)
    {
        ::sched_getaffinity(0, sizeof before_, &before_);
        for (int processor = 0; processor < CPU_SETSIZE; ++processor)
            if (CPU_ISSET(processor, &before_) && which-- == 0) {
                cpu_set_t one;
                CPU_ZERO(&one);
                CPU_SET(processor, &one);
                is_ = ::sched_setaffinity(0, sizeof one, &one) == 0;
            }
    }
    ~Pinned()
    {
        if (is_)
            ::sched_setaffinity(0, sizeof before_, &before_);
    }
    Pinned(const Pinned&) = delete;
    Pinned& operator=(const Pinned&) = delete;

    [[nodiscard]] explicit operator bool() const { return is_; }

private:
    cpu_set_t before_{};
    bool is_ = false;
};

/// The time that so many of a thousand do not exceed. Sorts what it is given.
std::uint64_t per_mille(std::uint64_t* times, std::uint64_t count, std::uint64_t rank)
{
    std::sort(times, times + count);
    return count == 0 ? 0 : times[std::min(count - 1, count * rank / 1000)];
}

} // namespace

void Neighbours::send_trip(std::uint64_t mark, std::uint64_t trip)
{
    if (!sender_.send(make_message(index_, sent_, {mark, trip}), no_limit))
        sends_ = false;
    ++sent_;
}

/// The number of the next message that is to come back, from 1; 0: the other one is gone.
std::uint64_t Neighbours::await_trip()
{
    while (trip_ == 0 && receives_) {
        Message message;
        take(receiver_.receive(message, no_limit), message);
    }
    return std::exchange(trip_, 0);
}

/// One message there and back; the time that it took, or 0 when the other one is gone.
std::uint64_t Neighbours::lead_trip(std::uint64_t trip)
{
    const std::int64_t start = sys::monotonic_ns();
    send_trip(trip_mark, trip);
    const bool is_back = sends_ && await_trip() == trip;
    return is_back ? static_cast<std::uint64_t>(sys::monotonic_ns() - start) : 0;
}

/// Two messages to itself, over a channel of the same kind that is empty whenever it sends; 0 when that refuses.
std::uint64_t Neighbours::trip_alone(Sender& sender, Receiver& receiver, std::uint64_t trip) const
{
    const std::int64_t start = sys::monotonic_ns();
    for (const std::uint64_t number : {2 * trip, 2 * trip + 1}) {
        Message message;
        if (!sender.send(make_message(index_, number, {trip_mark, trip}), no_limit) ||
            !receiver.receive(message, no_limit))
            return 0;
    }
    return static_cast<std::uint64_t>(sys::monotonic_ns() - start);
}

/// What a round trip costs beyond the same messages to oneself are its two switches (McVoy and Staelin, "lmbench:
/// Portable Tools for Performance Analysis", 1996, 6.6). Both are timed in turns, so that what else the machine does
/// falls on both.
void Neighbours::lead_trips(std::uint64_t trips)
{
    constexpr std::uint64_t batch = 100;
    MadeChannel made = make_channel(channel_);
    Receiver receiver = made ? Receiver{channel_, std::move(made.receive)} : Receiver{};
    Sender sender = made ? Sender{channel_, std::move(made.send), SigPipe::spared} : Sender{};
    bool goes_alone = receiver && sender;
    const auto times = std::make_unique<std::uint64_t[]>(trips);
    const auto times_alone = std::make_unique<std::uint64_t[]>(trips);
    std::uint64_t measured = 0;
    std::uint64_t measured_alone = 0;
    const std::uint64_t all = warm_up + trips;
    for (std::uint64_t first = 1; first <= all; first += batch) {
        for (std::uint64_t trip = first; trip < first + batch && trip <= all && sends_; ++trip)
            if (const std::uint64_t time = lead_trip(trip); time > 0 && trip > warm_up)
                times[measured++] = time;
        for (std::uint64_t trip = first; trip < first + batch && trip <= all && goes_alone; ++trip) {
            const std::uint64_t time = trip_alone(sender, receiver, trip);
            goes_alone = time > 0;
            if (goes_alone && trip > warm_up)
                times_alone[measured_alone++] = time;
        }
    }
    write(Count::trip_p50, per_mille(times.get(), measured, 500));
    write(Count::trip_p99, per_mille(times.get(), measured, 990));
    write(Count::trip_alone, per_mille(times_alone.get(), measured_alone, 500));
}

void Neighbours::answer_trips(std::uint64_t trips)
{
    for (std::uint64_t trip = 0; trip < warm_up + trips && sends_;) {
        trip = await_trip();
        if (trip == 0)
            return;
        send_trip(trip_mark, trip);
    }
}

/// Both count up: the one who leads its own word, the other one the other word when it has seen that.
void Neighbours::time_shared_word()
{
    const Pinned pinned{leads() ? 0 : 1};
    RingMemory* const memory = leads() ? sender_.memory() : receiver_.memory();
    if (memory == nullptr || !pinned)
        return;
    constexpr std::uint32_t batch = 16; // so short a time is not measured by itself
    constexpr std::uint32_t batches = 1000;
    const std::int64_t end = sys::monotonic_ns() + 2'000'000'000;
    std::uint32_t turn = 0;
    const auto see = [&](const std::atomic<std::uint32_t>& word) {
        for (std::uint32_t spins = 1; word.load(std::memory_order_acquire) != turn; ++spins)
            if (spins % 4096 == 0 && sys::monotonic_ns() > end)
                return false;
        return true;
    };
    const auto times = std::make_unique<std::uint64_t[]>(batches);
    for (std::uint32_t i = 0; i < batches; ++i) {
        const std::int64_t start = sys::monotonic_ns();
        for (std::uint32_t j = 0; j < batch; ++j) {
            ++turn;
            if (leads())
                memory->word_there.store(turn, std::memory_order_release);
            if (!see(leads() ? memory->word_back : memory->word_there))
                return;
            if (!leads())
                memory->word_back.store(turn, std::memory_order_release);
        }
        times[i] = static_cast<std::uint64_t>(sys::monotonic_ns() - start) * 1000 / batch;
    }
    if (leads())
        write(Count::shared_word, per_mille(times.get(), batches, 500));
}

void Neighbours::make_trips(std::uint64_t trips)
{
    {
        const Pinned pinned{0};
        if (leads())
            lead_trips(trips);
        else
            answer_trips(trips);
    }
    write(Count::sent, sent_);
    time_shared_word();
}

} // namespace bulkhead::workers
