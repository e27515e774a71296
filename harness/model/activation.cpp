#include "harness/model/evidence.hpp"
#include "harness/model/judge.hpp"

#include <algorithm>

namespace bulkhead::model {
namespace {

/// The kernel's core flag depends on RLIMIT_CORE, not on the fault: it does not tell two ends apart.
bool same_end(const sys::Termination& a, const sys::Termination& b)
{
    const auto* signal_a = std::get_if<sys::Signaled>(&a);
    const auto* signal_b = std::get_if<sys::Signaled>(&b);
    if (signal_a != nullptr && signal_b != nullptr) {
        return signal_a->signal == signal_b->signal;
    }
    return a == b;
}

std::string what_was_seen(const HostRecord& host)
{
    if (!ended_early(host)) {
        return host.image_replaced ? "another program under its pid" : "its process live on";
    }
    return host.termination ? describe(*host.termination) : "its process end with a wait status that was lost";
}

std::string expected(const std::string& end, const HostRecord& host)
{
    return "expected " + end + ", saw " + what_was_seen(host);
}

/// What is missing of the victim's end as its fault prescribes it; empty when nothing is. One overload for each end.
struct MissingOfEnd {
    const TrialRecord& record;
    const HostRecord& host;
    const WorkerRecord& victim;

    std::string operator()(const ProcessEnds& end) const
    {
        if (row_of(record.plan.fault).needs == Need::memory_cgroup && record.oom_kills.value_or(0) == 0) {
            return "the kernel has counted no OOM kill in the victim's cgroup"; // SIGKILL alone does not say whose it
                                                                                // was
        }
        const bool as_told = ended_early(host) && host.termination && same_end(*host.termination, end.how);
        return as_told ? "" : expected(describe(end.how), host);
    }

    std::string operator()(const WorkerEnds& end) const
    {
        // The last thread takes the process with it. Where there are cell-mates the process should have lived; that it
        // did not is a finding about them, not a doubt about the fault.
        const bool as_last = ended_early(host) && host.termination && same_end(*host.termination, end.last);
        if (as_last) {
            return "";
        }
        // In a process that ends as a whole each thread is seen to end. It was the victim's own end only if somebody
        // there worked on after it.
        const auto worked_on = [this](const WorkerRecord& worker) {
            return worker.id.host == host.number && worker.after && victim.thread_end_seen &&
                   worker.after->at > *victim.thread_end_seen;
        };
        if (ended_early(host) && std::ranges::none_of(record.workers, worked_on)) {
            return expected(describe(end.last), host);
        }
        return victim.thread_end_seen ? "" : "the victim's thread was not seen to end";
    }

    std::string operator()(const ImageReplaced& /*end*/) const
    {
        return host.image_replaced ? "" : expected("another program under its pid", host);
    }

    std::string operator()(const ProcessStops& /*end*/) const
    {
        return host.stopped ? "" : expected("its process stop", host);
    }

    std::string operator()(const WorkerStalls& /*end*/) const
    {
        if (ended_early(host) || host.image_replaced) {
            return expected(describe(VictimEnd{WorkerStalls{}}), host);
        }
        const bool none_since = record.fired_at_op && victim.ops_final == *record.fired_at_op;
        return none_since ? "" : "the victim completed more ops after the fault";
    }

    std::string operator()(const GoesOn& /*end*/) const
    {
        // A fault aimed at the black box leaves no stamp and no answer that could be believed: the damage is the proof.
        if (row_of(record.plan.fault).family == Family::harness) {
            return host.box_spoiled ? "" : "the black box of the victim's host is whole";
        }
        if (ended_early(host) || host.image_replaced) {
            return expected("the victim go on with its work", host);
        }
        if (row_of(record.plan.fault).agent == Agent::supervisor && !host.stopped) {
            return "its process was not seen to be stopped";
        }
        // Where the fault harms the victim too, its own word is all that it can give.
        const bool is_harmed = predict(record.plan.fault, Relation::victim, record.plan.containment) != Outcome::intact;
        const bool went_on = is_harmed ? record.went_on : proves_itself(victim, record.plan.evidence_ops);
        return went_on ? "" : "the victim did not prove that it went on";
    }
};

std::string missing_stamp(const TrialRecord& record, const HostRecord& host)
{
    const FaultRow& row = row_of(record.plan.fault);
    if (record.did_not_take) {
        return "the fault came back without an effect";
    }
    if (row.family == Family::harness) {
        return "";
    }
    if (!record.fired) {
        return row.agent == Agent::victim ? "the victim did not reach the fault" : "the signal was not sent";
    }
    if (row.agent == Agent::victim && host.box_spoiled) {
        return "the black box of the victim's host is spoiled, so that its stamp proves nothing";
    }
    if (record.end_seen && *record.end_seen < *record.fired) {
        return "the victim's end was seen before the fault fired";
    }
    return "";
}

/// The victim's place was taken by this host before the given strike.
const Restart* replacement_before(const TrialRecord& record, std::uint32_t strike)
{
    const Restart* latest = nullptr;
    for (const Restart& restart : record.restarts) {
        if (restart.host == record.plan.victim.host && restart.strike < strike) {
            latest = &restart;
        }
    }
    return latest;
}

/// What is missing of a strike after the first, which must have ended the victim's replacement as its fault says.
std::string missing_of_further(const TrialRecord& record, std::uint32_t number)
{
    const Strike& strike = record.further_strikes[number - 2];
    const Restart* const host = replacement_before(record, number);
    if (!strike.fired) {
        return "the victim's replacement did not reach the fault";
    }
    if (host == nullptr || !host->termination || host->ended_in_teardown) {
        return "the victim's replacement was not seen to end";
    }
    if (strike.end_seen && *strike.end_seen < *strike.fired) {
        return "its replacement's end was seen before the fault fired";
    }
    const VictimEnd end = nature_of(record.plan.fault, record.plan.containment).end;
    const auto* const process = std::get_if<ProcessEnds>(&end);
    const auto* const worker = std::get_if<WorkerEnds>(&end);
    const bool as_told = (process != nullptr && same_end(*host->termination, process->how)) ||
                         (worker != nullptr && same_end(*host->termination, worker->last));
    return as_told ? "" : "expected " + describe(end) + ", saw it " + describe(*host->termination);
}

/// What is missing of the strikes after the first; empty when nothing is.
std::string missing_of_all_further(const TrialRecord& record)
{
    const std::uint32_t planned = planned_strikes(record.plan);
    const auto committed = static_cast<std::uint32_t>(record.further_strikes.size()) + 1;
    for (std::uint32_t number = 2; number <= committed; ++number) {
        if (std::string missing = missing_of_further(record, number); !missing.empty()) {
            return "strike " + std::to_string(number) + " of " + std::to_string(planned) + ": " + missing;
        }
    }
    if (committed < planned && !record.given_up) {
        return "strike " + std::to_string(committed + 1) + " of " + std::to_string(planned) +
               " was not committed: the victim's replacement was not ready";
    }
    return "";
}

} // namespace

Activation activation_of(const TrialRecord& record)
{
    if (!is_whole(record)) {
        return {false, "the record does not hold every host and worker of the pool"};
    }
    if (is_golden(record.plan.fault)) {
        return record.fired ? Activation{false, "a fault fired in a golden run"} : Activation{true, ""};
    }
    const HostRecord& host = host_of(record, record.plan.victim);
    std::string missing = missing_stamp(record, host);
    if (missing.empty()) {
        missing = std::visit(MissingOfEnd{record, host, victim_of(record)},
                             nature_of(record.plan.fault, record.plan.containment).end);
    }
    if (missing.empty()) {
        missing = missing_of_all_further(record);
    }
    return missing.empty() ? Activation{true, ""} : Activation{false, "not-activated: " + missing};
}

} // namespace bulkhead::model
