#include "harness/model/figure.hpp"
#include "harness/model/statistics.hpp"
#include "harness/report/island.hpp"
#include "harness/report/json_parts.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace bulkhead::report {
namespace {

using model::CellSummary;

/// What one pays for whether or not a fault strikes. All of it is measured before one does.
constexpr std::array<std::string_view, 8> cost_names{
    "startup",        "throughput", "memory_per_worker", "unique_per_worker", "round_trip_p50",
    "round_trip_p99", "switch",     "shared_word"};

/// With the unit of a time or of memory at its end.
std::string key_of(const model::FigureRow& row)
{
    std::string key(row.name);
    return row.unit == "KiB"                      ? key + "_kib"
           : row.unit == "us" || row.unit == "ns" ? key + "_" + std::string(row.unit)
                                                  : key;
}

bool are_alike(const CellSummary& a, const CellSummary& b)
{
    return a.cell.shape == b.cell.shape && a.cell.variant == b.cell.variant;
}

model::Values values_of(std::string_view figure, const CellSummary& golden, const std::vector<CellSummary>& cells)
{
    model::Values values;
    for (const CellSummary& cell : cells) {
        const model::Values* const found = model::find_values(cell, figure);
        if (are_alike(cell, golden) && found != nullptr) {
            values += *found;
        }
    }
    return values;
}

Json figure_json(const model::FigureRow& row, const model::Values& values)
{
    constexpr double two_sided = 0.90;
    const auto interval = model::median_interval(values.kept(), two_sided);
    return {{"name", row.name},
            {"unit", or_null(std::string(row.unit))},
            {"count", values.count()},
            {"median", model::median(values.kept())},
            {"low", interval ? Json(interval->low) : Json()},
            {"high", interval ? Json(interval->high) : Json()}};
}

} // namespace

std::string cost_json(const ExperimentReport& report)
{
    Json all = Json::array();
    for (const CellSummary& golden : report.cells) {
        if (!model::is_golden(golden.cell.fault)) {
            continue;
        }
        Json figures = Json::object();
        for (const std::string_view name : cost_names) {
            const model::FigureRow* const row = model::find_figure(name);
            const model::Values values = values_of(name, golden, report.cells);
            if (row != nullptr && !values.empty()) {
                figures[key_of(*row)] = figure_json(*row, values);
            }
        }
        if (!figures.empty()) {
            all.push_back({{"cell", golden.cell.number},
                           {"shape", model::to_string(golden.cell.shape)},
                           {"variant", model::to_string(golden.cell.variant)},
                           {"figures", figures}});
        }
    }
    return all.empty() ? "null" : compact(print(all));
}

} // namespace bulkhead::report
