#include "workers/channels/ring.hpp"

#include "harness/sys/futex.hpp"

#include <cstring>
#include <sys/mman.h>
#include <sys/stat.h>

namespace bulkhead::workers {
namespace {

using Word = std::atomic<std::uint32_t>;

/// Counts up, and wakes the other side where it says that it sleeps. Both sides go through their two words in the same
/// total order (seq_cst), so that one of them sees the other.
void count_up(Word& counter, std::uint64_t value, const Word& other_sleeps)
{
    counter.store(static_cast<std::uint32_t>(value));
    if (other_sleeps.load() != 0)
        sys::futex_wake_all(counter);
}

/// Waits until `ready()`, but not longer than the limit; the other side is to count `counter` up meanwhile.
template <typename Ready>
bool sleep_until(const Word& counter, Word& sleeps, Limit limit, Ready&& ready)
{
    if (ready())
        return true;
    if (limit == Limit::zero())
        return false;
    const Deadline deadline{limit};
    bool is_ready = false;
    for (;;) {
        const std::uint32_t seen = counter.load();
        sleeps.store(1);
        is_ready = ready();
        const auto left = std::chrono::ceil<Limit>(deadline.left());
        if (is_ready || left == Limit::zero())
            break;
        constexpr Limit longest = std::chrono::seconds{1}; // a sleep; what is beyond is slept in turns
        sys::futex_wait(counter, seen, static_cast<std::uint32_t>(std::min(left, longest).count()));
    }
    sleeps.store(0);
    return is_ready;
}

} // namespace

RingMapping::RingMapping(int memory_file)
{
    struct stat file = {};
    if (::fstat(memory_file, &file) != 0 || file.st_size != static_cast<off_t>(sizeof(RingMemory)))
        return;
    void* const start =
        ::mmap(nullptr, sizeof(RingMemory), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, memory_file, 0);
    if (start != MAP_FAILED)
        memory_ = static_cast<RingMemory*>(start);
}

RingMapping::~RingMapping()
{
    if (memory_ != nullptr)
        ::munmap(memory_, sizeof(RingMemory));
}

/// More than ring_capacity cannot be: then the consumer's counter is not the consumer's work.
std::uint32_t RingProducer::used() const
{
    return static_cast<std::uint32_t>(next_) - memory_->taken.load();
}

Passed RingProducer::await_room(Limit limit)
{
    if (!sleep_until(memory_->taken, memory_->producer_sleeps, limit, [this] { return used() != ring_capacity; }))
        return {model::Passage::timed_out, EAGAIN};
    return used() < ring_capacity ? Passed{} : Passed{model::Passage::bad_frame, EPROTO};
}

RingSlot& RingProducer::begin_slot()
{
    RingSlot& slot = memory_->slots[next_ % ring_capacity];
    slot.mark.store(begun_mark(next_), std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_release); // no byte of the message before the mark
    return slot;
}

Passed RingProducer::put(const Message& message, Limit limit)
{
    const Passed room = await_room(limit);
    if (!room)
        return room;
    RingSlot& slot = begin_slot();
    slot.message = message;
    slot.mark.store(done_mark(next_), std::memory_order_release);
    count_up(memory_->published, ++next_, memory_->consumer_sleeps);
    return {};
}

Passed RingProducer::put_half(const Message& message, Limit limit)
{
    const Passed room = await_room(limit);
    if (!room)
        return room;
    std::memcpy(static_cast<void*>(&begin_slot().message), &message, message_bytes / 2);
    return {};
}

std::uint32_t RingConsumer::mark() const
{
    return memory_->slots[next_ % ring_capacity].mark.load(std::memory_order_acquire);
}

Passed RingConsumer::take(Message& message, Limit limit)
{
    const auto has_come = [this] {
        const std::uint32_t now = mark();
        return now != free_mark(next_) && now != begun_mark(next_);
    };
    if (!sleep_until(memory_->published, memory_->consumer_sleeps, limit, has_come))
        return mark() == begun_mark(next_) ? Passed{model::Passage::torn, 0}
                                           : Passed{model::Passage::timed_out, EAGAIN};
    if (mark() != done_mark(next_))
        return {model::Passage::bad_frame, EPROTO};
    message = memory_->slots[next_ % ring_capacity].message;
    count_up(memory_->taken, ++next_, memory_->producer_sleeps);
    return holds(message) ? Passed{} : Passed{model::Passage::bad_frame, 0};
}

} // namespace bulkhead::workers
