#include "harness/sys/tcp.hpp"

#include "harness/sys/error.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

namespace bulkhead::sys {
namespace {

sockaddr_in on_loopback(std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

Fd make_socket(int flags)
{
    Fd socket{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | flags, 0)};
    if (!socket)
        refuse("socket");
    return socket;
}

Moved moved(ssize_t bytes)
{
    return bytes < 0 ? Moved{.error = errno == EINTR ? EAGAIN : errno}
                     : Moved{.bytes = static_cast<std::size_t>(bytes)};
}

} // namespace

Fd tcp_socket()
{
    return make_socket(SOCK_NONBLOCK);
}

Fd listen_on_loopback(int backlog)
{
    Fd listener = make_socket(0);
    const sockaddr_in address = on_loopback(0);
    if (::bind(listener.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0)
        refuse("bind to 127.0.0.1");
    if (::listen(listener.number(), backlog) < 0)
        refuse("listen on 127.0.0.1");
    return listener;
}

std::uint16_t port_of(const Fd& socket)
{
    sockaddr_in address{};
    socklen_t bytes = sizeof address;
    if (::getsockname(socket.number(), reinterpret_cast<sockaddr*>(&address), &bytes) < 0)
        refuse("getsockname");
    return ntohs(address.sin_port);
}

void stop_listening(const Fd& listener) noexcept
{
    ::shutdown(listener.number(), SHUT_RDWR);
}

void reset_on_close(const Fd& socket)
{
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    if (::setsockopt(socket.number(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once) < 0)
        refuse("setsockopt SO_LINGER");
}

int connect_to_loopback(const Fd& socket, std::uint16_t port) noexcept
{
    const sockaddr_in address = on_loopback(port);
    return ::connect(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0 ? errno : 0;
}

Moved send_some(const Fd& socket, std::span<const std::byte> bytes) noexcept
{
    return moved(::send(socket.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL));
}

Moved receive_some(const Fd& socket, std::span<std::byte> bytes) noexcept
{
    return moved(::recv(socket.number(), bytes.data(), bytes.size(), 0));
}

} // namespace bulkhead::sys
