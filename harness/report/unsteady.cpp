#include "harness/report/unsteady.hpp"

#include "harness/report/figures.hpp"
#include "harness/report/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace bulkhead::report {
namespace {

/// "trial 17 (victim died, other hosts stalled), trial 40 (...) and 3 more".
std::string odd_trials(const model::Cell& cell, const model::Steadiness& steadiness)
{
    std::string text;
    for (const auto& [number, manner] : steadiness.first) {
        text += fmt::format("{}trial {} ({})", text.empty() ? "" : ", ", cell.first_id + number,
                            describe(manner, cell.shape));
    }
    const std::size_t left = steadiness.odd - steadiness.first.size();
    return left == 0 ? text : text + fmt::format(" and {} more", left);
}

} // namespace

void print_unsteady(Page& page, const ExperimentReport& report)
{
    bool first = true;
    for (const model::CellSummary& cell : report.cells) {
        const model::Steadiness steadiness = model::steadiness_of(cell.manners);
        if (steadiness.odd == 0) {
            continue;
        }
        if (first) {
            page.blank();
        }
        first = false;
        const double percent = 100.0 * steadiness.odd / steadiness.trials;
        page.paragraph({{"unsteady  ", Look::bold_yellow}},
                       fmt::format("{}: {} of {} ({:.3g}%) went otherwise than the rest ({}): {}",
                                   name_among(report.cells, cell.cell), steadiness.odd,
                                   count(steadiness.trials, "trial"), percent,
                                   describe(steadiness.usual, cell.cell.shape), odd_trials(cell.cell, steadiness)));
    }
}

Json unsteady_json(const model::CellSummary& cell)
{
    const model::Steadiness steadiness = model::steadiness_of(cell.manners);
    if (steadiness.odd == 0) {
        return nullptr;
    }
    Json odd = Json::array();
    for (const auto& [number, manner] : steadiness.first) {
        odd.push_back({{"id", cell.cell.first_id + number}, {"manner", describe(manner, cell.cell.shape)}});
    }
    return {{"rate", static_cast<double>(steadiness.odd) / steadiness.trials},
            {"odd", steadiness.odd},
            {"usual", describe(steadiness.usual, cell.cell.shape)},
            {"odd_trials", odd}};
}

} // namespace bulkhead::report
