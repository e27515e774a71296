#include "tests/unit/model_records.hpp"

#include <csignal>

#include <doctest/doctest.h>

using namespace bulkhead::model;
using namespace bulkhead::tests;
using bulkhead::sys::Signaled;

namespace {

/// The reason for which there is no judgement; with it there is nothing that could be taken for one.
std::string reason(const TrialRecord& record)
{
    const TrialJudgement judgement = judge(record);
    if (!judgement.inconclusive.empty()) {
        CHECK(judgement.outcomes.empty());
        CHECK(judgement.siblings == 0);
        CHECK(judgement.survivors == 0);
        CHECK_FALSE(judgement.as_predicted);
    }
    return judgement.inconclusive;
}

} // namespace

TEST_CASE("a sibling without evidence either way leaves the trial without a judgement")
{
    TrialRecord record = struck_record("segv-null", "8x1");
    record.workers[5].after.reset();
    CHECK(reason(record) ==
          "p5t0: it neither ended nor answered, and the trial was over before the window was; this is "
          "a bug of the harness");
}

TEST_CASE("an answer with fewer ops than were asked for is no evidence of survival")
{
    TrialRecord record = struck_record("segv-null", "8x1");
    for (const std::uint64_t ops : {std::uint64_t{29}, std::uint64_t{20}, std::uint64_t{3}, std::uint64_t{0}}) {
        CAPTURE(ops);
        record.workers[5].after->ops = ops;
        CHECK(reason(record).find("p5t0: it answered without the ops that it was asked for") == 0);
    }
    record.workers[5].after->ops = 30;
    CHECK(judge(record).outcomes.at(5) == Outcome::intact);
}

TEST_CASE("no ops at all are no evidence, even when none were asked for")
{
    TrialRecord record = struck_record("segv-null", "8x1");
    record.plan.evidence_ops = 0;
    record.workers[5].after->ops = record.workers[5].before->ops;
    CHECK(reason(record) != "");
}

TEST_CASE("a sibling whose black box is spoiled is not believed, unless its host died")
{
    TrialRecord record = struck_record("segv-null", "8x1");
    record.hosts[5].box_spoiled = true;
    CHECK(reason(record) == "p5t0: the black box of its host is spoiled: nothing it says is believed");
    end_host(record, 5, Signaled{SIGKILL, false});
    CHECK(judge(record).outcomes.at(5) == Outcome::died);
}

TEST_CASE("cell-mates of a victim that spoiled their black box have no judgement")
{
    CHECK(reason(struck_record("scribble-black-box", "4x2")).find("p0t1: the black box") == 0);
}

TEST_CASE("a trial that the environment refused is not judged, for its own reason")
{
    TrialRecord record = struck_record("segv-null", "8x1");
    record.inconclusive = "fork: EAGAIN";
    CHECK(reason(record) == "fork: EAGAIN");
    TrialRecord empty;
    empty.inconclusive = "no descriptors left";
    CHECK(reason(empty) == "no descriptors left");
}

TEST_CASE("without steady state there is no judgement")
{
    TrialRecord record = struck_record("segv-null", "8x1");
    record.steady.reset();
    CHECK(reason(record) == "no steady state: it was not reached");
    record = struck_record("segv-null", "8x1");
    record.workers[5].before.reset();
    CHECK(reason(record) == "no steady state: p5t0 had not answered before the fault");
    record = struck_record("segv-null", "8x1");
    record.workers[5].before->check_holds = false;
    CHECK(reason(record) == "no steady state: p5t0 failed its check before the fault");
}

TEST_CASE("a trial whose fault is not proven is not judged, though everybody lives")
{
    TrialRecord record = quiet_record("segv-null", "8x1");
    CHECK(reason(record) == "not-activated: the victim did not reach the fault");
}

TEST_CASE("siblings that were challenged before the victim's end was seen have proven nothing")
{
    TrialRecord record = struck_record("segv-null", "8x1");
    record.challenged = end_seen_at - 1;
    CHECK(reason(record) == "the siblings were challenged before the victim's end was seen");
}

TEST_CASE("a record that lacks a host or a worker is not judged")
{
    const std::string incomplete = "the record does not hold every host and worker of the pool";
    TrialRecord record = struck_record("segv-null", "8x1");
    record.workers.pop_back();
    CHECK(reason(record) == incomplete);
    record = struck_record("segv-null", "8x1");
    record.hosts.pop_back();
    CHECK(reason(record) == incomplete);
    record = struck_record("segv-null", "8x1");
    std::swap(record.workers[0], record.workers[1]);
    CHECK(reason(record) == incomplete);
    record = struck_record("segv-null", "8x1");
    record.hosts[1].number = 0;
    CHECK(reason(record) == incomplete);
    CHECK(reason(TrialRecord{}) == incomplete);
}

TEST_CASE("in a golden run the would-be victim owes the same evidence as the others")
{
    TrialRecord record = quiet_record("none", "8x1");
    record.workers[0].after.reset();
    CHECK(reason(record).find("p0t0: it neither ended nor answered") == 0);
}
