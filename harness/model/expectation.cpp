#include "harness/model/judge.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace bulkhead::model {
namespace {

/// "a", "a and b", "a, b and c"; `all` when there is none.
template <typename Item>
std::string listed(const std::vector<Item>& items, std::string_view all)
{
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) {
            text += i + 1 == items.size() ? " and " : ", ";
        }
        text += to_string(items[i]);
    }
    return text.empty() ? std::string(all) : text;
}

struct InWords {
    std::string operator()(const AllSiblings& claim) const { return claim_key(claim.outcome) + " = all"; }
    std::string operator()(const NoSibling& claim) const { return claim_key(claim.outcome) + " = none"; }
    std::string operator()(const VictimEnds& claim) const
    {
        std::string ways;
        for (const std::string& way : claim.ways) {
            ways += (ways.empty() ? "" : " or ") + way;
        }
        return "victim = " + ways;
    }
    std::string operator()(const AsPredicted& /*claim*/) const { return "blast_radius = predicted"; }
    std::string operator()(const ShareOfSiblings& claim) const
    {
        return fmt::format("{} {} {}", claim_key(claim.outcome), to_string(claim.comparison), claim.bound);
    }
    std::string operator()(const FigureIs& claim) const
    {
        const std::string statistic =
            claim.statistic == Statistic::median ? "" : fmt::format("{} ", to_string(claim.statistic));
        const std::string base = claim.times ? fmt::format(" times that of {}", describe(*claim.times)) : "";
        return fmt::format("{}{} {} {}{}", statistic, claim.figure, to_string(claim.comparison), claim.bound, base);
    }
};

template <typename Item>
bool wants(const std::vector<Item>& wanted, const Item& item)
{
    return wanted.empty() || std::ranges::find(wanted, item) != wanted.end();
}

/// ", lock plain and robust"; empty where it is not asked for.
template <typename Item>
std::string asked_for(std::string_view what, const std::vector<Item>& items)
{
    return items.empty() ? "" : fmt::format(", {} {}", what, listed(items, ""));
}

} // namespace

bool matches(const Selection& selection, const Cell& cell)
{
    return wants(selection.shapes, cell.shape) && wants(selection.workloads, cell.variant.workload) &&
           wants(selection.lockings, cell.variant.locking) && wants(selection.strategies, cell.variant.strategy) &&
           (selection.channels.empty() ||
            (uses_channels(cell.variant.workload) && wants(selection.channels, cell.variant.channel))) &&
           (selection.deliveries.empty() ||
            (has_jobs(cell.variant.workload) && wants(selection.deliveries, cell.variant.delivery))) &&
           wants(selection.shared, cell.said.shared) && wants(selection.guards, cell.said.guard) &&
           wants(selection.limits, cell.said.limits) && wants(selection.points, cell.said.at) &&
           (selection.faults.empty() ? !is_golden(cell.fault) : wants(selection.faults, cell.fault));
}

std::vector<std::string> missing_from(const std::vector<Cell>& cells, const Selection& selection)
{
    std::vector<std::string> missing;
    const auto look_for = [&](auto member) {
        for (const auto& wanted : selection.*member) {
            const auto has = [&](const Cell& cell) {
                Selection only;
                only.faults = {cell.fault};
                only.*member = {wanted};
                return matches(only, cell);
            };
            if (std::ranges::none_of(cells, has)) {
                missing.emplace_back(to_string(wanted));
            }
        }
    };
    look_for(&Selection::shapes);
    look_for(&Selection::faults);
    look_for(&Selection::workloads);
    look_for(&Selection::lockings);
    look_for(&Selection::strategies);
    look_for(&Selection::channels);
    look_for(&Selection::deliveries);
    look_for(&Selection::shared);
    look_for(&Selection::guards);
    look_for(&Selection::limits);
    look_for(&Selection::points);
    return missing;
}

std::string claim_key(Outcome outcome)
{
    return outcome == Outcome::intact ? "survivors" : fmt::format("outcome.{}", to_string(outcome));
}

std::string describe(const Claim& claim)
{
    return std::visit(InWords{}, claim);
}

std::string describe(const Selection& selection)
{
    std::string text = listed(selection.shapes, "every shape");
    if (!selection.workloads.empty()) {
        text += ", " + listed(selection.workloads, "");
    }
    text += asked_for("lock", selection.lockings) + asked_for("supervised", selection.strategies) +
            asked_for("channel", selection.channels) + asked_for("delivery", selection.deliveries) +
            asked_for("share", selection.shared) + asked_for("guard", selection.guards) +
            asked_for("limits", selection.limits) + asked_for("at", selection.points);
    return text + ", " + listed(selection.faults, "every fault");
}

std::string describe(const Expectation& expectation)
{
    const std::string decides = expectation.confidence == default_confidence
                                    ? ""
                                    : fmt::format(", at {:.6g}% confidence", 100 * expectation.confidence);
    return describe(expectation.when) + ": " + describe(expectation.claim) + decides;
}

} // namespace bulkhead::model
