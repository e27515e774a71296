#include "harness/model/judge.hpp"

#include <algorithm>

namespace bulkhead::model {
namespace {

Outcome outcome_of(Effect effect)
{
    switch (effect) {
    case Effect::nothing: return Outcome::intact;
    case Effect::contaminates: return Outcome::contaminated;
    case Effect::degrades: return Outcome::degraded;
    case Effect::stalls: return Outcome::stalled;
    case Effect::corrupts: return Outcome::corrupted;
    case Effect::dies: return Outcome::died;
    }
    return Outcome::intact;
}

bool within(Reach reach, Medium medium, Relation relation, const Containment& containment)
{
    switch (relation) {
    case Relation::victim: return true;
    case Relation::cell_mate: return reach != Reach::worker;
    case Relation::other_host:
    case Relation::later_host: return reach == Reach::sharers && shares(containment, medium);
    }
    return false;
}

/// True when the supervisor ends a worker in this relation because the victim's host has ended.
bool is_ended_too(Strategy strategy, Relation relation)
{
    switch (relation) {
    case Relation::victim:
    case Relation::cell_mate: return false; // they have ended already
    case Relation::other_host: return restarts(strategy, 0, 1);
    case Relation::later_host: return restarts(strategy, 1, 0);
    }
    return false;
}

/// What the fault does to a worker in this relation, whomever that waits on.
Outcome direct(const FaultNature& nature, Relation relation, const Containment& containment)
{
    const Consequence& left = nature.leaves;
    const auto outcome =
        within(nature.reach, nature.medium, relation, containment) ? outcome_of(nature.effect) : Outcome::intact;
    const auto outcome_left =
        within(left.reach, left.medium, relation, containment) ? outcome_of(left.effect) : Outcome::intact;
    return std::max(outcome, outcome_left);
}

/// True when the one on whom everybody waits does no more ops.
bool owner_is_lost(const FaultNature& nature, const Containment& containment)
{
    const auto is_lost = [&](Relation relation) {
        const Outcome outcome = direct(nature, relation, containment);
        return outcome == Outcome::died || outcome == Outcome::stalled;
    };
    switch (containment.owner) {
    case Owner::nobody: return false;
    case Owner::victim: return is_lost(Relation::victim);
    case Owner::cell_mate: return is_lost(Relation::cell_mate);
    case Owner::other_host: return is_lost(Relation::other_host);
    }
    return false;
}

} // namespace

Owner owner_seen_by(WorkerId victim)
{
    switch (relation_of(owner_of_pool, victim)) {
    case Relation::victim: return Owner::victim;
    case Relation::cell_mate: return Owner::cell_mate;
    case Relation::other_host:
    case Relation::later_host: return Owner::other_host;
    }
    return Owner::nobody;
}

Relation relation_of(WorkerId worker, WorkerId victim)
{
    if (worker == victim) {
        return Relation::victim;
    }
    return worker.host == victim.host ? Relation::cell_mate : Relation::other_host;
}

Relation relation_by_order(WorkerId worker, WorkerId victim)
{
    return worker.host > victim.host ? Relation::later_host : relation_of(worker, victim);
}

Outcome predict(Fault fault, Relation relation, const Containment& containment)
{
    const FaultNature nature = nature_of(fault, containment);
    const Outcome by_fault = direct(nature, relation, containment);
    const bool waits_in_vain = relation != Relation::victim && owner_is_lost(nature, containment);
    return waits_in_vain ? std::max(by_fault, Outcome::stalled) : by_fault;
}

bool ends_host(Fault fault, Shape shape, const Containment& containment)
{
    const VictimEnd end = nature_of(fault, containment).end;
    return std::holds_alternative<ProcessEnds>(end) || (std::holds_alternative<WorkerEnds>(end) && shape.threads == 1);
}

Outcome predict(Fault fault, Shape shape, Relation relation, const Containment& containment)
{
    const Outcome by_fault = predict(fault, relation, containment);
    if (!ends_host(fault, shape, containment)) {
        return by_fault;
    }
    const Supervision& supervision = containment.supervision;
    return will_give_up(supervision) || is_ended_too(supervision.strategy, relation) ? Outcome::died : by_fault;
}

std::uint32_t planned_strikes(const TrialPlan& plan)
{
    const Supervision& supervision = plan.containment.supervision;
    const bool are_replaced =
        supervision.strategy != Strategy::never && ends_host(plan.fault, plan.shape, plan.containment);
    return are_replaced ? std::max(supervision.strikes, 1U) : 1;
}

std::uint32_t predicted_survivors(Fault fault, Shape shape, const Containment& containment, WorkerId victim)
{
    const auto intact = [&](Relation relation, std::uint32_t siblings) {
        return predict(fault, shape, relation, containment) == Outcome::intact ? siblings : 0;
    };
    return intact(Relation::cell_mate, shape.threads - 1) + intact(Relation::other_host, victim.host * shape.threads) +
           intact(Relation::later_host, (shape.hosts - 1 - victim.host) * shape.threads);
}

} // namespace bulkhead::model
