#pragma once

#include "harness/run/engagement.hpp"

namespace bulkhead::run {

/// The workload `serve`: clients outside the pool, and a listener that is handed to every host and that the supervisor
/// keeps, so that connections wait while nobody accepts.
std::unique_ptr<Engagement> serve_clients(Lane& lane, const model::TrialPlan& plan);

} // namespace bulkhead::run
