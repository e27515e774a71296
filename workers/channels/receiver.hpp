#pragma once

#include "harness/sys/fd.hpp"
#include "workers/channels/message.hpp"
#include "workers/channels/passage.hpp"
#include "workers/channels/ring.hpp"
#include "workers/channels/waiting.hpp"

#include <cstddef>
#include <sys/types.h>

namespace bulkhead::workers {

/// The receive end of a channel, which has to be open for all but operator bool. One thread at a time; allocates
/// nothing.
class Receiver {
public:
    Receiver() = default;
    /// Takes over the receive end that make_channel made. False by operator bool when it is no such end.
    Receiver(model::ChannelKind kind, sys::Fd end);

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(end_); }
    /// True of a ring, where `torn` may be no more than a sender at work.
    [[nodiscard]] bool is_memory() const { return mapping_.memory() != nullptr; }
    /// Null but of a ring.
    [[nodiscard]] RingMemory* memory() const { return mapping_.memory(); }

    /// Writes to `message` where it is done; it is then whole, and its check holds. Part of a frame is kept until the
    /// rest comes. That a sender is gone is seen as `end_of_stream` or `torn`, but a queue and a ring have no such end:
    /// there `timed_out` is all that is ever seen, and in a ring `torn` where a slot is half-written when the limit has
    /// passed; it is final only when the sender is known to be dead.
    Passed receive(Message& message, Limit limit);

private:
    Passed receive_bytes(Message& message, Limit limit);
    Passed receive_packet(Message& message, Limit limit);
    Passed receive_from_queue(Message& message, Limit limit);
    Passed fill(Limit limit);
    ssize_t read_part(Limit limit);

    model::ChannelKind kind_ = model::ChannelKind::pipe;
    sys::Fd end_;
    SocketLimit socket_limit_;
    Message part_; ///< whose first `part_bytes_` bytes have come
    std::size_t part_bytes_ = 0;
    RingMapping mapping_;
    RingConsumer consumer_;
};

} // namespace bulkhead::workers
