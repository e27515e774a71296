#pragma once

#include "harness/run/lane.hpp"

#include <string>

namespace bulkhead::run {

/// What the kernel does not confirm of the limits that the fault of this plan must not be committed without, in the
/// host of that pid; empty when all of them are in force, or none is needed.
std::string missing_limit(const Lane& lane, const model::TrialPlan& plan, pid_t victim_host);

} // namespace bulkhead::run
