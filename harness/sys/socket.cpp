#include "harness/sys/socket.hpp"

#include "harness/sys/error.hpp"

#include <array>
#include <cstring>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>

namespace bulkhead::sys {

std::pair<Fd, Fd> seqpacket_pair()
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) < 0)
        refuse("socketpair");
    const timeval limit{2, 0};
    for (const int end : ends)
        if (::setsockopt(end, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) < 0)
            refuse("setsockopt SO_SNDTIMEO");
    return {Fd{ends[0]}, Fd{ends[1]}};
}

bool send_message(const Fd& socket, std::span<const std::byte> message)
{
    ssize_t sent = 0;
    do
        sent = ::send(socket.number(), message.data(), message.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == static_cast<ssize_t>(message.size());
}

void hang_up(const Fd& socket)
{
    if (::shutdown(socket.number(), SHUT_RDWR) < 0)
        refuse("shutdown");
}

Arrival receive_message(const Fd& socket, std::span<std::byte> message)
{
    ssize_t received = 0;
    do // MSG_TRUNC: the real length of the message
        received = ::recv(socket.number(), message.data(), message.size(), MSG_DONTWAIT | MSG_TRUNC);
    while (received < 0 && errno == EINTR);
    if (received < 0)
        return errno == EAGAIN ? Arrival::nothing : Arrival::end;
    if (received == 0)
        return Arrival::end;
    return received == static_cast<ssize_t>(message.size()) ? Arrival::message : Arrival::misfit;
}

void send_with_descriptors(const Fd& socket, std::span<const std::uint32_t> words, std::span<const int> descriptors)
{
    iovec part{const_cast<std::uint32_t*>(words.data()), words.size_bytes()}; // sendmsg(2) only reads it
    alignas(cmsghdr) std::array<char, CMSG_SPACE(max_sent * sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
    cmsghdr* const header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(descriptors.size_bytes());
    std::memcpy(CMSG_DATA(header), descriptors.data(), descriptors.size_bytes());
    while (::sendmsg(socket.number(), &message, MSG_NOSIGNAL) < 0)
        if (errno != EINTR)
            refuse("sendmsg to the zygote");
}

std::optional<std::size_t> receive_words(const Fd& socket, std::span<std::int32_t> words)
{
    const auto received = ::recv(socket.number(), words.data(), words.size_bytes(), MSG_DONTWAIT);
    if (received > 0 && static_cast<std::size_t>(received) % sizeof(std::int32_t) == 0)
        return static_cast<std::size_t>(received) / sizeof(std::int32_t);
    if (received < 0 && (errno == EAGAIN || errno == EINTR))
        return std::nullopt;
    refuse("recv from the zygote", received < 0 ? errno : EPIPE);
}

} // namespace bulkhead::sys
