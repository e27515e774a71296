#include "harness/report/chosen.hpp"
#include "report_samples.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace bulkhead;
using report::ChosenTrial;
using report::Why;

namespace {

/// Trials of an experiment as they come, some of which go wrong.
class Campaign {
public:
    explicit Campaign(model::Experiment experiment)
        : experiment_(std::move(experiment)), cells_(model::expand(experiment_)), choice_(cells_)
    {}

    const model::Cell& cell(const std::string& fault, const std::string& shape) const
    {
        return *std::ranges::find_if(cells_, [&](const model::Cell& each) {
            return to_string(each.fault) == fault && to_string(each.shape) == shape;
        });
    }
    /// The trial of that number in the cell, noticed so long after the fault: at most 52 us, when a sample's siblings
    /// are asked.
    void run(const model::Cell& cell, std::uint32_t number, std::int64_t detection_us = 50,
             const samples::Mishap& mishap = {})
    {
        model::TrialRecord record = samples::trial(model::plan_trial(experiment_, cell, number), mishap);
        if (record.fired && record.end_seen) {
            record.end_seen = *record.fired + detection_us * 1000;
        }
        choice_.add(record, model::judge(record));
    }
    [[nodiscard]] std::vector<ChosenTrial> chosen() const { return choice_.in_order(); }

private:
    model::Experiment experiment_;
    std::vector<model::Cell> cells_;
    report::Choice choice_;
};

Campaign small_campaign()
{
    return Campaign(samples::experiment({"4x2"}, {"abort", "thread-exit"}));
}

bool is_there(const std::vector<ChosenTrial>& chosen, const ChosenTrial& trial)
{
    return std::ranges::find(chosen, trial) != chosen.end();
}

} // namespace

TEST_CASE("typical of a cell is the trial in the middle by survivors, and then by detection")
{
    Campaign campaign = small_campaign();
    const model::Cell& cell = campaign.cell("abort", "4x2");
    campaign.run(cell, 0, 40);
    campaign.run(cell, 1, 30);
    campaign.run(cell, 2, 10, {.a_sibling_dies = true, .inconclusive = ""}); // fewer survivors: the first by these
    campaign.run(cell, 3, 35);
    campaign.run(cell, 4, 20);
    CHECK(is_there(campaign.chosen(), {cell.first_id + 1, cell.number, Why::typical}));
}

TEST_CASE(
    "worst of a cell is one that did not go as predicted, of these the one with the fewest survivors, then the first")
{
    Campaign campaign = small_campaign();
    const model::Cell& cell = campaign.cell("abort", "4x2");
    campaign.run(cell, 0);
    campaign.run(cell, 1, 50, {.inconclusive = "no steady state"});
    campaign.run(cell, 2, 50, {.a_sibling_stalls = true, .inconclusive = ""});
    campaign.run(cell, 3, 50, {.a_sibling_dies = true, .inconclusive = ""}); // and its cell-mate with it
    campaign.run(cell, 4, 50, {.a_sibling_dies = true, .inconclusive = ""});
    CHECK(campaign.chosen().front() == ChosenTrial{cell.first_id + 3, cell.number, Why::worst});
}

TEST_CASE("a trial that could not be judged is the worst where all others went as predicted, and never the typical one")
{
    Campaign campaign = small_campaign();
    const model::Cell& cell = campaign.cell("abort", "4x2");
    campaign.run(cell, 0);
    campaign.run(cell, 1, 50, {.inconclusive = "no steady state"});
    CHECK(campaign.chosen() == std::vector<ChosenTrial>{{cell.first_id + 1, cell.number, Why::worst},
                                                        {cell.first_id, cell.number, Why::typical}});
    Campaign without_judgement = small_campaign();
    without_judgement.run(cell, 0, 50, {.inconclusive = "no steady state"});
    CHECK(without_judgement.chosen() == std::vector<ChosenTrial>{{cell.first_id, cell.number, Why::worst}});
}

TEST_CASE(
    "what is wrong comes before what is typical of faults, that before the worst of what is well, golden runs last")
{
    Campaign campaign = small_campaign();
    const model::Cell& golden = campaign.cell("none", "4x2");
    const model::Cell& abort = campaign.cell("abort", "4x2");
    const model::Cell& thread_exit = campaign.cell("thread-exit", "4x2");
    for (std::uint32_t number = 0; number < 2; ++number) {
        campaign.run(golden, number);
        campaign.run(abort, number, 40 - number * 20);
        campaign.run(thread_exit, number, 50, {.a_sibling_dies = number == 1, .inconclusive = ""});
    }
    CHECK(campaign.chosen() == std::vector<ChosenTrial>{{thread_exit.first_id + 1, thread_exit.number, Why::worst},
                                                        {abort.first_id + 1, abort.number, Why::typical},
                                                        {abort.first_id, abort.number, Why::worst},
                                                        {golden.first_id, golden.number, Why::typical}});
}

TEST_CASE("a golden run that lost a sibling is wrong, though nothing is predicted of it but survival")
{
    Campaign campaign = small_campaign();
    const model::Cell& golden = campaign.cell("none", "4x2");
    campaign.run(golden, 0);
    campaign.run(golden, 1, 50, {.a_sibling_stalls = true, .inconclusive = ""});
    CHECK(campaign.chosen().front() == ChosenTrial{golden.first_id + 1, golden.number, Why::worst});
}

TEST_CASE("a cell without trials has none to be shown, and one with a single trial has it once")
{
    Campaign campaign = small_campaign();
    CHECK(campaign.chosen().empty());
    const model::Cell& cell = campaign.cell("abort", "4x2");
    campaign.run(cell, 0);
    CHECK(campaign.chosen() == std::vector<ChosenTrial>{{cell.first_id, cell.number, Why::typical}});
}

TEST_CASE("a report may have under 500 kB with ten trials, more with more, and under 3 MB with any number")
{
    CHECK(report::most_bytes(10) < 500'000);
    CHECK(report::most_bytes(1) == report::most_bytes(10));
    CHECK(report::most_bytes(100) > report::most_bytes(10));
    CHECK(report::most_bytes(10'000) < 3'000'000);
    CHECK(report::most_bytes(UINT64_MAX) == report::most_bytes(10'000));
}
