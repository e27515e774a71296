#include "tests/unit/model_campaign.hpp"

#include <doctest/doctest.h>

using namespace bulkhead::model;
using namespace bulkhead::tests;
using bulkhead::sys::Signaled;

TEST_CASE("survivors = all is upheld when no trial lost a sibling, and says how much that supports")
{
    Campaign campaign = pool_of_eight(AllSiblings{}).run("8x1", "abort", 20);
    check_verdict(campaign, Verdict::upheld,
                  "0 of 140 siblings lost in 20 trials (95%: at most 13.9% of trials lose one)");
}

TEST_CASE("survivors = all is refuted by one sibling of one trial")
{
    Campaign campaign = pool_of_eight(AllSiblings{}).run("8x1", "abort", 19).run("8x1", "abort", 1, 1);
    check_verdict(campaign, Verdict::refuted, "1 of 140 siblings lost, in 1 of 20 trials");
}

TEST_CASE("survivors = none is upheld when every trial lost every sibling")
{
    Campaign campaign({"1x8"}, {"abort", "exit"}, 10, NoSibling{});
    campaign.run_all();
    check_verdict(campaign, Verdict::upheld,
                  "140 of 140 siblings lost in 20 trials (95%: at most 13.9% of trials spare one)");
}

TEST_CASE("survivors = none is refuted by one survivor of one trial")
{
    Campaign campaign({"8x1"}, {"abort"}, 3, NoSibling{});
    campaign.run("8x1", "none", 1).run("8x1", "abort", 2, 7).run("8x1", "abort", 1, 6);
    check_verdict(campaign, Verdict::refuted, "1 of 21 siblings survived, in 1 of 3 trials");
}

TEST_CASE("blast_radius = predicted is upheld when every trial is as predicted")
{
    Campaign campaign({"8x1", "4x2", "1x8"}, {"abort", "thread-exit"}, 20, AsPredicted{});
    campaign.run_all();
    check_verdict(campaign, Verdict::upheld,
                  "every sibling ended as predicted in 120 of 120 trials (95%: at most 2.47% of trials differ)");
}

TEST_CASE("blast_radius = predicted is refuted by a loss that was not predicted, and by a survivor that was not")
{
    Campaign loss({"8x1"}, {"abort"}, 20, AsPredicted{});
    loss.run("8x1", "none", 2).run("8x1", "abort", 18).run("8x1", "abort", 2, 1);
    check_verdict(loss, Verdict::refuted,
                  "a sibling ended otherwise than predicted in 2 of 20 trials (138 of 140 siblings survived)");

    Campaign spared({"1x8"}, {"abort"}, 1, AsPredicted{});
    TrialJudgement judgement = judge(struck_record("abort", "1x8"));
    judgement.as_predicted = false;
    judgement.survivors = 7;
    spared.run("1x8", "none", 1);
    add(spared.cell("1x8", "abort"), struck_record("abort", "1x8"), judgement);
    CHECK(spared.verdict().verdict == Verdict::refuted);
}

TEST_CASE("a golden run that lost a sibling leaves no verdict, whatever the other trials say")
{
    for (const Claim& claim :
         {Claim{AllSiblings{}}, Claim{NoSibling{}}, Claim{AsPredicted{}}, share(Comparison::at_least, 0.5)}) {
        Campaign campaign({"8x1"}, {"abort"}, 20, claim);
        campaign.run("8x1", "none", 1).run("8x1", "none", 1, 1).run("8x1", "abort", 19).run("8x1", "abort", 1, 3);
        check_verdict(campaign, Verdict::inconclusive,
                      "control arm failed: 1 worker lost in 2 golden runs of 8x1, though nothing was done to them");
    }
}

TEST_CASE("a golden run that lost its would-be victim leaves no verdict")
{
    Campaign campaign = pool_of_eight(AllSiblings{}).run("8x1", "abort", 20);
    TrialRecord golden = quiet_record("none", "8x1");
    end_host(golden, 0, Signaled{SIGSEGV, false});
    add(campaign.cell("8x1", "none"), golden, judge(golden));
    CHECK(campaign.verdict().reason.find("control arm failed: 1 worker lost") == 0);
    CHECK(campaign.verdict().verdict == Verdict::inconclusive);
}

TEST_CASE("a golden run that could not be judged leaves no verdict")
{
    Campaign campaign = pool_of_eight(AllSiblings{}).run("8x1", "abort", 20).refuse("8x1", "none", 1);
    check_verdict(campaign, Verdict::inconclusive,
                  "control arm failed: 1 of 3 golden runs of 8x1 could not be judged: fork: EAGAIN");
}

TEST_CASE("without golden runs there is no verdict")
{
    Campaign campaign({"8x1"}, {"abort"}, 20, AllSiblings{});
    campaign.run("8x1", "abort", 20);
    check_verdict(campaign, Verdict::inconclusive, "no golden run of 8x1 was made: there is no control arm");
}

TEST_CASE("golden runs of another shape matter to nobody else")
{
    Campaign campaign({"8x1", "4x2"}, {"abort"}, 20, AllSiblings{});
    campaign.experiment().expectations[0].when.shapes = {shape("8x1")};
    campaign.run("4x2", "none", 2, 2).run("8x1", "none", 2).run("8x1", "abort", 20);
    CHECK(campaign.verdict().verdict == Verdict::upheld);
    campaign.experiment().expectations[0].when.shapes = {shape("4x2"), shape("8x1")};
    CHECK(campaign.verdict().verdict == Verdict::inconclusive);
}

TEST_CASE("a trial that could not be judged keeps the others from upholding, for its reason")
{
    Campaign campaign = pool_of_eight(AllSiblings{}).run("8x1", "abort", 19).refuse("8x1", "abort", 1);
    check_verdict(campaign, Verdict::inconclusive, "1 of 20 trials could not be judged: fork: EAGAIN");
}

TEST_CASE("a trial that could not be judged does not keep the others from refuting")
{
    Campaign campaign =
        pool_of_eight(AllSiblings{}).run("8x1", "abort", 18).run("8x1", "abort", 1, 1).refuse("8x1", "abort", 1);
    check_verdict(campaign, Verdict::refuted, "1 of 133 siblings lost, in 1 of 19 trials");
}

TEST_CASE("a campaign that broke off upholds nothing, but may have refuted")
{
    Campaign nothing({"8x1"}, {"abort"}, 20, AllSiblings{});
    check_verdict(nothing, Verdict::inconclusive, "20 of 20 trials not run");
    Campaign golden_only = pool_of_eight(AllSiblings{});
    check_verdict(golden_only, Verdict::inconclusive, "20 of 20 trials not run");
    Campaign part = pool_of_eight(AllSiblings{}).run("8x1", "abort", 15);
    check_verdict(part, Verdict::inconclusive, "5 of 20 trials not run");
    Campaign refuted = pool_of_eight(AllSiblings{}).run("8x1", "abort", 15, 1);
    CHECK(refuted.verdict().verdict == Verdict::refuted);
}

TEST_CASE("where there are no siblings nothing is claimed of them")
{
    for (const Claim& claim :
         {Claim{AllSiblings{}}, Claim{NoSibling{}}, Claim{AsPredicted{}}, share(Comparison::at_least, 0.5)}) {
        Campaign alone({"1x1"}, {"abort"}, 20, claim);
        alone.run_all();
        check_verdict(alone, Verdict::inconclusive, "there is no sibling in 1x1 to speak of");
    }
    Campaign mixed({"1x1", "8x1"}, {"abort"}, 20, AllSiblings{});
    mixed.run_all();
    check_verdict(mixed, Verdict::inconclusive, "there is no sibling in 1x1 to speak of");
    Campaign none({"1x1", "1x8"}, {"abort"}, 20, NoSibling{});
    none.run_all();
    CHECK(none.verdict().verdict == Verdict::inconclusive);
}

TEST_CASE("an expectation that names none is judged over the golden runs")
{
    Campaign campaign({"8x1"}, {"none", "abort"}, 20, AllSiblings{});
    campaign.experiment().expectations[0].when.faults = {fault("none")};
    campaign.run("8x1", "none", 20);
    check_verdict(campaign, Verdict::upheld,
                  "0 of 140 siblings lost in 20 trials (95%: at most 13.9% of trials lose one)");
}

TEST_CASE("a verdict without some of its cells says so")
{
    Campaign campaign({"8x1"}, {"abort", "oom-kill"}, 20, AllSiblings{});
    campaign.run_all();
    campaign.cell("8x1", "oom-kill").cell.skipped = "no cgroup";
    check_verdict(
        campaign, Verdict::upheld,
        "0 of 140 siblings lost in 20 trials (95%: at most 13.9% of trials lose one); without 1 cell that this "
        "machine cannot run");
}

TEST_CASE("an expectation that speaks of no cell has no verdict")
{
    Campaign campaign({"8x1"}, {"abort"}, 20, AllSiblings{});
    campaign.experiment().expectations[0].when.shapes = {shape("2x2")};
    check_verdict(campaign, Verdict::inconclusive, "no cell of the experiment is spoken of");
}

TEST_CASE("every expectation is judged, each by its own cells")
{
    Campaign campaign({"8x1", "1x8"}, {"abort"}, 20, AllSiblings{});
    auto& expectations = campaign.experiment().expectations;
    expectations = {claiming(AllSiblings{}), claiming(NoSibling{}), claiming(AllSiblings{})};
    expectations[0].when.shapes = {shape("8x1")};
    expectations[1].when.shapes = {shape("1x8")};
    expectations[2].when.shapes = {shape("1x8")};
    campaign.run_all();
    std::vector<CellSummary> cells{campaign.cell("8x1", "none"), campaign.cell("8x1", "abort"),
                                   campaign.cell("1x8", "none"), campaign.cell("1x8", "abort")};
    const auto judged = judge(campaign.experiment(), cells);
    REQUIRE(judged.size() == 3);
    CHECK(judged[0].verdict == Verdict::upheld);
    CHECK(judged[1].verdict == Verdict::upheld);
    CHECK(judged[2].verdict == Verdict::refuted);
    CHECK(judged[2].expectation == 2);
}

TEST_CASE("a verdict is one of three words")
{
    CHECK(to_string(Verdict::upheld) == "upheld");
    CHECK(to_string(Verdict::refuted) == "refuted");
    CHECK(to_string(Verdict::inconclusive) == "inconclusive");
}
