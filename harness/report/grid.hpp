#pragma once

#include "harness/report/page.hpp"

#include <string>
#include <vector>

namespace bulkhead::report {

/// The cells of an experiment by row and column, for tables of faults x shapes; golden runs are the last row.
struct Grid {
    std::vector<model::Fault> faults;
    std::vector<model::Shape> shapes;
    const std::vector<model::CellSummary>* cells = nullptr;

    /// nullptr when there is no such cell.
    [[nodiscard]] const model::CellSummary* at(model::Fault fault, model::Shape shape) const;
};
Grid grid_of(const std::vector<model::CellSummary>& cells);

/// A cell's figures in three parts, so that a column of them can be lined up.
struct Figures {
    std::string measured;
    Look look = Look::plain;
    char mark = ' ';
    std::string predicted;
};

Look look_of_mark(char mark);

/// The names of the faults, below an empty line for the heads of the other columns.
Column names_of(const Grid& grid);
/// A column for each shape; `figures` is given nullptr where there is no cell.
std::vector<Column> columns_of(const Grid& grid, Figures (*figures)(const model::CellSummary*));

} // namespace bulkhead::report
