#include "harness/report/grid.hpp"

#include "harness/report/text.hpp"

#include <algorithm>
#include <optional>

namespace bulkhead::report {
namespace {

using model::CellSummary;

constexpr std::size_t longest_name = 23;

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

} // namespace

Look look_of_mark(char mark)
{
    if (mark == '!') {
        return Look::bold_yellow;
    }
    return mark == '?' ? Look::yellow : Look::faint;
}

const CellSummary* Grid::at(model::Fault fault, model::Shape shape) const
{
    const auto found = std::ranges::find_if(
        *cells, [&](const CellSummary& cell) { return cell.cell.fault == fault && cell.cell.shape == shape; });
    return found == cells->end() ? nullptr : &*found;
}

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

} // namespace bulkhead::report
