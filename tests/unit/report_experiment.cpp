#include "report_samples.hpp"

#include "harness/report/text.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace bulkhead;
using samples::lines_of;
using samples::says;

namespace {

constexpr report::Style plain{.colour = false, .width = 80};
const std::string alarm = "GOLDEN RUNS LOST WORKERS";

report::ExperimentReport first_look()
{
    model::Experiment experiment =
        samples::experiment({"8x1", "4x2", "1x8"}, {"segv-null", "abort", "exit", "thread-exit"});
    experiment.expectations = {samples::expectation({"8x1"}, {}, model::AllSiblings{}),
                               samples::expectation({"1x8"}, {"segv-null", "abort"}, model::NoSibling{}),
                               samples::expectation({}, {}, model::AsPredicted{})};
    return samples::report_on(experiment);
}

report::ExperimentReport with_a_dead_sibling()
{
    report::ExperimentReport report = first_look();
    samples::rerun(report, "abort", "4x2", 20, 3,
                   {.a_sibling_dies = true, .a_sibling_stalls = false, .inconclusive = ""});
    return report;
}

report::ExperimentReport with_a_lost_golden_run()
{
    report::ExperimentReport report = first_look();
    samples::rerun(report, "none", "4x2", 8, 2,
                   {.a_sibling_dies = true, .a_sibling_stalls = false, .inconclusive = ""});
    return report;
}

report::ExperimentReport with_doubts()
{
    report::ExperimentReport report = first_look();
    samples::rerun(report, "exit", "1x8", 20, 2,
                   {.a_sibling_dies = false, .a_sibling_stalls = false, .inconclusive = "fork: no processes left"});
    return report;
}

report::ExperimentReport interrupted()
{
    report::ExperimentReport report = first_look();
    samples::rerun(report, "abort", "4x2", 0, 0, {});
    samples::rerun(report, "exit", "4x2", 3, 0, {});
    report.finished = report.planned - 37;
    report.ended = "interrupted";
    return report;
}

report::ExperimentReport large()
{
    std::vector<std::string> faults;
    for (const model::FaultRow& row : model::catalogue()) {
        if (model::takes_signal(row)) {
            faults.push_back(std::string(row.id) + ":SIGRTMIN+12");
        } else if (row.family != model::Family::control && row.family != model::Family::harness) {
            faults.emplace_back(row.id);
        }
    }
    model::Experiment experiment = samples::experiment(
        {"1x1", "2x1", "1x2", "8x1", "4x2", "2x4", "1x8", "64x1", "16x4", "1x64", "3x3", "5x2"}, faults);
    experiment.trials = 2;
    experiment.question = std::string(150, 'x') + "\x1b[31m and \n then some words in red?";
    return samples::report_on(experiment);
}

report::ExperimentReport of_a_dozen_shapes()
{
    return samples::report_on(
        samples::experiment({"1x1", "2x1", "1x2", "8x1", "4x2", "2x4", "1x8", "64x1", "16x4", "1x64", "3x3", "5x2"},
                            {"truncate-shared-file", "abort", "exit", "thread-exit", "kill:SIGRTMIN+12"}));
}

std::string line_with(const std::string& text, const std::string& part)
{
    for (const std::string& line : lines_of(text)) {
        if (line.find(part) != std::string::npos) {
            return line;
        }
    }
    return "";
}

std::size_t occurrences(const std::string& text, const std::string& part)
{
    std::size_t number = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++number;
    }
    return number;
}

} // namespace

TEST_CASE("no line of an experiment's report is wider than the terminal")
{
    for (const report::ExperimentReport& report : {first_look(), with_a_dead_sibling(), with_a_lost_golden_run(),
                                                   with_doubts(), interrupted(), large(), of_a_dozen_shapes()}) {
        for (const std::uint32_t width : {60U, 80U, 120U}) {
            for (const std::string& line :
                 lines_of(report::experiment_text(report, {.colour = true, .width = width}))) {
                CAPTURE(line);
                CHECK(report::columns(line) <= width);
                CHECK_FALSE(line.ends_with(' '));
            }
        }
    }
}

TEST_CASE("a report without colour holds no escape byte, whatever its file says")
{
    CHECK(report::experiment_text(large(), plain).find('\x1b') == std::string::npos);
    CHECK(report::experiment_text(with_a_lost_golden_run(), plain).find('\x1b') == std::string::npos);
}

TEST_CASE("colour changes the look and not a letter")
{
    for (const report::ExperimentReport& report : {with_a_dead_sibling(), with_doubts(), interrupted()}) {
        const std::string coloured = report::experiment_text(report, {.colour = true, .width = 80});
        CHECK(coloured.find("\x1b[") != std::string::npos);
        CHECK(lines_of(coloured) == lines_of(report::experiment_text(report, plain)));
    }
}

TEST_CASE("a cell shows the survivors as measured beside the prediction")
{
    const std::string text = report::experiment_text(first_look(), plain);
    CHECK(line_with(text, "  segv-null") == "  segv-null    140/140 = all  120/140 = 6/7    0/140 = none");
    CHECK(line_with(text, "  thread-exit") == "  thread-exit  140/140 = all  140/140 = all  140/140 = all");
    CHECK(says(text, "siblings lost: 480 died, none otherwise"));
}

TEST_CASE("a disagreement with the prediction is visible without colour")
{
    const std::string text = report::experiment_text(with_a_dead_sibling(), plain);
    CHECK(line_with(text, "  abort").find("114/140 ! 6/7") != std::string::npos);
    CHECK(says(text, "! not as predicted"));
    CHECK(says(text, "! abort at 4x2: 3 of 20 trials not as predicted (cell-mates died, other hosts intact)"));
    CHECK(report::experiment_text(first_look(), plain).find('!') == std::string::npos);
}

TEST_CASE("the right number of survivors with another outcome than predicted is a disagreement")
{
    report::ExperimentReport report = first_look();
    model::CellSummary& cell = samples::cell_of(report, "abort", "4x2");
    --cell.trials_as_predicted;
    --cell.sibling_outcomes.at(static_cast<std::size_t>(model::Outcome::died));
    ++cell.sibling_outcomes.at(static_cast<std::size_t>(model::Outcome::stalled));
    const std::string text = report::experiment_text(report, plain);
    CHECK(line_with(text, "  abort").find("120/140 ! 6/7") != std::string::npos);
    CHECK(says(text, "siblings lost: 1 stalled (abort at 4x2)"));
}

TEST_CASE("golden runs that lost a sibling are told loudly, first and last")
{
    const std::string text = report::experiment_text(with_a_lost_golden_run(), plain);
    REQUIRE(occurrences(text, alarm) == 2);
    CHECK(text.find(alarm) < text.find("siblings that survived"));
    CHECK(text.rfind(alarm) > text.find("bulkhead show"));
    CHECK(says(text, "4x2: 4 of 56 siblings lost, in 2 of 8 golden runs."));
    CHECK(line_with(text, "  golden runs").find("52/56 ! all") != std::string::npos);
    CHECK(report::experiment_text(first_look(), plain).find(alarm) == std::string::npos);
}

TEST_CASE("a would-be victim that is lost in a golden run is told like a sibling: nothing was done to it either")
{
    report::ExperimentReport report = first_look();
    model::CellSummary& golden = samples::cell_of(report, "none", "1x8");
    --golden.victim_outcomes.at(static_cast<std::size_t>(model::Outcome::intact));
    ++golden.victim_outcomes.at(static_cast<std::size_t>(model::Outcome::died));
    const std::string text = report::experiment_text(report, plain);
    CHECK(occurrences(text, alarm) == 2);
    CHECK(says(text, "1x8: 1 would-be victim lost in 8 golden runs."));
    golden.worst_loses_victim = true; // as a record of it would have it
    CHECK(says(report::experiment_text(report, plain), "the would-be victim was lost, and nothing was done to it"));
}

TEST_CASE("the worst trial is told with what is odd about it, also where as many survived as predicted")
{
    report::ExperimentReport report = samples::report_on(samples::experiment({"8x1"}, {"abort"}));
    CHECK(says(report::experiment_text(report, plain), "7 of 7 siblings survived, as predicted"));
    samples::rerun(report, "abort", "8x1", 20, 1, {.a_sibling_dies = true, .inconclusive = ""});
    CHECK(says(report::experiment_text(report, plain), "6 of 7 siblings survived, which was not predicted"));
    model::CellSummary& cell = samples::cell_of(report, "abort", "8x1");
    cell.worst_survivors = 7;
    CHECK(says(report::experiment_text(report, plain),
               "7 of 7 siblings survived, but not every sibling had the predicted outcome"));
}

TEST_CASE("of several variants each remark names its own")
{
    model::Experiment two = samples::experiment({"4x2"}, {"abort"});
    two.variants = {{.strategy = model::Strategy::never}, {.strategy = model::Strategy::one_for_one}};
    report::ExperimentReport report = samples::report_on(two);
    samples::rerun(report, "abort", "4x2", 20, 3, {.a_sibling_dies = true, .inconclusive = {}});
    samples::rerun(report, "none", "4x2", 2, 1, {.a_sibling_stalls = true, .inconclusive = {}});
    const std::string text = report::experiment_text(report, plain);
    CHECK(says(text, "! abort at 4x2 with counter: 3 of 20 trials not as predicted"));
    CHECK(says(text, "1 stalled (golden runs at 4x2 with counter)"));
    CHECK(says(text, "4x2 with counter: 1 of 14 siblings lost, in 1 of 2 golden runs."));
    CHECK(says(text, "golden run at 4x2 with counter: "));
    CHECK(occurrences(text, "one-for-one") == 2); // in the heading, and above its table
}

TEST_CASE("the trial to look at first is a golden run with a loss, then one that did not go as predicted")
{
    report::ExperimentReport report = first_look();
    const auto command = [&](const std::string& fault, const std::string& shape) {
        return "bulkhead show bulkhead-results/first-look.db " +
               std::to_string(samples::cell_of(report, fault, shape).cell.first_id) + "\n";
    };
    CHECK(report::experiment_text(report, plain).ends_with(command("segv-null", "1x8")));
    report = with_a_dead_sibling();
    CHECK(report::experiment_text(report, plain).ends_with(command("abort", "4x2")));
    report = with_a_lost_golden_run();
    CHECK(report::experiment_text(report, plain).find(command("none", "4x2")) != std::string::npos);
}

TEST_CASE("inconclusive trials are marked, left out of the counts, and explained by the first reason")
{
    const std::string text = report::experiment_text(with_doubts(), plain);
    CHECK(line_with(text, "  exit").find("0/126 ? none") != std::string::npos);
    CHECK(says(text, "? exit at 1x8: 2 trials inconclusive and left out; first reason: fork: no processes left"));
    CHECK(says(text, "2 inconclusive"));
}

TEST_CASE("a campaign that was cut short says how much was run and what was not")
{
    const std::string text = report::experiment_text(interrupted(), plain);
    CHECK(says(text, "NOT COMPLETE interrupted: 227 of 264 trials were run in 4.12 s, 37 were not;"));
    CHECK(says(text, "Of 15 cells, 1 has no trial at all."));
    CHECK(line_with(text, "  abort").find("not run   6/7") != std::string::npos);
    CHECK(line_with(text, "  exit").find("18/21 = 6/7") != std::string::npos);
}

TEST_CASE("a campaign in which nothing was run does not look like a success")
{
    report::ExperimentReport report = first_look();
    for (model::CellSummary& cell : report.cells) {
        const model::Cell planned = cell.cell;
        cell = {};
        cell.cell = planned;
    }
    report.finished = 0;
    report.judged = model::judge(report.experiment, report.cells);
    const std::string text = report::experiment_text(report, plain);
    CHECK(says(text, "NOT COMPLETE noted as complete, but it is not: 0 of 264 trials were run"));
    CHECK(says(text, "Nothing was measured."));
    CHECK(text.find("UPHELD") == std::string::npos);
    CHECK(text.find("worst") == std::string::npos);
}

TEST_CASE("a results file whose campaign never ended says so")
{
    report::ExperimentReport report = first_look();
    report.ended.clear();
    CHECK(says(report::experiment_text(report, plain), "its end was never noted (killed, or still at work)"));
}

TEST_CASE("every expectation has its verdict and the reason, upheld ones too")
{
    report::ExperimentReport report = first_look();
    std::string text = report::experiment_text(report, plain);
    CHECK(occurrences(text, "UPHELD  ") == 3);
    CHECK(says(text, "expectations 3 upheld"));
    for (const model::Judged& judged : report.judged) {
        CHECK(says(text, model::describe(report.experiment.expectations.at(judged.expectation))));
        CHECK(says(text, judged.reason));
    }
    text = report::experiment_text(with_a_dead_sibling(), plain);
    CHECK(says(text, "REFUTED every shape, every fault: blast_radius = predicted"));
    CHECK(says(text, "(experiments/first-look.toml:24)"));
    CHECK(says(report::experiment_text(with_a_lost_golden_run(), plain), "INCONCLUSIVE every shape, every fault"));
}

TEST_CASE("an experiment without expectations says why it has no verdict")
{
    const report::ExperimentReport report = samples::report_on(samples::experiment({"2x1"}, {"abort"}));
    CHECK(says(report::experiment_text(report, plain), "expectations none stated, so there is no verdict"));
}

TEST_CASE("a pool of one worker has no siblings to count")
{
    const std::string text =
        report::experiment_text(samples::report_on(samples::experiment({"1x1", "2x1"}, {"abort"})), plain);
    CHECK(line_with(text, "  abort") == "  abort          -     20/20 = all");
}

TEST_CASE("the report tells how victims ended and how soon that was noticed")
{
    report::ExperimentReport report =
        samples::report_on(samples::experiment({"8x1", "1x8"}, {"abort", "exit", "thread-exit"}));
    model::CellSummary& cell = samples::cell_of(report, "abort", "8x1");
    std::vector<double> detections(198, 61);
    detections.insert(detections.end(), 2, 1200);
    cell.figures["detection"] = detections;
    samples::cell_of(report, "abort", "1x8").figures.erase("detection");
    std::string text = report::experiment_text(report, plain);
    text.erase(0, text.find("until the fault was noticed"));
    CHECK(line_with(text, "  abort").find("61 / 61 us") != std::string::npos);
    CHECK(line_with(text, "  abort").ends_with("  SIGABRT"));
    CHECK(line_with(text, "  exit").ends_with("  exit code 3"));
    CHECK(line_with(text, "  thread-exit").ends_with("  thread ended"));
    CHECK(says(text, "thread-exit: at 8x1 the victim was alone in its host, which ended with it: exited with code 0"));
    detections.insert(detections.end(), 8, 1200);
    cell.figures["detection"] = detections;
    text = report::experiment_text(report, plain);
    CHECK(text.find("61 us / 1.2 ms") != std::string::npos);
}

TEST_CASE("of few trials the report names the slowest detection as that, and a p99 only where one is shown")
{
    report::ExperimentReport report = samples::report_on(samples::experiment({"8x1", "1x8"}, {"abort"}));
    CHECK(report::experiment_text(report, plain).find("noticed  median / slowest\n") != std::string::npos);
    const std::vector<double> detections(200, 61);
    samples::cell_of(report, "abort", "8x1").figures["detection"] = detections;
    CHECK(says(report::experiment_text(report, plain), "median / p99 (of fewer than 100: the slowest)"));
    samples::cell_of(report, "abort", "1x8").figures["detection"] = detections;
    CHECK(report::experiment_text(report, plain).find("noticed  median / p99\n") != std::string::npos);
}

TEST_CASE("a dozen shapes stand in several blocks, each of them once")
{
    const std::string text = report::experiment_text(of_a_dozen_shapes(), plain);
    const std::string matrix = text.substr(0, text.find("until the fault was noticed"));
    for (const std::string shape : {"1x1", "8x1", "4x2", "64x1", "16x4", "1x64", "5x2"}) {
        CHECK(occurrences(matrix, " " + shape) == 1);
    }
    CHECK(occurrences(matrix, "  truncate-shared-file") > 2);
    CHECK(occurrences(matrix, "  kill:SIGRTMIN+12") > 2);
}

TEST_CASE("a command is never broken, so that it can be copied")
{
    report::ExperimentReport report = first_look();
    report.results = "/home/somebody/with a very long folder name/" + std::string(80, 'y') + ".db";
    const std::string text = report::experiment_text(report, plain);
    CHECK(line_with(text, "bulkhead show").find("show '" + report.results + "' ") != std::string::npos);
}
