#pragma once

#include "harness/model/judge.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bulkhead::model {

/// A name for each expectation, by which scripts call it: "8x1-every-fault-survivors-all". It is made of what the
/// expectation says, so that others may be added before it or moved; of two that say the same the second ends in "-2".
/// Letters, digits, '.' and '-' only.
std::vector<std::string> expectation_ids(const Experiment& experiment);

/// From upheld by inconclusive to refuted: of several verdicts the one with the most decides.
int severity(Verdict verdict);

/// What becomes of one expectation in one of the cells that it speaks of.
struct CellVerdict {
    std::uint32_t expectation = 0;       ///< position in the experiment
    std::optional<std::uint32_t> cell{}; ///< position among the cells; nullopt: it speaks of none
    Verdict verdict = Verdict::inconclusive;
    bool skipped = false; ///< this machine cannot run the cell; then the verdict is inconclusive, and says nothing
    std::string reason;
};

/// Each expectation in each of its cells, as judged from that cell alone, but never at odds with `judged`, the verdicts
/// over all cells together: where one is upheld it is upheld in every cell that was run, where it is not it is not in
/// at least one, and where it is inconclusive no cell refutes it.
std::vector<CellVerdict> judge_cells(const Experiment& experiment, const std::vector<CellSummary>& cells,
                                     const std::vector<Judged>& judged);

} // namespace bulkhead::model
