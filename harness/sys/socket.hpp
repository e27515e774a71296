#pragma once

#include "harness/sys/fd.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

namespace bulkhead::sys {

/// socketpair(2), AF_UNIX, SOCK_SEQPACKET: messages keep their bounds. To send takes two seconds at most.
std::pair<Fd, Fd> seqpacket_pair();

inline constexpr std::size_t max_sent = 248; ///< the kernel takes 253: unix(7)

/// Sends a message, and waits for nothing. False when the other end is gone, or there is no room.
bool send_message(const Fd& socket, std::span<const std::byte> message);

/// shutdown(2) of both directions: whoever has the other end sees it hung up at once, whoever else has this end open,
/// and nobody can undo it. Waits for nothing.
void hang_up(const Fd& socket);

/// What a look for a message of a SOCK_SEQPACKET socket has found.
enum class Arrival : std::uint8_t {
    message, ///< of the expected size
    misfit,  ///< of another size
    nothing, ///< none is there yet
    end      ///< the other end is gone, and everything that it sent has been taken
};
/// Takes the next message into `message`, and waits for nothing.
Arrival receive_message(const Fd& socket, std::span<std::byte> message);

/// Sends a message with up to so many descriptors (SCM_RIGHTS, unix(7)). Throws when the other end is gone.
void send_with_descriptors(const Fd& socket, std::span<const std::uint32_t> words, std::span<const int> descriptors);

/// Receives a message that came without descriptors into `words`, and tells how many there were; nullopt when there is
/// none yet. Throws when the other end is gone.
std::optional<std::size_t> receive_words(const Fd& socket, std::span<std::int32_t> words);

} // namespace bulkhead::sys
