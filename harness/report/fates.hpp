#pragma once

#include "harness/report/page.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace bulkhead::report {

/// What became of the workers that stand in one relation to the victims of a fault, in all trials that were judged.
struct Fate {
    std::array<std::uint64_t, model::outcome_count> outcomes{};
    model::Outcome predicted = model::Outcome::intact;

    [[nodiscard]] std::uint64_t workers() const;
    [[nodiscard]] model::Outcome worst() const; ///< `intact` when there are no workers
    [[nodiscard]] bool unanimous() const;
    [[nodiscard]] bool as_predicted() const; ///< true when there are no workers
    /// "died", or "stalled 138/140" when it befell only some; empty when there are no workers.
    [[nodiscard]] std::string text() const;
};

/// One row of the periodic table of faults: a fault over all shapes of an experiment.
struct FateRow {
    model::Fault fault;
    Fate victims;
    Fate cell_mates;
    Fate other_hosts;
    model::VictimEnd end; ///< a thread's, where the victim was not everywhere alone in its host
    std::uint64_t judged = 0;
    std::uint64_t inconclusive = 0;
    std::string skipped; ///< why this machine cannot have the fault; empty when it can

    [[nodiscard]] bool as_predicted() const { return cell_mates.as_predicted() && other_hosts.as_predicted(); }
};

/// By family in the catalogue's order, within a family in the experiment's; golden runs last.
std::vector<FateRow> fate_rows(const std::vector<model::CellSummary>& cells);

/// True when a count of survivors does not tell what became of them: another outcome than intact or died has occurred,
/// or a fault is made to bring one about.
bool needs_fates(const std::vector<model::CellSummary>& cells);
/// True when the matrix of all shapes would fill screens.
bool is_large(const std::vector<model::CellSummary>& cells);

/// The table of all rows, each outcome beside the agreement with its prediction.
void print_fates(Page& page, const std::vector<model::CellSummary>& cells);

} // namespace bulkhead::report
