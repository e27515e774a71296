#include "harness/model/judge.hpp"

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

bool within(Reach reach, Relation relation)
{
    switch (relation) {
    case Relation::victim: return true;
    case Relation::cell_mate: return reach != Reach::worker;
    // Hosts of one pool share neither a segment nor a lock nor a limit, so `sharers` and `limits` end at the process.
    case Relation::other_host: return reach == Reach::pool;
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

Outcome predict(Fault fault, Relation relation)
{
    const FaultNature nature = nature_of(fault);
    return within(nature.reach, relation) ? outcome_of(nature.effect) : Outcome::intact;
}

std::uint32_t predicted_survivors(Fault fault, Shape shape)
{
    const std::uint32_t cell_mates = shape.threads - 1;
    const std::uint32_t in_other_hosts = shape.workers() - shape.threads;
    return (predict(fault, Relation::cell_mate) == Outcome::intact ? cell_mates : 0) +
           (predict(fault, Relation::other_host) == Outcome::intact ? in_other_hosts : 0);
}

} // namespace bulkhead::model
