#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace bulkhead::model {

/// What carries messages from one worker to another.
enum class ChannelKind : std::uint8_t {
    pipe,      ///< pipe(7)
    stream,    ///< a Unix socket pair of the type SOCK_STREAM
    seqpacket, ///< a Unix socket pair of the type SOCK_SEQPACKET
    tcp,       ///< a TCP connection over the loopback interface
    mqueue,    ///< a POSIX message queue, mq_overview(7)
    ring       ///< a ring of slots in memory that both ends share, with futex(2) to sleep on
};

inline constexpr std::array channel_kinds{ChannelKind::pipe, ChannelKind::stream, ChannelKind::seqpacket,
                                          ChannelKind::tcp,  ChannelKind::mqueue, ChannelKind::ring};

/// How a send or a receive ended, as the worker that made it sees it.
enum class Passage : std::uint8_t {
    done,
    timed_out,     ///< no message, or no room for one, within the limit
    end_of_stream, ///< nobody is left who could send
    torn,          ///< part of a frame, and nobody who could send the rest of it
    bad_frame,     ///< a whole frame that its check refuses, or a ring's counter that cannot be
    reset,         ///< ECONNRESET
    broken_pipe,   ///< EPIPE
    failed         ///< any other error
};

inline constexpr std::array passages{Passage::done,      Passage::timed_out, Passage::end_of_stream, Passage::torn,
                                     Passage::bad_frame, Passage::reset,     Passage::broken_pipe,   Passage::failed};

/// How a channel can lose one of its ends.
enum class LostEnd : std::uint8_t {
    sender_midway, ///< it dies with half a message out
    sender,        ///< it dies while the receiver waits for a message
    receiver       ///< it dies while the sender waits for room
};

/// What the other end is shown by that, after all that went whole. `timed_out`: nothing at all, for as long as it
/// waits.
Passage shown_by(ChannelKind kind, LostEnd lost);

std::string_view to_string(ChannelKind kind); // "pipe", "stream", "seqpacket", "tcp", "mqueue", "ring"
std::string_view to_string(Passage passage);  // "done", "timed-out", "end-of-stream", "torn", ...

/// Reads what to_string writes; nullopt for anything else.
std::optional<ChannelKind> parse_channel_kind(std::string_view word);
std::optional<Passage> parse_passage(std::string_view word);

} // namespace bulkhead::model
