#pragma once

#include "harness/report/page.hpp"

namespace bulkhead::report {

/// Faults x shapes: the surviving siblings as measured, beside the prediction, and below the faults the golden runs.
void print_survivors(Page& page, const std::vector<model::CellSummary>& cells);
/// The same, but for the faults of which every trial went as predicted.
void print_differing_survivors(Page& page, const std::vector<model::CellSummary>& cells);

/// What in the matrix asks for words: how siblings were lost, cells that are not as predicted, inconclusive trials with
/// their reason, and why cells were skipped.
void print_remarks(Page& page, const std::vector<model::CellSummary>& cells);

/// Faults x shapes: the time from the fault until the supervisor knew, and how the victims ended where the table of
/// what became of them has not told it; one line for a large experiment. Nothing when no trial with a fault was judged.
void print_detections(Page& page, const std::vector<model::CellSummary>& cells);

/// "all", "none", "6/7", "4..6" where it depends on the victim's host: the siblings that survive by the model.
std::string predicted_text(const model::Cell& cell);

/// Says how hosts ended whose only worker's thread ended: the matrix has no room for it.
void print_last_workers(Page& page, const std::vector<model::CellSummary>& cells);

} // namespace bulkhead::report
