#pragma once

#include "harness/report/grid.hpp"
#include "harness/report/svg.hpp"

#include <optional>
#include <string>
#include <vector>

// What the picture of the periodic table of faults is put together from.

namespace bulkhead::report {

/// A fault, or the name of the family of those below it.
struct TableRow {
    std::optional<model::Fault> fault;
    model::Family family = model::Family::control;
};

/// Families in the catalogue's order, each named above its faults where there are several; golden runs last.
std::vector<TableRow> rows_of(const Grid& grid);
/// The rows of the next of so many blocks. A family that goes on in it is named once more, and none is named last.
std::vector<TableRow> part_of(const std::vector<TableRow>& rows, std::size_t& next, std::size_t blocks);

/// The worst that befell a sibling.
model::Outcome worst_of(const model::CellSummary& cell);
/// '=', '!' or '?', as in the terminal.
char mark_of(const model::CellSummary& cell);
/// What a browser tells of a cell.
std::string tip_of(const model::CellSummary& cell);

/// Signs and marks that occur, each with its word; gives the y below them.
double draw_table_legend(Svg& svg, const std::vector<model::CellSummary>& cells, double y, texts::Language language);

} // namespace bulkhead::report
