#include "workers/channels/message.hpp"

#include <cstring>
#include <doctest/doctest.h>

using namespace bulkhead::workers;

TEST_CASE("a message as it was made holds, and any bit that changes is seen")
{
    const Message whole = make_message(3, 41, {1, 2, 3, 4, 5});
    REQUIRE(holds(whole));
    for (std::size_t bit = 0; bit < message_bytes * 8; ++bit) {
        CAPTURE(bit);
        std::array<unsigned char, message_bytes> bytes{};
        std::memcpy(bytes.data(), &whole, message_bytes);
        bytes[bit / 8] ^= static_cast<unsigned char>(1U << (bit % 8));
        Message changed;
        std::memcpy(&changed, bytes.data(), message_bytes);
        CHECK_FALSE(holds(changed));
    }
}

TEST_CASE("zeroes are no message")
{
    CHECK_FALSE(holds(Message{}));
}

TEST_CASE("two halves of different messages are no message")
{
    Message mixed = make_message(0, 1);
    const Message other = make_message(0, 2);
    std::memcpy(static_cast<void*>(&mixed), &other, message_bytes / 2);
    CHECK_FALSE(holds(mixed));
}

TEST_CASE("garbage is refused, whatever it was made from")
{
    for (std::uint64_t seed = 0; seed < 1000; ++seed)
        CHECK_FALSE(holds(make_garbage(seed * 0x9e3779b97f4a7c15U)));
}
