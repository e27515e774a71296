#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace bulkhead::workers {

/// What travels through a channel: a frame of one cache line, numbered and checked, so that its receiver sees whether
/// it is whole, and whether it is the one that should come next.
struct Message {
    std::uint32_t magic = 0;
    std::uint32_t sender = 0;
    std::uint64_t number = 0; ///< counted by the sender, from 0
    std::array<std::uint64_t, 5> payload{};
    std::uint64_t check = 0; ///< of all that stands before it
};

inline constexpr std::uint32_t message_magic = 0x656d7266; // "frme", little-endian
inline constexpr std::size_t message_bytes = 64;
static_assert(sizeof(Message) == message_bytes);

/// Every step is one-to-one in the word that it takes in: a change of one word is never missed, of more words once in
/// 2^64.
constexpr std::uint64_t check_of(const Message& message)
{
    using Words = std::array<std::uint64_t, message_bytes / sizeof(std::uint64_t)>;
    const Words words = std::bit_cast<Words>(message);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        sum = (sum ^ words[i]) * 0x9e3779b97f4a7c15U;
        sum ^= sum >> 32U;
    }
    return sum;
}

constexpr Message make_message(std::uint32_t sender, std::uint64_t number,
                               const std::array<std::uint64_t, 5>& payload = {})
{
    Message message{message_magic, sender, number, payload, 0};
    message.check = check_of(message);
    return message;
}

/// True for a frame as make_message makes it.
constexpr bool holds(const Message& message)
{
    return message.magic == message_magic && message.check == check_of(message);
}

/// As many bytes as a frame has, and no frame.
constexpr Message make_garbage(std::uint64_t seed)
{
    Message garbage = make_message(static_cast<std::uint32_t>(seed), seed, {~seed, seed, ~seed, seed, ~seed});
    garbage.check = ~garbage.check;
    return garbage;
}

} // namespace bulkhead::workers
