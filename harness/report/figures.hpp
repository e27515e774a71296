#pragma once

#include "harness/report/report.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::report {

/// What text and JSON both derive from a cell's sums and a fault's row.

/// Siblings of the victim in one trial of this shape.
std::uint32_t siblings_of(model::Shape shape);
/// Trials of the cell that were planned and not run.
std::uint32_t not_run(const model::CellSummary& cell);
/// "abort at 4x2".
std::string name_of(const model::Cell& cell);
/// " with ledger lock=none", where the cells are of several variants; else nothing.
std::string variant_among(const std::vector<model::CellSummary>& cells, const model::Cell& cell);
/// "abort at 4x2", and the variant where it is needed.
std::string name_among(const std::vector<model::CellSummary>& cells, const model::Cell& cell);
/// Those of the variant, in their order.
std::vector<model::CellSummary> cells_with(const model::Variant& variant, const std::vector<model::CellSummary>& cells);
/// "inside-op"; "between-ops/inside-op" where variants have one each.
std::string points_text(const model::Experiment& experiment);
/// True when every sibling of every trial that could be judged ended as predicted.
bool is_as_predicted(const model::CellSummary& cell);
/// True when this machine cannot run the cell.
bool is_skipped(const model::CellSummary& cell);
/// "hosts share segment, lock; guard catch": what connects and separates the workers beside the shape; empty when that
/// is what it usually is.
std::string containment_text(const model::Containment& containment);
/// How the kernel shares out the processors, where a fault is about them.
std::string processors_text(const model::Containment& containment);
/// "Crashes", "From outside": what heads the faults of a family.
std::string_view heading_of(model::Family family);
/// "cell-mates died, other hosts intact": what the model says of the siblings that this cell has.
std::string prediction_text(const model::Cell& cell);
/// "115 intact, 20 died": the outcomes that occurred.
std::string outcomes_text(const std::array<std::uint64_t, model::outcome_count>& outcomes);

/// How the victim ended in the trials of this cell that were judged, for it is a condition of the judgement that it
/// ended so. A thread's end is its host's end where the host has no other worker; a guard may have kept it from ending.
model::VictimEnd victim_end(const model::Cell& cell);
/// "SIGSEGV", "exit code 3", "thread ended": for a narrow column.
std::string short_text(const model::VictimEnd& end);

/// The cells of golden runs in which a worker was lost: nothing can be concluded for their shapes.
std::vector<const model::CellSummary*> golden_losses(const std::vector<model::CellSummary>& cells);

/// The trial to look at first.
struct WorstTrial {
    const model::CellSummary* cell = nullptr;
    std::uint32_t id = 0;
    std::uint32_t survivors = 0;
    bool inconclusive = false;
    bool as_predicted = false;
};
/// A golden run with a loss comes before a trial that did not go as predicted, that before an inconclusive one, and
/// that before the one with the smallest share of survivors; where all survived, one with a fault. nullopt when nothing
/// was run.
std::optional<WorstTrial> worst_trial(const std::vector<model::CellSummary>& cells);

} // namespace bulkhead::report
