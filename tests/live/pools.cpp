// Pools of every size, and what a trial records of them.

#include "tests/live/trials.hpp"

#include <doctest/doctest.h>
#include <set>

using namespace bulkhead;
using test::options_with;
using test::plan_for;

TEST_CASE("pools of any shape reach steady state and lose exactly the victim's host")
{
    for (const std::string_view shape : {"1x1", "2x1", "1x2", "3x5", "16x16", "64x4", "256x1", "1x256"})
        for (const auto launch : {model::Launch::zygote, model::Launch::exec}) {
            auto plan = plan_for("segv-null", shape);
            plan.launch = launch;
            const auto record = run::run_trial(plan, options_with());
            const auto judgement = model::judge(record);
            CAPTURE(shape);
            REQUIRE(judgement.inconclusive == "");
            CHECK(judgement.survivors == (plan.shape.hosts - 1) * plan.shape.threads);
            CHECK(judgement.as_predicted);
        }
}

TEST_CASE("cell-mates end by the very wait status of the victim, and other hosts by another")
{
    for (const char* fault : {"segv-null", "abort", "exit", "kill:SIGTERM"}) {
        CAPTURE(fault);
        const auto share_alike = [fault](const char* shape) {
            const auto record = run::run_trial(test::plan_for(fault, shape), test::options_with());
            REQUIRE(model::judge(record).inconclusive == "");
            const auto figures = model::figures_of(record);
            const auto found = std::ranges::find(figures, "same_wait_status", &model::Figure::name);
            REQUIRE(found != figures.end());
            return found->value;
        };
        CHECK(share_alike("1x4") == 1);
        CHECK(share_alike("2x2") == doctest::Approx(1.0 / 3));
        CHECK(share_alike("4x1") == 0);
    }
}

TEST_CASE("each worker is a thread of its own, and each host a process of its own")
{
    const auto record = run::run_trial(plan_for("none", "3x4"), options_with());
    std::set<std::int32_t> tids;
    std::set<std::int32_t> pids;
    for (const auto& worker : record.workers)
        tids.insert(worker.tid);
    for (const auto& host : record.hosts)
        pids.insert(host.pid);
    CHECK(tids.size() == 12);
    CHECK(pids.size() == 3);
    for (const std::int32_t pid : pids)
        CHECK(tids.count(pid) == 1); // worker 0 is the main thread
}

TEST_CASE("the stamps of a trial follow one another")
{
    const auto record = run::run_trial(plan_for("abort", "4x2"), options_with());
    REQUIRE(record.inconclusive == "");
    CHECK(record.started < *record.steady);
    CHECK(*record.steady <= *record.ordered);
    CHECK(*record.ordered < *record.fired);
    CHECK(*record.fired < *record.end_seen);
    CHECK(*record.end_seen <= *record.challenged);
    CHECK(*record.challenged < *record.settled);
    CHECK(*record.settled < record.finished);
    for (const auto& worker : record.workers) {
        CHECK(worker.before->at < *record.steady);
        if (worker.id.host != record.plan.victim.host) {
            REQUIRE(worker.after.has_value());
            CHECK(worker.after->at > *record.end_seen);
            CHECK(worker.after->ops >= worker.before->ops + record.plan.evidence_ops);
        }
    }
}

TEST_CASE("the victim completes exactly the ops that the plan asks for after its order")
{
    for (const std::uint64_t after : {0U, 1U, 1000U}) {
        auto plan = plan_for("exit", "2x1");
        plan.after_ops = after;
        const auto record = run::run_trial(plan, options_with());
        REQUIRE(record.fired_at_op.has_value());
        const auto& victim = record.workers[model::index_of(plan.victim, plan.shape)];
        CHECK(*record.fired_at_op >= victim.before->ops + after);
        CHECK(victim.ops_final == *record.fired_at_op);
    }
}
