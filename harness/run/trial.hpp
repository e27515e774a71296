#pragma once

#include "harness/run/lane.hpp"

namespace bulkhead::run {

/// Runs one trial in this lane: launch -> steady state -> strike -> observe -> tear down. Whatever keeps it from being
/// judged is recorded as its reason. Throws Interrupted (pool.hpp) when the campaign is to stop.
model::TrialRecord run_trial_in(Lane& lane, const model::TrialPlan& plan);

} // namespace bulkhead::run
