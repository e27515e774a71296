#include "bench/channels.hpp"

#include "bench/pairs.hpp"
#include "bench/raw/trips.h"
#include "harness/model/channel.hpp"
#include "workers/channels/make.hpp"
#include "workers/channels/receiver.hpp"
#include "workers/channels/sender.hpp"

#include <fmt/format.h>

namespace bulkhead::bench {
namespace {

using workers::Message;

static_assert(static_cast<int>(model::ChannelKind::pipe) == RAW_PIPE);
static_assert(static_cast<int>(model::ChannelKind::stream) == RAW_STREAM);
static_assert(static_cast<int>(model::ChannelKind::seqpacket) == RAW_SEQPACKET);
static_assert(static_cast<int>(model::ChannelKind::tcp) == RAW_TCP);
static_assert(static_cast<int>(model::ChannelKind::mqueue) == RAW_QUEUE);
static_assert(static_cast<int>(model::ChannelKind::ring) == RAW_RING);
static_assert(workers::message_bytes == RAW_FRAME_BYTES);

/// Two channels, and both ends of each; whichever side runs in another process has a copy of all of it.
struct Sides {
    workers::Sender send_there;
    workers::Receiver receive_there;
    workers::Sender send_back;
    workers::Receiver receive_back;
    workers::Limit limit;
    std::uint64_t number = 0;
};

void go(void* self)
{
    auto& sides = *static_cast<Sides*>(self);
    Message answered;
    must_hold(static_cast<bool>(sides.send_there.send(workers::make_message(0, sides.number), sides.limit)), "send");
    must_hold(static_cast<bool>(sides.receive_back.receive(answered, sides.limit)), "receive");
    must_hold(answered.number == sides.number, "another message came back");
    ++sides.number;
}

void answer(void* self)
{
    auto& sides = *static_cast<Sides*>(self);
    Message asked;
    must_hold(static_cast<bool>(sides.receive_there.receive(asked, sides.limit)), "receive");
    must_hold(static_cast<bool>(sides.send_back.send(workers::make_message(1, asked.number), sides.limit)), "send");
}

raw_trip_times our_trips(model::ChannelKind kind, const raw_place& place, unsigned trips)
{
    workers::MadeChannel there = workers::make_channel(kind);
    workers::MadeChannel back = workers::make_channel(kind);
    must_hold(there && back, "a channel cannot be made");
    Sides sides{{kind, std::move(there.send), workers::SigPipe::spared},
                {kind, std::move(there.receive)},
                {kind, std::move(back.send), workers::SigPipe::spared},
                {kind, std::move(back.receive)},
                place.limited != 0 ? workers::Limit{std::chrono::seconds{1}} : workers::no_limit};
    const raw_sides both{&go, &answer, &sides};
    return raw_time_trips(&both, &place, trips);
}

struct Columns {
    std::vector<double> p50;
    std::vector<double> p99;

    void add(const raw_trip_times& times)
    {
        p50.push_back(times.p50);
        p99.push_back(times.p99);
    }
};

void compare(model::ChannelKind kind, const raw_place& place, unsigned rounds)
{
    const bool across = place.here != place.there;
    const unsigned trips = across ? 2'000 : 10'000;
    Columns ours;
    Columns raw;
    std::vector<double> ratios;
    for (unsigned round = 0; round <= rounds; ++round) {
        const auto bare = raw_channel_trips(static_cast<raw_kind>(kind), &place, trips);
        const auto checked = our_trips(kind, place, trips);
        if (round == 0) // warms up
            continue;
        raw.add(bare);
        ours.add(checked);
        ratios.push_back(checked.p50 / bare.p50);
    }
    std::sort(ratios.begin(), ratios.end());
    const std::string what = fmt::format("{}, {}{}{}", to_string(kind), place.processes != 0 ? "processes" : "threads",
                                         across ? ", two cores" : "", place.limited != 0 ? ", limited" : "");
    fmt::print("{:<34} {:>9.0f} {:>9.0f} ns   {:>6.2f}  ({:.2f} to {:.2f})  p99 {:.0f} {:.0f}\n", what,
               median(ours.p50), median(raw.p50), median(ratios), ratios.front(), ratios.back(), median(ours.p99),
               median(raw.p99));
    std::fflush(stdout);
}

} // namespace

void compare_channels(unsigned rounds)
{
    int processors[2] = {};
    raw_processors(processors);
    for (const int other : {processors[0], processors[1]}) {
        for (const model::ChannelKind kind : model::channel_kinds) {
            if (const auto made = workers::make_channel(kind); !made) {
                fmt::print("{:<34} {}\n", to_string(kind), why_refused(made));
                continue;
            }
            for (const int processes : {0, 1})
                for (const int limited : {0, 1})
                    if (other >= 0)
                        compare(kind, {processes, processors[0], other, limited}, rounds);
        }
    }
}

} // namespace bulkhead::bench
