#include "harness/model/manner.hpp"

#include "tests/unit/model_records.hpp"

#include <csignal>

#include <doctest/doctest.h>

// Whether all trials of a cell go alike, and which do not.

using namespace bulkhead;
using namespace bulkhead::model;
using namespace bulkhead::tests;

namespace {

CellSummary summary_of(const std::vector<TrialRecord>& records)
{
    CellSummary summary;
    summary.cell.shape = records.front().plan.shape;
    summary.cell.fault = records.front().plan.fault;
    for (std::uint32_t number = 0; number < records.size(); ++number) {
        TrialRecord record = records[number];
        record.plan.number = number;
        add(summary, record, judge(record));
    }
    return summary;
}

} // namespace

TEST_CASE("trials that differ in the victim only went alike")
{
    const CellSummary summary =
        summary_of({struck_record("abort", "4x2", {0, 0}), struck_record("abort", "4x2", {3, 1})});
    CHECK(summary.judged == 2);
    CHECK(steadiness_of(summary.manners).odd == 0);
    CHECK(describe(steadiness_of(summary.manners).usual, summary.cell.shape) ==
          "victim died, cell-mates died, other hosts intact");
}

TEST_CASE("a trial in which somebody else died as well is odd, and is named")
{
    std::vector<TrialRecord> records(5, struck_record("abort", "8x1"));
    end_host(records[3], 5, sys::Signaled{SIGKILL, false});
    const CellSummary summary = summary_of(records);
    const Steadiness steadiness = steadiness_of(summary.manners);
    CHECK(steadiness.trials == 5);
    CHECK(steadiness.odd == 1);
    REQUIRE(steadiness.first.size() == 1);
    CHECK(steadiness.first.front().number == 3);
    CHECK(describe(steadiness.first.front().manner, summary.cell.shape) == "victim died, other hosts intact and died");
}

TEST_CASE("the first few odd trials are named in their order, and all are counted, in whatever order they come")
{
    Manners manners;
    const Manner usual{1};
    const Manner odd{2};
    const Manner other{4};
    for (std::uint32_t number = 200; number-- > 0;)
        add(manners, number % 4 == 1 ? odd : number % 8 == 2 ? other : usual, number);
    const Steadiness steadiness = steadiness_of(manners);
    CHECK(steadiness.usual == usual);
    CHECK(steadiness.trials == 200);
    CHECK(steadiness.odd == 75);
    REQUIRE(steadiness.first.size() == most_named);
    CHECK(steadiness.first[0].number == 1);
    CHECK(steadiness.first[1].number == 2);
    CHECK(steadiness.first[1].manner == other);
    CHECK(steadiness.first[9].number == 25);
}

TEST_CASE("trials that could not be judged went in no manner")
{
    TrialRecord refused = struck_record("abort", "8x1");
    refused.inconclusive = "fork: EAGAIN";
    const CellSummary summary = summary_of({struck_record("abort", "8x1"), refused});
    CHECK(steadiness_of(summary.manners).trials == 1);
    CHECK(steadiness_of({}).odd == 0);
}
