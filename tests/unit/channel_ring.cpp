// The ring's rules, in ordinary memory and without a wait; that they hold between processes is for tests/live.

#include "workers/channels/ring.hpp"

#include <cerrno>
#include <doctest/doctest.h>
#include <memory>

using namespace bulkhead;
using namespace bulkhead::workers;
using model::Passage;

namespace {

constexpr Limit at_once{0};

/// An empty ring with both its ends.
struct Ring {
    std::unique_ptr<RingMemory> memory = std::make_unique<RingMemory>();
    RingProducer producer{*memory};
    RingConsumer consumer{*memory};

    void fill()
    {
        for (std::uint64_t number = 0; number < ring_capacity; ++number)
            REQUIRE(producer.put(make_message(0, number), at_once));
    }
    Passage take()
    {
        Message message;
        return consumer.take(message, at_once).how;
    }
};

} // namespace

TEST_CASE("a ring gives what was put in, in order, many times round")
{
    Ring ring;
    Message message;
    for (std::uint64_t number = 0; number < 10 * ring_capacity; ++number) {
        REQUIRE(ring.producer.put(make_message(1, number), at_once));
        REQUIRE(ring.consumer.take(message, at_once));
        REQUIRE(message.number == number);
    }
    CHECK(ring.take() == Passage::timed_out);
}

TEST_CASE("a full ring takes nothing more until something is taken out")
{
    Ring ring;
    ring.fill();
    CHECK(ring.producer.put(make_message(0, ring_capacity), at_once).how == Passage::timed_out);
    CHECK(ring.take() == Passage::done);
    CHECK(ring.producer.put(make_message(0, ring_capacity), at_once).how == Passage::done);
}

TEST_CASE("a slot that is half-written is torn, and nothing before it is lost")
{
    Ring ring;
    REQUIRE(ring.producer.put(make_message(0, 0), at_once));
    REQUIRE(ring.producer.put_half(make_message(0, 1), at_once));
    CHECK(ring.take() == Passage::done);
    CHECK(ring.take() == Passage::torn);
    CHECK(ring.take() == Passage::torn);
}

TEST_CASE("a slot that is half-written when it is used again is torn, too")
{
    Ring ring;
    ring.fill();
    CHECK(ring.take() == Passage::done);
    REQUIRE(ring.producer.put_half(make_message(0, ring_capacity), at_once));
    for (std::uint32_t i = 1; i < ring_capacity; ++i)
        REQUIRE(ring.take() == Passage::done);
    CHECK(ring.take() == Passage::torn);
}

TEST_CASE("a message that somebody wrote over is refused, and the next one comes")
{
    Ring ring;
    REQUIRE(ring.producer.put(make_message(0, 0), at_once));
    REQUIRE(ring.producer.put(make_message(0, 1), at_once));
    ring.memory->slots[0].message.payload[2] ^= 1U;
    CHECK(ring.take() == Passage::bad_frame);
    CHECK(ring.take() == Passage::done);
}

TEST_CASE("a mark that cannot be is refused, and not followed")
{
    Ring ring;
    REQUIRE(ring.producer.put(make_message(0, 0), at_once));
    for (const std::uint32_t mark : {done_mark(1), begun_mark(1), ~std::uint32_t{0}}) {
        CAPTURE(mark);
        ring.memory->slots[0].mark = mark;
        Message message;
        CHECK(ring.consumer.take(message, at_once) == Passed{Passage::bad_frame, EPROTO});
    }
}

TEST_CASE("a counter of the consumer that cannot be is refused, and no slot is written over")
{
    Ring ring;
    ring.fill();
    for (const std::uint32_t taken : {ring_capacity + 1, 1'000'000U, ~std::uint32_t{0}}) {
        CAPTURE(taken);
        ring.memory->taken = taken;
        CHECK(ring.producer.put(make_message(0, 99), at_once) == Passed{Passage::bad_frame, EPROTO});
    }
    ring.memory->taken = 0;
    for (std::uint32_t i = 0; i < ring_capacity; ++i)
        CHECK(ring.take() == Passage::done);
}

TEST_CASE("what the producer counts cannot make the consumer take what is not there")
{
    Ring ring;
    ring.memory->published = 1'000'000;
    CHECK(ring.take() == Passage::timed_out);
}

TEST_CASE("an end that is opened anew goes on where the last one was")
{
    Ring ring;
    REQUIRE(ring.producer.put(make_message(0, 0), at_once));
    REQUIRE(ring.take() == Passage::done);
    REQUIRE(ring.producer.put(make_message(0, 1), at_once));
    ring.producer = RingProducer{*ring.memory};
    ring.consumer = RingConsumer{*ring.memory};
    REQUIRE(ring.producer.put(make_message(0, 2), at_once));
    Message message;
    REQUIRE(ring.consumer.take(message, at_once));
    CHECK(message.number == 1);
    REQUIRE(ring.consumer.take(message, at_once));
    CHECK(message.number == 2);
}
