#include "workers/channels/receiver.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <mqueue.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bulkhead::workers {
namespace {

/// What comes whole, in a place with room for a byte more, so that a longer one is seen.
using Packet = std::array<std::byte, message_bytes + 1>;

Passed take_packet(const Packet& packet, ssize_t bytes, Message& message)
{
    Message copy;
    std::memcpy(&copy, packet.data(), message_bytes);
    if (bytes != static_cast<ssize_t>(message_bytes) || !holds(copy))
        return {model::Passage::bad_frame, 0};
    message = copy;
    return {};
}

} // namespace

Receiver::Receiver(model::ChannelKind kind, sys::Fd end) : kind_(kind), end_(std::move(end))
{
    if (kind != model::ChannelKind::ring)
        return;
    mapping_ = RingMapping{end_.number()};
    if (mapping_.memory() == nullptr)
        end_.close();
    else
        consumer_ = RingConsumer{*mapping_.memory()};
}

Passed Receiver::receive(Message& message, Limit limit)
{
    switch (kind_) {
    case model::ChannelKind::pipe:
    case model::ChannelKind::stream:
    case model::ChannelKind::tcp: return receive_bytes(message, limit);
    case model::ChannelKind::seqpacket: return receive_packet(message, limit);
    case model::ChannelKind::mqueue: return receive_from_queue(message, limit);
    case model::ChannelKind::ring: return consumer_.take(message, limit);
    }
    return {model::Passage::failed, EINVAL};
}

Passed Receiver::receive_bytes(Message& message, Limit limit)
{
    const Passed filled = fill(limit);
    if (!filled)
        return filled;
    part_bytes_ = 0;
    if (!holds(part_))
        return {model::Passage::bad_frame, 0};
    message = part_;
    return {};
}

/// Until there is a whole frame. A frame that comes in parts has the limit as a whole, not once for each part.
Passed Receiver::fill(Limit limit)
{
    const Deadline deadline{limit};
    while (part_bytes_ < message_bytes) {
        const ssize_t came = read_part(limit);
        if (came < 0)
            return passage_after(errno);
        if (came == 0)
            return {std::exchange(part_bytes_, 0) == 0 ? model::Passage::end_of_stream : model::Passage::torn, 0};
        part_bytes_ += static_cast<std::size_t>(came);
        if (part_bytes_ < message_bytes && limit != no_limit)
            limit = std::chrono::floor<Limit>(deadline.left());
    }
    return {};
}

ssize_t Receiver::read_part(Limit limit)
{
    auto* const start = reinterpret_cast<std::byte*>(&part_) + part_bytes_;
    const std::size_t bytes = message_bytes - part_bytes_;
    if (kind_ != model::ChannelKind::pipe) {
        // All that is wanted, so that the kernel does the waiting for the rest, too, and does it within the limit.
        const int flags = MSG_WAITALL | socket_limit_.set(end_.number(), SO_RCVTIMEO, limit);
        return ::recv(end_.number(), start, bytes, flags);
    }
    if (limit != no_limit && !await(end_.number(), POLLIN, limit))
        return -1;
    return ::read(end_.number(), start, bytes);
}

Passed Receiver::receive_packet(Message& message, Limit limit)
{
    Packet packet;
    const int flags = socket_limit_.set(end_.number(), SO_RCVTIMEO, limit);
    const ssize_t came = ::recv(end_.number(), packet.data(), packet.size(), flags);
    if (came < 0)
        return passage_after(errno);
    return came == 0 ? Passed{model::Passage::end_of_stream, 0} : take_packet(packet, came, message);
}

Passed Receiver::receive_from_queue(Message& message, Limit limit)
{
    Packet packet;
    auto* const start = reinterpret_cast<char*>(packet.data());
    const timespec end = limit == no_limit ? timespec{} : real_time_in(limit);
    const ssize_t came = limit == no_limit ? ::mq_receive(end_.number(), start, packet.size(), nullptr)
                                           : ::mq_timedreceive(end_.number(), start, packet.size(), nullptr, &end);
    return came < 0 ? passage_after(errno) : take_packet(packet, came, message);
}

} // namespace bulkhead::workers
