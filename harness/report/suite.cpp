#include "harness/report/suite.hpp"

#include "harness/model/cell_verdict.hpp"
#include "harness/model/claim.hpp"
#include "harness/report/figures.hpp"
#include "harness/report/text.hpp"

#include <algorithm>

namespace bulkhead::report {
namespace {

Result result_of(model::Verdict verdict)
{
    switch (verdict) {
    case model::Verdict::upheld: return Result::upheld;
    case model::Verdict::refuted: return Result::refuted;
    case model::Verdict::inconclusive: return Result::inconclusive;
    }
    return Result::inconclusive;
}

/// "8x1 segv-null", "4x2 none, ledger lock=none".
std::string cell_name(const model::Cell& cell, bool with_variant)
{
    return to_string(cell.shape) + " " + to_string(cell.fault) + (with_variant ? ", " + to_string(cell.variant) : "");
}

/// The trial that speaks most clearly against a claim about survivors, or of them all the one that comes nearest to it;
/// of another claim the worst.
std::optional<std::uint32_t> trial_against(const model::Claim& claim, const model::CellSummary& cell)
{
    using model::Comparison;
    const auto* const none = std::get_if<model::NoSibling>(&claim);
    const auto* const share = std::get_if<model::ShareOfSiblings>(&claim);
    const auto* const all = std::get_if<model::AllSiblings>(&claim);
    const bool is_cap =
        share != nullptr && (share->comparison == Comparison::at_most || share->comparison == Comparison::less_than);
    if (model::outcome_of(claim) != model::Outcome::intact || !cell.fewest) {
        return cell.worst_trial;
    }
    return none != nullptr || is_cap            ? cell.most->number
           : all != nullptr || share != nullptr ? cell.fewest->number
                                                : cell.worst_trial;
}

/// The command for the trial to look at, of a cell that is no success.
std::string look_at(const ExperimentReport& report, const model::CellSummary& cell, const model::Claim& claim,
                    Result result)
{
    std::optional<std::uint32_t> trial = cell.worst_trial;
    if (result == Result::refuted) {
        trial = trial_against(claim, cell);
    } else if (result == Result::inconclusive && cell.inconclusive_trial) {
        trial = cell.inconclusive_trial;
    }
    if (report.results.empty() || !trial || result == Result::upheld) {
        return "";
    }
    return "bulkhead show " + shell_word(report.results) + " " + std::to_string(cell.cell.first_id + *trial);
}

Case case_of(const ExperimentReport& report, const model::CellVerdict& verdict)
{
    const model::Claim& claim = report.experiment.expectations.at(verdict.expectation).claim;
    Case made;
    made.result = verdict.skipped ? Result::skipped : result_of(verdict.verdict);
    made.reason = verdict.reason;
    if (verdict.cell) {
        const model::CellSummary& cell = report.cells.at(*verdict.cell);
        made.cell = cell_name(cell.cell, report.experiment.variants.size() > 1);
        made.look = look_at(report, cell, claim, made.result);
    }
    return made;
}

/// A shard judges nothing, and says so at each expectation: an empty suite would pass for a success.
std::vector<Expected> expected_of_shard(const ExperimentReport& report)
{
    const std::vector<std::string> ids = model::expectation_ids(report.experiment);
    const std::string reason =
        "shard " + model::to_string(*report.shard) + " is not judged alone: bulkhead merge judges all of them together";
    std::vector<Expected> expected;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const model::Expectation& expectation = report.experiment.expectations.at(i);
        Case made;
        made.result = Result::skipped;
        made.reason = reason;
        expected.push_back({.id = ids[i],
                            .says = model::describe(expectation),
                            .claim = model::describe(expectation.claim),
                            .line = expectation.line,
                            .result = Result::skipped,
                            .reason = reason,
                            .cases = {made}});
    }
    return expected;
}

std::vector<Expected> expected_of(const ExperimentReport& report)
{
    if (report.shard) {
        return expected_of_shard(report);
    }
    const std::vector<std::string> ids = model::expectation_ids(report.experiment);
    std::vector<Expected> expected;
    for (const model::Judged& judged : report.judged) {
        const model::Expectation& expectation = report.experiment.expectations.at(judged.expectation);
        expected.push_back({.id = ids.at(judged.expectation),
                            .says = model::describe(expectation),
                            .claim = model::describe(expectation.claim),
                            .line = expectation.line,
                            .result = result_of(judged.verdict),
                            .reason = judged.reason,
                            .cases = {}});
    }
    for (const model::CellVerdict& verdict : model::judge_cells(report.experiment, report.cells, report.judged)) {
        expected.at(verdict.expectation).cases.push_back(case_of(report, verdict));
    }
    for (Expected& each : expected) {
        if (std::ranges::all_of(each.cases, [](const Case& one) { return one.result == Result::skipped; })) {
            each.result = Result::skipped;
        }
    }
    return expected;
}

std::string trouble_of(const ExperimentReport& report)
{
    std::string text;
    const auto add = [&text](const std::string& what) { text += (text.empty() ? "" : "; ") + what; };
    // As the exit code has it: what nobody noted the end of may be whole nevertheless.
    if (report.finished < report.planned - report.saved) {
        add((report.ended.empty() ? "its end was never noted" : report.ended) + ": " + std::to_string(report.finished) +
            " of " + count(report.planned, "trial") + " were run");
    }
    for (const model::CellSummary* const cell : golden_losses(report.cells)) {
        add("golden runs of " + to_string(cell->cell.shape) + " lost workers, though nothing was done to them");
    }
    std::uint64_t unjudged = 0;
    std::string why;
    for (const model::CellSummary& cell : report.cells) {
        unjudged += cell.inconclusive;
        why = why.empty() ? cell.first_inconclusive : why;
    }
    if (report.judged.empty() && !report.shard && unjudged > 0) {
        add(count(unjudged, "trial") + " could not be judged: " + why);
    }
    return text;
}

} // namespace

std::string_view to_string(Result result)
{
    switch (result) {
    case Result::upheld: return "upheld";
    case Result::refuted: return "refuted";
    case Result::inconclusive: return "inconclusive";
    case Result::skipped: return "skipped";
    }
    return "?";
}

Suite suite_of(const ExperimentReport& report, std::vector<std::pair<std::string, std::string>> facts,
               std::string started)
{
    const model::Experiment& experiment = report.experiment;
    facts.insert(facts.begin(), {"seed", std::to_string(experiment.seed)});
    return {.name = experiment.name,
            .question = experiment.question,
            .file = experiment.origin == "command line" ? "" : experiment.origin,
            .facts = std::move(facts),
            .started = std::move(started),
            .results = report.results,
            .took = report.took,
            .planned = report.planned,
            .finished = report.finished,
            .ended = report.ended,
            .trouble = trouble_of(report),
            .expected = expected_of(report)};
}

Counts count_cases(const Suite& suite)
{
    Counts counts;
    for (const Expected& expected : suite.expected) {
        for (const Case& each : expected.cases) {
            ++counts.all;
            counts.refuted += each.result == Result::refuted ? 1 : 0;
            counts.inconclusive += each.result == Result::inconclusive ? 1 : 0;
            counts.skipped += each.result == Result::skipped ? 1 : 0;
        }
    }
    counts.all += suite.trouble.empty() ? 0 : 1;
    counts.inconclusive += suite.trouble.empty() ? 0 : 1;
    return counts;
}

Counts operator+(const Counts& a, const Counts& b)
{
    return {a.all + b.all, a.refuted + b.refuted, a.inconclusive + b.inconclusive, a.skipped + b.skipped};
}

} // namespace bulkhead::report
