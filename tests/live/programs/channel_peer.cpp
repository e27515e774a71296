// One end of a channel: channel-peer "KIND PART COUNT", with its end as descriptor 3 and a pipe to report to as 4.
// Every message has ten seconds, and the whole of it thirty. The parts:
//
//   send            COUNT messages, and ends
//   send-half       the same, then half of one, and kills itself
//   send-garbage    the same, then what is no frame, then one more message, and ends
//   send-and-stay   the same as send, and then does nothing until it is killed
//   flood           until a send is not done, with SIGPIPE as it is by default
//   flood-spared    the same without SIGPIPE, where the channel can do without
//   receive         until a receive is not done
//   receive-and-stay COUNT messages, and then does nothing until it is killed
//
// It reports "ready" when it has its end, and at last how its last send or receive ended, errno, and what it counted.

#include "workers/channels/receiver.hpp"
#include "workers/channels/sender.hpp"
#include "workers/channels/tally.hpp"

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <unistd.h>

namespace {

using namespace bulkhead;
using namespace bulkhead::workers;

constexpr int end_descriptor = 3;
constexpr int report_descriptor = 4;
constexpr unsigned most_seconds = 30;
constexpr Limit limit = std::chrono::seconds{10};
constexpr int exit_bad_arguments = 120;
constexpr int exit_no_end = 121;

struct Task {
    model::ChannelKind kind = model::ChannelKind::pipe;
    std::string_view part;
    std::uint64_t count = 0;
};

void report(const Passed& last, const MessageTally& tally, std::uint64_t sent)
{
    const MessageCounts& counts = tally.counts();
    ::dprintf(report_descriptor, "how %d error %d sent %lu distinct %lu received %lu lost %lu\n",
              static_cast<int>(last.how), last.error, sent, counts.distinct, counts.received, tally.lost());
}

[[noreturn]] void stay()
{
    for (;;)
        ::pause();
}

/// At most `count` messages; how the last send ended.
Passed send_all(Sender& sender, std::uint64_t count, std::uint64_t& sent)
{
    Passed last;
    for (sent = 0; sent < count; ++sent)
        if (last = sender.send(make_message(0, sent), limit); !last)
            break;
    return last;
}

int play_sender(const Task& task, Sender sender)
{
    std::uint64_t sent = 0;
    Passed last = send_all(sender, task.part.starts_with("flood") ? ~0UL : task.count, sent);
    if (task.part == "send-half") {
        sender.send_half(make_message(0, sent), limit);
        ::raise(SIGKILL);
    }
    if (task.part == "send-garbage") {
        sender.send_garbage(sent, limit);
        last = sender.send(make_message(0, sent++), limit);
    }
    report(last, MessageTally{0}, sent);
    if (task.part == "send-and-stay")
        stay();
    return 0;
}

int play_receiver(const Task& task, Receiver receiver)
{
    const bool stays = task.part == "receive-and-stay";
    MessageTally tally{0};
    Passed last;
    Message message;
    while (last && !(stays && tally.counts().received == task.count)) {
        last = receiver.receive(message, limit);
        tally.add(last, message);
    }
    report(last, tally, 0);
    if (stays)
        stay();
    return 0;
}

} // namespace

int main(int argument_count, char** arguments)
{
    std::array<char, 16> word{};
    std::array<char, 32> part{};
    Task task;
    if (argument_count != 2 || std::sscanf(arguments[1], "%15s %31s %lu", word.data(), part.data(), &task.count) != 3)
        return exit_bad_arguments;
    const auto kind = model::parse_channel_kind(word.data());
    if (!kind)
        return exit_bad_arguments;
    task.kind = *kind;
    task.part = part.data();
    ::alarm(most_seconds);
    if (task.part.starts_with("receive")) {
        Receiver receiver{task.kind, sys::Fd{end_descriptor}};
        ::dprintf(report_descriptor, "ready\n");
        return receiver ? play_receiver(task, std::move(receiver)) : exit_no_end;
    }
    Sender sender{task.kind, sys::Fd{end_descriptor}, task.part == "flood-spared" ? SigPipe::spared : SigPipe::raised};
    ::dprintf(report_descriptor, "ready\n");
    return sender ? play_sender(task, std::move(sender)) : exit_no_end;
}
