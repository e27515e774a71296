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

} // namespace

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

std::string_view to_string(Transfer transfer)
{
    switch (transfer) {
    case Transfer::done: return "done";
    case Transfer::timed_out: return "timed-out";
    case Transfer::end_of_stream: return "end-of-stream";
    case Transfer::torn: return "torn";
    case Transfer::bad_frame: return "bad-frame";
    case Transfer::reset: return "reset";
    case Transfer::broken_pipe: return "broken-pipe";
    case Transfer::failed: return "failed";
    }
    return "?";
}

std::optional<ChannelKind> parse_channel_kind(std::string_view word)
{
    return find_word(word, channel_kinds);
}

std::optional<Transfer> parse_transfer(std::string_view word)
{
    return find_word(word, transfers);
}

} // namespace bulkhead::model
