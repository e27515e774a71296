#include "harness/model/detection.hpp"
#include "tests/unit/model_records.hpp"

#include <csignal>
#include <limits>

#include <doctest/doctest.h>

using namespace bulkhead::model;
using namespace bulkhead::tests;
using bulkhead::sys::Signaled;
using namespace std::chrono_literals;

namespace {

void add_numbered(CellSummary& summary, TrialRecord record, std::uint32_t number)
{
    record.plan.number = number;
    add(summary, record, judge(record));
}

TrialRecord with_loss(std::uint32_t losses)
{
    TrialRecord record = struck_record("segv-null", "8x1");
    for (std::uint32_t i = 1; i <= losses; ++i)
        end_host(record, i, Signaled{SIGKILL, false});
    return record;
}

TrialRecord refused(const std::string& why)
{
    TrialRecord record = struck_record("segv-null", "8x1");
    record.inconclusive = why;
    return record;
}

} // namespace

TEST_CASE("a summary holds the sums over its trials")
{
    CellSummary summary;
    add_numbered(summary, with_loss(0), 0);
    add_numbered(summary, with_loss(2), 1);
    add_numbered(summary, with_loss(7), 2);
    CHECK(summary.judged == 3);
    CHECK(summary.inconclusive == 0);
    CHECK(summary.siblings == 21);
    CHECK(summary.survivors == 12);
    CHECK(summary.trials_with_loss == 2);
    CHECK(summary.trials_all_lost == 1);
    CHECK(summary.trials_as_predicted == 1);
    CHECK(summary.share_sum == doctest::Approx(12.0 / 7));
    CHECK(summary.sibling_outcomes[static_cast<std::size_t>(Outcome::intact)] == 12);
    CHECK(summary.sibling_outcomes[static_cast<std::size_t>(Outcome::died)] == 9);
    CHECK(summary.victim_outcomes[static_cast<std::size_t>(Outcome::died)] == 3);
}

TEST_CASE("a trial without a judgement is counted as such and nowhere else")
{
    CellSummary summary;
    add_numbered(summary, refused("fork: EAGAIN"), 0);
    add_numbered(summary, refused("no descriptors left"), 1);
    CHECK(summary.inconclusive == 2);
    CHECK(summary.first_inconclusive == "fork: EAGAIN");
    CHECK(summary.judged == 0);
    CHECK(summary.siblings == 0);
    CHECK(summary.trials_with_loss == 0);
    CHECK(summary.trials_all_lost == 0);
    CHECK(summary.share_sum == 0);
    CHECK(detections_of(summary) == nullptr);
    CHECK_FALSE(detection_quantile(summary, 0.5));
}

TEST_CASE("of trials that did not go as predicted the worst has the fewest survivors, and is the first of those")
{
    for (const auto& order : std::vector<std::vector<std::uint32_t>>{{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}}) {
        CellSummary summary;
        for (const std::uint32_t number : order)
            add_numbered(summary, with_loss(number == 0 ? 1 : number == 3 ? 0 : 4), number);
        CHECK(summary.worst_trial == 1);
        CHECK(summary.worst_survivors == 3);
        CHECK_FALSE(summary.worst_is_inconclusive);
    }
}

TEST_CASE("a trial without a judgement is worse than those that went as predicted, and one that did not is worse still")
{
    for (const auto& order : std::vector<std::vector<std::uint32_t>>{{0, 1, 2}, {2, 1, 0}}) {
        CellSummary summary;
        for (const std::uint32_t number : order)
            add_numbered(summary, number == 0 ? with_loss(0) : refused("reason " + std::to_string(number)), number);
        CHECK(summary.worst_trial == 1);
        CHECK(summary.worst_is_inconclusive);
        CHECK(summary.inconclusive_trial == 1);
        CHECK(summary.first_inconclusive == "reason 1");
        add_numbered(summary, with_loss(1), 3);
        CHECK(summary.worst_trial == 3);
        CHECK_FALSE(summary.worst_is_inconclusive);
        CHECK_FALSE(summary.worst_as_predicted);
    }
}

TEST_CASE("a trial that did not go as predicted is worse than one with fewer survivors that did")
{
    CellSummary summary;
    for (const std::uint32_t number : {0U, 1U, 2U}) {
        TrialRecord record = with_loss(number == 1 ? 0 : 7);
        record.plan.number = number;
        TrialJudgement judgement = judge(record);
        judgement.as_predicted = number != 1;
        add(summary, record, judgement);
    }
    CHECK(summary.worst_trial == 1);
    CHECK(summary.worst_survivors == 7);
    REQUIRE(summary.fewest.has_value());
    CHECK(summary.fewest->number == 0);
    CHECK(summary.fewest->survivors == 0);
    REQUIRE(summary.most.has_value());
    CHECK(summary.most->number == 1);
    CHECK(summary.most->survivors == 7);
}

TEST_CASE("an empty summary has no worst trial")
{
    CHECK_FALSE(CellSummary{}.worst_trial);
}

TEST_CASE("a detection goes from the fault to the supervisor's knowledge of the victim's end")
{
    CellSummary summary;
    add_numbered(summary, struck_record("segv-null", "8x1"), 0);
    REQUIRE(detections_of(summary) != nullptr);
    CHECK(detections_of(summary)->count() == 1);
    CHECK(detection_quantile(summary, 0.5) == 1'000ns);
}

TEST_CASE("a trial without both stamps, or with stamps that cannot be, has no detection")
{
    CellSummary summary;
    add_numbered(summary, quiet_record("none", "8x1"), 0);
    add_numbered(summary, struck_record("exception-caught", "8x1"), 1);
    TrialRecord record = struck_record("segv-null", "8x1");
    record.end_seen.reset();
    add_numbered(summary, record, 2);
    for (const Stamp nonsense : {std::numeric_limits<Stamp>::min(), Stamp{-1}, Stamp{0}}) {
        record = struck_record("segv-null", "8x1");
        record.fired = nonsense;
        add_numbered(summary, record, 3);
    }
    CHECK(summary.judged == 6);
    CHECK(detections_of(summary) == nullptr);
    CHECK_FALSE(detection_quantile(summary, 0.5));
}

TEST_CASE("a pool of one loses nobody and has no share of survivors")
{
    CellSummary summary;
    add_numbered(summary, struck_record("segv-null", "1x1"), 0);
    CHECK(summary.judged == 1);
    CHECK(summary.siblings == 0);
    CHECK(summary.trials_with_loss == 0);
    CHECK(summary.trials_all_lost == 0);
    CHECK(summary.share_sum == 0);
}
