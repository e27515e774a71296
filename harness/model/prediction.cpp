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

} // namespace

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
    const Consequence& left = nature.leaves;
    const auto outcome =
        within(nature.reach, nature.medium, relation, containment) ? outcome_of(nature.effect) : Outcome::intact;
    const auto outcome_left =
        within(left.reach, left.medium, relation, containment) ? outcome_of(left.effect) : Outcome::intact;
    return std::max(outcome, outcome_left);
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
