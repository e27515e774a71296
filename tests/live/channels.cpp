// What every channel does while nobody dies.

#include "tests/live/channel_peer.hpp"
#include "workers/channels/tally.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <sys/resource.h>
#include <vector>

using namespace bulkhead;
using namespace bulkhead::workers;
using namespace std::chrono_literals;
using model::ChannelKind;
using model::Passage;

namespace {

constexpr std::uint64_t messages = 10'000;
constexpr Limit long_enough = 10s;

/// Sends until there is no room; how many went.
std::uint64_t fill(Sender& sender)
{
    std::uint64_t sent = 0;
    while (sender.send(make_message(0, sent), 0us))
        REQUIRE(++sent < 10'000'000);
    return sent;
}

MessageTally receive_all(Receiver& receiver, std::uint64_t count)
{
    MessageTally tally{0};
    Message message;
    while (tally.counts().received < count) {
        const Passed received = receiver.receive(message, long_enough);
        tally.add(received, message);
        if (!received)
            break;
    }
    return tally;
}

std::vector<std::string> names_in(const char* folder)
{
    std::vector<std::string> names;
    std::error_code ignored;
    for (const auto& each : std::filesystem::directory_iterator(folder, ignored))
        names.push_back(each.path());
    std::ranges::sort(names);
    return names;
}

/// The soft limit, for as long as this lives.
class QueueLimit {
public:
    explicit QueueLimit(rlim_t bytes)
    {
        ::getrlimit(RLIMIT_MSGQUEUE, &before_);
        const rlimit now{bytes, before_.rlim_max};
        REQUIRE(::setrlimit(RLIMIT_MSGQUEUE, &now) == 0);
    }
    ~QueueLimit() { ::setrlimit(RLIMIT_MSGQUEUE, &before_); }
    QueueLimit(const QueueLimit&) = delete;
    QueueLimit& operator=(const QueueLimit&) = delete;

private:
    rlimit before_{};
};

} // namespace

TEST_CASE("10,000 messages arrive whole and in order from one thread to another, by every channel")
{
    for (const ChannelKind kind : model::channel_kinds) {
        CAPTURE(to_string(kind));
        auto made = test::channel_or_skip(kind);
        if (!made)
            continue;
        Receiver receiver{kind, std::move(made->receive)};
        std::uint64_t sent = 0;
        std::thread sending{[&, sender = Sender{kind, std::move(made->send), SigPipe::spared}]() mutable {
            while (sent < messages && sender.send(make_message(0, sent), long_enough))
                ++sent;
        }};
        const MessageTally tally = receive_all(receiver, messages);
        sending.join();
        CHECK(sent == messages);
        CHECK(tally.counts() == MessageCounts{.received = messages, .distinct = messages});
        CHECK(tally.lost_of(sent) == 0);
    }
}

TEST_CASE("10,000 messages arrive whole and in order from one process to another, by every channel")
{
    for (const ChannelKind kind : model::channel_kinds) {
        CAPTURE(to_string(kind));
        auto made = test::channel_or_skip(kind);
        if (!made)
            continue;
        test::Peer receiver{kind, "receive-and-stay", messages, std::move(made->receive)};
        test::Peer sender{kind, "send", messages, std::move(made->send)};
        const auto received = receiver.report();
        CHECK(sender.report().at("sent") == messages);
        CHECK(received.at("distinct") == messages);
        CHECK(received.at("received") == messages);
        CHECK(received.at("lost") == 0);
        CHECK(received.at("how") == static_cast<std::uint64_t>(Passage::done));
        CHECK(sender.end() == sys::Termination{sys::Exited{0}});
    }
}

TEST_CASE("a channel that nobody reads holds a bounded number of messages, and then its sender waits")
{
    for (const ChannelKind kind : model::channel_kinds) {
        CAPTURE(to_string(kind));
        auto made = test::channel_or_skip(kind);
        if (!made)
            continue;
        Sender sender{kind, std::move(made->send), SigPipe::spared};
        Receiver receiver{kind, std::move(made->receive)};
        std::uint64_t sent = fill(sender);
        CHECK(sent > 0);
        // While a sender waits a short time, TCP's kernel may still move some to the other side.
        auto began = std::chrono::steady_clock::now();
        while (sender.send(make_message(0, sent), 50ms)) {
            REQUIRE(++sent < 10'000'000);
            began = std::chrono::steady_clock::now();
        }
        CHECK(std::chrono::steady_clock::now() - began >= 50ms);
        MESSAGE(to_string(kind) << " holds " << sent << " messages");
        // Part of the next one may be in there; then it is finished first.
        CHECK(receive_all(receiver, sent).counts() == MessageCounts{.received = sent, .distinct = sent});
        CHECK(sender.send(make_message(0, sent), long_enough).how == Passage::done);
        Message last;
        CHECK(receiver.receive(last, long_enough).how == Passage::done);
        CHECK(last.number == sent);
        CHECK(receiver.receive(last, 0us).how == Passage::timed_out);
    }
}

TEST_CASE("a receive that nothing comes for takes its limit, and not much more")
{
    for (const ChannelKind kind : model::channel_kinds) {
        CAPTURE(to_string(kind));
        auto made = test::channel_or_skip(kind);
        if (!made)
            continue;
        Receiver receiver{kind, std::move(made->receive)};
        Message message;
        CHECK(receiver.receive(message, 0us).how == Passage::timed_out);
        const auto began = std::chrono::steady_clock::now();
        CHECK(receiver.receive(message, 30ms).how == Passage::timed_out);
        const auto took = std::chrono::steady_clock::now() - began;
        CHECK(took >= 29ms);
        CHECK(took < 5s);
    }
}

TEST_CASE("a queue beyond RLIMIT_MSGQUEUE is refused with the limit's name, and leaves nothing")
{
    if (!test::channel_or_skip(ChannelKind::mqueue)) {
        MESSAGE("skipped: there is no queue that could be refused");
        return;
    }
    const QueueLimit none{0};
    const MadeChannel made = make_channel(ChannelKind::mqueue);
    CHECK_FALSE(made);
    CHECK_FALSE(made.send);
    CHECK_FALSE(made.receive);
    CHECK(why_refused(made).find("RLIMIT_MSGQUEUE") != std::string::npos);
}

TEST_CASE("channels come and go without anything left of them")
{
    const auto queues = names_in("/dev/mqueue");
    const auto segments = names_in("/dev/shm");
    const auto descriptors = names_in("/proc/self/fd").size();
    // A queue that was left behind would count against RLIMIT_MSGQUEUE, and there is room for some 500 of them.
    for (int i = 0; i < 2'000; ++i) {
        for (const ChannelKind kind : {ChannelKind::pipe, ChannelKind::mqueue, ChannelKind::ring}) {
            MadeChannel made = make_channel(kind);
            REQUIRE_MESSAGE((made || kind == ChannelKind::mqueue), why_refused(made));
            if (!made && made.error != ENOSYS)
                FAIL(why_refused(made));
            const Sender sender{kind, std::move(made.send), SigPipe::spared};
            const Receiver receiver{kind, std::move(made.receive)};
        }
    }
    CHECK(names_in("/proc/self/fd").size() == descriptors);
    CHECK(names_in("/dev/mqueue") == queues);
    CHECK(names_in("/dev/shm") == segments);
}

TEST_CASE("what is no end of a ring cannot be opened as one")
{
    CHECK_FALSE(Sender(ChannelKind::ring, sys::open_null(), SigPipe::spared));
    CHECK_FALSE(Receiver(ChannelKind::ring, sys::open_null()));
}
