#include "harness/model/cell_verdict.hpp"
#include "harness/model/claim.hpp"
#include "harness/model/figure_verdict.hpp"
#include "harness/model/matched.hpp"
#include "harness/model/sequential_claim.hpp"

#include <algorithm>

#include <fmt/format.h>

// How an expectation comes to its verdict; the first that applies decides:
//
//   1. The golden runs of a shape lost a worker, or one of them could not be judged: inconclusive.
//   2. None of its trials could be judged, or there is no golden run: inconclusive.
//   3. The judged trials refute it, of a share also those of one cell: refuted, whatever the others might have said. Of
//      a figure only what a single trial can refute; a median that is refuted by some trials may be upheld by all.
//   4. A trial could not be judged, was not run, or had no siblings: inconclusive.
//   5. What the judged trials say; where the experiment is tested sequentially, what the test has decided.
//   6. It would be upheld, but the rest was cut short by a rule that does not assure the evidence (`for`,
//      `until_refuted`, and every rule where each trial counts for a figure), and it has none of its own, as a decided
//      test or a share has whose bound decides: inconclusive. So is what a single trial of the rest might have upheld.

namespace bulkhead::model {
namespace {

bool speaks_of_siblings(const Claim& claim)
{
    return !std::holds_alternative<FigureIs>(claim) && !std::holds_alternative<VictimEnds>(claim);
}

Evidence sum(const Matched& matched, const Claim& claim)
{
    const auto position = static_cast<std::size_t>(outcome_of(claim));
    Evidence evidence;
    for (const CellSummary* cell : matched) {
        if (speaks_of_siblings(claim) && !has_a_sibling(cell)) {
            continue;
        }
        evidence.judged += cell->judged;
        evidence.siblings += cell->siblings;
        evidence.having += cell->sibling_outcomes[position];
        evidence.unanimity += cell->unanimity[position];
        evidence.trials_as_predicted += cell->trials_as_predicted;
        for (const auto& [way, count] : cell->victim_ends) {
            evidence.victim_ends[way] += count;
        }
    }
    return evidence;
}

/// True for a claim that one trial upholds: that the most of all is at least so much, or the least at most.
bool is_about_some_trial(const FigureIs& claim)
{
    const bool extreme = claim.statistic == Statistic::least || claim.statistic == Statistic::most;
    return extreme && !claim.times && !is_about_every_trial(claim);
}

/// Which rule has kept trials from being run; empty when none has, or, `unless_by_evidence`, only one that waits until
/// it is known who survives.
std::string rule_that_saved(const Matched& matched, bool unless_by_evidence)
{
    const auto found = std::ranges::find_if(matched, [=](const CellSummary* cell) {
        return cell->saved > 0 && !(unless_by_evidence && cell->cut_by_evidence);
    });
    return found == matched.end() ? "" : (*found)->cut_short;
}

/// A cell whose own trials speak against the share, though others beside it make up for that; nothing where there is
/// none. As sure as the expectation of all of them: the chance to err is divided among them. Where it is tested
/// sequentially, by the test of the cell's own trials, whose chance to err does not grow with how often it is looked
/// at.
std::optional<Finding> weigh_alone(const Expectation& expectation, const Matched& matched,
                                   const SequentialResult* sequential)
{
    const auto cells = static_cast<double>(matched.size());
    const double each = 1 - (1 - expectation.confidence) / cells;
    SequentialResult alone = sequential != nullptr ? *sequential : SequentialResult{};
    if (alone.test) {
        alone.test->alpha /= cells;
        alone.test->beta /= cells;
    }
    for (const CellSummary* const cell : matched) {
        const Evidence evidence = sum({cell}, expectation.claim);
        if (evidence.siblings == 0) {
            continue;
        }
        if (alone.test) {
            alone.trials = evidence.judged;
            alone.hits = hits_of(expectation.claim, evidence);
            alone.decision = decide(*alone.test, alone.hits, static_cast<double>(alone.trials));
        }
        Finding finding =
            alone.test ? weigh(expectation.claim, evidence, alone) : weigh(expectation.claim, evidence, each);
        if (finding.verdict == Verdict::refuted) {
            finding.reason =
                fmt::format("{} {}: {}", name_of_arm(cell->cell), to_string(cell->cell.fault), finding.reason);
            return finding;
        }
    }
    return std::nullopt;
}

/// `sequential` is null where it is not tested so.
Finding find(const Expectation& expectation, const std::vector<CellSummary>& cells, const SequentialResult* sequential)
{
    const Claim& claim = expectation.claim;
    Matched matched = matched_by(expectation.when, cells);
    if (matched.empty()) {
        return {Verdict::inconclusive, "no cell of the experiment is spoken of"};
    }
    if (const std::string why = drop_skipped(matched); !why.empty()) {
        return {Verdict::inconclusive, "skipped on this machine: " + why};
    }
    if (std::string failure = control_arm_failure(matched, cells); !failure.empty()) {
        return {Verdict::inconclusive, std::move(failure)};
    }
    const auto* const figure = std::get_if<FigureIs>(&claim);
    const Evidence evidence = sum(matched, claim);
    std::string gap = gap_in(matched, speaks_of_siblings(claim));
    if (evidence.judged == 0 && figure == nullptr) {
        return {Verdict::inconclusive, std::move(gap)};
    }
    if (std::string missing = missing_control_arm(matched, cells); !missing.empty()) {
        return {Verdict::inconclusive, std::move(missing)};
    }
    Finding finding = figure != nullptr       ? weigh_figures(*figure, expectation.confidence, matched, cells)
                      : sequential != nullptr ? weigh(claim, evidence, *sequential)
                                              : weigh(claim, evidence, expectation.confidence);
    if (std::holds_alternative<ShareOfSiblings>(claim) && finding.verdict != Verdict::refuted && matched.size() > 1) {
        finding = weigh_alone(expectation, matched, sequential).value_or(std::move(finding));
    }
    const bool stays = finding.verdict == Verdict::refuted && (figure == nullptr || is_about_every_trial(*figure));
    if (!stays && !gap.empty()) {
        return {Verdict::inconclusive, std::move(gap)};
    }
    if (figure != nullptr && finding.verdict == Verdict::refuted && is_about_some_trial(*figure)) {
        const std::string rule = rule_that_saved(matched, false);
        return rule.empty() ? finding : Finding{Verdict::inconclusive, rule + ", and the rest might have upheld it"};
    }
    const bool has_evidence = sequential != nullptr || std::holds_alternative<ShareOfSiblings>(claim);
    if (finding.verdict == Verdict::upheld && !has_evidence) {
        const bool every_trial_counts = figure != nullptr && is_about_every_trial(*figure); // no rule looks at these
        const std::string rule = rule_that_saved(matched, !every_trial_counts);
        return rule.empty() ? finding : Finding{Verdict::inconclusive, rule + ", and the rest might have refuted it"};
    }
    return finding;
}

/// "; without 2 cells that this machine cannot run", where there are others.
std::string but_for_skipped(const Expectation& expectation, const std::vector<CellSummary>& cells)
{
    const Matched matched = matched_by(expectation.when, cells);
    const auto skipped =
        std::ranges::count_if(matched, [](const CellSummary* cell) { return !cell->cell.skipped.empty(); });
    return skipped == 0 || skipped == std::ssize(matched)
               ? ""
               : fmt::format("; without {} that this machine cannot run",
                             counted(static_cast<std::uint64_t>(skipped), "cell"));
}

} // namespace

std::vector<Judged> judge(const Experiment& experiment, const std::vector<CellSummary>& cells)
{
    return judge(experiment, cells, {});
}

std::vector<Judged> judge(const Experiment& experiment, const std::vector<CellSummary>& cells,
                          const std::vector<SequentialResult>& sequential)
{
    std::vector<Judged> judged;
    judged.reserve(experiment.expectations.size());
    for (const Expectation& expectation : experiment.expectations) {
        const bool is_tested = judged.size() < sequential.size() && sequential[judged.size()].test;
        Finding finding = find(expectation, cells, is_tested ? &sequential[judged.size()] : nullptr);
        finding.reason += but_for_skipped(expectation, cells);
        judged.push_back({.expectation = static_cast<std::uint32_t>(judged.size()),
                          .verdict = finding.verdict,
                          .reason = std::move(finding.reason)});
    }
    return judged;
}

} // namespace bulkhead::model
