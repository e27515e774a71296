#include "harness/report/matrix.hpp"

#include "harness/model/statistics.hpp"
#include "harness/report/figures.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <functional>
#include <optional>

namespace bulkhead::report {
namespace {

using model::CellSummary;

constexpr std::size_t longest_name = 20;

/// The cells by row and column; golden runs are the last row.
struct Grid {
    std::vector<model::Fault> faults;
    std::vector<model::Shape> shapes;
    const std::vector<CellSummary>* cells = nullptr;

    [[nodiscard]] const CellSummary* at(model::Fault fault, model::Shape shape) const
    {
        const auto found = std::ranges::find_if(
            *cells, [&](const CellSummary& cell) { return cell.cell.fault == fault && cell.cell.shape == shape; });
        return found == cells->end() ? nullptr : &*found;
    }
};

Grid grid_of(const std::vector<CellSummary>& cells)
{
    Grid grid{.faults = {}, .shapes = {}, .cells = &cells};
    std::optional<model::Fault> golden;
    for (const CellSummary& cell : cells) {
        if (model::is_golden(cell.cell.fault)) {
            golden = cell.cell.fault;
        } else if (std::ranges::find(grid.faults, cell.cell.fault) == grid.faults.end()) {
            grid.faults.push_back(cell.cell.fault);
        }
        if (std::ranges::find(grid.shapes, cell.cell.shape) == grid.shapes.end()) {
            grid.shapes.push_back(cell.cell.shape);
        }
    }
    if (golden) {
        grid.faults.push_back(*golden);
    }
    return grid;
}

/// A cell's figures in three parts, so that a column of them can be lined up.
struct Figures {
    std::string measured;
    Look look = Look::plain;
    char mark = ' ';
    std::string predicted;
};

std::string predicted_text(const model::Cell& cell)
{
    const std::uint32_t siblings = siblings_of(cell.shape);
    const std::uint32_t survivors = model::predicted_survivors(cell.fault, cell.shape);
    if (survivors == siblings) {
        return "all";
    }
    return survivors == 0 ? "none" : std::to_string(survivors) + '/' + std::to_string(siblings);
}

/// The colour of the worst that happened to a sibling; strong where none of them survived.
Look worst_look(const CellSummary& cell)
{
    model::Outcome worst = model::Outcome::intact;
    for (const model::Outcome outcome : model::all_outcomes) {
        if (cell.sibling_outcomes.at(static_cast<std::size_t>(outcome)) > 0) {
            worst = outcome;
        }
    }
    const bool all_died = worst == model::Outcome::died && cell.survivors == 0;
    return all_died ? Look::bold_red : look_of(worst);
}

Figures survivors_of(const CellSummary* cell)
{
    if (cell == nullptr) {
        return {};
    }
    const char doubt = cell->inconclusive > 0 ? '?' : ' ';
    if (siblings_of(cell->cell.shape) == 0) {
        return {.measured = "-", .look = Look::faint, .mark = doubt, .predicted = ""};
    }
    if (cell->judged == 0) {
        return {.measured = cell->inconclusive > 0 ? "-" : "not run",
                .look = Look::faint,
                .mark = doubt,
                .predicted = predicted_text(cell->cell)};
    }
    const char agreement = cell->inconclusive > 0 ? '?' : '=';
    return {.measured = std::to_string(cell->survivors) + '/' + std::to_string(cell->siblings),
            .look = worst_look(*cell),
            .mark = is_as_predicted(*cell) ? agreement : '!',
            .predicted = predicted_text(cell->cell)};
}

/// "61.2 / 140 us", or "961 us / 1.2 ms" where the units differ.
Figures detection_of(const CellSummary* cell)
{
    if (cell == nullptr || cell->detections.empty()) {
        return {.measured = "-", .look = Look::faint, .mark = ' ', .predicted = ""};
    }
    std::string median = describe(model::quantile(cell->detections, 0.5));
    std::string late = describe(model::quantile(cell->detections, 0.99));
    const std::size_t unit = median.find(' ');
    if (unit != std::string::npos && late.ends_with(std::string_view(median).substr(unit)) &&
        late.find(' ') == late.rfind(' ')) {
        median.resize(unit);
    }
    return {.measured = std::move(median), .look = Look::plain, .mark = '/', .predicted = std::move(late)};
}

Look look_of_mark(char mark)
{
    if (mark == '!') {
        return Look::bold_yellow;
    }
    return mark == '?' ? Look::yellow : Look::faint;
}

Column column_of(const std::string& heading, const std::vector<Figures>& rows)
{
    std::size_t measured = columns(heading);
    std::size_t predicted = 0;
    for (const Figures& row : rows) {
        measured = std::max(measured, columns(row.measured));
        predicted = std::max(predicted, columns(row.predicted));
    }
    Column column;
    column.add({{right(heading, measured), Look::bold}});
    for (const Figures& row : rows) {
        const Look look = row.mark == '/' ? Look::plain : look_of_mark(row.mark);
        column.add({{right(row.measured, measured), row.look},
                    {std::string(" ") + row.mark + " ", look},
                    {left(row.predicted, predicted), look}});
    }
    column.level();
    return column;
}

Column names_of(const Grid& grid)
{
    Column names;
    names.add({{""}});
    for (const model::Fault fault : grid.faults) {
        const bool golden = model::is_golden(fault);
        names.add({{"  "},
                   {golden ? "golden runs" : fitted(model::to_string(fault), longest_name),
                    golden ? Look::faint : Look::plain}});
    }
    names.level();
    return names;
}

std::vector<Column> columns_of(const Grid& grid, Figures (*figures)(const CellSummary*))
{
    std::vector<Column> table;
    for (const model::Shape shape : grid.shapes) {
        std::vector<Figures> rows;
        for (const model::Fault fault : grid.faults) {
            rows.push_back(figures(grid.at(fault, shape)));
        }
        table.push_back(column_of(model::to_string(shape), rows));
    }
    return table;
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
            const model::VictimEnd end = victim_end(fault, shape);
            if (cell != nullptr && cell->judged > 0 &&
                (text == "-" || std::holds_alternative<model::WorkerEnds>(end))) {
                text = short_text(end);
            }
        }
        victims.add({{text}});
    }
    victims.level();
    return victims;
}

} // namespace

void print_survivors(Page& page, const std::vector<CellSummary>& cells)
{
    const Grid grid = grid_of(cells);
    std::string legend = "measured = as predicted";
    if (std::ranges::any_of(cells, std::not_fn(is_as_predicted))) {
        legend += ", ! not as predicted";
    }
    if (std::ranges::any_of(cells, [](const CellSummary& cell) { return cell.inconclusive > 0; })) {
        legend += ", ? see below";
    }
    page.paragraph({{"siblings that survived", Look::bold}, {"  "}}, legend, Look::faint);
    print_table(page, names_of(grid), columns_of(grid, survivors_of));
}

void print_detections(Page& page, const std::vector<CellSummary>& cells)
{
    Grid grid = grid_of(cells);
    std::erase_if(grid.faults, [](model::Fault fault) { return model::is_golden(fault); });
    const auto has_fault_trials = [](const CellSummary& cell) {
        return !model::is_golden(cell.cell.fault) && cell.judged > 0;
    };
    if (std::ranges::none_of(cells, has_fault_trials)) {
        return;
    }
    page.blank();
    constexpr std::size_t enough_for_p99 = 100;
    const bool few = std::ranges::any_of(cells, [](const CellSummary& cell) {
        return !cell.detections.empty() && cell.detections.size() < enough_for_p99;
    });
    page.paragraph({{"until the fault was noticed", Look::bold}, {"  "}},
                   few ? "median / p99 (of fewer than 100: the slowest)" : "median / p99", Look::faint);
    std::vector<Column> table = columns_of(grid, detection_of);
    table.push_back(victims_of(grid));
    print_table(page, names_of(grid), table);
    print_last_workers(page, cells);
}

} // namespace bulkhead::report
