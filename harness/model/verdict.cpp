#include "harness/model/cell_verdict.hpp"
#include "harness/model/claim.hpp"
#include "harness/model/sequential_claim.hpp"

#include <algorithm>
#include <functional>

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
//      `until_refuted`), and it has none of its own, as a decided test or a share has whose bound decides:
//      inconclusive.

namespace bulkhead::model {
namespace {

using Matched = std::vector<const CellSummary*>;

bool is_same_arm(const Cell& one, const Cell& other)
{
    return one.shape == other.shape && one.variant == other.variant;
}

bool speaks_of_siblings(const Claim& claim)
{
    return !std::holds_alternative<FigureIs>(claim) && !std::holds_alternative<VictimEnds>(claim);
}

bool has_a_sibling(const CellSummary* cell)
{
    return cell->cell.shape.workers() > 1;
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

/// One cell for each shape and variant that occurs.
std::vector<const Cell*> arms_of(const Matched& matched)
{
    std::vector<const Cell*> arms;
    for (const CellSummary* summary : matched) {
        const auto is_same = [summary](const Cell* arm) { return is_same_arm(*arm, summary->cell); };
        if (std::ranges::none_of(arms, is_same)) {
            arms.push_back(&summary->cell);
        }
    }
    return arms;
}

/// The golden runs of the same shape and variant; nullptr when there are none.
const CellSummary* control_arm(const Cell& arm, const std::vector<CellSummary>& cells)
{
    const auto golden = std::ranges::find_if(cells, [&arm](const CellSummary& summary) {
        return is_same_arm(summary.cell, arm) && is_golden(summary.cell.fault);
    });
    return golden == cells.end() ? nullptr : &*golden;
}

/// "4x2", "4x2 with ledger lock=none".
std::string name_of_arm(const Cell& arm)
{
    return to_string(arm.shape) + (arm.variant == Variant{} ? "" : " with " + to_string(arm.variant));
}

std::string control_arm_failure(const Matched& matched, const std::vector<CellSummary>& cells)
{
    for (const Cell* const arm : arms_of(matched)) {
        const CellSummary* golden = control_arm(*arm, cells);
        if (golden == nullptr) {
            continue;
        }
        if (const std::uint64_t lost = lost_in(*golden); lost > 0) {
            return fmt::format("control arm failed: {} lost in {} of {}, though nothing was done to them",
                               counted(lost, "worker"), counted(golden->judged, "golden run"), name_of_arm(*arm));
        }
        if (golden->inconclusive > 0) {
            return fmt::format("control arm failed: {} of {} of {} could not be judged: {}", golden->inconclusive,
                               counted(golden->judged + golden->inconclusive, "golden run"), name_of_arm(*arm),
                               golden->first_inconclusive);
        }
    }
    return "";
}

std::string missing_control_arm(const Matched& matched, const std::vector<CellSummary>& cells)
{
    for (const Cell* const arm : arms_of(matched)) {
        const CellSummary* golden = control_arm(*arm, cells);
        if (golden == nullptr || golden->judged == 0) {
            return fmt::format("no golden run of {} was made: there is no control arm", name_of_arm(*arm));
        }
    }
    return "";
}

/// A trial that could not be judged, was not run, or has no siblings to speak of; empty when there is none such.
std::string gap_in(const Matched& matched, bool about_siblings)
{
    std::uint64_t planned = 0;
    std::uint64_t inconclusive = 0;
    std::uint64_t missing = 0;
    std::string why;
    for (const CellSummary* cell : matched) {
        const std::uint64_t run = cell->judged + cell->inconclusive;
        const std::uint64_t due = cell->cell.trials - cell->saved;
        planned += std::max(due, run);
        missing += due > run ? due - run : 0;
        inconclusive += cell->inconclusive;
        if (why.empty() && cell->inconclusive > 0) {
            why = cell->first_inconclusive;
        }
    }
    if (inconclusive > 0) {
        return fmt::format("{} of {} could not be judged: {}", inconclusive, counted(planned, "trial"), why);
    }
    if (missing > 0) {
        return fmt::format("{} of {} not run", missing, counted(planned, "trial"));
    }
    const auto alone = std::ranges::find_if_not(matched, has_a_sibling);
    if (about_siblings && alone != matched.end()) {
        return fmt::format("there is no sibling in {} to speak of", to_string((*alone)->cell.shape));
    }
    return "";
}

/// Which rule has kept trials from being run without regard to the evidence; empty when none has.
std::string cut_short(const Matched& matched)
{
    const auto is_cut = [](const CellSummary* cell) { return cell->saved > 0 && !cell->cut_short.empty(); };
    const auto found = std::ranges::find_if(matched, is_cut);
    return found == matched.end() ? "" : (*found)->cut_short + ", and the rest might have refuted it";
}

Matched matched_by(const Selection& selection, const std::vector<CellSummary>& cells)
{
    Matched matched;
    for (const CellSummary& summary : cells) {
        if (matches(selection, summary.cell)) {
            matched.push_back(&summary);
        }
    }
    return matched;
}

const Values& values_of(const std::string& figure, const CellSummary& cell)
{
    static const Values none;
    const Values* const found = find_values(cell, figure);
    return found == nullptr ? none : *found;
}

/// Trials that could be judged and do not have the figure: the others may be the lucky ones. Empty: there is none such.
std::string missing_figures(const std::string& figure, const CellSummary& cell)
{
    const std::uint64_t has = values_of(figure, cell).count();
    return has == cell.judged
               ? ""
               : fmt::format("{} of {} without {}", cell.judged - has, counted(cell.judged, "trial"), figure);
}

/// A rate is the pool's only where it had the processors. Empty: it had them, or the kernel did not tell.
std::string taken_by_others(const std::string& figure, const CellSummary& cell)
{
    constexpr double most = 0.2; // of what the pool could have had
    const Values& taken = values_of("processors_taken", cell);
    if (figure != "throughput" || taken.empty() || median(taken.kept()) <= most) {
        return "";
    }
    return fmt::format("other programs took {:.0f}% of the processor time that {} could have had (median of {})",
                       100 * median(taken.kept()), name_of_arm(cell.cell), counted(taken.count(), "trial"));
}

/// Of the cells that a figure is held against, those that are like `cell` in whatever they can be like it in.
Matched base_for(const CellSummary& cell, Matched base)
{
    const auto keep_like = [&base](const auto& is_like) {
        if (std::ranges::any_of(base, is_like)) {
            std::erase_if(base, std::not_fn(is_like));
        }
    };
    const Cell& own = cell.cell;
    keep_like([&own](const CellSummary* other) { return other->cell.shape == own.shape; });
    const auto keep_like_in = [&](auto member) {
        keep_like([&](const CellSummary* other) { return other->cell.variant.*member == own.variant.*member; });
    };
    keep_like_in(&Variant::workload);
    keep_like_in(&Variant::locking);
    keep_like_in(&Variant::channel);
    keep_like_in(&Variant::delivery);
    keep_like_in(&Variant::strategy);
    keep_like_in(&Variant::shared);
    keep_like_in(&Variant::guard);
    keep_like_in(&Variant::limits);
    keep_like_in(&Variant::at);
    keep_like([&own](const CellSummary* other) { return other->cell.fault == own.fault; });
    return base;
}

/// What this machine cannot run says nothing for or against a claim. Why, where nothing is left of what there was.
std::string drop_skipped(Matched& cells)
{
    const std::string why = cells.empty() ? "" : cells.front()->cell.skipped;
    std::erase_if(cells, [](const CellSummary* cell) { return !cell->cell.skipped.empty(); });
    return cells.empty() ? why : "";
}

/// Each cell by itself, for what two cells have was not drawn from the same.
Finding weigh_cell(const FigureIs& claim, double confidence, const CellSummary& cell, const CellSummary* base)
{
    static const Values nothing;
    Finding finding = weigh_figure(claim, values_of(claim.figure, cell),
                                   base == nullptr ? nothing : values_of(claim.figure, *base), confidence);
    std::string disturbed = taken_by_others(claim.figure, cell);
    std::string missing = missing_figures(claim.figure, cell);
    if (base != nullptr) {
        disturbed = disturbed.empty() ? taken_by_others(claim.figure, *base) : disturbed;
        missing = missing.empty() ? missing_figures(claim.figure, *base) : missing;
    }
    if (!disturbed.empty()) {
        return {Verdict::inconclusive, std::move(disturbed)};
    }
    const bool stays = finding.verdict == Verdict::refuted && is_about_every_trial(claim);
    return missing.empty() || stays ? finding : Finding{Verdict::inconclusive, std::move(missing)};
}

std::string why_no_base(const Matched& base, const std::vector<CellSummary>& cells)
{
    for (std::string why : {control_arm_failure(base, cells), missing_control_arm(base, cells), gap_in(base, false)}) {
        if (!why.empty()) {
            return why;
        }
    }
    return base.empty() ? "no cell of the experiment is there to be held against" : "";
}

/// The figures' part of `find`: upheld where it is in every cell, refuted where it is in one.
Finding weigh_figures(const FigureIs& claim, double confidence, const Matched& matched,
                      const std::vector<CellSummary>& cells)
{
    Matched base = claim.times ? matched_by(*claim.times, cells) : Matched{};
    if (const std::string why = drop_skipped(base); !why.empty()) {
        return {Verdict::inconclusive, "skipped on this machine, what it is held against: " + why};
    }
    if (std::string why = claim.times ? why_no_base(base, cells) : ""; !why.empty()) {
        return {Verdict::inconclusive, std::move(why)};
    }
    Finding worst{Verdict::upheld, ""};
    for (const CellSummary* const cell : matched) {
        for (const CellSummary* const beside : claim.times ? base_for(*cell, base) : Matched{nullptr}) {
            Finding finding = weigh_cell(claim, confidence, *cell, beside);
            if (worst.reason.empty() || severity(finding.verdict) > severity(worst.verdict)) {
                worst = {finding.verdict, (matched.size() > 1 ? name_of_arm(cell->cell) + ": " : "") + finding.reason};
            }
        }
    }
    return worst;
}

/// A cell whose own trials speak against the share, though others beside it make up for that; nothing where there is
/// none. As sure as the expectation of all of them: the chance to err, 1 - confidence, is divided among them.
std::optional<Finding> weigh_alone(const ShareOfSiblings& claim, double confidence, const Matched& matched)
{
    const double each = 1 - (1 - confidence) / static_cast<double>(matched.size());
    for (const CellSummary* const cell : matched) {
        const Evidence evidence = sum({cell}, claim);
        if (evidence.siblings == 0) {
            continue;
        }
        Finding finding = weigh(claim, evidence, each);
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
    if (const auto* const share = std::get_if<ShareOfSiblings>(&claim);
        share != nullptr && sequential == nullptr && finding.verdict != Verdict::refuted && matched.size() > 1) {
        finding = weigh_alone(*share, expectation.confidence, matched).value_or(std::move(finding));
    }
    const bool stays = finding.verdict == Verdict::refuted && (figure == nullptr || is_about_every_trial(*figure));
    if (!stays && !gap.empty()) {
        return {Verdict::inconclusive, std::move(gap)};
    }
    const bool has_evidence = sequential != nullptr || std::holds_alternative<ShareOfSiblings>(claim);
    if (std::string why = cut_short(matched); finding.verdict == Verdict::upheld && !has_evidence && !why.empty()) {
        return {Verdict::inconclusive, std::move(why)};
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
