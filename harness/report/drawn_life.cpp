#include "harness/report/drawn_life.hpp"

#include "harness/model/evidence.hpp"

#include <algorithm>

namespace bulkhead::report {
namespace {

using model::Stamp;
using model::TrialRecord;
using model::WorkerRecord;

Stamp held(const TrialRecord& record, Stamp stamp)
{
    return std::clamp(stamp, record.started, std::max(record.started, record.finished));
}

/// The end of the worker that was seen before it was told to stop.
std::optional<Stamp> early_end(const TrialRecord& record, const WorkerRecord& worker)
{
    const model::HostRecord* const host = model::find_host(record, worker.id.host);
    if (worker.thread_end_seen) {
        return held(record, *worker.thread_end_seen);
    }
    if (host != nullptr && host->image_replaced) {
        return held(record, record.end_seen.value_or(record.finished));
    }
    if (host != nullptr && host->end_seen && !host->ended_in_teardown) {
        return held(record, *host->end_seen);
    }
    return std::nullopt;
}

Stamp end_of(const TrialRecord& record, const WorkerRecord& worker)
{
    const model::HostRecord* const host = model::find_host(record, worker.id.host);
    return host != nullptr && host->end_seen ? held(record, *host->end_seen) : held(record, record.finished);
}

/// Until when it may have done the last ops that were counted of it.
Stamp last_op(const TrialRecord& record, const WorkerRecord& worker, const DrawnLife& life)
{
    // The fault ends a process at once; that it is seen to have ended takes longer.
    const bool by_fault = life.ended_early && worker.id.host == record.plan.victim.host && record.fired;
    if (by_fault && !worker.after) {
        return std::min(life.end, held(record, *record.fired));
    }
    if (life.ended_early || worker.after) {
        return life.end;
    }
    // Whoever lives and did not answer has done none since it was asked to.
    return held(record, record.challenged.value_or(record.finished));
}

std::vector<DrawnStretch> stretches_of(const TrialRecord& record, const WorkerRecord& worker, const DrawnLife& life)
{
    std::vector<DrawnStretch> stretches;
    Stamp from = record.started;
    std::uint64_t ops = 0;
    const auto add = [&](Stamp at, std::uint64_t counted) {
        const Stamp to = held(record, at);
        if (to > from && counted >= ops) { // counts of a spoiled box may run backwards
            stretches.push_back({from, to, counted - ops});
            from = to;
            ops = counted;
        }
    };
    if (worker.before) {
        add(worker.before->at, worker.before->ops);
    }
    if (life.is_victim && record.fired && record.fired_at_op) {
        add(*record.fired, *record.fired_at_op);
    }
    if (worker.after) {
        add(worker.after->at, worker.after->ops);
    }
    add(last_op(record, worker, life), worker.ops_final);
    return stretches;
}

std::vector<DrawnNextLife> later_of(const TrialRecord& record, std::uint32_t host)
{
    std::vector<DrawnNextLife> later;
    for (const model::Restart& restart : record.restarts) {
        if (restart.host == host) {
            const bool early = restart.end_seen && !restart.ended_in_teardown;
            later.push_back({.launched = held(record, restart.launched),
                             .ready = restart.ready ? std::optional(held(record, *restart.ready)) : std::nullopt,
                             .end = held(record, restart.end_seen.value_or(record.finished)),
                             .ended_early = early});
        }
    }
    return later;
}

DrawnLife drawn_life_of(const TrialRecord& record, const model::TrialJudgement& judgement, std::size_t index)
{
    const WorkerRecord& worker = record.workers[index];
    const model::TrialPlan& plan = record.plan;
    DrawnLife life;
    life.id = worker.id;
    life.is_victim = worker.id == plan.victim && !model::is_golden(plan.fault);
    const std::optional<Stamp> early = early_end(record, worker);
    life.ended_early = early.has_value();
    life.end = early.value_or(end_of(record, worker));
    life.stretches = stretches_of(record, worker, life);
    if (index < judgement.outcomes.size()) {
        const model::Relation relation = model::relation_by_order(worker.id, plan.victim);
        life.outcome = judgement.outcomes[index];
        life.as_predicted =
            life.is_victim || life.outcome == model::predict(plan.fault, plan.shape, relation, plan.containment);
    }
    if (life.outcome && *life.outcome != model::Outcome::intact) {
        life.harmed = held(record, record.fired.value_or(record.challenged.value_or(record.started)));
    }
    life.later = later_of(record, worker.id.host);
    return life;
}

} // namespace

std::vector<DrawnLife> drawn_lives_of(const TrialRecord& record, const model::TrialJudgement& judgement)
{
    std::vector<DrawnLife> lives;
    for (std::size_t index = 0; index < record.workers.size(); ++index) {
        lives.push_back(drawn_life_of(record, judgement, index));
    }
    return lives;
}

} // namespace bulkhead::report
