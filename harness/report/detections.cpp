#include "harness/model/detection.hpp"
#include "harness/model/statistics.hpp"
#include "harness/report/fates.hpp"
#include "harness/report/figures.hpp"
#include "harness/report/grid.hpp"
#include "harness/report/matrix.hpp"
#include "harness/report/text.hpp"

#include <algorithm>

namespace bulkhead::report {
namespace {

using model::CellSummary;

/// "61.2 / 140 us", or "961 us / 1.2 ms" where the units differ.
Figures detection_of(const CellSummary* cell)
{
    if (cell == nullptr || model::detections_of(*cell) == nullptr) {
        return {.measured = "-", .look = Look::faint, .mark = ' ', .predicted = ""};
    }
    std::string median = describe(model::detection_quantile(*cell, 0.5).value());
    std::string late = describe(model::detection_quantile(*cell, 0.99).value());
    const std::size_t unit = median.find(' ');
    if (unit != std::string::npos && late.ends_with(std::string_view(median).substr(unit)) &&
        late.find(' ') == late.rfind(' ')) {
        median.resize(unit);
    }
    return {.measured = std::move(median), .look = Look::plain, .mark = '/', .predicted = std::move(late)};
}

/// How the fault's victims ended; of two ends (a thread's here, its host's there) the first that is a thread's.
Column victims_of(const Grid& grid)
{
    Column victims;
    victims.add({{"victim's end", Look::bold}});
    for (const model::Fault fault : grid.faults) {
        std::string text = "-";
        for (const model::Shape shape : grid.shapes) {
            const CellSummary* const cell = grid.at(fault, shape);
            if (cell == nullptr || cell->judged == 0) {
                continue;
            }
            const model::VictimEnd end = victim_end(cell->cell);
            if (text == "-" || std::holds_alternative<model::WorkerEnds>(end)) {
                text = short_text(end);
            }
        }
        victims.add({{text}});
    }
    victims.level();
    return victims;
}

bool has_fault_trials(const CellSummary& cell)
{
    return !model::is_golden(cell.cell.fault) && cell.judged > 0;
}

/// What the two figures of a cell are.
std::string_view what_is_shown(const std::vector<CellSummary>& cells)
{
    constexpr std::size_t enough_for_p99 = 100;
    std::size_t few = 0;
    std::size_t many = 0;
    for (const CellSummary& cell : cells) {
        if (const model::Values* const detections = model::detections_of(cell)) {
            ++(detections->count() < enough_for_p99 ? few : many);
        }
    }
    if (few == 0) {
        return "median / p99";
    }
    return many == 0 ? "median / slowest" : "median / p99 (of fewer than 100: the slowest)";
}

/// One line in place of a table that would fill a screen.
void print_detections_in_brief(Page& page, const std::vector<CellSummary>& cells)
{
    std::vector<std::chrono::nanoseconds> medians;
    const CellSummary* slowest = nullptr;
    std::chrono::nanoseconds longest{0};
    for (const CellSummary& cell : cells) {
        const auto median = model::detection_quantile(cell, 0.5);
        if (!median) {
            continue;
        }
        medians.push_back(*median);
        if (slowest == nullptr || medians.back() > longest) {
            slowest = &cell;
            longest = medians.back();
        }
    }
    if (slowest != nullptr) {
        page.paragraph({{"until the fault was noticed", Look::bold}, {"  "}},
                       describe(model::quantile(medians, 0.5)) + " in a typical cell (the median of " +
                           count(medians.size(), "cell") + "), " + describe(longest) + " in the slowest (" +
                           name_among(cells, slowest->cell) + ")");
    }
}

} // namespace

void print_detections(Page& page, const std::vector<CellSummary>& cells)
{
    if (std::ranges::none_of(cells, has_fault_trials)) {
        return;
    }
    page.blank();
    if (is_large(cells)) {
        print_detections_in_brief(page, cells);
        return;
    }
    Grid grid = grid_of(cells);
    const bool ends_are_told = needs_fates(cells);
    std::erase_if(grid.faults, [&](model::Fault fault) {
        const auto was_noticed = [&](model::Shape shape) {
            const CellSummary* const cell = grid.at(fault, shape);
            return cell != nullptr && model::detections_of(*cell) != nullptr;
        };
        return model::is_golden(fault) || (ends_are_told && std::ranges::none_of(grid.shapes, was_noticed));
    });
    if (grid.faults.empty()) {
        return;
    }
    page.paragraph({{"until the fault was noticed", Look::bold}, {"  "}}, what_is_shown(cells), Look::faint);
    std::vector<Column> table = columns_of(grid, detection_of);
    if (!ends_are_told) {
        table.push_back(victims_of(grid));
    }
    print_table(page, names_of(grid), table);
    print_last_workers(page, cells);
}

} // namespace bulkhead::report
