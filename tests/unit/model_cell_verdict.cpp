#include "harness/model/cell_verdict.hpp"
#include "tests/unit/model_campaign.hpp"

#include <doctest/doctest.h>

using namespace bulkhead::model;
using namespace bulkhead::tests;

namespace {

std::vector<CellVerdict> by_cell(Campaign& campaign)
{
    return judge_cells(campaign.experiment(), campaign.cells(), judge(campaign.experiment(), campaign.cells()));
}

std::vector<std::string> ids_of(const std::vector<Expectation>& expectations)
{
    Experiment experiment;
    experiment.expectations = expectations;
    return expectation_ids(experiment);
}

} // namespace

TEST_CASE("an expectation is judged in each cell that it speaks of, and the one that refutes it is named")
{
    Campaign campaign({"8x1", "4x2"}, {"abort"}, 20, AllSiblings{});
    campaign.run_all(); // at 4x2 the cell-mate is lost
    const auto verdicts = by_cell(campaign);
    REQUIRE(verdicts.size() == 2);
    CHECK(campaign.cells().at(verdicts[0].cell.value()).cell.shape == shape("8x1"));
    CHECK(verdicts[0].verdict == Verdict::upheld);
    CHECK(verdicts[0].reason.starts_with("0 of 140 siblings lost"));
    CHECK(verdicts[1].verdict == Verdict::refuted);
    CHECK(verdicts[1].reason.starts_with("20 of 140 siblings lost"));
}

TEST_CASE("what all cells together support is upheld in each of them, though each alone has too few trials")
{
    Campaign campaign({"8x1", "4x1"}, {"abort"}, 200, ShareOfSiblings{Comparison::at_least, 0.99});
    campaign.run_all();
    REQUIRE(judge(campaign.experiment(), campaign.cells()).front().verdict == Verdict::upheld);
    for (const CellVerdict& each : by_cell(campaign)) {
        CHECK(each.verdict == Verdict::upheld);
        CHECK(each.reason.starts_with("of all its cells together: "));
    }
}

TEST_CASE("an expectation that has no verdict as a whole has none in at least one of its cells")
{
    Campaign campaign({"8x1", "4x1"}, {"abort"}, 20, AllSiblings{});
    campaign.run("8x1", "none", 2).run("4x1", "none", 2).run("8x1", "abort", 20).run("4x1", "abort", 7);
    const auto verdicts = by_cell(campaign);
    CHECK(verdicts[0].verdict == Verdict::upheld);
    CHECK(verdicts[1].verdict == Verdict::inconclusive);
    CHECK(verdicts[1].reason == "13 of 20 trials not run");
}

TEST_CASE("no cell refutes an expectation that all cells together leave open")
{
    // At 4x2 a seventh is lost, of both together a fourteenth: to so few trials the one cell is sure, of one cell
    // alone, but not of either of two.
    Campaign campaign({"8x1", "4x2"}, {"abort"}, 60, ShareOfSiblings{Comparison::at_least, 0.93});
    campaign.run_all();
    REQUIRE(judge(campaign.experiment(), campaign.cells()).front().verdict == Verdict::inconclusive);
    const auto verdicts = by_cell(campaign);
    REQUIRE(verdicts.size() == 2);
    CHECK(verdicts[1].verdict == Verdict::inconclusive);
    CHECK(verdicts[1].reason.starts_with("of all its cells together: "));
}

TEST_CASE("a cell that the machine cannot run is skipped, and leaves the others their verdicts")
{
    Campaign campaign({"8x1", "4x1"}, {"abort"}, 20, AllSiblings{});
    campaign.run_all();
    campaign.cell("4x1", "abort").cell.skipped = "only root may";
    const auto verdicts = by_cell(campaign);
    CHECK(verdicts[0].verdict == Verdict::upheld);
    CHECK_FALSE(verdicts[0].skipped);
    CHECK(verdicts[1].skipped);
    CHECK(verdicts[1].reason == "skipped on this machine: only root may");
}

TEST_CASE("an expectation that speaks of no cell is still there, without one")
{
    Campaign campaign({"8x1"}, {"abort"}, 20, AllSiblings{});
    campaign.run_all();
    campaign.experiment().expectations.front().when.shapes = {shape("2x2")};
    const auto verdicts = by_cell(campaign);
    REQUIRE(verdicts.size() == 1);
    CHECK_FALSE(verdicts[0].cell.has_value());
    CHECK(verdicts[0].verdict == Verdict::inconclusive);
}

TEST_CASE("an expectation's id is made of what it says, and of nothing that moving it would change")
{
    const Expectation all{.when = {.shapes = {shape("8x1")}}, .claim = AllSiblings{}, .line = 7};
    Expectation moved = all;
    moved.line = 70;
    const Expectation share{.when = {}, .claim = ShareOfSiblings{Comparison::at_most, 0.25}};
    CHECK(ids_of({all, share}) ==
          std::vector<std::string>{"8x1-every-fault-survivors-all", "every-shape-every-fault-survivors-at-most-0.25"});
    CHECK(ids_of({share, moved}).at(1) == ids_of({all}).front());
}

TEST_CASE("expectations that say the same have ids of their own, and so have long ones that begin alike")
{
    const Expectation all{.when = {}, .claim = AllSiblings{}};
    const auto same = ids_of({all, all, all});
    CHECK(same.at(1) == same.at(0) + "-2");
    CHECK(same.at(2) == same.at(0) + "-3");

    Expectation one{.when = {}, .claim = AllSiblings{}};
    for (int hosts = 1; hosts <= 30; ++hosts)
        one.when.shapes.push_back(shape(std::to_string(hosts) + "x1"));
    Expectation other = one;
    other.claim = NoSibling{};
    const auto ids = ids_of({one, other});
    CHECK(ids.at(0) != ids.at(1));
    CHECK(ids.at(0).size() == 80);
}

TEST_CASE("a cell is judged at the confidence that the expectation asks for")
{
    Campaign campaign({"8x1", "4x1"}, {"abort"}, 20, ShareOfSiblings{Comparison::at_least, 0.8});
    campaign.run_all();
    for (const CellVerdict& each : by_cell(campaign)) {
        CHECK(each.verdict == Verdict::upheld);
    }
    campaign.experiment().expectations.front().confidence = 0.9999;
    const auto verdicts = by_cell(campaign);
    REQUIRE(verdicts.size() == 2);
    for (const CellVerdict& each : verdicts) {
        CHECK(each.verdict == Verdict::inconclusive);
    }
}
