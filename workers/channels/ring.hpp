#pragma once

// The ring: one producer, one consumer, in memory that both map. Message n goes into slot n % ring_capacity.
//
//   1. The producer marks the slot as begun with n, writes the message, marks the slot as done with n, and counts
//      `published` up. A producer that dies in between leaves a slot that is begun and never done.
//   2. The consumer copies the message of a slot that is done, and counts `taken` up, which frees the slot.
//   3. Who has to wait says so (`consumer_sleeps`, `producer_sleeps`), looks once more, and sleeps on the other's
//      counter (futex(2), not private, as the other may be in another process). The other wakes only who says so.
//
// Each side knows by itself how far it is. What the other side writes is compared with what can be, and a message is
// checked in a copy that nobody else can change.

#include "workers/channels/message.hpp"
#include "workers/channels/passage.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace bulkhead::workers {

inline constexpr std::uint32_t ring_capacity = 64;

struct RingSlot {
    alignas(64) std::atomic<std::uint32_t> mark; ///< see begun_mark, done_mark; 0: never used
    alignas(64) Message message;
};

/// Zeroed memory is an empty ring.
struct RingMemory {
    alignas(64) std::atomic<std::uint32_t> published; ///< by the producer: messages that it has put in
    std::atomic<std::uint32_t> producer_sleeps;
    alignas(64) std::atomic<std::uint32_t> taken; ///< by the consumer: messages that it has taken out
    std::atomic<std::uint32_t> consumer_sleeps;
    std::array<RingSlot, ring_capacity> slots;
    /// No part of the channel: what memory alone costs is measured with them.
    alignas(64) std::atomic<std::uint32_t> word_there;
    alignas(64) std::atomic<std::uint32_t> word_back;
};

constexpr std::uint32_t begun_mark(std::uint64_t number)
{
    return static_cast<std::uint32_t>(2 * number + 1);
}
constexpr std::uint32_t done_mark(std::uint64_t number)
{
    return static_cast<std::uint32_t>(2 * number + 2);
}
/// What the slot of that message shows before the producer begins.
constexpr std::uint32_t free_mark(std::uint64_t number)
{
    return number < ring_capacity ? 0 : done_mark(number - ring_capacity);
}

/// A ring's memory, mapped for as long as this lives; null where the descriptor has no ring's memory.
class RingMapping {
public:
    RingMapping() = default;
    explicit RingMapping(int memory_file);
    RingMapping(RingMapping&& other) noexcept : memory_(std::exchange(other.memory_, nullptr)) {}
    RingMapping& operator=(RingMapping&& other) noexcept
    {
        std::swap(memory_, other.memory_);
        return *this;
    }
    ~RingMapping();

    [[nodiscard]] RingMemory* memory() const { return memory_; }

private:
    RingMemory* memory_ = nullptr;
};

/// Puts messages in. Refers to the memory, which must outlive it.
class RingProducer {
public:
    RingProducer() = default;
    explicit RingProducer(RingMemory& memory) : memory_(&memory), next_(memory.published.load()) {}

    Passed put(const Message& message, Limit limit);
    /// Begins a slot, writes half of the message into it, and leaves it so.
    Passed put_half(const Message& message, Limit limit);

private:
    [[nodiscard]] std::uint32_t used() const;
    Passed await_room(Limit limit);
    RingSlot& begin_slot();

    RingMemory* memory_ = nullptr;
    std::uint64_t next_ = 0; ///< number of the message that comes next
};

/// Takes messages out. Refers to the memory, which must outlive it.
class RingConsumer {
public:
    RingConsumer() = default;
    explicit RingConsumer(RingMemory& memory) : memory_(&memory), next_(memory.taken.load()) {}

    /// `torn`: when the limit had passed, the slot was begun and not done. It stays so; should the producer live and
    /// finish it, it comes with the next call. A mark that cannot be is `bad_frame` with EPROTO, now and ever after.
    Passed take(Message& message, Limit limit);

private:
    [[nodiscard]] std::uint32_t mark() const;

    RingMemory* memory_ = nullptr;
    std::uint64_t next_ = 0; ///< number of the message that comes next
};

} // namespace bulkhead::workers
