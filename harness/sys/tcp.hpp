#pragma once

#include "harness/sys/fd.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace bulkhead::sys {

/// A socket that listens on 127.0.0.1, on a port that the kernel chooses. So many connections wait
/// until they are accepted; the kernel makes it net.core.somaxconn where that is less (listen(2)).
Fd listen_on_loopback(int backlog);
/// The port that it is bound to.
std::uint16_t port_of(const Fd& socket);
/// Nobody can accept from it any longer, whichever process holds it; whoever waits for that is woken (shutdown(2)).
void stop_listening(const Fd& listener) noexcept;

/// A socket that does not block, for one connection.
Fd tcp_socket();
/// Its close(2) sends a reset instead of the usual good-bye: SO_LINGER with 0 seconds, socket(7). So no connection of
/// ours is left in TIME_WAIT, where it would keep its port for a minute.
void reset_on_close(const Fd& socket);

/// What a call did: 0, or the errno of what it met.
int connect_to_loopback(const Fd& socket, std::uint16_t port) noexcept;

struct Moved {
    std::size_t bytes = 0; ///< 0 without an error: the other end will send nothing more
    int error = 0;         ///< errno; EAGAIN: not now
};
/// send(2) without SIGPIPE.
Moved send_some(const Fd& socket, std::span<const std::byte> bytes) noexcept;
/// recv(2).
Moved receive_some(const Fd& socket, std::span<std::byte> bytes) noexcept;

} // namespace bulkhead::sys
