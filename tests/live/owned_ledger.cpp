// A ledger that one worker owns, and that the others reach by messages.

#include "tests/live/trials.hpp"

#include <doctest/doctest.h>

using namespace bulkhead;
using model::ChannelKind;
using model::Outcome;
using model::Passage;
using model::VictimPart;
using test::figure_of;
using test::outcome_of;

namespace {

model::TrialPlan plan_of(ChannelKind channel, std::string_view fault, std::string_view shape, VictimPart part,
                         model::Launch launch = model::Launch::zygote)
{
    model::Experiment experiment;
    experiment.shapes = {model::parse_shape(shape).value()};
    experiment.faults = {model::parse_fault(fault).value()};
    experiment.variants = {{.workload = model::Workload::owned_ledger, .channel = channel}};
    experiment.launch = launch;
    experiment.at = model::InjectionPoint::inside_op;
    experiment.victim_part = part;
    experiment.window = test::patience;
    model::contain(experiment, run::offer_of_machine());
    return model::plan_trial(experiment, model::expand(experiment).back(), 0);
}

constexpr ChannelKind kinds[] = {ChannelKind::pipe, ChannelKind::stream, ChannelKind::seqpacket, ChannelKind::tcp,
                                 ChannelKind::mqueue};

/// What a client in another host that still lives was shown of the owner's end; nullopt: nothing.
std::optional<Passage> shown_to(const model::WorkerRecord& client)
{
    return client.receiving ? client.receiving : client.sending;
}

} // namespace

TEST_CASE("with one owner no transfer is lost or half-done, and no request lost or doubled, over any channel")
{
    for (const ChannelKind channel : kinds)
        for (const char* shape : {"1x4", "2x2", "4x1"}) {
            CAPTURE(to_string(channel));
            CAPTURE(shape);
            auto plan = plan_of(channel, "none", shape, VictimPart::client);
            plan.measures.throughput = true;
            plan.burst = std::chrono::milliseconds{50};
            const auto record = run::run_trial(plan, test::options_with());
            const auto judgement = model::judge(record);
            REQUIRE(judgement.inconclusive == "");
            CHECK(judgement.survivors == 3);
            // Each of three clients and the owner has completed twice its ops of evidence, at the least.
            CHECK(figure_of(record, "transfers") >= 4.0 * 2 * plan.evidence_ops);
            CHECK(figure_of(record, "messages_sent") >= 3.0 * 2 * plan.evidence_ops);
            for (const char* wrong : {"lost_updates", "sum_error", "transfers_untold", "messages_lost",
                                      "messages_duplicated", "messages_torn", "messages_refused"}) {
                CAPTURE(wrong);
                CHECK(figure_of(record, wrong) == 0);
            }
        }
}

TEST_CASE("a client that ends when it has asked leaves a whole sum, and a transfer that nobody was told of")
{
    for (const ChannelKind channel : kinds)
        for (const auto launch : {model::Launch::zygote, model::Launch::exec}) {
            CAPTURE(to_string(channel));
            const auto plan = plan_of(channel, "segv-null", "4x1", VictimPart::client, launch);
            const auto record = run::run_trial(plan, test::options_with());
            const auto judgement = model::judge(record);
            REQUIRE(judgement.inconclusive == "");
            CHECK(judgement.survivors == 3);
            CHECK(judgement.as_predicted);
            CHECK(figure_of(record, "sum_error") == 0);
            CHECK(figure_of(record, "messages_lost") == 0);
            CHECK(figure_of(record, "transfers_untold") == 1);
        }
}

TEST_CASE("the end of the owner stops everybody, whether the channel tells of it or not")
{
    for (const ChannelKind channel : kinds) {
        CAPTURE(to_string(channel));
        const auto plan = plan_of(channel, "segv-null", "4x1", VictimPart::owner);
        const auto record = run::run_trial(plan, test::options_with());
        const auto judgement = model::judge(record);
        REQUIRE(judgement.inconclusive == "");
        CHECK(judgement.survivors == 0);
        CHECK(judgement.as_predicted);
        for (std::size_t client = 1; client < record.workers.size(); ++client) {
            CHECK(outcome_of(judgement, client) == to_string(Outcome::stalled));
            CHECK_MESSAGE(shown_to(record.workers[client]).has_value() == (channel != ChannelKind::mqueue),
                          "a queue has no end that could be gone");
        }
    }
}

TEST_CASE("an owner whose thread alone ends stops its cell-mates, and no channel tells them")
{
    const auto plan = plan_of(ChannelKind::seqpacket, "thread-exit", "1x4", VictimPart::owner);
    const auto record = run::run_trial(plan, test::options_with());
    const auto judgement = model::judge(record);
    REQUIRE(judgement.inconclusive == "");
    CHECK(judgement.as_predicted);
    for (std::size_t client = 1; client < record.workers.size(); ++client) {
        CHECK(outcome_of(judgement, client) == to_string(Outcome::stalled));
        CHECK_FALSE(shown_to(record.workers[client]).has_value());
    }
}
