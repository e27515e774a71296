#pragma once

#include "harness/model/judge.hpp"

#include <string>
#include <vector>

namespace bulkhead::model {

// The cells that an expectation speaks of, and what keeps them from saying anything.

using Matched = std::vector<const CellSummary*>;

Matched matched_by(const Selection& selection, const std::vector<CellSummary>& cells);
bool has_a_sibling(const CellSummary* cell);
/// "4x2", "4x2 with ledger lock=none".
std::string name_of_arm(const Cell& arm);
/// What this machine cannot run says nothing for or against a claim. Why, where nothing is left of what there was.
std::string drop_skipped(Matched& cells);
/// Golden runs of their shapes and variants lost a worker, or could not be judged; empty when none did.
std::string control_arm_failure(const Matched& matched, const std::vector<CellSummary>& cells);
std::string missing_control_arm(const Matched& matched, const std::vector<CellSummary>& cells);
/// A trial that could not be judged, was not run, or has no siblings to speak of; empty when there is none such.
std::string gap_in(const Matched& matched, bool about_siblings);

} // namespace bulkhead::model
