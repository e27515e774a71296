#include "workers/channels/make.hpp"

#include "workers/channels/message.hpp"
#include "workers/channels/ring.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bulkhead::workers {
namespace {

/// As many messages as an ordinary user may have in a queue by default: /proc/sys/fs/mqueue/msg_max.
constexpr long queue_capacity = 10;

MadeChannel refuse(const char* call)
{
    return {{}, {}, call, errno};
}

/// For kinds that have one descriptor for both ends: a second one, so that each end has its own.
MadeChannel with_both_ends(sys::Fd end)
{
    sys::Fd other{::fcntl(end.number(), F_DUPFD_CLOEXEC, 0)};
    if (!other)
        return refuse("fcntl F_DUPFD_CLOEXEC");
    return {std::move(end), std::move(other)};
}

MadeChannel make_pipe()
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return refuse("pipe2");
    return {sys::Fd{ends[1]}, sys::Fd{ends[0]}};
}

MadeChannel make_pair(int type)
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return refuse("socketpair");
    return {sys::Fd{ends[0]}, sys::Fd{ends[1]}};
}

/// A listener that only this machine can reach, on a port that the kernel chooses; its address comes back.
sys::Fd listen_on_loopback(sockaddr_in& address)
{
    sys::Fd listener{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t bytes = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (!listener || ::bind(listener.number(), generic, bytes) != 0 || ::listen(listener.number(), 1) != 0 ||
        ::getsockname(listener.number(), generic, &bytes) != 0)
        return {};
    return listener;
}

bool has_address(const sys::Fd& socket, bool of_peer, sockaddr_in& address)
{
    socklen_t bytes = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    return (of_peer ? ::getpeername(socket.number(), generic, &bytes)
                    : ::getsockname(socket.number(), generic, &bytes)) == 0;
}

/// Somebody else on this machine may have been quicker to connect to the port.
bool are_connected(const sys::Fd& one, const sys::Fd& other)
{
    sockaddr_in here{};
    sockaddr_in there{};
    return has_address(one, false, here) && has_address(other, true, there) && here.sin_port == there.sin_port &&
           here.sin_addr.s_addr == there.sin_addr.s_addr;
}

MadeChannel make_connection()
{
    sockaddr_in address{};
    const sys::Fd listener = listen_on_loopback(address);
    if (!listener)
        return refuse("listen on 127.0.0.1");
    sys::Fd send{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    if (!send || ::connect(send.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return refuse("connect to 127.0.0.1");
    sys::Fd receive{::accept4(listener.number(), nullptr, nullptr, SOCK_CLOEXEC)};
    if (!receive)
        return refuse("accept4");
    if (!are_connected(send, receive)) {
        errno = EADDRINUSE;
        return refuse("accept4 of a stranger");
    }
    const int on = 1; // a message is sent at once, not kept until the last one has been acknowledged: tcp(7)
    if (::setsockopt(send.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0)
        return refuse("setsockopt TCP_NODELAY");
    return {std::move(send), std::move(receive)};
}

/// "/bulkhead-" and 16 digits that nobody can know in advance.
std::array<char, 32> random_queue_name()
{
    std::uint64_t digits = 0;
    [[maybe_unused]] const ssize_t came = ::getrandom(&digits, sizeof digits, 0); // 8 bytes always come: getrandom(2)
    std::array<char, 32> name{"/bulkhead-"};
    for (std::size_t i = 10; i < 26; ++i, digits >>= 4U)
        name[i] = "0123456789abcdef"[digits & 15U];
    return name;
}

/// The name is gone at once; O_EXCL, so that it is not another's queue.
MadeChannel make_queue()
{
    mq_attr attributes{};
    attributes.mq_maxmsg = queue_capacity;
    attributes.mq_msgsize = message_bytes;
    const auto name = random_queue_name();
    sys::Fd queue{::mq_open(name.data(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600, &attributes)};
    if (!queue)
        return refuse("mq_open");
    if (::mq_unlink(name.data()) != 0)
        return refuse("mq_unlink");
    return with_both_ends(std::move(queue));
}

/// Sealed, so that no holder can make an access of another end in SIGBUS.
MadeChannel make_ring()
{
    sys::Fd memory{::memfd_create("bulkhead-ring", MFD_CLOEXEC | MFD_ALLOW_SEALING)};
    if (!memory)
        return refuse("memfd_create");
    if (::ftruncate(memory.number(), sizeof(RingMemory)) != 0)
        return refuse("ftruncate of a memfd");
    if (::fcntl(memory.number(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
        return refuse("fcntl F_ADD_SEALS");
    return with_both_ends(std::move(memory));
}

/// Which limit it is that mq_open(3) has come up against; empty where errno says enough.
const char* limit_behind(int error)
{
    switch (error) {
    case EMFILE: return " (RLIMIT_MSGQUEUE, or the limit of open files)";
    case ENOSPC: return " (/proc/sys/fs/mqueue/queues_max)";
    case EINVAL: return " (/proc/sys/fs/mqueue/msg_max or msgsize_max)";
    case ENOSYS: return " (this kernel has no POSIX message queues)";
    default: return "";
    }
}

} // namespace

MadeChannel make_channel(model::ChannelKind kind)
{
    switch (kind) {
    case model::ChannelKind::pipe: return make_pipe();
    case model::ChannelKind::stream: return make_pair(SOCK_STREAM);
    case model::ChannelKind::seqpacket: return make_pair(SOCK_SEQPACKET);
    case model::ChannelKind::tcp: return make_connection();
    case model::ChannelKind::mqueue: return make_queue();
    case model::ChannelKind::ring: return make_ring();
    }
    errno = EINVAL;
    return refuse("make_channel");
}

std::string why_refused(const MadeChannel& made)
{
    if (made.refused == nullptr)
        return {};
    const bool is_queue = std::strcmp(made.refused, "mq_open") == 0;
    return std::string{made.refused} + ": " + std::strerror(made.error) + (is_queue ? limit_behind(made.error) : "");
}

} // namespace bulkhead::workers
