#include "harness/model/channel.hpp"

#include <algorithm>

namespace bulkhead::model {
namespace {

template <typename Enum, std::size_t N>
std::optional<Enum> find_word(std::string_view word, const std::array<Enum, N>& all)
{
    const auto found = std::ranges::find_if(all, [word](Enum value) { return to_string(value) == word; });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

/// A queue keeps whole messages and knows no ends; a ring is memory, which knows nothing.
bool has_ends(ChannelKind kind)
{
    return kind != ChannelKind::mqueue && kind != ChannelKind::ring;
}

/// Half a message can be out where bytes go one by one, or slots are written in place.
bool can_tear(ChannelKind kind)
{
    return kind != ChannelKind::mqueue && kind != ChannelKind::seqpacket;
}

} // namespace

Passage shown_by(ChannelKind kind, LostEnd lost)
{
    switch (lost) {
    case LostEnd::sender_midway:
        if (can_tear(kind))
            return Passage::torn;
        [[fallthrough]];
    case LostEnd::sender: return has_ends(kind) ? Passage::end_of_stream : Passage::timed_out;
    case LostEnd::receiver:
        if (!has_ends(kind))
            return Passage::timed_out;
        // A socket that is closed with unread messages tells of it: unix_release_sock() in the kernel's
        // net/unix/af_unix.c, and RFC 2525, 2.17.
        return kind == ChannelKind::pipe ? Passage::broken_pipe : Passage::reset;
    }
    return Passage::failed;
}

std::string_view to_string(ChannelKind kind)
{
    switch (kind) {
    case ChannelKind::pipe: return "pipe";
    case ChannelKind::stream: return "stream";
    case ChannelKind::seqpacket: return "seqpacket";
    case ChannelKind::tcp: return "tcp";
    case ChannelKind::mqueue: return "mqueue";
    case ChannelKind::ring: return "ring";
    }
    return "?";
}

std::string_view to_string(Passage passage)
{
    switch (passage) {
    case Passage::done: return "done";
    case Passage::timed_out: return "timed-out";
    case Passage::end_of_stream: return "end-of-stream";
    case Passage::torn: return "torn";
    case Passage::bad_frame: return "bad-frame";
    case Passage::reset: return "reset";
    case Passage::broken_pipe: return "broken-pipe";
    case Passage::failed: return "failed";
    }
    return "?";
}

std::optional<ChannelKind> parse_channel_kind(std::string_view word)
{
    return find_word(word, channel_kinds);
}

std::optional<Passage> parse_passage(std::string_view word)
{
    return find_word(word, passages);
}

} // namespace bulkhead::model
