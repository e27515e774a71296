#pragma once

#include "harness/run/pool.hpp"

namespace bulkhead::run {

/// Before a fault in a channel: has the victim's neighbours do what the fault is about (wait for a message, wait for
/// room, take nothing), and comes back when they do. Nothing for all other faults. Empty; or why they do not.
std::string set_channel_scene(Lane& lane, Pool& pool, const model::TrialPlan& plan);

/// After it: waits until they have been shown something, or for a while, and lets them off then.
void end_channel_scene(Lane& lane, Pool& pool, const model::TrialPlan& plan);

} // namespace bulkhead::run
