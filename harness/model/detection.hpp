#pragma once

#include "harness/model/judge.hpp"

#include <chrono>
#include <optional>

namespace bulkhead::model {

/// From the fault to the supervisor's knowledge of it; nullopt where one of the stamps is missing or not to be
/// believed. The figure `detection`.
std::optional<std::chrono::nanoseconds> detection_of(const TrialRecord& record);

/// nullptr: no trial of the cell has one.
const Values* detections_of(const CellSummary& cell);
/// The q-quantile of them by nearest rank; with 0 the shortest and with 1 the longest. nullopt: there is none.
std::optional<std::chrono::nanoseconds> detection_quantile(const CellSummary& cell, double q);

} // namespace bulkhead::model
