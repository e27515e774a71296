#pragma once

#include "harness/model/trial.hpp"

#include <chrono>
#include <optional>

namespace bulkhead::model {

/// From the fault to the supervisor's knowledge of it, in a trial that could be judged; nullopt where one of the stamps
/// is missing or not to be believed.
std::optional<std::chrono::nanoseconds> detection_of(const TrialRecord& record);

} // namespace bulkhead::model
