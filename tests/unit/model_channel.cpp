#include "harness/model/channel.hpp"

#include <doctest/doctest.h>
#include <set>
#include <string>

using namespace bulkhead;

TEST_CASE("every kind of channel has a word of its own, and the word names it")
{
    std::set<std::string_view> words;
    for (const auto kind : model::channel_kinds) {
        CHECK(model::parse_channel_kind(to_string(kind)) == kind);
        words.insert(to_string(kind));
    }
    CHECK(words.size() == model::channel_kinds.size());
}

TEST_CASE("what is no kind of channel is none")
{
    for (const char* const word : {"", "Pipe", "pipe ", "socket", "mq", "?"}) {
        CAPTURE(std::string{word});
        CHECK_FALSE(model::parse_channel_kind(word));
    }
}

TEST_CASE("every way in which a send or a receive can end has a word of its own, and the word names it")
{
    std::set<std::string_view> words;
    for (const auto passage : model::passages) {
        CHECK(model::parse_passage(to_string(passage)) == passage);
        words.insert(to_string(passage));
    }
    CHECK(words.size() == model::passages.size());
    CHECK_FALSE(model::parse_passage("?"));
}

TEST_CASE(
    "what a channel shows of a lost end follows from whether it has ends, and from whether half a message can be out")
{
    using model::ChannelKind;
    using model::LostEnd;
    using model::Passage;
    for (const auto kind : {ChannelKind::mqueue, ChannelKind::ring}) {
        CHECK(shown_by(kind, LostEnd::sender) == Passage::timed_out);
        CHECK(shown_by(kind, LostEnd::receiver) == Passage::timed_out);
    }
    for (const auto kind : {ChannelKind::pipe, ChannelKind::stream, ChannelKind::tcp, ChannelKind::ring})
        CHECK(shown_by(kind, LostEnd::sender_midway) == Passage::torn);
    CHECK(shown_by(ChannelKind::seqpacket, LostEnd::sender_midway) == Passage::end_of_stream);
    CHECK(shown_by(ChannelKind::mqueue, LostEnd::sender_midway) == Passage::timed_out);
    CHECK(shown_by(ChannelKind::pipe, LostEnd::receiver) == Passage::broken_pipe);
    CHECK(shown_by(ChannelKind::tcp, LostEnd::receiver) == Passage::reset);
}
