// Who waits on whom, where one worker owns what all others ask for.

#include "harness/model/judge.hpp"
#include "tests/unit/model_records.hpp"

#include <doctest/doctest.h>

namespace {

using namespace bulkhead;
using model::Outcome;
using model::Owner;
using model::Relation;
using model::VictimPart;
using tests::fault;
using tests::shape;

model::Containment with_owner(Owner owner)
{
    model::Containment containment;
    containment.owner = owner;
    return containment;
}

model::Experiment experiment_with(VictimPart part, const char* pool, const char* what)
{
    model::Experiment experiment;
    experiment.shapes = {shape(pool)};
    experiment.faults = {fault(what)};
    experiment.variants = {{.workload = model::Workload::owned_ledger}};
    experiment.victim_part = part;
    return experiment;
}

/// Survivors among all siblings, as the trial's own plan predicts.
std::uint32_t survivors(VictimPart part, const char* pool, const char* what)
{
    const auto experiment = experiment_with(part, pool, what);
    const auto cells = model::expand(experiment);
    const auto plan = model::plan_trial(experiment, cells.back(), 0);
    CHECK(plan.containment == cells.back().containment);
    return predicted_survivors(plan.fault, plan.shape, plan.containment, plan.victim);
}

} // namespace

TEST_CASE("whoever waits on an owner that is lost stalls, in whichever host it is")
{
    for (const char* lost : {"segv-null", "thread-exit", "sleep-forever", "kill:SIGSTOP"}) {
        CAPTURE(lost);
        CHECK(predict(fault(lost), Relation::other_host, with_owner(Owner::victim)) == Outcome::stalled);
        CHECK(predict(fault(lost), Relation::other_host) == Outcome::intact);
    }
    CHECK(predict(fault("thread-exit"), Relation::cell_mate, with_owner(Owner::victim)) == Outcome::stalled);
    CHECK_MESSAGE(predict(fault("segv-null"), Relation::cell_mate, with_owner(Owner::victim)) == Outcome::died,
                  "what is worse stays so");
}

TEST_CASE("an owner that is lost with its victim is lost to the other hosts, and one elsewhere to nobody")
{
    CHECK(predict(fault("segv-null"), Relation::other_host, with_owner(Owner::cell_mate)) == Outcome::stalled);
    CHECK(predict(fault("thread-exit"), Relation::other_host, with_owner(Owner::cell_mate)) == Outcome::intact);
    CHECK(predict(fault("segv-null"), Relation::other_host, with_owner(Owner::other_host)) == Outcome::intact);
}

TEST_CASE("an owner that goes on, in whatever changed surroundings, stalls nobody")
{
    for (const char* goes_on : {"none", "exception-caught", "change-directory"}) {
        CAPTURE(goes_on);
        CHECK(predict(fault(goes_on), Relation::other_host, with_owner(Owner::victim)) == Outcome::intact);
    }
}

TEST_CASE("the end of the owner leaves nobody, and that of a client all but its cell-mates")
{
    for (const char* pool : {"8x1", "4x2", "1x8"}) {
        CAPTURE(pool);
        CHECK(survivors(VictimPart::owner, pool, "segv-null") == 0);
        CHECK(survivors(VictimPart::owner, pool, "thread-exit") == 0);
        CHECK(survivors(VictimPart::client, pool, "thread-exit") == 7);
    }
    CHECK(survivors(VictimPart::client, "8x1", "segv-null") == 7);
    CHECK(survivors(VictimPart::client, "4x2", "segv-null") == 6);
    CHECK(survivors(VictimPart::client, "1x8", "segv-null") == 0);
}

TEST_CASE("a client is the last worker that the fault can strike, and the owner the first")
{
    const auto victim = [](VictimPart part, const char* pool, const char* what) {
        return to_string(fixed_victim(experiment_with(part, pool, what), shape(pool), fault(what)).value());
    };
    CHECK(victim(VictimPart::owner, "4x2", "segv-null") == "p0t0");
    CHECK(victim(VictimPart::client, "4x2", "segv-null") == "p3t1");
    CHECK(victim(VictimPart::client, "1x8", "segv-null") == "p0t7");
    CHECK_MESSAGE(victim(VictimPart::client, "4x2", "main-returns") == "p3t0", "only a main thread can");
    CHECK_FALSE(
        fixed_victim(experiment_with(VictimPart::any, "4x2", "abort"), shape("4x2"), fault("abort")).has_value());
}

TEST_CASE("where the owner stands is part of what a results file keeps of a pool")
{
    for (const Owner owner : {Owner::nobody, Owner::victim, Owner::cell_mate, Owner::other_host}) {
        const auto containment = with_owner(owner);
        CHECK(model::parse_containment(to_string(containment)) == containment);
    }
    CHECK(to_string(with_owner(Owner::other_host)) == "owner=other-host");
    CHECK_FALSE(model::parse_containment("owner=me").has_value());
}
