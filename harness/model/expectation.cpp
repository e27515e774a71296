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
    std::string operator()(const AllSurvive& /*claim*/) const { return "survivors = all"; }
    std::string operator()(const NoneSurvive& /*claim*/) const { return "survivors = none"; }
    std::string operator()(const AsPredicted& /*claim*/) const { return "blast_radius = predicted"; }
    std::string operator()(const ShareSurvives& claim) const
    {
        return fmt::format("survivors {} {}", to_string(claim.comparison), claim.bound);
    }
};

} // namespace

bool matches(const Expectation& expectation, const Cell& cell)
{
    const auto& shapes = expectation.shapes;
    const auto& faults = expectation.faults;
    if (!shapes.empty() && std::ranges::find(shapes, cell.shape) == shapes.end()) {
        return false;
    }
    if (faults.empty()) {
        return !is_golden(cell.fault);
    }
    return std::ranges::find(faults, cell.fault) != faults.end();
}

std::string describe(const Claim& claim)
{
    return std::visit(InWords{}, claim);
}

std::string describe(const Expectation& expectation)
{
    return listed(expectation.shapes, "every shape") + ", " + listed(expectation.faults, "every fault") + ": " +
           describe(expectation.claim);
}

} // namespace bulkhead::model
