#pragma once

#include "harness/sys/fd.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <utility>

namespace bulkhead::sys {

/// socketpair(2), AF_UNIX, SOCK_SEQPACKET: messages keep their bounds. To send takes two seconds at most.
std::pair<Fd, Fd> seqpacket_pair();

inline constexpr std::size_t max_sent = 248; ///< the kernel takes 253: unix(7)

/// Sends a word with up to so many descriptors (SCM_RIGHTS, unix(7)). Throws when the other end is gone.
void send_with_descriptors(const Fd& socket, std::uint32_t word, std::span<const int> descriptors);

/// Receives a word that came without descriptors; nullopt when there is none yet. Throws when the other end is gone.
std::optional<std::int32_t> receive_word(const Fd& socket);

} // namespace bulkhead::sys
