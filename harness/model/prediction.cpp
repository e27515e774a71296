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
    case Relation::other_host: return reach == Reach::sharers && shares(containment, medium);
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

std::uint32_t predicted_survivors(Fault fault, Shape shape, const Containment& containment)
{
    const std::uint32_t cell_mates = shape.threads - 1;
    const std::uint32_t in_other_hosts = shape.workers() - shape.threads;
    return (predict(fault, Relation::cell_mate, containment) == Outcome::intact ? cell_mates : 0) +
           (predict(fault, Relation::other_host, containment) == Outcome::intact ? in_other_hosts : 0);
}

} // namespace bulkhead::model
