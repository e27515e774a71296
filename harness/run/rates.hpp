#pragma once

#include "harness/run/pool.hpp"

#include <optional>
#include <vector>

namespace bulkhead::run {

/// Lets these threads of each host (by its number) work without pauses at the same time, for as long as the plan's
/// burst, and notes the ops per second of each. Where the experiment measures throughput the workers are spread over
/// the processors and go before whatever else is at work on the machine, as far as the kernel lets us, and what that
/// took nevertheless is among the figures that come back; none where the kernel does not tell.
std::vector<model::Figure> measure_rates(Lane& lane, Pool& pool, model::TrialRecord& record,
                                         std::optional<double> model::WorkerRecord::*rate,
                                         const std::vector<std::vector<std::uint32_t>>& threads);

/// Whoever is degraded answers late, and is to be told from whoever does not answer.
std::chrono::milliseconds extra_for_bursts(const model::TrialPlan& plan);

} // namespace bulkhead::run
