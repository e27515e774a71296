#pragma once

#include "harness/report/json_parts.hpp"
#include "harness/report/suite.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::report {

/// A flat object: what a line of a table holds, by the names of its columns. All rows of a table have the same ones.
using Row = Json;

/// What was seen in a trial, and what is judged of it. Times are in nanoseconds.
Row trial_row(const model::TrialRecord& record, const model::TrialJudgement& judgement);
/// A row for each figure of a trial that could be judged.
std::vector<Row> figure_rows(const model::TrialRecord& record, const model::TrialJudgement& judgement);
/// The sums of each cell.
std::vector<Row> cell_rows(const ExperimentReport& report);
/// Each expectation in each of its cells.
std::vector<Row> verdict_rows(const Suite& suite);

/// A row of nothing, for the columns of a table without rows: `rows` is what `export --rows` takes.
Row blank_row(std::string_view rows);

/// Comma-separated values as RFC 4180 has them, but for the lines' ends, which are "\n": null is empty.
std::string csv_heading(const Row& row);
std::string csv_line(const Row& row);
/// JSON Lines (jsonlines.org): the whole object on one line.
std::string json_line(const Row& row);

} // namespace bulkhead::report
