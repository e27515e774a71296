#include "harness/model/matched.hpp"

#include "harness/model/claim.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace bulkhead::model {
namespace {

bool is_same_arm(const Cell& one, const Cell& other)
{
    return one.shape == other.shape && one.variant == other.variant;
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

} // namespace

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

bool has_a_sibling(const CellSummary* cell)
{
    return cell->cell.shape.workers() > 1;
}

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

std::string drop_skipped(Matched& cells)
{
    const std::string why = cells.empty() ? "" : cells.front()->cell.skipped;
    std::erase_if(cells, [](const CellSummary* cell) { return !cell->cell.skipped.empty(); });
    return cells.empty() ? why : "";
}

} // namespace bulkhead::model
