#pragma once

#include "harness/model/anatomy.hpp"
#include "harness/run/run.hpp"

#include <cstdint>
#include <optional>

namespace bulkhead::run {

class Lane;
class Pool;

/// The plan of a pool that is only looked at: without a fault, and with a pace so slow that its workers write nothing
/// unasked while they are looked at. Of the experiment it takes what describes the pool; the first shape.
model::TrialPlan plan_anatomy(const model::Experiment& experiment);

/// Reads a pool that is ready: its hosts and workers, where their parts lie, and what each two have in common.
/// Challenges each worker once. Where the plan is not of plan_anatomy, the control of the write test fails, and it says
/// nothing.
model::Anatomy take_anatomy(Pool& pool, Lane& lane, const model::TrialPlan& plan);

/// Kills a host, and reads what the kernel still shows of it before it is reaped; nullopt when it does not end in time.
std::optional<model::HostAnatomy> take_remains(Pool& pool, std::uint32_t host);

/// Launches a pool in a lane of its own, takes its anatomy and the remains of its last host, and ends it. Throws
/// std::system_error, or std::runtime_error that says why the pool is not ready.
/// `unshared`, of model::unshareable, is what the last thread of each host is to keep for itself.
model::Anatomy run_anatomy(const model::TrialPlan& plan, const Options& options,
                           const std::vector<sys::Resource>& unshared = {});

} // namespace bulkhead::run
