#pragma once

#include "harness/sys/fd.hpp"
#include "workers/channels/message.hpp"
#include "workers/channels/passage.hpp"
#include "workers/channels/ring.hpp"
#include "workers/channels/waiting.hpp"

#include <cstddef>
#include <cstdint>
#include <sys/types.h>

namespace bulkhead::workers {

/// What a send does beside `broken_pipe` when nobody is left to receive: raise SIGPIPE, whose default action ends the
/// process, or not (MSG_NOSIGNAL). A pipe knows no such choice: there the process's disposition of SIGPIPE decides.
enum class SigPipe : std::uint8_t { raised, spared };

/// The send end of a channel, which has to be open for all but operator bool. One thread at a time; allocates nothing.
class Sender {
public:
    Sender() = default;
    /// Takes over the send end that make_channel made. False by operator bool when it is no such end.
    Sender(model::ChannelKind kind, sys::Fd end, SigPipe on_broken_pipe);

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(end_); }
    /// Null but of a ring.
    [[nodiscard]] RingMemory* memory() const { return mapping_.memory(); }

    /// `done`: the channel has the message, which says nothing of whether anybody will take it out. `timed_out`: nobody
    /// will get it, unless it is sent again; when part of it had gone, that is finished first with whatever is sent
    /// next, and the same message is not sent twice by that.
    Passed send(const Message& message, Limit limit);

    // For faults.

    /// The first half of a frame, after which the sender is to die. Where messages go whole or not at all (seqpacket,
    /// mqueue) the second half is never composed, so nothing goes at all, and it is done.
    Passed send_half(const Message& message, Limit limit);
    /// A frame of the right length that no receiver's check lets through.
    Passed send_garbage(std::uint64_t seed, Limit limit) { return send(make_garbage(seed), limit); }

private:
    Passed send_bytes(const Message& message, Limit limit);
    Passed send_rest(std::size_t bytes_to_keep, Limit limit);
    Passed send_half_of_bytes(const Message& message, Limit limit);
    Passed send_packet(const Message& message, Limit limit);
    Passed send_to_queue(const Message& message, Limit limit);
    ssize_t write_to_pipe(const void* start, std::size_t bytes, Limit limit);
    ssize_t write_to_socket(const void* start, std::size_t bytes, Limit limit);

    model::ChannelKind kind_ = model::ChannelKind::pipe;
    int flags_ = 0; ///< of send(2)
    sys::Fd end_;
    SocketLimit socket_limit_;
    Message rest_; ///< whose last `rest_bytes_` bytes have not gone
    std::size_t rest_bytes_ = 0;
    RingMapping mapping_;
    RingProducer producer_;
};

} // namespace bulkhead::workers
