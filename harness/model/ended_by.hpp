#pragma once

#include "harness/model/trial.hpp"

namespace bulkhead::model {

/// True when the supervisor ended this host, the first of its place, because of another.
bool was_ended_early(const TrialRecord& record, const HostRecord& host);

/// True when a host ended by a signal by which a whole job is ended (SIGTERM, SIGKILL, SIGINT, SIGHUP, SIGQUIT) that
/// neither the fault nor the supervisor sends it. Such a signal may be on its way to the supervisor, too: a batch
/// system, a container's end or `kill -- -PGID` sends it to one process after the other.
bool may_be_ended_from_outside(const TrialRecord& record);

} // namespace bulkhead::model
