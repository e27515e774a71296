#pragma once

#include "harness/model/figure.hpp"
#include "harness/run/pool.hpp"

#include <vector>

namespace bulkhead::run {

/// PSS and unique memory of the pool's hosts for each worker, from /proc/PID/smaps_rollup; no figure where the kernel
/// does not tell.
std::vector<model::Figure> measure_memory(const Pool& pool, const model::TrialPlan& plan);

/// What take_anatomy says of the pool, as figures.
std::vector<model::Figure> measure_anatomy(Pool& pool, Lane& lane, const model::TrialPlan& plan);

/// Kills the last host, and tells what is left of it before it is reaped. For the end of a trial.
std::vector<model::Figure> measure_remains(Pool& pool);

/// Asks a worker of each host that answered for the state of its ledger, and sums up. No op may be under way that was
/// called for. No figure where a ledger is left that nobody can tell of, or where a black box is spoiled.
std::vector<model::Figure> audit_ledger(Lane& lane, Pool& pool, const model::TrialPlan& plan,
                                        std::uint64_t transfers_of_replaced);

/// Asks the owner of the ledger for its state and for the requests that it has had, and holds them against what its
/// clients have asked and been told. No figure where the owner is gone, and the accounts with it.
std::vector<model::Figure> audit_owned_ledger(Lane& lane, Pool& pool, const model::TrialPlan& plan);

/// Asks every worker of the ring that answered for the messages that it has had, after it has waited for those that the
/// worker before says it has sent, and sums up. No figure where nobody is left to ask.
std::vector<model::Figure> audit_messages(Lane& lane, Pool& pool, const model::TrialPlan& plan);

/// Has every worker of the ring take what is under way to it, so that a channel whose receiver dies has all its room
/// left.
void settle_messages(Lane& lane, Pool& pool, const model::TrialPlan& plan);

/// Has the two workers of a pool send messages there and back, and tells how long that took, or how long a switch from
/// the one to the other; whatever the plan asks for.
std::vector<model::Figure> measure_round_trip(Lane& lane, Pool& pool, const model::TrialPlan& plan);

} // namespace bulkhead::run
