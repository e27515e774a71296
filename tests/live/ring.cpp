// Workers that send messages to one another: nothing is lost, doubled, torn or reordered, whatever carries the messages
// and whoever sends them, and what an end that is gone shows to its neighbours.

#include "tests/live/trials.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace bulkhead;
using model::ChannelKind;
using model::Passage;
using test::figure_of;
using test::plan_for;

namespace {

model::TrialPlan plan_over(ChannelKind channel, std::string_view fault, std::string_view shape)
{
    auto plan = plan_for(fault, shape);
    plan.variant = {.workload = model::Workload::ring, .channel = channel};
    return plan;
}

void check_nothing_is_wrong(const model::TrialRecord& record)
{
    for (const char* wrong :
         {"messages_lost", "messages_duplicated", "messages_torn", "messages_reordered", "messages_refused"}) {
        CAPTURE(wrong);
        CHECK(figure_of(record, wrong) == 0);
    }
}

void check_golden(const model::TrialPlan& plan, double least)
{
    CAPTURE(to_string(plan.variant));
    CAPTURE(to_string(plan.shape));
    CAPTURE(to_string(plan.launch));
    const auto record = run::run_trial(plan, test::options_with());
    const auto judgement = model::judge(record);
    REQUIRE(judgement.inconclusive == "");
    CHECK(judgement.survivors == judgement.siblings);
    CHECK(figure_of(record, "messages_sent") >= least);
    check_nothing_is_wrong(record);
    for (const model::WorkerRecord& worker : record.workers) {
        CHECK_FALSE(worker.receiving.has_value());
        CHECK_FALSE(worker.sending.has_value());
    }
}

/// One that passes no message takes less: in this trial, or in one of a few more, for it takes as long as others have
/// the processors meanwhile.
bool a_handover_is_less_than_a_round_trip(model::TrialRecord record, const model::TrialPlan& plan)
{
    for (int trial = 0; trial < 10; ++trial) {
        const double median = figure_of(record, "round_trip_p50");
        const double handover = figure_of(record, "switch");
        if (handover > 0 && handover < median / 2 && figure_of(record, "shared_word") < median)
            return true;
        record = run::run_trial(plan, test::options_with());
    }
    return false;
}

/// What the worker `steps` behind the victim was shown.
const model::WorkerRecord& neighbour_of_victim(const model::TrialRecord& record, std::uint32_t steps)
{
    const std::uint32_t victim = model::index_of(record.plan.victim, record.plan.shape);
    return record.workers[(victim + steps) % record.plan.shape.workers()];
}

} // namespace

TEST_CASE("a golden run delivers every message once, over every channel, in every shape, by both ways to launch")
{
    for (const ChannelKind channel : model::channel_kinds)
        for (const char* shape : {"1x1", "1x2", "2x1", "2x2", "4x1", "1x4"})
            for (const auto launch : {model::Launch::zygote, model::Launch::exec}) {
                auto plan = plan_over(channel, "none", shape);
                plan.launch = launch;
                // Each worker was called twice for so many ops, and one of them a third time.
                check_golden(plan, 2.0 * plan.evidence_ops * plan.shape.workers() + 25);
            }
}

TEST_CASE("a golden run of the ring changes nothing under the feet of workers that are probed")
{
    for (const ChannelKind channel : model::channel_kinds)
        for (const char* shape : {"1x4", "2x2"}) {
            auto plan = plan_over(channel, "none", shape);
            plan.containment.commons = true;
            check_golden(plan, 2.0 * plan.evidence_ops * 4);
        }
}

TEST_CASE("workers that send as fast as they can lose nothing, and nobody waits for ever")
{
    for (const ChannelKind channel : model::channel_kinds)
        for (const char* shape : {"4x1", "1x4"}) {
            auto plan = plan_over(channel, "none", shape);
            plan.burst = std::chrono::milliseconds{100};
            plan.measures.throughput = true;
            // More than they were called for; how much more is the machine's affair.
            check_golden(plan, 2.0 * plan.evidence_ops * 4 + 25 + 4);
        }
}

TEST_CASE("more messages than a channel holds get through while the receiver is not called")
{
    for (const ChannelKind channel : {ChannelKind::mqueue, ChannelKind::ring, ChannelKind::seqpacket}) {
        auto plan = plan_over(channel, "none", "3x1");
        plan.after_ops = 700;
        check_golden(plan, 700);
    }
}

TEST_CASE("the largest host that can be given its ends sends and receives")
{
    for (const auto launch : {model::Launch::zygote, model::Launch::exec}) {
        auto plan = plan_over(ChannelKind::stream, "none", "2x120");
        plan.launch = launch;
        check_golden(plan, 4000);
    }
}

TEST_CASE("a round trip is timed between two threads and between two processes, and changes nothing else")
{
    for (const ChannelKind channel : model::channel_kinds)
        for (const char* shape : {"1x2", "2x1"}) {
            auto plan = plan_over(channel, "none", shape);
            plan.measures.round_trip = true;
            plan.measures.context_switch = true;
            plan.containment.commons = true;
            check_golden(plan, 10'000);
            const auto record = run::run_trial(plan, test::options_with());
            const double median = figure_of(record, "round_trip_p50");
            CHECK(median > 500); // two messages are four calls at least
            CHECK(figure_of(record, "round_trip_p99") >= median);
            if (channel != ChannelKind::ring) // which has it where there are two processors
                CHECK(figure_of(record, "shared_word") == -1);
            CHECK(a_handover_is_less_than_a_round_trip(record, plan));
        }
}

TEST_CASE("more ops than a queue has room for, after its receiver has died, stall the sender and nobody else")
{
    auto plan = plan_over(ChannelKind::mqueue, "segv-null", "4x1");
    plan.evidence_ops = 11;
    const auto record = run::run_trial(plan, test::options_with());
    const auto judgement = model::judge(record);
    REQUIRE(judgement.inconclusive == "");
    const std::uint32_t victim = model::index_of(plan.victim, plan.shape);
    CHECK(test::outcome_of(judgement, (victim + 3) % 4) == "stalled");
    CHECK(judgement.survivors == 2);
    plan.evidence_ops = 10;
    CHECK(model::judge(run::run_trial(plan, test::options_with())).survivors == 3);
}

TEST_CASE("a host that dies is gone for its neighbours where the channel knows its ends, and they work on")
{
    for (const ChannelKind channel : model::channel_kinds)
        for (const auto launch : {model::Launch::zygote, model::Launch::exec}) {
            auto plan = plan_over(channel, "segv-null", "4x1");
            plan.launch = launch;
            CAPTURE(to_string(channel));
            CAPTURE(to_string(launch));
            const auto record = run::run_trial(plan, test::options_with());
            const auto judgement = model::judge(record);
            REQUIRE(judgement.inconclusive == "");
            CHECK(judgement.as_predicted);
            CHECK(judgement.survivors == 3);
            check_nothing_is_wrong(record);
            const bool tells = model::shown_by(channel, model::LostEnd::sender) == Passage::end_of_stream;
            CHECK(neighbour_of_victim(record, 1).receiving ==
                  (tells ? std::optional(Passage::end_of_stream) : std::nullopt));
            CHECK(neighbour_of_victim(record, 3).sending.has_value() == tells);
            CHECK_FALSE(neighbour_of_victim(record, 2).receiving.has_value());
            CHECK_FALSE(neighbour_of_victim(record, 2).sending.has_value());
        }
}

TEST_CASE("a fault in a channel shows the victim's neighbour what the kind of the channel is predicted to show")
{
    for (const ChannelKind channel : model::channel_kinds)
        for (const std::string fault : {"die-mid-message", "writer-gone", "reader-gone", "garbage-frame", "flood"})
            for (const auto at : {model::InjectionPoint::between_ops, model::InjectionPoint::inside_op}) {
                auto plan = plan_over(channel, fault, "4x1");
                plan.at = at;
                CAPTURE(fault);
                CAPTURE(to_string(channel));
                CAPTURE(to_string(at));
                const auto record = run::run_trial(plan, test::options_with());
                const auto judgement = model::judge(record);
                REQUIRE(judgement.inconclusive == "");
                CHECK(judgement.survivors == 3);
                CHECK(judgement.as_predicted);
                CHECK(figure_of(record, "shown_as_predicted") == 1);
                CHECK(figure_of(record, "messages_lost") == 0);
                CHECK(figure_of(record, "messages_duplicated") == 0);
                CHECK(figure_of(record, "messages_reordered") == 0);
                const bool tears = model::shown_by(channel, model::LostEnd::sender_midway) == Passage::torn;
                CHECK(figure_of(record, "messages_torn") == (fault == "die-mid-message" && tears));
                CHECK(figure_of(record, "messages_refused") == (fault == "garbage-frame"));
            }
}

TEST_CASE("a flood gets as far ahead of its receiver as the channel has room, and all of it arrives")
{
    for (const auto& [channel, room] : {std::pair{ChannelKind::mqueue, 10}, std::pair{ChannelKind::ring, 64}})
        for (const char* shape : {"4x1", "1x4", "2x2"}) {
            const auto record = run::run_trial(plan_over(channel, "flood", shape), test::options_with());
            REQUIRE(model::judge(record).inconclusive == "");
            CHECK(figure_of(record, "messages_ahead") == room);
            check_nothing_is_wrong(record);
        }
}

TEST_CASE("a neighbour that does not die with the victim is shown it in every shape, by both ways to launch")
{
    for (const std::string fault : {"die-mid-message", "reader-gone", "garbage-frame"})
        for (const std::string shape : {"2x1", "2x2", "3x1", "1x3"})
            for (const auto launch : {model::Launch::zygote, model::Launch::exec}) {
                auto plan = plan_over(ChannelKind::tcp, fault, shape);
                plan.launch = launch;
                if (fault == "reader-gone")
                    plan.victim.thread = 0;
                CAPTURE(fault);
                CAPTURE(shape);
                CAPTURE(to_string(launch));
                const auto record = run::run_trial(plan, test::options_with());
                const auto judgement = model::judge(record);
                REQUIRE(judgement.inconclusive == "");
                CHECK(judgement.as_predicted);
                const bool nobody_is_left = plan.shape.hosts == 1 && fault != "garbage-frame";
                CHECK(figure_of(record, "shown_as_predicted") == (nobody_is_left ? -1 : 1));
            }
}

TEST_CASE("a fault in a channel has no verdict where nobody is at the other end")
{
    const auto record = run::run_trial(plan_over(ChannelKind::pipe, "writer-gone", "1x1"), test::options_with());
    CHECK(model::judge(record).inconclusive.find("its only worker has no neighbour") != std::string::npos);
}

TEST_CASE("a thread that ends alone leaves its ends open, and nobody is told")
{
    for (const char* fault : {"thread-exit", "thread-vanishes"}) {
        const auto record = run::run_trial(plan_over(ChannelKind::stream, fault, "1x4"), test::options_with());
        const auto judgement = model::judge(record);
        REQUIRE(judgement.inconclusive == "");
        CHECK(judgement.survivors == 3);
        for (const model::WorkerRecord& worker : record.workers) {
            CHECK_FALSE(worker.receiving.has_value());
            CHECK_FALSE(worker.sending.has_value());
        }
    }
}

TEST_CASE("whoever cannot send because the next one takes nothing more is stalled, and only that one")
{
    auto plan = plan_over(ChannelKind::mqueue, "sleep-forever", "4x1");
    plan.evidence_ops = 40; // a queue holds 10
    const auto record = run::run_trial(plan, test::options_with());
    const auto judgement = model::judge(record);
    REQUIRE(judgement.inconclusive == "");
    const std::uint32_t victim = model::index_of(plan.victim, plan.shape);
    CHECK(test::outcome_of(judgement, (victim + 3) % 4) == "stalled");
    CHECK(test::outcome_of(judgement, (victim + 1) % 4) == "intact");
    CHECK(test::outcome_of(judgement, (victim + 2) % 4) == "intact");
}
