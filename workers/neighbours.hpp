#pragma once

#include "workers/blackbox.hpp"
#include "workers/channels/receiver.hpp"
#include "workers/channels/sender.hpp"
#include "workers/channels/tally.hpp"

#include <cstdint>

namespace bulkhead::workers {

/// A worker's place in the ring: it receives from the worker before it and sends to the next one. Of one thread.
///
/// Nobody waits without taking what comes meanwhile, so that a ring whose channels are all full gets on. Whoever is
/// called for n ops can complete them as long as the next worker lives and takes its turns, called or not. When the
/// next one lives and does not, its channel fills up and the worker waits: it sleeps, and is seen to. When the next one
/// is gone and the channel tells, the worker notes it and works on without sending.
class Neighbours {
public:
    /// Ends the process with exit_no_commons when it finds no channel of that kind.
    Neighbours(const Header& header, Slot& slot, std::uint32_t thread);

    /// Takes what has come, and waits for nothing.
    void receive_what_is_there();
    /// Sends one message.
    void pass_on();

    /// Waits for the rest of so many messages, as long as some come; then writes what it has had into the slot.
    void account(std::uint64_t expected);

    /// Of a pool of two, at the same time: the first worker times so many messages there and back, after some to warm
    /// up; the other sends them back. Where they share memory, a word of it also goes there and back.
    void make_trips(std::uint64_t trips);

    // Around a fault in a channel. `bell` is rung when it waits.
    void hush() { hushed_ = true; }
    void end_hush() { hushed_ = false; }
    void listen(int bell);
    void press(int bell);

    // The faults.
    void send_half() { sender_.send_half(make_message(index_, sent_, {}), Limit::zero()); }
    bool send_garbage() { return static_cast<bool>(sender_.send_garbage(sent_, Limit::zero())); }
    /// Sends until there is no room; false when something else keeps it from sending.
    bool flood();

private:
    [[nodiscard]] bool leads() const { return index_ == 0; }
    void take(const Passed& passed, const Message& message);
    void say_that_it_waits(int bell);
    void note(Count direction, model::Passage passage);
    void write(Count what, std::uint64_t value);
    void send_trip(std::uint64_t mark, std::uint64_t trip);
    std::uint64_t await_trip();
    void lead_trips(std::uint64_t trips);
    std::uint64_t lead_trip(std::uint64_t trip);
    std::uint64_t trip_alone(Sender& sender, Receiver& receiver, std::uint64_t trip) const;
    void answer_trips(std::uint64_t trips);
    void time_shared_word();

    model::ChannelKind channel_;
    Slot& slot_;
    std::uint32_t index_;  ///< in the pool
    bool kernel_has_ends_; ///< which then tells when one is gone
    Receiver receiver_;
    Sender sender_;
    MessageTally tally_;
    std::uint64_t sent_ = 0;
    std::uint64_t trip_ = 0; ///< a trip that has come and is not answered; 0: none
    bool hushed_ = false;
    bool receives_ = true; ///< false: there is nobody before it any more
    bool sends_ = true;
};

} // namespace bulkhead::workers
