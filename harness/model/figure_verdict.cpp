#include "harness/model/figure_verdict.hpp"

#include "harness/model/cell_verdict.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

namespace bulkhead::model {
namespace {

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

/// Times of clients tell how long they waited, and no longer than the load went on. Empty: somebody was seen to answer
/// again in each trial, or it was not looked for.
std::string unanswered(const std::string& figure, const CellSummary& cell)
{
    const Values& again = values_of("answered_again", cell);
    const bool may_be_cut_off = figure == "gap_at_fault" || figure == "longest_gap" || figure.starts_with("request_p");
    if (!may_be_cut_off || again.empty() || again.least() > 0) {
        return "";
    }
    return fmt::format("in {} of {} of {} nobody answered again as long as there were requests, so that {} would have "
                       "been longer there, nobody knows by how much",
                       std::ranges::count(again.kept(), 0.0), counted(again.kept().size(), "trial"),
                       name_of_arm(cell.cell), figure);
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
    // What is too short may be what makes a ceiling hold or a floor fail; what it is held against, the other way round.
    const bool of_own = is_floor(claim.comparison) == (finding.verdict == Verdict::refuted);
    if (const CellSummary* const censored = of_own ? &cell : base;
        censored != nullptr && finding.verdict != Verdict::inconclusive) {
        if (std::string why = unanswered(claim.figure, *censored); !why.empty()) {
            return {Verdict::inconclusive, std::move(why)};
        }
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

} // namespace

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

} // namespace bulkhead::model
