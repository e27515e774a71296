#include "harness/model/claim.hpp"
#include "harness/model/figure.hpp"
#include "tests/unit/model_records.hpp"

#include <algorithm>
#include <doctest/doctest.h>

namespace {

using namespace bulkhead;
using model::Comparison;
using model::FigureIs;
using model::Statistic;
using model::Verdict;

double value_of(const model::TrialRecord& record, std::string_view name)
{
    const auto figures = model::figures_of(record);
    const auto found = std::ranges::find(figures, name, &model::Figure::name);
    return found == figures.end() ? -1 : found->value;
}

FigureIs median(Comparison comparison, double bound)
{
    return {.figure = "throughput", .comparison = comparison, .bound = bound};
}

FigureIs ratio(Comparison comparison, double bound)
{
    return {.figure = "throughput", .comparison = comparison, .bound = bound, .times = model::Selection{}};
}

std::vector<double> around(double middle, std::size_t count)
{
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(middle * (0.99 + 0.02 * static_cast<double>(i) / static_cast<double>(count)));
    return values;
}

} // namespace

TEST_CASE("every figure has a name of its own, and says what it is")
{
    for (const model::FigureRow& row : model::figure_catalogue()) {
        CAPTURE(row.name);
        CHECK(model::find_figure(row.name) == &row);
        CHECK(row.meaning.size() > 10);
    }
    CHECK(model::find_figure("no-such-figure") == nullptr);
}

TEST_CASE("the figures that follow from stamps and rates need no column of their own")
{
    model::TrialRecord record = tests::quiet_record("segv-null", "2x1");
    record.started = 1'000;
    record.steady = 51'000;
    record.fired = 60'000;
    record.end_seen = 90'500;
    record.workers[0].rate_before = 100;
    record.workers[1].rate_before = 50;
    record.figures = {{"sum_error", 7}};
    CHECK(value_of(record, "startup") == 50);
    CHECK(value_of(record, "detection") == 30.5);
    CHECK(value_of(record, "throughput") == 150);
    CHECK(value_of(record, "throughput_after") == -1);
    CHECK(value_of(record, "sum_error") == 7);
}

TEST_CASE("siblings share the victim's wait status when their process is its own, or has ended in the same way")
{
    CHECK(value_of(tests::struck_record("segv-null", "1x4"), "same_wait_status") == 1);
    model::TrialRecord record = tests::struck_record("segv-null", "4x1");
    CHECK(value_of(record, "same_wait_status") == 0);
    const sys::Termination of_victim = *tests::victim_host(record).termination;
    const std::uint32_t other = record.plan.victim.host == 0 ? 1 : 0;
    tests::end_host(record, other, of_victim);
    CHECK(value_of(record, "same_wait_status") == doctest::Approx(1.0 / 3));
    tests::end_host(record, other, sys::Exited{128 + 11});
    CHECK_MESSAGE(value_of(record, "same_wait_status") == 0, "a shell would call it the same");
    tests::end_host(record, other, of_victim);
    record.hosts[other].ended_in_teardown = true;
    CHECK_MESSAGE(value_of(record, "same_wait_status") == 0, "the harness has ended it");
}

TEST_CASE("where the victim's process has not ended, there is no wait status to have in common")
{
    CHECK(value_of(tests::struck_record("thread-exit", "1x4"), "same_wait_status") == -1);
    CHECK(value_of(tests::quiet_record("none", "1x4"), "same_wait_status") == -1);
    CHECK(value_of(tests::struck_record("segv-null", "1x1"), "same_wait_status") == -1);
}

TEST_CASE("a median is held against a bound by the end of its interval that decides")
{
    const auto values = around(100, 20);
    CHECK(weigh_figure(median(Comparison::at_least, 90), values, {}).verdict == Verdict::upheld);
    CHECK(weigh_figure(median(Comparison::at_most, 90), values, {}).verdict == Verdict::refuted);
    CHECK(weigh_figure(median(Comparison::at_least, 100), values, {}).verdict == Verdict::inconclusive);
    CHECK(weigh_figure(median(Comparison::less_than, 110), values, {}).verdict == Verdict::upheld);
}

TEST_CASE("a median of four trials has no interval at 95%, that of five has")
{
    CHECK(weigh_figure(median(Comparison::at_least, 1), around(100, 4), {}).verdict == Verdict::inconclusive);
    CHECK(weigh_figure(median(Comparison::at_least, 1), around(100, 5), {}).verdict == Verdict::upheld);
}

TEST_CASE("a claim about every trial is decided by a single one")
{
    FigureIs claim{
        .figure = "lost_updates", .statistic = Statistic::most, .comparison = Comparison::at_most, .bound = 0};
    std::vector<double> values(30, 0.0);
    CHECK(weigh_figure(claim, values, {}).verdict == Verdict::upheld);
    values[17] = 1;
    CHECK(weigh_figure(claim, values, {}).verdict == Verdict::refuted);
    claim.statistic = Statistic::least;
    CHECK(weigh_figure(claim, values, {}).verdict == Verdict::upheld);
}

TEST_CASE("a ratio is that of the medians, whatever the unit of the figure")
{
    CHECK(weigh_figure(ratio(Comparison::at_least, 1.8), around(200, 10), around(100, 10)).verdict == Verdict::upheld);
    CHECK(weigh_figure(ratio(Comparison::at_least, 2.2), around(200, 10), around(100, 10)).verdict == Verdict::refuted);
    CHECK(weigh_figure(ratio(Comparison::at_least, 2.0), around(200, 10), around(100, 10)).verdict ==
          Verdict::inconclusive);
    CHECK(weigh_figure(ratio(Comparison::at_least, 2.0), around(200, 10), around(0, 10)).verdict ==
          Verdict::inconclusive);
}

TEST_CASE("a ratio of few trials is not certain to four nines, however far the two sides lie apart")
{
    // That ten values of one side all lie above ten of the other happens by chance in one of 184,756 cases, but the
    // samples of ten values know nothing beyond those.
    const FigureIs claim = ratio(Comparison::more_than, 1);
    const auto finding = weigh_figure(claim, around(200, 10), around(100, 10), 0.9999);
    CHECK(finding.verdict == Verdict::inconclusive);
    CHECK(finding.reason.find("at least 14 are needed") != std::string::npos);
    CHECK(weigh_figure(claim, around(200, 14), around(100, 14), 0.9999).verdict == Verdict::upheld);
    CHECK(weigh_figure(claim, around(200, 14), around(200, 14), 0.9999).verdict == Verdict::inconclusive);
}

TEST_CASE("a ratio of the least values is not moved by what makes others longer, and takes twenty trials")
{
    FigureIs claim = ratio(Comparison::more_than, 1.5);
    claim.statistic = Statistic::least;
    std::vector<double> slow = around(200, 20);
    std::vector<double> fast = around(100, 20);
    CHECK(weigh_figure(claim, slow, fast).verdict == Verdict::upheld);
    std::fill(fast.begin() + 1, fast.end(), 3000.0); // they waited for a processor
    CHECK(weigh_figure(claim, slow, fast).verdict == Verdict::upheld);
    CHECK(weigh_figure(claim, fast, slow).verdict == Verdict::refuted);
    slow.pop_back();
    CHECK(weigh_figure(claim, slow, fast).verdict == Verdict::inconclusive);
    CHECK(weigh_figure(claim, around(200, 20), around(0, 20)).verdict == Verdict::inconclusive);
    CHECK_FALSE(model::is_about_every_trial(claim));
}

TEST_CASE("a ratio of the most values is not moved by what makes others lower, and takes twenty trials")
{
    FigureIs claim = ratio(Comparison::less_than, 1.2);
    claim.statistic = Statistic::most;
    std::vector<double> one = around(100, 20);
    std::vector<double> other = around(95, 20);
    CHECK(weigh_figure(claim, one, other).verdict == Verdict::upheld);
    std::fill(other.begin(), std::prev(other.end()), 20.0); // they shared the processors
    CHECK(weigh_figure(claim, one, other).verdict == Verdict::upheld);
    claim.comparison = Comparison::at_least;
    CHECK(weigh_figure(claim, one, other).verdict == Verdict::refuted);
    one.pop_back();
    CHECK(weigh_figure(claim, one, other).verdict == Verdict::inconclusive);
    CHECK_FALSE(model::is_about_every_trial(claim));
}

namespace {

/// A campaign of golden runs of two shapes, each with these values of a figure.
model::Verdict verdict_of(const FigureIs& claim, const std::vector<std::vector<double>>& values,
                          std::uint32_t planned = 20)
{
    model::Experiment experiment;
    experiment.shapes = {tests::shape("8x1"), tests::shape("4x2")};
    experiment.faults = {tests::fault("none")};
    experiment.trials = planned;
    model::Expectation expectation = tests::claiming(claim);
    expectation.when.faults = experiment.faults;
    experiment.expectations = {expectation};
    std::vector<model::CellSummary> cells;
    for (const model::Cell& cell : model::expand(experiment)) {
        model::CellSummary& summary = cells.emplace_back();
        summary.cell = cell;
        summary.judged = 20;
        summary.figures[claim.figure] = values.at(cells.size() - 1);
    }
    return model::judge(experiment, cells).front().verdict;
}

} // namespace

TEST_CASE("a wait that ended only because the requests did is no proof that it is short")
{
    model::Experiment experiment;
    experiment.shapes = {tests::shape("8x1")};
    experiment.faults = {tests::fault("abort")};
    experiment.trials = 20;
    std::vector<model::CellSummary> cells;
    for (const model::Cell& cell : model::expand(experiment)) {
        model::CellSummary& summary = cells.emplace_back();
        summary.cell = cell;
        summary.judged = cell.trials;
    }
    model::CellSummary& struck = cells.back();
    REQUIRE_FALSE(model::is_golden(struck.cell.fault));
    const auto verdict = [&](const char* figure, Comparison comparison, double bound) {
        struck.figures[figure] = std::vector<double>(20, 150'000);
        model::Expectation expectation =
            tests::claiming(FigureIs{figure, Statistic::median, comparison, bound, std::nullopt});
        expectation.when.faults = experiment.faults;
        experiment.expectations = {expectation};
        return model::judge(experiment, cells).front().verdict;
    };
    std::vector<double> again(20, 1);
    struck.figures["answered_again"] = again;
    CHECK(verdict("gap_at_fault", Comparison::less_than, 200'000) == Verdict::upheld);
    again.back() = 0;
    struck.figures["answered_again"] = again;
    for (const char* const figure : {"gap_at_fault", "longest_gap", "request_p99"}) {
        CAPTURE(figure);
        CHECK(verdict(figure, Comparison::less_than, 200'000) == Verdict::inconclusive);
        CHECK(verdict(figure, Comparison::less_than, 100'000) == Verdict::refuted);
        CHECK(verdict(figure, Comparison::more_than, 100'000) == Verdict::upheld);
        CHECK(verdict(figure, Comparison::more_than, 200'000) == Verdict::inconclusive);
    }
    CHECK(verdict("startup", Comparison::less_than, 200'000) == Verdict::upheld);
}

TEST_CASE("a claim about a figure is upheld by as many trials as it is said to take, and not by one less")
{
    for (const auto statistic :
         {Statistic::median, Statistic::p90, Statistic::p95, Statistic::p99, Statistic::least, Statistic::most}) {
        for (const auto comparison :
             {Comparison::at_least, Comparison::more_than, Comparison::at_most, Comparison::less_than}) {
            for (const bool beside_others : {false, true}) {
                for (const double confidence : {0.6, 0.95, 0.999}) {
                    FigureIs claim{"detection", statistic, comparison, 10, std::nullopt};
                    if (beside_others) {
                        claim.times = model::Selection{};
                    }
                    const bool floor = comparison == Comparison::at_least || comparison == Comparison::more_than;
                    const auto verdict_of = [&](std::size_t trials) {
                        return weigh_figure(claim, std::vector<double>(trials, floor ? 100 : 1),
                                            std::vector<double>(beside_others ? trials : 0, 1), confidence)
                            .verdict;
                    };
                    const std::size_t needed = trials_for(claim, confidence);
                    CAPTURE(to_string(statistic));
                    CAPTURE(confidence);
                    CHECK(verdict_of(needed) == Verdict::upheld);
                    CHECK(verdict_of(needed - 1) == Verdict::inconclusive);
                }
            }
        }
    }
}

TEST_CASE("a figure is judged in each cell by itself, and the worst of them counts")
{
    const FigureIs claim = median(Comparison::at_least, 90);
    CHECK(verdict_of(claim, {around(100, 20), around(100, 20)}) == Verdict::upheld);
    CHECK(verdict_of(claim, {around(100, 20), around(10, 20)}) == Verdict::refuted);
    CHECK(verdict_of(claim, {around(100, 20), around(90, 20)}) == Verdict::inconclusive);
}

TEST_CASE("trials that do not have the figure keep it from a verdict, for the others may be the lucky ones")
{
    CHECK(verdict_of(median(Comparison::at_least, 90), {around(100, 20), around(100, 15)}) == Verdict::inconclusive);
    FigureIs every{
        .figure = "lost_updates", .statistic = Statistic::most, .comparison = Comparison::at_most, .bound = 0};
    CHECK(verdict_of(every, {std::vector<double>(20, 0), std::vector<double>(15, 0)}) == Verdict::inconclusive);
    CHECK_MESSAGE(verdict_of(every, {std::vector<double>(20, 0), std::vector<double>(15, 1)}) == Verdict::refuted,
                  "one trial is enough to refute what is said of every one");
}

TEST_CASE("trials that were not run may still refute a median's refutation, or be the one that is looked for")
{
    CHECK(verdict_of(median(Comparison::at_least, 110), {around(100, 20), around(100, 20)}, 40) ==
          Verdict::inconclusive);
    FigureIs some{
        .figure = "lost_updates", .statistic = Statistic::most, .comparison = Comparison::at_least, .bound = 1};
    CHECK(verdict_of(some, {std::vector<double>(20, 0), std::vector<double>(20, 0)}, 40) == Verdict::inconclusive);
    CHECK(verdict_of(some, {std::vector<double>(20, 0), std::vector<double>(20, 0)}) == Verdict::refuted);
}

TEST_CASE("a rate decides nothing where other programs had the processors")
{
    const auto verdict_when_taken = [](std::vector<double> taken) {
        model::Experiment experiment;
        experiment.shapes = {tests::shape("1x2")};
        experiment.faults = {tests::fault("none")};
        experiment.trials = 20;
        experiment.expectations = {tests::claiming(median(Comparison::at_least, 90))};
        experiment.expectations.front().when.faults = experiment.faults;
        model::CellSummary summary;
        summary.cell = model::expand(experiment).front();
        summary.judged = 20;
        summary.figures = {{"throughput", around(10, 20)}, {"processors_taken", std::move(taken)}};
        return model::judge(experiment, {summary}).front();
    };
    CHECK(verdict_when_taken(around(0.02, 20)).verdict == Verdict::refuted);
    CHECK_MESSAGE(verdict_when_taken({}).verdict == Verdict::refuted, "the kernel does not tell");
    const model::Judged disturbed = verdict_when_taken(around(0.4, 20));
    CHECK(disturbed.verdict == Verdict::inconclusive);
    CHECK(disturbed.reason.find("other programs took 40% of the processor time") != std::string::npos);
}

TEST_CASE("a figure that no trial has decides nothing")
{
    CHECK(weigh_figure(median(Comparison::at_most, 1e9), {}, {}).verdict == Verdict::inconclusive);
    CHECK(weigh_figure(ratio(Comparison::at_most, 1e9), around(1, 9), {}).verdict == Verdict::inconclusive);
}
