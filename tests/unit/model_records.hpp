#pragma once

#include "harness/model/judge.hpp"

#include <stdexcept>
#include <string>
#include <string_view>

/// Records for the tests of the judge: each is a trial in which all went as the model says; a test then changes the one
/// thing it is about.
namespace bulkhead::tests {

inline model::Fault fault(std::string_view text)
{
    const auto parsed = model::parse_fault(text);
    if (!parsed)
        throw std::invalid_argument("no such fault: " + std::string(text));
    return *parsed;
}

inline model::Shape shape(std::string_view text)
{
    const auto parsed = model::parse_shape(text);
    if (!parsed)
        throw std::invalid_argument("no such shape: " + std::string(text));
    return *parsed;
}

inline model::Expectation claiming(model::Claim claim)
{
    model::Expectation expectation;
    expectation.claim = claim;
    return expectation;
}

inline constexpr std::uint32_t evidence_ops = 10;
inline constexpr model::Stamp fired_at = 3'000;
inline constexpr model::Stamp end_seen_at = 4'000;
inline constexpr model::Stamp challenged_at = 5'000;

/// Every worker answered both challenges; nothing was done to anybody.
inline model::TrialRecord quiet_record(std::string_view fault_name, std::string_view shape_name,
                                       model::WorkerId victim = {})
{
    model::TrialRecord record;
    record.plan.shape = shape(shape_name);
    record.plan.fault = fault(fault_name);
    record.plan.victim = victim;
    record.plan.evidence_ops = evidence_ops;
    record.started = 0;
    record.steady = 1'000;
    record.ordered = 2'000;
    record.challenged = challenged_at;
    record.settled = 7'000;
    record.finished = 9'000;
    for (std::uint32_t number = 0; number < record.plan.shape.hosts; ++number)
        record.hosts.push_back({.number = number,
                                .pid = static_cast<std::int32_t>(100 + number),
                                .termination = sys::Exited{0},
                                .end_seen = 8'000,
                                .ended_in_teardown = true});
    for (std::uint32_t index = 0; index < record.plan.shape.workers(); ++index) {
        model::WorkerRecord& worker = record.workers.emplace_back();
        worker.id = model::worker_at(index, record.plan.shape);
        worker.tid = static_cast<std::int32_t>(1'000 + index);
        worker.ops_final = 140;
        worker.before = model::Answer{.ops = 20, .check_holds = true, .at = 900};
        worker.after = model::Answer{.ops = 120, .check_holds = true, .at = 6'000};
    }
    return record;
}

inline model::HostRecord& victim_host(model::TrialRecord& record)
{
    return record.hosts[record.plan.victim.host];
}
inline model::WorkerRecord& victim(model::TrialRecord& record)
{
    return record.workers[model::index_of(record.plan.victim, record.plan.shape)];
}

/// The host ended this way before it was told to; nobody in it answered any more.
inline void end_host(model::TrialRecord& record, std::uint32_t number, const sys::Termination& how)
{
    record.hosts[number].termination = how;
    record.hosts[number].end_seen = end_seen_at;
    record.hosts[number].ended_in_teardown = false;
    for (model::WorkerRecord& worker : record.workers)
        if (worker.id.host == number)
            worker.after.reset();
}

/// Nobody in the host answered any more, though it lived.
inline void silence_host(model::TrialRecord& record, std::uint32_t number)
{
    for (model::WorkerRecord& worker : record.workers)
        if (worker.id.host == number)
            worker.after.reset();
}

/// The victim ended as `end` says.
inline void end_victim(model::TrialRecord& record, const model::VictimEnd& end)
{
    const std::uint32_t number = record.plan.victim.host;
    if (const auto* process = std::get_if<model::ProcessEnds>(&end)) {
        end_host(record, number, process->how);
    } else if (const auto* worker = std::get_if<model::WorkerEnds>(&end)) {
        if (record.plan.shape.threads == 1) {
            end_host(record, number, worker->last);
        } else {
            victim(record).after.reset();
            victim(record).thread_end_seen = end_seen_at;
        }
    } else if (std::holds_alternative<model::ImageReplaced>(end)) {
        record.hosts[number].image_replaced = true;
        silence_host(record, number);
    } else if (std::holds_alternative<model::ProcessStops>(end)) {
        record.hosts[number].stopped = true;
        record.window_ended = true;
        silence_host(record, number);
    } else if (std::holds_alternative<model::WorkerStalls>(end)) {
        victim(record).after.reset();
        victim(record).ops_final = 42;
        return; // its end is not seen, for it has none
    } else {
        record.went_on = true;
        return;
    }
    record.end_seen = end_seen_at;
}

/// What is seen of a worker to which this happened.
inline void inflict(model::TrialRecord& record, model::WorkerRecord& worker, model::Outcome outcome)
{
    switch (outcome) {
    case model::Outcome::intact: break;
    case model::Outcome::contaminated:
        worker.probed = true;
        worker.changes = {{"umask", "022", "000"}};
        break;
    case model::Outcome::degraded:
        worker.rate_before = 1000;
        worker.rate_after = 100;
        break;
    case model::Outcome::stalled:
        worker.after.reset();
        worker.asleep_seen = 6'500;
        break;
    case model::Outcome::corrupted:
        worker.check_failures = 1;
        worker.broken = 1;
        break;
    case model::Outcome::died: record.hosts[worker.id.host].ended_in_teardown = false; break;
    }
}

/// A trial in which the fault struck and did what the model says.
inline model::TrialRecord struck_record(std::string_view fault_name, std::string_view shape_name,
                                        model::WorkerId victim_id = {}, const model::Containment& containment = {})
{
    model::TrialRecord record = quiet_record(fault_name, shape_name, victim_id);
    record.fired = fired_at;
    record.fired_at_op = 42;
    if (model::row_of(record.plan.fault).family == model::Family::harness)
        victim_host(record).box_spoiled = true;
    record.plan.containment = containment;
    if (model::row_of(record.plan.fault).needs == model::Need::memory_cgroup)
        record.oom_kills = 1;
    const model::FaultNature nature = model::nature_of(record.plan.fault, containment);
    victim_host(record).stopped = model::row_of(record.plan.fault).id == "thaw";
    if (nature.effect == model::Effect::degrades) {
        record.plan.burst = std::chrono::milliseconds{60};
        for (model::WorkerRecord& worker : record.workers)
            worker.rate_before = worker.rate_after = 1000;
    }
    end_victim(record, nature.end);
    for (model::WorkerRecord& worker : record.workers) {
        const auto relation = model::relation_of(worker.id, record.plan.victim);
        const auto outcome = model::predict(record.plan.fault, relation, containment);
        const bool is_told = outcome == model::Outcome::died || relation == model::Relation::victim;
        if (!is_told || std::holds_alternative<model::GoesOn>(nature.end))
            inflict(record, worker, outcome);
    }
    return record;
}

} // namespace bulkhead::tests
