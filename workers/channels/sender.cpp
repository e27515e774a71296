#include "workers/channels/sender.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <mqueue.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bulkhead::workers {

Sender::Sender(model::ChannelKind kind, sys::Fd end, SigPipe on_broken_pipe)
    : kind_(kind), flags_(on_broken_pipe == SigPipe::spared ? MSG_NOSIGNAL : 0), end_(std::move(end))
{
    // A send is then one system call as long as there is room. The receive end is another description, and blocks.
    if (kind == model::ChannelKind::pipe && ::fcntl(end_.number(), F_SETFL, O_NONBLOCK) != 0)
        end_.close();
    if (kind != model::ChannelKind::ring)
        return;
    mapping_ = RingMapping{end_.number()};
    if (mapping_.memory() == nullptr)
        end_.close();
    else
        producer_ = RingProducer{*mapping_.memory()};
}

Passed Sender::send(const Message& message, Limit limit)
{
    switch (kind_) {
    case model::ChannelKind::pipe:
    case model::ChannelKind::stream:
    case model::ChannelKind::tcp: return send_bytes(message, limit);
    case model::ChannelKind::seqpacket: return send_packet(message, limit);
    case model::ChannelKind::mqueue: return send_to_queue(message, limit);
    case model::ChannelKind::ring: return producer_.put(message, limit);
    }
    return {model::Passage::failed, EINVAL};
}

Passed Sender::send_half(const Message& message, Limit limit)
{
    switch (kind_) {
    case model::ChannelKind::pipe:
    case model::ChannelKind::stream:
    case model::ChannelKind::tcp: return send_half_of_bytes(message, limit);
    case model::ChannelKind::seqpacket:
    case model::ChannelKind::mqueue: return {};
    case model::ChannelKind::ring: return producer_.put_half(message, limit);
    }
    return {model::Passage::failed, EINVAL};
}

Passed Sender::send_bytes(const Message& message, Limit limit)
{
    if (rest_bytes_ != 0) {
        const bool is_the_same = std::memcmp(&rest_, &message, message_bytes) == 0;
        const Passed rest = send_rest(0, limit);
        if (!rest || is_the_same)
            return rest;
    }
    rest_ = message;
    rest_bytes_ = message_bytes;
    return send_rest(0, limit);
}

Passed Sender::send_half_of_bytes(const Message& message, Limit limit)
{
    if (rest_bytes_ != 0)
        if (const Passed rest = send_rest(0, limit); !rest)
            return rest;
    rest_ = message;
    rest_bytes_ = message_bytes;
    return send_rest(message_bytes / 2, limit);
}

Passed Sender::send_rest(std::size_t bytes_to_keep, Limit limit)
{
    const auto* const start = reinterpret_cast<const std::byte*>(&rest_) + message_bytes - rest_bytes_;
    const std::size_t bytes = rest_bytes_ - bytes_to_keep;
    const ssize_t taken =
        kind_ == model::ChannelKind::pipe ? write_to_pipe(start, bytes, limit) : write_to_socket(start, bytes, limit);
    if (taken > 0) {
        rest_bytes_ -= static_cast<std::size_t>(taken);
        return rest_bytes_ == bytes_to_keep ? Passed{} : Passed{model::Passage::timed_out, EAGAIN};
    }
    if (rest_bytes_ == message_bytes)
        rest_bytes_ = 0; // nothing of it has gone, and nobody has to finish it
    return passage_after(errno);
}

Passed Sender::send_packet(const Message& message, Limit limit)
{
    return write_to_socket(&message, message_bytes, limit) >= 0 ? Passed{} : passage_after(errno);
}

Passed Sender::send_to_queue(const Message& message, Limit limit)
{
    const auto* const start = reinterpret_cast<const char*>(&message);
    const timespec end = limit == no_limit ? timespec{} : real_time_in(limit);
    const int result = limit == no_limit ? ::mq_send(end_.number(), start, message_bytes, 0)
                                         : ::mq_timedsend(end_.number(), start, message_bytes, 0, &end);
    return result == 0 ? Passed{} : passage_after(errno);
}

/// Of no more than PIPE_BUF bytes, which go as a whole or not at all: pipe(7).
ssize_t Sender::write_to_pipe(const void* start, std::size_t bytes, Limit limit)
{
    const ssize_t taken = ::write(end_.number(), start, bytes);
    if (taken >= 0 || errno != EAGAIN || limit == Limit::zero() || !await(end_.number(), POLLOUT, limit))
        return taken;
    return ::write(end_.number(), start, bytes);
}

ssize_t Sender::write_to_socket(const void* start, std::size_t bytes, Limit limit)
{
    const int flags = flags_ | socket_limit_.set(end_.number(), SO_SNDTIMEO, limit);
    return ::send(end_.number(), start, bytes, flags);
}

} // namespace bulkhead::workers
