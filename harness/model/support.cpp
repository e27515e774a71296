#include "harness/model/support.hpp"

#include "harness/model/claim.hpp"
#include "harness/model/sequential_claim.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace bulkhead::model {
namespace {

/// The cells that a claim can be about: of siblings only such as have some.
bool counts(const Cell& cell, bool about_siblings)
{
    return cell.skipped.empty() && cell.trials > 0 && (!about_siblings || cell.shape.workers() > 1);
}

/// True for a claim that no, or few, siblings have the outcome.
bool wants_none(const Claim& claim)
{
    const auto* const share = std::get_if<ShareOfSiblings>(&claim);
    const bool ceiling =
        share != nullptr && (share->comparison == Comparison::at_most || share->comparison == Comparison::less_than);
    return ceiling || std::holds_alternative<NoSibling>(claim);
}

constexpr std::string_view loses_a_sibling = "loses a sibling";

/// What no trial of the claim's may do.
std::string counterexample_of(const Claim& claim)
{
    if (std::holds_alternative<AsPredicted>(claim)) {
        return "goes otherwise than predicted";
    }
    if (std::holds_alternative<VictimEnds>(claim)) {
        return "ends the victim otherwise";
    }
    const Outcome outcome = outcome_of(claim);
    if (outcome == Outcome::intact) {
        return wants_none(claim) ? "spares a sibling" : std::string(loses_a_sibling);
    }
    return fmt::format("has a sibling {} the outcome {}", wants_none(claim) ? "with" : "without", to_string(outcome));
}

/// What is known when no trial is a counterexample: not that there never is one.
std::string shows_only(std::uint64_t trials, std::string_view of, std::string_view counterexample,
                       double confidence = default_confidence)
{
    return fmt::format("if none of {}{} {}, that shows only: fewer than {:.3g}% of trials do (at {:.6g}%)",
                       counted(trials, "trial"), of, counterexample, 100 * otherwise_after(trials, confidence),
                       100 * confidence);
}

/// Every trial goes as is claimed, as far as that can be.
Evidence ideal(const Claim& claim, std::uint64_t trials)
{
    const std::uint64_t having = wants_none(claim) ? 0 : trials;
    Evidence evidence{.judged = trials,
                      .siblings = trials,
                      .having = having,
                      .unanimity = {.trials_all = static_cast<std::uint32_t>(having),
                                    .trials_none = static_cast<std::uint32_t>(trials - having),
                                    .share_sum = static_cast<double>(having)},
                      .trials_as_predicted = trials};
    if (const auto* const victim = std::get_if<VictimEnds>(&claim)) {
        evidence.victim_ends[victim->ways.front()] = trials;
    }
    return evidence;
}

/// The number of trials after which the test decides when each one goes as is claimed.
std::uint64_t earliest_decision(const Claim& claim, const SequentialTest& test)
{
    const auto decides = [&](std::uint64_t trials) {
        return decide(test, hits_of(claim, ideal(claim, trials)), static_cast<double>(trials)) != Decision::go_on;
    };
    constexpr std::uint64_t most = std::uint64_t{1} << 31U; // more trials than an experiment can have
    std::uint64_t enough = 1;
    while (enough < most && !decides(enough)) {
        enough *= 2;
    }
    std::uint64_t too_few = enough / 2;
    while (enough - too_few > 1) {
        const std::uint64_t middle = too_few + (enough - too_few) / 2;
        (decides(middle) ? enough : too_few) = middle;
    }
    return enough;
}

Support support_of(const Expectation& expectation, std::uint64_t trials, const StopRules& rules)
{
    const Claim& claim = expectation.claim;
    Support support{.line = expectation.line,
                    .trials = trials,
                    .otherwise = otherwise_after(trials, expectation.confidence),
                    .text = shows_only(trials, "", counterexample_of(claim), expectation.confidence)};
    if (rules.sequential) {
        const std::uint64_t needed = earliest_decision(claim, test_of(claim, *rules.sequential).value());
        support.enough = needed <= trials;
        support.text +=
            fmt::format("; the sequential test upholds it after {} at the earliest", counted(needed, "trial"));
    } else if (const Finding finding = weigh(claim, ideal(claim, trials), expectation.confidence);
               finding.verdict != Verdict::upheld) {
        support.enough = false;
        support.text = finding.reason;
    }
    support.text += support.enough ? "" : ": it cannot be upheld, whatever comes";
    return support;
}

/// A claim about siblings has no verdict where one of its cells has none: see `judge`.
Support support_of_one_alone(const Expectation& expectation, std::uint64_t trials, const Cell& alone)
{
    return {.line = expectation.line,
            .trials = trials,
            .otherwise = 1,
            .enough = false,
            .text = fmt::format("there is no sibling in {} to speak of: it cannot be upheld, whatever comes",
                                to_string(alone.shape))};
}

/// Of fewer trials in one cell its figure decides nothing: each cell is judged by itself.
Support support_of_figure(const Expectation& expectation, const FigureIs& claim, const std::vector<Cell>& cells)
{
    std::uint64_t fewest = std::numeric_limits<std::uint64_t>::max();
    for (const Cell& cell : cells) {
        if (counts(cell, false) && (matches(expectation.when, cell) || (claim.times && matches(*claim.times, cell)))) {
            fewest = std::min<std::uint64_t>(fewest, cell.trials);
        }
    }
    const std::size_t needed = trials_for(claim, expectation.confidence);
    Support support{.line = expectation.line,
                    .trials = fewest,
                    .otherwise = otherwise_after(fewest, expectation.confidence),
                    .enough = needed <= fewest};
    support.text = fmt::format("the {} of {} takes {} of each cell at least", to_string(claim.statistic), claim.figure,
                               counted(needed, "trial"));
    if (!support.enough) {
        support.text += fmt::format(", and one has {}: it cannot be upheld, whatever comes", fewest);
    }
    return support;
}

/// With as few trials the interval is too wide, even when all survive.
Support support_of_half_width(double half_width, std::uint32_t trials)
{
    constexpr double one_side = 0.025;
    const double needed = std::max(1.0, std::ceil(std::log(one_side) / std::log(1 - 2 * half_width)));
    Support support{.trials = trials, .otherwise = otherwise_after(trials), .enough = needed <= trials};
    support.text = fmt::format("half_width {:g} takes {:.0f} trials of a cell at least{}", half_width, needed,
                               support.enough ? "" : ": the rule cannot hold");
    return support;
}

} // namespace

double otherwise_after(std::uint64_t trials, double confidence)
{
    return trials == 0 ? 1 : 1 - std::pow(1 - confidence, 1 / static_cast<double>(trials));
}

bool could_uphold(const Claim& claim, std::uint64_t trials, double confidence)
{
    return trials > 0 && weigh(claim, ideal(claim, trials), confidence).verdict == Verdict::upheld;
}

std::vector<Support> support_of(const Experiment& experiment)
{
    std::vector<Support> all;
    const auto cells = expand(experiment);
    const auto is_tried = [](const Cell& cell) { return counts(cell, true) && !is_golden(cell.fault); };
    if (std::ranges::any_of(cells, is_tried)) {
        all.push_back({.trials = experiment.trials,
                       .otherwise = otherwise_after(experiment.trials),
                       .text = shows_only(experiment.trials, " of a cell", loses_a_sibling)});
    }
    for (const Expectation& expectation : experiment.expectations) {
        const auto* const figure = std::get_if<FigureIs>(&expectation.claim);
        const bool about_siblings = figure == nullptr && !std::holds_alternative<VictimEnds>(expectation.claim);
        std::uint64_t trials = 0;
        for (const Cell& cell : cells) {
            trials += counts(cell, about_siblings) && matches(expectation.when, cell) ? cell.trials : 0;
        }
        if (trials == 0) {
            continue;
        }
        const auto is_alone = [&](const Cell& cell) {
            return about_siblings && cell.shape.workers() == 1 && counts(cell, false) &&
                   matches(expectation.when, cell);
        };
        if (const auto alone = std::ranges::find_if(cells, is_alone); alone != cells.end()) {
            all.push_back(support_of_one_alone(expectation, trials, *alone));
            continue;
        }
        all.push_back(figure != nullptr ? support_of_figure(expectation, *figure, cells)
                                        : support_of(expectation, trials, experiment.stop));
    }
    if (experiment.stop.half_width) {
        all.push_back(support_of_half_width(*experiment.stop.half_width, experiment.trials));
    }
    return all;
}

} // namespace bulkhead::model
