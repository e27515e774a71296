#pragma once

#include "harness/model/trial.hpp"

namespace bulkhead::model {

/// Every host and worker of the plan's pool is in the record, in its place, and nobody else is told of. The functions
/// below, and whatever else looks up a host or worker, may be used on such a record only.
bool is_whole(const TrialRecord& record);

/// nullptr: the trial has none of that number, as in a file that somebody else made.
const HostRecord* find_host(const TrialRecord& record, std::uint32_t number);
const HostRecord& host_of(const TrialRecord& record, WorkerId worker);
const WorkerRecord& victim_of(const TrialRecord& record);

/// The host ended before it was told to stop: its workers are gone, whatever its black box says.
bool ended_early(const HostRecord& host);

/// The worker completed at least `evidence_ops` ops between the two challenges, and its check held: the only way to be
/// called intact. No ops at all are never evidence.
bool proves_itself(const WorkerRecord& worker, std::uint32_t evidence_ops);

} // namespace bulkhead::model
