#include "tests/unit/model_records.hpp"

#include <csignal>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace bulkhead::model;
using namespace bulkhead::tests;
using bulkhead::sys::Exited;
using bulkhead::sys::Signaled;

namespace {

template <typename T>
std::optional<T> sometimes(const rc::Gen<T>& generator)
{
    if (*rc::gen::arbitrary<bool>())
        return *generator;
    return std::nullopt;
}

/// The outcome of one worker, by its place in the pool.
Outcome outcome_in(const TrialRecord& record, std::uint32_t index)
{
    const TrialJudgement judgement = judge(record);
    REQUIRE_MESSAGE(judgement.inconclusive.empty(), judgement.inconclusive);
    return judgement.outcomes.at(index);
}

} // namespace

TEST_CASE("a trial in which all went as the model says is judged as predicted")
{
    for (const FaultRow& row : catalogue()) {
        const std::string id = std::string(row.id) + (takes_signal(row) ? ":SIGTERM" : "");
        for (const char* pool : {"8x1", "1x8", "4x2", "1x1"}) {
            const bool nobody_to_ask = id == "scribble-black-box" && shape(pool).threads > 1;
            if (is_golden(fault(id)) || nobody_to_ask)
                continue;
            CAPTURE(id);
            CAPTURE(pool);
            const TrialJudgement judgement = judge(struck_record(id, pool));
            CHECK(judgement.inconclusive == "");
            CHECK(judgement.as_predicted);
            CHECK(judgement.siblings == shape(pool).workers() - 1);
            CHECK(judgement.survivors == predicted_survivors(fault(id), shape(pool)));
        }
    }
}

TEST_CASE("a crash takes the whole host and nobody else, in each shape")
{
    CHECK(judge(struck_record("segv-null", "8x1", {3, 0})).survivors == 7);
    CHECK(judge(struck_record("segv-null", "1x8", {0, 3})).survivors == 0);
    const TrialRecord hybrid = struck_record("segv-null", "4x2", {1, 1});
    CHECK(judge(hybrid).survivors == 6);
    CHECK(outcome_in(hybrid, 2) == Outcome::died); // the cell-mate
    CHECK(outcome_in(hybrid, 3) == Outcome::died); // the victim
    CHECK(outcome_in(hybrid, 1) == Outcome::intact);
    CHECK(outcome_in(hybrid, 4) == Outcome::intact);
}

TEST_CASE("a sibling that is alive but no longer works is stalled, not intact")
{
    TrialRecord record = struck_record("segv-null", "8x1");
    record.workers[5].after.reset();
    record.window_ended = true;
    CHECK(outcome_in(record, 5) == Outcome::stalled);
    CHECK(judge(record).survivors == 6);
    CHECK_FALSE(judge(record).as_predicted);
}

TEST_CASE("a sibling whose check does not hold is corrupted, however many ops it makes")
{
    TrialRecord record = struck_record("segv-null", "8x1");
    record.workers[5].after->check_holds = false;
    CHECK(outcome_in(record, 5) == Outcome::corrupted);
    record = struck_record("segv-null", "8x1");
    record.workers[5].check_failures = 1;
    CHECK(outcome_in(record, 5) == Outcome::corrupted);
    record.workers[5].after.reset(); // and when it is silent besides
    record.window_ended = true;
    CHECK(outcome_in(record, 5) == Outcome::corrupted);
}

TEST_CASE("a sibling that ended is dead, whatever it said before")
{
    TrialRecord record = struck_record("segv-null", "8x1");
    end_host(record, 5, Exited{0});
    record.workers[5].after = Answer{.ops = 500, .check_holds = false, .at = 6'000};
    CHECK(outcome_in(record, 5) == Outcome::died);
    record = struck_record("segv-null", "8x1");
    record.hosts[5].image_replaced = true;
    CHECK(outcome_in(record, 5) == Outcome::died);
    record = struck_record("thread-exit", "1x8");
    record.workers[5].thread_end_seen = 6'500;
    CHECK(outcome_in(record, 5) == Outcome::died);
    CHECK(outcome_in(record, 4) == Outcome::intact);
}

TEST_CASE("a sibling whose host had ended before the fault is not its victim, and nothing is concluded")
{
    TrialRecord record = struck_record("segv-null", "4x1");
    const std::uint32_t other = (record.plan.victim.host + 1) % 4;
    end_host(record, other, Signaled{SIGKILL, false});
    record.hosts[other].end_seen = *record.fired - 1;
    CHECK(judge(record).inconclusive == "host p" + std::to_string(other) + " had ended before the fault");
    record.hosts[other].end_seen = *record.fired + 1;
    CHECK(judge(record).inconclusive.empty());
    CHECK_FALSE(judge(record).as_predicted);
}

TEST_CASE("a sibling whose end was seen is dead, even when its wait status was lost")
{
    TrialRecord record = struck_record("segv-null", "8x1");
    end_host(record, 5, Exited{0});
    record.hosts[5].termination.reset();
    CHECK(outcome_in(record, 5) == Outcome::died);
}

TEST_CASE("an exit with code 0 in mid-trial is a death, not a success")
{
    TrialRecord record = struck_record("segv-null", "8x1");
    end_host(record, 5, Exited{0});
    CHECK(judge(record).survivors == 6);
}

TEST_CASE("cell-mates in a stopped process are stalled before the window has ended")
{
    TrialRecord record = struck_record("kill:SIGSTOP", "4x2", {1, 0});
    record.window_ended = false;
    CHECK(outcome_in(record, 3) == Outcome::stalled);
    CHECK(outcome_in(record, 2) == Outcome::stalled); // the victim
    CHECK(judge(record).as_predicted);
    CHECK(judge(record).survivors == 6);
}

TEST_CASE("a thread's end that takes its cell-mates along is judged, and is not as predicted")
{
    TrialRecord record = struck_record("seccomp-kill-thread", "1x8");
    victim(record).thread_end_seen.reset();
    end_host(record, 0, Signaled{SIGSYS, false});
    CHECK(judge(record).inconclusive == "");
    CHECK(judge(record).survivors == 0);
    CHECK_FALSE(judge(record).as_predicted);
}

TEST_CASE("random bytes in the victim's black box mislead nobody about the other hosts")
{
    CHECK(rc::check([] {
        TrialRecord record = struck_record("scribble-black-box", "8x1", {2, 0});
        WorkerRecord& scribbled = victim(record);
        record.fired = sometimes(rc::gen::arbitrary<Stamp>());
        record.fired_at_op = sometimes(rc::gen::arbitrary<std::uint64_t>());
        scribbled.ops_final = *rc::gen::arbitrary<std::uint64_t>();
        scribbled.check_failures = *rc::gen::arbitrary<std::uint64_t>();
        if (*rc::gen::arbitrary<bool>())
            scribbled.after.reset();
        else
            scribbled.after =
                Answer{*rc::gen::arbitrary<std::uint64_t>(), *rc::gen::arbitrary<bool>(), *rc::gen::arbitrary<Stamp>()};
        const TrialJudgement judgement = judge(record);
        RC_ASSERT(judgement.inconclusive == "");
        RC_ASSERT(judgement.survivors == 7U);
        RC_ASSERT(judgement.outcomes[2] == Outcome::corrupted);
        CellSummary summary;
        add(summary, record, judgement);
        RC_ASSERT(!summary.figures.contains("detection"));
    }));
}

TEST_CASE("in a golden run everybody is intact, the would-be victim included")
{
    const TrialJudgement judgement = judge(quiet_record("none", "4x2", {1, 1}));
    CHECK(judgement.inconclusive == "");
    CHECK(judgement.outcomes == std::vector<Outcome>(8, Outcome::intact));
    CHECK(judgement.siblings == 7);
    CHECK(judgement.survivors == 7);
    CHECK(judgement.as_predicted);
}

TEST_CASE("a golden run that lost a sibling or the would-be victim is not as predicted")
{
    TrialRecord record = quiet_record("none", "8x1");
    end_host(record, 5, Signaled{SIGSEGV, false});
    CHECK(judge(record).survivors == 6);
    CHECK_FALSE(judge(record).as_predicted);
    record = quiet_record("none", "8x1");
    end_host(record, 0, Signaled{SIGSEGV, false});
    CHECK(judge(record).survivors == 7);
    CHECK(judge(record).outcomes[0] == Outcome::died);
    CHECK_FALSE(judge(record).as_predicted);
}

TEST_CASE("a pool of one has no siblings, and is judged all the same")
{
    const TrialJudgement judgement = judge(struck_record("segv-null", "1x1"));
    CHECK(judgement.inconclusive == "");
    CHECK(judgement.siblings == 0);
    CHECK(judgement.survivors == 0);
    CHECK(judgement.outcomes == std::vector<Outcome>{Outcome::died});
}

TEST_CASE("whatever a record holds, nobody is intact without evidence")
{
    const auto answer = [] {
        return sometimes(rc::gen::build<Answer>(rc::gen::set(&Answer::ops, rc::gen::inRange<std::uint64_t>(0, 60)),
                                                rc::gen::set(&Answer::check_holds)));
    };
    int judged = 0;
    CHECK(rc::check([&] {
        const auto id = *rc::gen::element<std::string>("none", "segv-null", "thread-exit", "exec-replace",
                                                       "kill:SIGSTOP", "exception-caught", "scribble-black-box");
        const auto pool = *rc::gen::element<std::string>("4x1", "1x4", "2x2");
        TrialRecord record = id == "none" ? quiet_record(id, pool) : struck_record(id, pool);
        record.window_ended = *rc::gen::arbitrary<bool>();
        // Most workers stay as they were: a record that is odd all over is never judged.
        const auto odd = [] { return *rc::gen::inRange(0, 8) == 0; };
        for (WorkerRecord& worker : record.workers) {
            if (odd())
                worker.before = answer();
            if (odd())
                worker.after = answer();
            if (odd())
                worker.check_failures = *rc::gen::inRange<std::uint64_t>(0, 3);
        }
        for (HostRecord& host : record.hosts) {
            if (odd())
                host.ended_in_teardown = !host.ended_in_teardown;
            host.box_spoiled = host.box_spoiled != odd();
            host.image_replaced = host.image_replaced != odd();
        }
        const TrialJudgement judgement = judge(record);
        if (!judgement.inconclusive.empty()) {
            RC_ASSERT(judgement.outcomes.empty());
            return;
        }
        ++judged;
        std::uint32_t survivors = 0;
        for (std::uint32_t index = 0; index < record.workers.size(); ++index) {
            if (judgement.outcomes.at(index) != Outcome::intact)
                continue;
            const WorkerRecord& worker = record.workers[index];
            const HostRecord& host = record.hosts[worker.id.host];
            RC_ASSERT(worker.after.has_value());
            RC_ASSERT(worker.after->check_holds);
            RC_ASSERT(worker.after->ops >= worker.before->ops + evidence_ops);
            RC_ASSERT(worker.check_failures == 0U);
            RC_ASSERT(host.ended_in_teardown);
            RC_ASSERT_FALSE(host.box_spoiled);
            RC_ASSERT_FALSE(host.image_replaced);
            survivors += index == index_of(record.plan.victim, record.plan.shape) ? 0U : 1U;
        }
        RC_ASSERT(survivors == judgement.survivors);
    }));
    CHECK(judged > 0);
}

TEST_CASE("each kind of harm is known by its own evidence, and the worst of several is what became of a worker")
{
    TrialRecord record = struck_record("segv-null", "8x1");
    WorkerRecord& worker = record.workers[5];
    worker.changes = {{"umask", "022", "000"}};
    CHECK(outcome_in(record, 5) == Outcome::contaminated);
    record.plan.burst = std::chrono::milliseconds{60};
    for (WorkerRecord& each : record.workers)
        each.rate_before = each.rate_after = 1000;
    worker.rate_after = 499;
    CHECK(outcome_in(record, 5) == Outcome::degraded);
    worker.rate_after = 500;
    CHECK(outcome_in(record, 5) == Outcome::contaminated);
    record.plan.degraded_below = 0.9;
    CHECK(outcome_in(record, 5) == Outcome::degraded);
    worker.check_failures = 1;
    CHECK(outcome_in(record, 5) == Outcome::corrupted);
    end_host(record, 5, Exited{0});
    CHECK(outcome_in(record, 5) == Outcome::died);
}

TEST_CASE("a silent sleeper is stalled; who was runnable and not run has no verdict")
{
    TrialRecord record = struck_record("segv-null", "8x1");
    record.workers[5].after.reset();
    CHECK(judge(record).inconclusive != "");
    record.workers[5].asleep_seen = 6'500;
    CHECK(outcome_in(record, 5) == Outcome::stalled);
    record.workers[5].asleep_seen.reset();
    record.window_ended = true;
    record.workers[5].starved = true;
    CHECK(judge(record).inconclusive.find("no stall") != std::string::npos);
}

TEST_CASE("without its probes or its rates a worker of a pool that takes them is not called intact")
{
    TrialRecord record = struck_record("segv-null", "8x1");
    record.plan.containment.commons = true;
    CHECK(judge(record).inconclusive.find("probed") != std::string::npos);
    for (WorkerRecord& worker : record.workers)
        worker.probed = true;
    CHECK(judge(record).survivors == 7);
    record.plan.burst = std::chrono::milliseconds{60};
    CHECK(judge(record).inconclusive.find("ops per second") != std::string::npos);
}

TEST_CASE("SIGKILL is an OOM kill only by the kernel's own count")
{
    TrialRecord record = struck_record("oom-kill", "8x1");
    CHECK(judge(record).inconclusive == "");
    record.oom_kills = 0;
    CHECK(judge(record).inconclusive.find("OOM") != std::string::npos);
    record.oom_kills.reset();
    CHECK(judge(record).inconclusive.find("OOM") != std::string::npos);
}

TEST_CASE("a victim that should have stalled and worked on proves that its fault did not take")
{
    TrialRecord record = struck_record("sleep-forever", "1x8");
    CHECK(judge(record).inconclusive == "");
    victim(record).ops_final = *record.fired_at_op + 1;
    CHECK(judge(record).inconclusive.find("more ops") != std::string::npos);
}
