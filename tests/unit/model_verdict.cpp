#include "tests/unit/model_records.hpp"

#include <csignal>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace bulkhead::model;
using namespace bulkhead::tests;
using bulkhead::sys::Signaled;

namespace {

/// An experiment with one expectation, whose trials are made up: all go as the model says but for what a test adds.
class Campaign {
public:
    Campaign(const std::vector<std::string>& shapes, const std::vector<std::string>& faults, std::uint32_t trials,
             Claim claim)
    {
        for (const std::string& text : shapes)
            experiment_.shapes.push_back(shape(text));
        for (const std::string& text : faults)
            experiment_.faults.push_back(fault(text));
        experiment_.trials = trials;
        experiment_.expectations.push_back(claiming(claim));
        for (const Cell& cell : expand(experiment_))
            cells_.emplace_back().cell = cell;
    }

    CellSummary& cell(const std::string& pool, const std::string& what)
    {
        for (CellSummary& summary : cells_)
            if (summary.cell.shape == shape(pool) && summary.cell.fault == fault(what))
                return summary;
        throw std::out_of_range(pool + " " + what);
    }

    /// Adds `trials` trials to the cell, in each of which `losses` more siblings die than the model says.
    Campaign& run(const std::string& pool, const std::string& what, std::uint32_t trials, std::uint32_t losses = 0)
    {
        TrialRecord record = what == "none" ? quiet_record(what, pool) : struck_record(what, pool);
        for (std::uint32_t i = 1; i <= losses; ++i)
            end_host(record, i, Signaled{SIGKILL, false});
        return add_to(pool, what, trials, record);
    }
    Campaign& refuse(const std::string& pool, const std::string& what, std::uint32_t trials)
    {
        TrialRecord record = struck_record(what == "none" ? "abort" : what, pool);
        record.inconclusive = "fork: EAGAIN";
        return add_to(pool, what, trials, record);
    }
    Campaign& run_all()
    {
        for (CellSummary& summary : cells_)
            run(to_string(summary.cell.shape), to_string(summary.cell.fault), summary.cell.trials);
        return *this;
    }

    Experiment& experiment() { return experiment_; }

    Judged verdict()
    {
        const auto judged = judge(experiment_, cells_);
        REQUIRE(judged.size() == 1);
        CHECK(judged.front().expectation == 0);
        CHECK(judged.front().reason != "");
        return judged.front();
    }

private:
    Campaign& add_to(const std::string& pool, const std::string& what, std::uint32_t trials, const TrialRecord& record)
    {
        const TrialJudgement judgement = judge(record);
        for (std::uint32_t i = 0; i < trials; ++i)
            add(cell(pool, what), record, judgement);
        return *this;
    }

    Experiment experiment_;
    std::vector<CellSummary> cells_;
};

void check(Campaign& campaign, Verdict verdict, const std::string& reason)
{
    const Judged judged = campaign.verdict();
    CHECK(to_string(judged.verdict) == to_string(verdict));
    CHECK(judged.reason == reason);
}

/// One cell of 8x1 with a crash, and its golden runs.
Campaign pool_of_eight(Claim claim, std::uint32_t trials = 20)
{
    Campaign campaign({"8x1"}, {"abort"}, trials, claim);
    campaign.run("8x1", "none", campaign.cell("8x1", "none").cell.trials);
    return campaign;
}

Claim share(Comparison comparison, double bound)
{
    return ShareSurvives{comparison, bound};
}

} // namespace

TEST_CASE("survivors = all is upheld when no trial lost a sibling, and says how much that supports")
{
    Campaign campaign = pool_of_eight(AllSurvive{}).run("8x1", "abort", 20);
    check(campaign, Verdict::upheld, "0 of 140 siblings lost in 20 trials (95%: at most 13.9% of trials lose one)");
}

TEST_CASE("survivors = all is refuted by one sibling of one trial")
{
    Campaign campaign = pool_of_eight(AllSurvive{}).run("8x1", "abort", 19).run("8x1", "abort", 1, 1);
    check(campaign, Verdict::refuted, "1 of 140 siblings lost, in 1 of 20 trials");
}

TEST_CASE("survivors = none is upheld when every trial lost every sibling")
{
    Campaign campaign({"1x8"}, {"abort", "exit"}, 10, NoneSurvive{});
    campaign.run_all();
    check(campaign, Verdict::upheld, "140 of 140 siblings lost in 20 trials (95%: at most 13.9% of trials spare one)");
}

TEST_CASE("survivors = none is refuted by one survivor of one trial")
{
    Campaign campaign({"8x1"}, {"abort"}, 3, NoneSurvive{});
    campaign.run("8x1", "none", 1).run("8x1", "abort", 2, 7).run("8x1", "abort", 1, 6);
    check(campaign, Verdict::refuted, "1 of 21 siblings survived, in 1 of 3 trials");
}

TEST_CASE("blast_radius = predicted is upheld when every trial is as predicted")
{
    Campaign campaign({"8x1", "4x2", "1x8"}, {"abort", "thread-exit"}, 20, AsPredicted{});
    campaign.run_all();
    check(campaign, Verdict::upheld,
          "every sibling ended as predicted in 120 of 120 trials (95%: at most 2.47% of trials differ)");
}

TEST_CASE("blast_radius = predicted is refuted by a loss that was not predicted, and by a survivor that was not")
{
    Campaign loss({"8x1"}, {"abort"}, 20, AsPredicted{});
    loss.run("8x1", "none", 2).run("8x1", "abort", 18).run("8x1", "abort", 2, 1);
    check(loss, Verdict::refuted,
          "a sibling ended otherwise than predicted in 2 of 20 trials (138 of 140 siblings survived)");

    Campaign spared({"1x8"}, {"abort"}, 1, AsPredicted{});
    TrialJudgement judgement = judge(struck_record("abort", "1x8"));
    judgement.as_predicted = false;
    judgement.survivors = 7;
    spared.run("1x8", "none", 1);
    add(spared.cell("1x8", "abort"), struck_record("abort", "1x8"), judgement);
    CHECK(spared.verdict().verdict == Verdict::refuted);
}

TEST_CASE("a share is upheld only when its lower bound at 95% reaches it: 299 trials for 0.99")
{
    const Claim claim = share(Comparison::at_least, 0.99);
    Campaign enough = pool_of_eight(claim, 299).run("8x1", "abort", 299);
    check(enough, Verdict::upheld, "the mean share of survivors is 1 in 299 trials (95%: at least 0.99003)");
    Campaign one_less = pool_of_eight(claim, 298).run("8x1", "abort", 298);
    check(one_less, Verdict::inconclusive, "298 trials without a loss support at most >= 0.9900; 299 needed");
    Campaign few = pool_of_eight(claim).run("8x1", "abort", 20);
    check(few, Verdict::inconclusive, "20 trials without a loss support at most >= 0.861; 299 needed");
}

TEST_CASE("the siblings of one trial do not count as so many trials")
{
    Campaign campaign({"256x1"}, {"abort"}, 20, share(Comparison::at_least, 0.99));
    campaign.run_all();
    CHECK(campaign.verdict().verdict == Verdict::inconclusive); // though none of 5100 siblings was lost
}

TEST_CASE("a share is refuted when its upper bound at 95% is below it, and undecided in between")
{
    const Claim claim = share(Comparison::at_least, 0.9);
    Campaign low = pool_of_eight(claim).run("8x1", "abort", 10).run("8x1", "abort", 10, 7);
    check(low, Verdict::refuted, "the mean share of survivors is 0.500 in 20 trials (95%: at most 0.698)");
    Campaign middling = pool_of_eight(claim).run("8x1", "abort", 18).run("8x1", "abort", 2, 7);
    check(
        middling, Verdict::inconclusive,
        "the mean share of survivors is 0.900 in 20 trials (95%: at least 0.717; 95%: at most 0.9819), which does not "
        "decide");
}

TEST_CASE("a share may be claimed from above")
{
    Campaign none = pool_of_eight(share(Comparison::at_most, 0.2)).run("8x1", "abort", 20, 7);
    check(none, Verdict::upheld, "the mean share of survivors is 0 in 20 trials (95%: at most 0.139)");
    Campaign few = pool_of_eight(share(Comparison::less_than, 0.1)).run("8x1", "abort", 20, 7);
    check(few, Verdict::inconclusive, "20 trials without a survivor support at most < 0.139; 29 needed");
    Campaign all = pool_of_eight(share(Comparison::at_most, 0.2)).run("8x1", "abort", 20);
    check(all, Verdict::refuted, "the mean share of survivors is 1 in 20 trials (95%: at least 0.861)");
    Campaign more = pool_of_eight(share(Comparison::more_than, 0.8)).run("8x1", "abort", 20);
    check(more, Verdict::upheld, "the mean share of survivors is 1 in 20 trials (95%: at least 0.861)");
}

TEST_CASE("a share of exactly everybody is never supported by counting, and the reason says what to claim instead")
{
    Campaign all = pool_of_eight(share(Comparison::at_least, 1)).run("8x1", "abort", 20);
    check(
        all, Verdict::inconclusive,
        "20 trials without a loss support at most >= 0.861, and no number of them is enough: claim survivors = \"all\" "
        "instead");
    Campaign none = pool_of_eight(share(Comparison::at_most, 0)).run("8x1", "abort", 20, 7);
    check(none, Verdict::inconclusive,
          "20 trials without a survivor support at most <= 0.139, and no number of them is enough: claim survivors = "
          "\"none\" instead");
    Campaign lost = pool_of_eight(share(Comparison::at_least, 1)).run("8x1", "abort", 19).run("8x1", "abort", 1, 1);
    CHECK(lost.verdict().verdict == Verdict::refuted);
}

TEST_CASE("the number of trials that are said to be needed is the least that is enough")
{
    CHECK(rc::check([] {
        const double bound = *rc::gen::inRange(10, 99) / 100.0;
        std::uint32_t trials = 1;
        std::uint32_t needed = 1;
        for (; trials < 400; ++trials) {
            Campaign campaign = pool_of_eight(share(Comparison::at_least, bound), trials).run("8x1", "abort", trials);
            const Judged judged = campaign.verdict();
            if (judged.verdict == Verdict::upheld)
                break;
            const auto at = judged.reason.find("; ");
            RC_ASSERT(at != std::string::npos);
            needed = static_cast<std::uint32_t>(std::stoul(judged.reason.substr(at + 2)));
        }
        RC_ASSERT(trials == needed);
    }));
}

TEST_CASE("a golden run that lost a sibling leaves no verdict, whatever the other trials say")
{
    for (const Claim& claim :
         {Claim{AllSurvive{}}, Claim{NoneSurvive{}}, Claim{AsPredicted{}}, share(Comparison::at_least, 0.5)}) {
        Campaign campaign({"8x1"}, {"abort"}, 20, claim);
        campaign.run("8x1", "none", 1).run("8x1", "none", 1, 1).run("8x1", "abort", 19).run("8x1", "abort", 1, 3);
        check(campaign, Verdict::inconclusive,
              "control arm failed: 1 worker lost in 2 golden runs of 8x1, though nothing was done to them");
    }
}

TEST_CASE("a golden run that lost its would-be victim leaves no verdict")
{
    Campaign campaign = pool_of_eight(AllSurvive{}).run("8x1", "abort", 20);
    TrialRecord golden = quiet_record("none", "8x1");
    end_host(golden, 0, Signaled{SIGSEGV, false});
    add(campaign.cell("8x1", "none"), golden, judge(golden));
    CHECK(campaign.verdict().reason.find("control arm failed: 1 worker lost") == 0);
    CHECK(campaign.verdict().verdict == Verdict::inconclusive);
}

TEST_CASE("a golden run that could not be judged leaves no verdict")
{
    Campaign campaign = pool_of_eight(AllSurvive{}).run("8x1", "abort", 20).refuse("8x1", "none", 1);
    check(campaign, Verdict::inconclusive,
          "control arm failed: 1 of 3 golden runs of 8x1 could not be judged: fork: EAGAIN");
}

TEST_CASE("without golden runs there is no verdict")
{
    Campaign campaign({"8x1"}, {"abort"}, 20, AllSurvive{});
    campaign.run("8x1", "abort", 20);
    check(campaign, Verdict::inconclusive, "no golden run of 8x1 was made: there is no control arm");
}

TEST_CASE("golden runs of another shape matter to nobody else")
{
    Campaign campaign({"8x1", "4x2"}, {"abort"}, 20, AllSurvive{});
    campaign.experiment().expectations[0].shapes = {shape("8x1")};
    campaign.run("4x2", "none", 2, 2).run("8x1", "none", 2).run("8x1", "abort", 20);
    CHECK(campaign.verdict().verdict == Verdict::upheld);
    campaign.experiment().expectations[0].shapes = {shape("4x2"), shape("8x1")};
    CHECK(campaign.verdict().verdict == Verdict::inconclusive);
}

TEST_CASE("a trial that could not be judged keeps the others from upholding, for its reason")
{
    Campaign campaign = pool_of_eight(AllSurvive{}).run("8x1", "abort", 19).refuse("8x1", "abort", 1);
    check(campaign, Verdict::inconclusive, "1 of 20 trials could not be judged: fork: EAGAIN");
}

TEST_CASE("a trial that could not be judged does not keep the others from refuting")
{
    Campaign campaign =
        pool_of_eight(AllSurvive{}).run("8x1", "abort", 18).run("8x1", "abort", 1, 1).refuse("8x1", "abort", 1);
    check(campaign, Verdict::refuted, "1 of 133 siblings lost, in 1 of 19 trials");
}

TEST_CASE("a campaign that broke off upholds nothing, but may have refuted")
{
    Campaign nothing({"8x1"}, {"abort"}, 20, AllSurvive{});
    check(nothing, Verdict::inconclusive, "20 of 20 trials not run");
    Campaign golden_only = pool_of_eight(AllSurvive{});
    check(golden_only, Verdict::inconclusive, "20 of 20 trials not run");
    Campaign part = pool_of_eight(AllSurvive{}).run("8x1", "abort", 15);
    check(part, Verdict::inconclusive, "5 of 20 trials not run");
    Campaign refuted = pool_of_eight(AllSurvive{}).run("8x1", "abort", 15, 1);
    CHECK(refuted.verdict().verdict == Verdict::refuted);
}

TEST_CASE("where there are no siblings nothing is claimed of them")
{
    for (const Claim& claim :
         {Claim{AllSurvive{}}, Claim{NoneSurvive{}}, Claim{AsPredicted{}}, share(Comparison::at_least, 0.5)}) {
        Campaign alone({"1x1"}, {"abort"}, 20, claim);
        alone.run_all();
        check(alone, Verdict::inconclusive, "there is no sibling in 1x1 to speak of");
    }
    Campaign mixed({"1x1", "8x1"}, {"abort"}, 20, AllSurvive{});
    mixed.run_all();
    check(mixed, Verdict::inconclusive, "there is no sibling in 1x1 to speak of");
    Campaign none({"1x1", "1x8"}, {"abort"}, 20, NoneSurvive{});
    none.run_all();
    CHECK(none.verdict().verdict == Verdict::inconclusive);
}

TEST_CASE("an expectation that names none is judged over the golden runs")
{
    Campaign campaign({"8x1"}, {"none", "abort"}, 20, AllSurvive{});
    campaign.experiment().expectations[0].faults = {fault("none")};
    campaign.run("8x1", "none", 20);
    check(campaign, Verdict::upheld, "0 of 140 siblings lost in 20 trials (95%: at most 13.9% of trials lose one)");
}

TEST_CASE("an expectation that speaks of no cell has no verdict")
{
    Campaign campaign({"8x1"}, {"abort"}, 20, AllSurvive{});
    campaign.experiment().expectations[0].shapes = {shape("2x2")};
    check(campaign, Verdict::inconclusive, "no cell of the experiment is spoken of");
}

TEST_CASE("every expectation is judged, each by its own cells")
{
    Campaign campaign({"8x1", "1x8"}, {"abort"}, 20, AllSurvive{});
    auto& expectations = campaign.experiment().expectations;
    expectations = {claiming(AllSurvive{}), claiming(NoneSurvive{}), claiming(AllSurvive{})};
    expectations[0].shapes = {shape("8x1")};
    expectations[1].shapes = {shape("1x8")};
    expectations[2].shapes = {shape("1x8")};
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
