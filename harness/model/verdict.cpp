#include "harness/model/claim.hpp"

#include <algorithm>

#include <fmt/format.h>

// How an expectation comes to its verdict; the first that applies decides:
//
//   1. The golden runs of a shape lost a worker, or one of them could not be judged: inconclusive.
//   2. None of its trials could be judged, or there is no golden run: inconclusive.
//   3. The judged trials refute it: refuted, whatever the other trials might have said.
//   4. A trial could not be judged, was not run, or had no siblings: inconclusive.
//   5. What the judged trials say.

namespace bulkhead::model {
namespace {

using Matched = std::vector<const CellSummary*>;

bool has_siblings(const CellSummary* cell)
{
    return cell->cell.shape.workers() > 1;
}

Evidence sum(const Matched& matched)
{
    Evidence evidence;
    for (const CellSummary* cell : matched) {
        if (!has_siblings(cell)) {
            continue;
        }
        evidence.judged += cell->judged;
        evidence.siblings += cell->siblings;
        evidence.survivors += cell->survivors;
        evidence.trials_with_loss += cell->trials_with_loss;
        evidence.trials_all_lost += cell->trials_all_lost;
        evidence.trials_as_predicted += cell->trials_as_predicted;
        evidence.share_sum += cell->share_sum;
    }
    return evidence;
}

std::vector<Shape> shapes_of(const Matched& matched)
{
    std::vector<Shape> shapes;
    for (const CellSummary* cell : matched) {
        if (std::ranges::find(shapes, cell->cell.shape) == shapes.end()) {
            shapes.push_back(cell->cell.shape);
        }
    }
    return shapes;
}

/// The golden runs of the shape; nullptr when there are none.
const CellSummary* control_arm(Shape shape, const std::vector<CellSummary>& cells)
{
    const auto golden = std::ranges::find_if(cells, [shape](const CellSummary& summary) {
        return summary.cell.shape == shape && is_golden(summary.cell.fault);
    });
    return golden == cells.end() ? nullptr : &*golden;
}

/// Workers lost in golden runs, the would-be victims included: nothing was done to them either.
std::uint64_t lost_in(const CellSummary& golden)
{
    std::uint64_t lost = golden.siblings - golden.survivors;
    for (const Outcome outcome : all_outcomes) {
        lost += outcome == Outcome::intact ? 0 : golden.victim_outcomes[static_cast<std::size_t>(outcome)];
    }
    return lost;
}

std::string control_arm_failure(const Matched& matched, const std::vector<CellSummary>& cells)
{
    for (const Shape shape : shapes_of(matched)) {
        const CellSummary* golden = control_arm(shape, cells);
        if (golden == nullptr) {
            continue;
        }
        if (const std::uint64_t lost = lost_in(*golden); lost > 0) {
            return fmt::format("control arm failed: {} lost in {} of {}, though nothing was done to them",
                               counted(lost, "worker"), counted(golden->judged, "golden run"), to_string(shape));
        }
        if (golden->inconclusive > 0) {
            return fmt::format("control arm failed: {} of {} of {} could not be judged: {}", golden->inconclusive,
                               counted(golden->judged + golden->inconclusive, "golden run"), to_string(shape),
                               golden->first_inconclusive);
        }
    }
    return "";
}

std::string missing_control_arm(const Matched& matched, const std::vector<CellSummary>& cells)
{
    for (const Shape shape : shapes_of(matched)) {
        const CellSummary* golden = control_arm(shape, cells);
        if (golden == nullptr || golden->judged == 0) {
            return fmt::format("no golden run of {} was made: there is no control arm", to_string(shape));
        }
    }
    return "";
}

/// A trial that could not be judged, was not run, or has no siblings to speak of; empty when there is none such.
std::string gap_in(const Matched& matched)
{
    std::uint64_t planned = 0;
    std::uint64_t inconclusive = 0;
    std::uint64_t missing = 0;
    std::string why;
    for (const CellSummary* cell : matched) {
        const std::uint64_t run = cell->judged + cell->inconclusive;
        planned += std::max<std::uint64_t>(cell->cell.trials, run);
        missing += cell->cell.trials > run ? cell->cell.trials - run : 0;
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
    const auto alone = std::ranges::find_if_not(matched, has_siblings);
    if (alone != matched.end()) {
        return fmt::format("there is no sibling in {} to speak of", to_string((*alone)->cell.shape));
    }
    return "";
}

Finding find(const Claim& claim, Matched matched, const std::vector<CellSummary>& cells)
{
    if (matched.empty()) {
        return {Verdict::inconclusive, "no cell of the experiment is spoken of"};
    }
    // What this machine cannot run says nothing for or against the claim.
    const std::string why_skipped = matched.front()->cell.skipped;
    std::erase_if(matched, [](const CellSummary* cell) { return !cell->cell.skipped.empty(); });
    if (matched.empty()) {
        return {Verdict::inconclusive, "skipped on this machine: " + why_skipped};
    }
    if (std::string failure = control_arm_failure(matched, cells); !failure.empty()) {
        return {Verdict::inconclusive, std::move(failure)};
    }
    const Evidence evidence = sum(matched);
    std::string gap = gap_in(matched);
    if (evidence.judged == 0) {
        return {Verdict::inconclusive, std::move(gap)};
    }
    if (std::string missing = missing_control_arm(matched, cells); !missing.empty()) {
        return {Verdict::inconclusive, std::move(missing)};
    }
    Finding finding = weigh(claim, evidence);
    if (finding.verdict != Verdict::refuted && !gap.empty()) {
        return {Verdict::inconclusive, std::move(gap)};
    }
    return finding;
}

} // namespace

std::vector<Judged> judge(const Experiment& experiment, const std::vector<CellSummary>& cells)
{
    std::vector<Judged> judged;
    judged.reserve(experiment.expectations.size());
    for (const Expectation& expectation : experiment.expectations) {
        Matched matched;
        for (const CellSummary& summary : cells) {
            if (matches(expectation, summary.cell)) {
                matched.push_back(&summary);
            }
        }
        Finding finding = find(expectation.claim, matched, cells);
        judged.push_back({.expectation = static_cast<std::uint32_t>(judged.size()),
                          .verdict = finding.verdict,
                          .reason = std::move(finding.reason)});
    }
    return judged;
}

} // namespace bulkhead::model
