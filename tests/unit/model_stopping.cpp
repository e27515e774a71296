#include "harness/model/stopping.hpp"

#include "harness/model/random.hpp"
#include "tests/unit/model_records.hpp"

#include <algorithm>
#include <functional>

#include <doctest/doctest.h>

// When a campaign has run long enough, and that this does not depend on who looks or in which order trials come.

using namespace bulkhead;
using namespace bulkhead::model;
using namespace bulkhead::tests;

namespace {

/// How many siblings the trial of this number in a cell with a fault loses.
using Losses = std::function<std::uint32_t(std::uint32_t cell, std::uint32_t number)>;

Experiment experiment_with(const std::vector<std::string>& shapes, std::uint32_t trials,
                           std::initializer_list<Claim> claims)
{
    Experiment experiment;
    for (const std::string& each : shapes)
        experiment.shapes.push_back(shape(each));
    experiment.faults = {fault("abort")};
    experiment.trials = trials;
    for (const Claim& claim : claims)
        experiment.expectations.push_back(claiming(claim));
    return experiment;
}

/// The sums of the trials that were run, and what stopped them.
struct Outcomes {
    std::vector<CellSummary> cells;
    std::optional<Stopped> stopped;
    std::vector<SequentialResult> results;
    std::uint32_t run = 0;
};

TrialJudgement judgement_of(const Cell& cell, std::uint32_t losses)
{
    TrialJudgement judgement;
    judgement.siblings = cell.shape.workers() - 1;
    judgement.survivors = judgement.siblings - losses;
    judgement.as_predicted = losses == 0;
    judgement.outcomes.assign(cell.shape.workers(), Outcome::intact);
    std::fill_n(judgement.outcomes.begin() + 1, losses, Outcome::died); // the first is the victim
    return judgement;
}

void count(CellSummary& summary, const TrialJudgement& judgement)
{
    ++summary.judged;
    summary.siblings += judgement.siblings;
    summary.survivors += judgement.survivors;
    summary.trials_with_loss += judgement.survivors < judgement.siblings ? 1 : 0;
    summary.trials_all_lost += judgement.survivors == 0 ? 1 : 0;
    summary.trials_as_predicted += judgement.as_predicted ? 1 : 0;
    summary.share_sum += static_cast<double>(judgement.survivors) / judgement.siblings;
    for (const auto& [outcome, having] : {std::pair{Outcome::intact, judgement.survivors},
                                          std::pair{Outcome::died, judgement.siblings - judgement.survivors}}) {
        summary.sibling_outcomes[static_cast<std::size_t>(outcome)] += having;
        summary.unanimity[static_cast<std::size_t>(outcome)] += unanimity_of(having, judgement.siblings);
    }
}

/// Runs trials in the order of the plan until a rule holds; golden runs lose nobody.
Outcomes run(const Experiment& experiment, const Losses& losses)
{
    const auto cells = expand(experiment);
    Outcomes outcomes;
    for (const Cell& cell : cells)
        outcomes.cells.emplace_back().cell = cell;
    Stopping stopping(experiment, cells);
    TrialOrder order(experiment, cells);
    while (!stopping.stopped()) {
        const auto turn = order.next();
        if (!turn)
            break;
        const Cell& cell = cells[turn->trial.cell];
        TrialRecord record;
        record.plan.cell = cell.number;
        record.plan.number = turn->trial.number;
        const TrialJudgement judgement =
            judgement_of(cell, is_golden(cell.fault) ? 0 : losses(cell.number, turn->trial.number));
        stopping.add(record, judgement);
        count(outcomes.cells[cell.number], judgement);
        ++outcomes.run;
    }
    outcomes.stopped = stopping.stopped();
    outcomes.results = stopping.results();
    if (outcomes.stopped)
        for (CellSummary& summary : outcomes.cells)
            summary.saved = summary.cell.trials - summary.judged;
    return outcomes;
}

std::uint32_t nobody(std::uint32_t /*cell*/, std::uint32_t /*number*/)
{
    return 0;
}

Claim share_of(Comparison comparison, double bound)
{
    return ShareOfSiblings{.comparison = comparison, .bound = bound};
}

} // namespace

TEST_CASE("until_refuted stops after the round in which a trial refutes, and not for a share that may still recover")
{
    Experiment experiment = experiment_with({"8x1", "4x1"}, 50, {share_of(Comparison::at_least, 0.99), AllSiblings{}});
    experiment.stop.until_refuted = true;
    const auto at_eleven = [](std::uint32_t cell, std::uint32_t number) { return cell == 1 && number == 11 ? 1U : 0U; };
    const Outcomes outcomes = run(experiment, at_eleven);
    CHECK(outcomes.stopped == Stopped{.rule = StopRule::refuted, .rounds = 12});
    CHECK(outcomes.cells[1].judged == 12);
    CHECK(outcomes.cells[3].judged == 12); // whole rounds: the other cell has as many
    const auto judged = judge(experiment, outcomes.cells, outcomes.results);
    CHECK(judged[1].verdict == Verdict::refuted);
    experiment.expectations.pop_back();
    CHECK(run(experiment, at_eleven).stopped == std::nullopt);
}

TEST_CASE("after a rule that does not assure the evidence only what has its own is upheld")
{
    Experiment experiment =
        experiment_with({"8x1"}, 1000, {AllSiblings{}, AsPredicted{}, share_of(Comparison::at_least, 0.5)});
    experiment.stop.half_width = 0.05;
    Outcomes outcomes = run(experiment, nobody);
    const auto verdicts = [&] {
        std::vector<Verdict> all;
        for (const Judged& judged : judge(experiment, outcomes.cells, outcomes.results))
            all.push_back(judged.verdict);
        return all;
    };
    using enum Verdict;
    CHECK(verdicts() == std::vector{upheld, upheld, upheld});
    for (CellSummary& cell : outcomes.cells)
        cell.cut_short = "stopped by for after 36 of 1000 rounds";
    CHECK(verdicts() == std::vector{inconclusive, inconclusive, upheld});
    CHECK(judge(experiment, outcomes.cells, {}).front().reason.starts_with("stopped by for after 36 of 1000 rounds"));
    for (CellSummary& cell : outcomes.cells) { // it was over anyway
        cell.cell.trials = cell.judged;
        cell.saved = 0;
    }
    CHECK(verdicts() == std::vector{upheld, upheld, upheld});
    const auto somebody = [](std::uint32_t, std::uint32_t) { return 1U; };
    outcomes = run(experiment, somebody);
    for (CellSummary& cell : outcomes.cells)
        cell.cut_short = "stopped by for";
    CHECK(verdicts() == std::vector{refuted, refuted, upheld});
    CHECK(assures_evidence(StopRule::half_width));
    CHECK(assures_evidence(StopRule::sequential));
    CHECK_FALSE(assures_evidence(StopRule::refuted));
    CHECK_FALSE(assures_evidence(StopRule::time));
}

TEST_CASE("where each trial counts for a figure, no rule that saved trials leaves it upheld")
{
    Experiment experiment = experiment_with({"8x1"}, 1000, {});
    for (const auto statistic : {Statistic::most, Statistic::median})
        experiment.expectations.push_back(
            claiming(FigureIs{"detection", statistic, Comparison::less_than, 100, std::nullopt}));
    experiment.stop.half_width = 0.05;
    Outcomes outcomes = run(experiment, nobody);
    for (CellSummary& cell : outcomes.cells) {
        cell.cut_short = "stopped by half_width after 36 of 1000 rounds";
        cell.cut_by_evidence = true;
        cell.figures["detection"] = std::vector<double>(cell.judged, 50);
    }
    const auto judged = judge(experiment, outcomes.cells, outcomes.results);
    CHECK(judged[0].verdict == Verdict::inconclusive);
    CHECK(judged[0].reason.starts_with("stopped by half_width after 36 of 1000 rounds"));
    CHECK(judged[1].verdict == Verdict::upheld); // its interval knows of how many trials it is
    for (CellSummary& cell : outcomes.cells)
        cell.figures["detection"] = std::vector<double>(cell.judged, 200);
    CHECK(judge(experiment, outcomes.cells, outcomes.results)[0].verdict == Verdict::refuted);
    // That there is a trial which takes so long.
    experiment.expectations = {
        claiming(FigureIs{"detection", Statistic::most, Comparison::at_least, 300, std::nullopt})};
    CHECK(judge(experiment, outcomes.cells, {})[0].verdict == Verdict::inconclusive);
    experiment.expectations = {
        claiming(FigureIs{"detection", Statistic::most, Comparison::at_least, 200, std::nullopt})};
    CHECK(judge(experiment, outcomes.cells, {})[0].verdict == Verdict::upheld);
}

TEST_CASE("a rule waits for as many trials as an expectation takes, where the plan has them and they may uphold it")
{
    const auto rounds = [](Claim claim, std::uint32_t trials, const Losses& losses) {
        Experiment experiment = experiment_with({"8x1"}, trials, {std::move(claim)});
        experiment.stop.half_width = 0.05;
        const auto stopped = run(experiment, losses).stopped;
        return stopped ? stopped->rounds : 0;
    };
    const Claim share = share_of(Comparison::at_least, 0.99);
    // 0.05^(1/n) >= 0.99 from 299 on, and after 100 rounds it does not look each time.
    CHECK(rounds(share, 1000, nobody) == 300);
    CHECK(rounds(share, 200, nobody) == 36); // there will never be so many
    // To stop at the first look that refutes would refute many a true claim.
    CHECK(rounds(share, 1000, [](std::uint32_t, std::uint32_t) { return 7U; }) == 300);
    CHECK(rounds(share, 300, nobody) == 300);
    const FigureIs p99{"detection", Statistic::p99, Comparison::less_than, 100, std::nullopt};
    CHECK(trials_for(p99) == 299);
    CHECK(rounds(p99, 1000, nobody) == 300);
    CHECK(rounds(p99, 200, nobody) == 36);

    Experiment experiment = experiment_with({"8x1"}, 1000, {AllSiblings{}, p99});
    experiment.stop.sequential = Sequential{};
    CHECK(run(experiment, nobody).stopped == Stopped{.rule = StopRule::sequential, .rounds = 300});
}

TEST_CASE("a share that is decided sequentially over unlike cells does not hide one of them that has it not")
{
    Experiment experiment = experiment_with({"8x1", "4x1"}, 1000, {share_of(Comparison::at_least, 0.4)});
    experiment.stop.sequential = Sequential{};
    const auto one_cell = [](std::uint32_t cell, std::uint32_t) { return cell == 1 ? 7U : 0U; };
    const Outcomes outcomes = run(experiment, one_cell);
    REQUIRE(outcomes.results[0].decision == Decision::high);
    const Judged judged = judge(experiment, outcomes.cells, outcomes.results).front();
    CHECK(judged.verdict == Verdict::refuted);
    CHECK(judged.reason.starts_with("8x1 abort: sequential test: the mean share of survivors is at most "));
    CHECK(judge(experiment, run(experiment, nobody).cells, run(experiment, nobody).results).front().verdict ==
          Verdict::upheld);
}

TEST_CASE("a sequential test that has decided keeps its verdict, whatever rule stops the campaign")
{
    Experiment experiment = experiment_with({"8x1"}, 1000, {AllSiblings{}});
    experiment.stop.sequential = Sequential{};
    Outcomes outcomes = run(experiment, nobody);
    for (CellSummary& cell : outcomes.cells)
        cell.cut_short = "stopped by for";
    CHECK(judge(experiment, outcomes.cells, outcomes.results).front().verdict == Verdict::upheld);
}

TEST_CASE("half_width stops once the widest interval is narrow enough")
{
    Experiment experiment = experiment_with({"8x1", "4x1"}, 1000, {AllSiblings{}});
    experiment.stop.half_width = 0.05;
    // 1 - 0.025^(1/n) <= 0.1 from n = 36 on.
    CHECK(run(experiment, nobody).stopped == Stopped{.rule = StopRule::half_width, .rounds = 36});
    const auto by_turns = [](std::uint32_t cell, std::uint32_t number) {
        return cell == 1 && number % 2 == 0 ? 7U : 0U;
    };
    const Outcomes wide = run(experiment, by_turns);
    REQUIRE(wide.stopped.has_value());
    CHECK(wide.stopped->rounds > 380); // 1.96^2 * 0.25 / 0.05^2 = 384, by the normal approximation
    CHECK(wide.stopped->rounds < 420);
}

TEST_CASE("a sequential campaign ends with its last decision, and each verdict is the one that was decided")
{
    Experiment experiment = experiment_with({"8x1"}, 1000, {AllSiblings{}, share_of(Comparison::at_least, 0.5)});
    experiment.stop.sequential = Sequential{};
    const Outcomes outcomes = run(experiment, nobody);
    // ln(0.05 / 0.95) / ln(0.95) = 57.4
    CHECK(outcomes.stopped == Stopped{.rule = StopRule::sequential, .rounds = 58});
    CHECK(outcomes.results[0].trials == 58);
    CHECK(outcomes.results[1].trials < 58);
    for (const Judged& judged : judge(experiment, outcomes.cells, outcomes.results)) {
        CHECK(judged.verdict == Verdict::upheld);
        CHECK(judged.reason.find("sequential test: ") == 0);
    }
}

TEST_CASE("a sequential campaign that reaches its count without a decision has no verdict")
{
    Experiment experiment = experiment_with({"8x1"}, 50, {AllSiblings{}});
    experiment.stop.sequential = Sequential{};
    const Outcomes outcomes = run(experiment, nobody);
    CHECK(outcomes.stopped == std::nullopt);
    CHECK(judge(experiment, outcomes.cells, outcomes.results).front().verdict == Verdict::inconclusive);
}

TEST_CASE("once golden runs lost somebody their expectations are decided, for nothing can come of them any more")
{
    const auto stopped_by = [](const std::function<void(StopRules&)>& set, std::initializer_list<Claim> claims,
                               std::uint32_t broken) {
        Experiment experiment = experiment_with({"8x1", "4x1"}, 200, claims);
        experiment.expectations.front().when.shapes = {shape("8x1")};
        experiment.expectations.back().when.shapes = {shape("4x1")};
        set(experiment.stop);
        const auto cells = expand(experiment);
        Stopping stopping(experiment, cells);
        TrialOrder order(experiment, cells);
        while (const auto turn = order.next()) {
            const Cell& cell = cells[turn->trial.cell];
            TrialRecord record;
            record.plan.cell = cell.number;
            record.plan.number = turn->trial.number;
            const bool loses = is_golden(cell.fault) && (broken == 2 || cell.shape == shape("8x1"));
            stopping.add(record, judgement_of(cell, loses ? 1 : 0));
        }
        return stopping.stopped();
    };
    const auto sequential = [](StopRules& rules) { rules.sequential = Sequential{}; };
    const auto until_refuted = [](StopRules& rules) { rules.until_refuted = true; };
    CHECK(stopped_by(sequential, {AllSiblings{}, AllSiblings{}}, 2) ==
          Stopped{.rule = StopRule::sequential, .rounds = 1});
    CHECK(stopped_by(sequential, {AllSiblings{}, AllSiblings{}}, 1) ==
          Stopped{.rule = StopRule::sequential, .rounds = 58}); // the other one is tested to its end
    CHECK(stopped_by(until_refuted, {AllSiblings{}, AllSiblings{}}, 2) ==
          Stopped{.rule = StopRule::refuted, .rounds = 1});
    CHECK(stopped_by(until_refuted, {AllSiblings{}, AllSiblings{}}, 1) == std::nullopt);
    CHECK(stopped_by(until_refuted, {share_of(Comparison::at_least, 0.5), share_of(Comparison::at_least, 0.5)}, 2) ==
          std::nullopt); // nor could it be refuted before
}

TEST_CASE("in whatever order trials come, also beyond the end, the rule holds after the same round")
{
    Experiment experiment = experiment_with({"8x1", "4x1"}, 300, {share_of(Comparison::at_least, 0.8)});
    experiment.stop.sequential = Sequential{};
    const auto some = [](std::uint32_t cell, std::uint32_t number) {
        return static_cast<std::uint32_t>(mix(cell * 1000 + number) % 4);
    };
    const Outcomes planned = run(experiment, some);
    REQUIRE(planned.stopped.has_value());
    const auto cells = expand(experiment);
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        Stopping stopping(experiment, cells);
        std::vector<TrialAddress> trials = order_trials(experiment, cells);
        Random random(seed);
        for (std::size_t left = trials.size(); left > 1; --left)
            std::swap(trials[left - 1], trials[random.below(left)]);
        for (const TrialAddress& trial : trials) {
            TrialRecord record;
            record.plan.cell = trial.cell;
            record.plan.number = trial.number;
            const Cell& cell = cells[trial.cell];
            stopping.add(record, judgement_of(cell, is_golden(cell.fault) ? 0 : some(trial.cell, trial.number)));
        }
        CHECK(stopping.stopped() == planned.stopped);
        CHECK(stopping.results().front().hits == planned.results.front().hits);
    }
}

TEST_CASE("in 10,000 campaigns a sequential expectation errs no more often than it may, and verdict and decision agree")
{
    constexpr int campaigns = 10'000;
    Experiment experiment = experiment_with({"4x1"}, 400, {share_of(Comparison::at_least, 0.9)});
    experiment.stop.sequential = Sequential{.alpha = 0.05, .beta = 0.1, .indifference = 0.3};
    Random random(7);
    // All siblings of a trial share one fate, which is as far from independent as they can be.
    const auto errors = [&](double share, Verdict wrong) {
        int count = 0;
        for (int campaign = 0; campaign < campaigns; ++campaign) {
            const Outcomes outcomes = run(experiment, [&](std::uint32_t, std::uint32_t) {
                return static_cast<double>(random.next() >> 11U) * 0x1p-53 < share ? 0U : 3U;
            });
            const Verdict verdict = judge(experiment, outcomes.cells, outcomes.results).front().verdict;
            REQUIRE(outcomes.stopped.has_value());
            REQUIRE((outcomes.results.front().decision == Decision::high) == (verdict == Verdict::upheld));
            REQUIRE(verdict != Verdict::inconclusive);
            count += verdict == wrong ? 1 : 0;
        }
        return count;
    };
    CHECK(errors(0.6, Verdict::upheld) <= campaigns * 0.05 / 0.9);
    CHECK(errors(0.9, Verdict::refuted) <= campaigns * 0.1 / 0.95);
}

TEST_CASE("a rule looks after each of the first hundred rounds, and at a million trials after few of them")
{
    Experiment experiment = experiment_with({"8x1"}, 1'000'000, {AllSiblings{}});
    experiment.stop.until_refuted = true;
    const Outcomes late =
        run(experiment, [](std::uint32_t, std::uint32_t number) { return number == 20'000 ? 1U : 0U; });
    REQUIRE(late.stopped.has_value());
    CHECK(late.stopped->rounds >= 20'001);
    CHECK(late.stopped->rounds <= 20'001 + 202);
}
