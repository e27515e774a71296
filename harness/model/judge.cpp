#include "harness/model/judge.hpp"

#include "harness/model/evidence.hpp"

#include <algorithm>

namespace bulkhead::model {
namespace {

/// The worker's outcome, or why the record does not tell it.
struct Fate {
    std::optional<Outcome> outcome;
    std::string unknown;
};

/// What a worker of this pool made in a second before the fault: the median, for all of them compute alike, and a
/// single one may have been kept waiting just then.
std::optional<double> usual_rate(const TrialRecord& record)
{
    std::vector<double> rates;
    for (const WorkerRecord& worker : record.workers) {
        if (worker.rate_before) {
            rates.push_back(*worker.rate_before);
        }
    }
    if (rates.empty()) {
        return std::nullopt;
    }
    const auto middle = rates.begin() + static_cast<std::ptrdiff_t>(rates.size() / 2);
    std::ranges::nth_element(rates, middle);
    return *middle;
}

/// It completed its ops and its check held: what else there is to see.
Fate fate_of_working(const TrialRecord& record, const WorkerRecord& worker)
{
    if (judges_rates(record.plan)) {
        const auto before = usual_rate(record);
        if (!before || !worker.rate_after) {
            return {{}, "its ops per second were not measured"};
        }
        if (*worker.rate_after < record.plan.degraded_below * *before) {
            return {Outcome::degraded, {}};
        }
    }
    if (record.plan.containment.commons && !worker.probed) {
        return {{}, "its process-wide state was not probed"};
    }
    return {worker.changes.empty() ? Outcome::intact : Outcome::contaminated, {}};
}

/// By severity, so that the worst that was seen of a worker is what became of it.
Fate fate_of(const TrialRecord& record, const WorkerRecord& worker)
{
    const HostRecord& host = host_of(record, worker.id);
    if (ended_early(host) || host.image_replaced || worker.thread_end_seen) {
        return {Outcome::died, {}};
    }
    if (host.box_spoiled) {
        return {{}, "the black box of its host is spoiled: nothing it says is believed"};
    }
    if (worker.check_failures > 0 || (worker.after && !worker.after->check_holds)) {
        return {Outcome::corrupted, {}};
    }
    if (proves_itself(worker, record.plan.evidence_ops)) {
        return fate_of_working(record, worker);
    }
    if (worker.after) {
        return {{}, "it answered without the ops that it was asked for; this is a bug of the harness"};
    }
    if (worker.starved) {
        return {{},
                "it did not answer, but was runnable and hardly run, got on, was stopped by others, or may wait for "
                "one at a disk: that is no stall"};
    }
    if (record.window_ended || host.stopped || worker.asleep_seen) {
        return {Outcome::stalled, {}};
    }
    return {
        {},
        "it neither ended nor answered, and the trial was over before the window was; this is a bug of the harness"};
}

/// For a victim of whom nothing more is known than that it did not end.
Outcome fate_of_living_victim(const HostRecord& host)
{
    return host.box_spoiled ? Outcome::corrupted : Outcome::stalled;
}

/// What was missing of steady state; empty when nothing was.
std::string missing_of_steady_state(const TrialRecord& record)
{
    const auto unsteady = [](const WorkerRecord& worker) { return !worker.before || !worker.before->check_holds; };
    const auto worker = std::ranges::find_if(record.workers, unsteady);
    if (worker != record.workers.end()) {
        return "no steady state: " + to_string(worker->id) +
               (worker->before ? " failed its check before the fault" : " had not answered before the fault");
    }
    return record.steady ? "" : "no steady state: it was not reached";
}

/// A sibling's host that was seen to have ended before the victim committed its fault, which has not done that; null:
/// there is none.
const HostRecord* ended_before_the_fault(const TrialRecord& record)
{
    const auto ended = [&record](const HostRecord& host) {
        return host.number != record.plan.victim.host && ended_early(host) && host.end_seen &&
               *host.end_seen < *record.fired;
    };
    const auto host = record.fired ? std::ranges::find_if(record.hosts, ended) : record.hosts.end();
    return host == record.hosts.end() ? nullptr : &*host;
}

/// Why the trial as a whole has no judgement; empty when it may have one.
std::string why_not_judged(const TrialRecord& record)
{
    if (!record.inconclusive.empty()) {
        return record.inconclusive;
    }
    if (!is_whole(record)) {
        return "the record does not hold every host and worker of the pool";
    }
    if (std::string missing = missing_of_steady_state(record); !missing.empty()) {
        return missing;
    }
    if (Activation activation = activation_of(record); !activation.proven) {
        return activation.reason;
    }
    if (const HostRecord* const host = ended_before_the_fault(record); host != nullptr) {
        return "host p" + std::to_string(host->number) + " had ended before the fault";
    }
    const bool victim_ends = !std::holds_alternative<GoesOn>(nature_of(record.plan.fault, record.plan.containment).end);
    if (victim_ends && record.challenged && record.end_seen && *record.challenged < *record.end_seen) {
        return "the siblings were challenged before the victim's end was seen";
    }
    return "";
}

TrialJudgement inconclusive(std::string why)
{
    TrialJudgement judgement;
    judgement.inconclusive = std::move(why);
    return judgement;
}

} // namespace

TrialJudgement judge(const TrialRecord& record)
{
    if (std::string why = why_not_judged(record); !why.empty()) {
        return inconclusive(std::move(why));
    }
    const Fault fault = record.plan.fault;
    TrialJudgement judgement;
    judgement.as_predicted = true;
    judgement.outcomes.reserve(record.workers.size());
    for (const WorkerRecord& worker : record.workers) {
        const Relation relation = relation_by_order(worker.id, record.plan.victim);
        // In a golden run nothing befalls the would-be victim: it owes the same evidence as everybody else.
        const bool owes_evidence = relation != Relation::victim || is_golden(fault);
        Fate fate = fate_of(record, worker);
        if (!fate.outcome && owes_evidence) {
            return inconclusive(to_string(worker.id) + ": " + fate.unknown);
        }
        const Outcome outcome = fate.outcome.value_or(fate_of_living_victim(host_of(record, worker.id)));
        judgement.outcomes.push_back(outcome);
        if (owes_evidence) {
            judgement.as_predicted = judgement.as_predicted &&
                                     outcome == predict(fault, record.plan.shape, relation, record.plan.containment);
        }
        if (relation != Relation::victim) {
            ++judgement.siblings;
            judgement.survivors += outcome == Outcome::intact ? 1 : 0;
        }
    }
    return judgement;
}

std::string_view to_string(Verdict verdict)
{
    switch (verdict) {
    case Verdict::upheld: return "upheld";
    case Verdict::refuted: return "refuted";
    case Verdict::inconclusive: return "inconclusive";
    }
    return "?";
}

} // namespace bulkhead::model
