// What each channel shows at one end when the worker at the other end dies.

#include "tests/live/channel_peer.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <doctest/doctest.h>
#include <thread>

using namespace bulkhead;
using namespace bulkhead::workers;
using namespace std::chrono_literals;
using model::ChannelKind;
using model::LostEnd;
using model::Passage;

namespace {

constexpr Limit long_enough = 10s;
/// For a channel that shows nothing: long enough for the death to come before it.
constexpr Limit until_the_death = 2s;

Limit limit_for(Passage expected)
{
    return expected == Passage::timed_out ? until_the_death : long_enough;
}

/// As a worker that has to go on when a pipe is broken would have it; as it was, afterwards.
class IgnoredSigPipe {
public:
    IgnoredSigPipe() : before_(::signal(SIGPIPE, SIG_IGN)) {}
    ~IgnoredSigPipe() { ::signal(SIGPIPE, before_); }
    IgnoredSigPipe(const IgnoredSigPipe&) = delete;
    IgnoredSigPipe& operator=(const IgnoredSigPipe&) = delete;

private:
    void (*before_)(int);
};

template <typename Check>
void for_each_kind(Check check)
{
    for (const ChannelKind kind : model::channel_kinds) {
        CAPTURE(to_string(kind));
        if (auto made = test::channel_or_skip(kind))
            check(kind, *made);
    }
}

/// The number of messages that came, and what came after them.
std::uint64_t receive_until_the_end(Receiver& receiver, Limit limit, Passed& last)
{
    std::uint64_t came = 0;
    for (Message message; (last = receiver.receive(message, limit)); ++came)
        REQUIRE(message.number == came);
    return came;
}

/// Fills the channel and goes on until a send is not done.
Passed send_until_the_end(Sender& sender, Limit limit)
{
    std::uint64_t sent = 0;
    Passed last;
    while ((last = sender.send(make_message(0, sent), limit)))
        ++sent;
    return last;
}

} // namespace

TEST_CASE("a sender that dies in the middle of a message loses no whole one, and half of one is never taken for one")
{
    for_each_kind([](const ChannelKind kind, MadeChannel& made) {
        test::Peer victim{kind, "send-half", 5, std::move(made.send)};
        CHECK(victim.end() == sys::Termination{sys::Signaled{SIGKILL, false}});
        Receiver receiver{kind, std::move(made.receive)};
        Passed last;
        CHECK(receive_until_the_end(receiver, 200ms, last) == 5);
        CHECK(to_string(last.how) == to_string(shown_by(kind, LostEnd::sender_midway)));
        Message none;
        const Passed later = receiver.receive(none, 200ms);
        const bool has_end = shown_by(kind, LostEnd::sender) == Passage::end_of_stream;
        CHECK(to_string(later.how) ==
              to_string(has_end ? Passage::end_of_stream : shown_by(kind, LostEnd::sender_midway)));
    });
}

TEST_CASE("a receiver that is blocked when the sender dies is woken, but not by a queue or a ring")
{
    for_each_kind([](const ChannelKind kind, MadeChannel& made) {
        test::Peer victim{kind, "send-and-stay", 1, std::move(made.send)};
        Receiver receiver{kind, std::move(made.receive)};
        Message message;
        REQUIRE(receiver.receive(message, long_enough));
        Passed last;
        {
            const test::Blocked blocked{
                [&] { last = receiver.receive(message, limit_for(shown_by(kind, LostEnd::sender))); }};
            CHECK(blocked.sleeps());
            victim.kill();
            if (shown_by(kind, LostEnd::sender) == Passage::timed_out)
                CHECK_FALSE(blocked.is_over());
        }
        CHECK(to_string(last.how) == to_string(shown_by(kind, LostEnd::sender)));
    });
}

TEST_CASE("a sender that is blocked when the receiver dies is woken, but not by a queue or a ring")
{
    const IgnoredSigPipe ignored;
    for_each_kind([](const ChannelKind kind, MadeChannel& made) {
        test::Peer victim{kind, "receive-and-stay", 0, std::move(made.receive)};
        Sender sender{kind, std::move(made.send), SigPipe::spared};
        while (sender.send(make_message(0, 0), 20ms)) {
        }
        Passed last;
        {
            const test::Blocked blocked{
                [&] { last = send_until_the_end(sender, limit_for(shown_by(kind, LostEnd::receiver))); }};
            CHECK(blocked.sleeps());
            victim.kill();
            if (shown_by(kind, LostEnd::receiver) == Passage::timed_out)
                CHECK_FALSE(blocked.is_over());
        }
        CHECK(to_string(last.how) == to_string(shown_by(kind, LostEnd::receiver)));
        const bool is_told = last.how != Passage::timed_out;
        const Passed next = sender.send(make_message(0, 0), 20ms);
        CHECK(to_string(next.how) == to_string(is_told ? Passage::broken_pipe : Passage::timed_out));
    });
}

TEST_CASE("a sender to nobody is ended by SIGPIPE by default, where the channel tells it at all")
{
    for (const ChannelKind kind : {ChannelKind::pipe, ChannelKind::stream, ChannelKind::tcp}) {
        CAPTURE(to_string(kind));
        auto made = make_channel(kind);
        REQUIRE(made);
        made.receive.close();
        test::Peer victim{kind, "flood", 0, std::move(made.send)};
        CHECK(victim.end() == sys::Termination{sys::Signaled{SIGPIPE, false}});
    }
}

TEST_CASE("a sender to nobody by a socket that is spared the signal is told of a broken pipe")
{
    for (const ChannelKind kind : {ChannelKind::stream, ChannelKind::seqpacket, ChannelKind::tcp}) {
        CAPTURE(to_string(kind));
        auto made = make_channel(kind);
        REQUIRE(made);
        made.receive.close();
        test::Peer sender{kind, "flood-spared", 0, std::move(made.send)};
        const auto report = sender.report();
        CHECK(report.at("error") ==
              (report.at("how") == static_cast<std::uint64_t>(Passage::reset) ? ECONNRESET : EPIPE));
        MESSAGE(to_string(kind) << " took " << report.at("sent") << " messages for nobody");
        CHECK(sender.end() == sys::Termination{sys::Exited{0}});
    }
}

TEST_CASE("a frame of garbage is refused, and the message after it comes")
{
    for_each_kind([](const ChannelKind kind, MadeChannel& made) {
        test::Peer sender{kind, "send-garbage", 3, std::move(made.send)};
        Receiver receiver{kind, std::move(made.receive)};
        Passed last;
        CHECK(receive_until_the_end(receiver, long_enough, last) == 3);
        CHECK(last.how == Passage::bad_frame);
        Message message;
        CHECK(receiver.receive(message, long_enough));
        CHECK(message.number == 3);
    });
}

TEST_CASE("the end of a sender is not seen as long as anybody keeps a copy of its end")
{
    for (const ChannelKind kind : {ChannelKind::pipe, ChannelKind::stream, ChannelKind::seqpacket, ChannelKind::tcp}) {
        CAPTURE(to_string(kind));
        auto made = make_channel(kind);
        REQUIRE(made);
        const sys::Fd copy = sys::duplicate(made.send);
        test::Peer victim{kind, "send", 1, std::move(made.send)};
        victim.end();
        Receiver receiver{kind, std::move(made.receive)};
        Message message;
        CHECK(receiver.receive(message, long_enough));
        CHECK(receiver.receive(message, 50ms).how == Passage::timed_out);
    }
}

TEST_CASE("a thread that ends in the middle of a message closes nothing: its receiver waits for the rest")
{
    for_each_kind([](const ChannelKind kind, MadeChannel& made) {
        Sender sender{kind, std::move(made.send), SigPipe::spared}; // the process's, and lives on
        Receiver receiver{kind, std::move(made.receive)};
        std::thread{[&sender] { sender.send_half(make_message(0, 0), long_enough); }}.join();
        Message message;
        const auto expected = kind == ChannelKind::ring ? Passage::torn : Passage::timed_out;
        CHECK(to_string(receiver.receive(message, 50ms).how) == to_string(expected));
        // The rest goes before whatever another thread sends by the same end; where nothing had gone, nothing is left.
        CHECK(sender.send(make_message(0, 1), long_enough));
        CHECK(receiver.receive(message, long_enough));
        const bool keeps_parts = shown_by(kind, LostEnd::sender_midway) == Passage::torn && kind != ChannelKind::ring;
        CHECK(message.number == (keeps_parts ? 0 : 1));
    });
}
