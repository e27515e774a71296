// A trial ("format": "bulkhead-trial"); every `..._ns` of it but plain durations counts from the trial's start:
//   experiment, trial, cell, number, lane
//   plan          shape, fault, victim, at, after_ops, seed, launch, pace_ns, window_ns, evidence_ops, burst_ns,
//                 degraded_below, containment
//   judgement     inconclusive (the reason), siblings, survivors, predicted_survivors, as_predicted
//   times         started_monotonic_ns, steady_ns, ordered_ns, fired_ns, end_seen_ns, challenged_ns, settled_ns,
//                 finished_ns, detection_ns (from fired to end seen)
//   fired_at_op, did_not_take, went_on, window_ended
//   oom_kills     counted by the kernel for the cgroup of the victim's host; null: there was none
//   events        at_ns, event, text: what the time line shows
//   workers       id, relation, pid, tid, outcome, predicted, before and after {ops, check_holds, at_ns}, ops_final,
//                 check_failures, broken (the places that failed a check), probed, changes {what, before, after},
//                 rate_before, rate_after (ops per second), rate_ratio, asleep_seen_ns, starved, receiving, sending,
//                 thread_end_seen_ns
//   evidence      outcome, workers, lines: what the text says of them, in words
//   strikes       the fault, committed once more: number (from 2), ordered_ns, fired_ns, fired_at_op, end_seen_ns
//   restarts      strike, host, collateral, pid, launched_ns, ready_ns, termination, end_seen_ns, ended_in_teardown: a
//                 host that the supervisor launched in the place of one that had ended
//   jobs          those that did not simply get done: number, worker, fate, handed, effects, words
//   given_up_ns   when the supervisor ended the pool; null: it did not
//   hosts         (the first of each place) number, pid, termination, words, end_seen_ns, ended_in_teardown,
//   image_replaced, stopped, box_spoiled, stack (null but for a trial that took too long, or did not start)

#include "harness/report/chronicle.hpp"
#include "harness/report/evidence.hpp"
#include "harness/report/figures.hpp"
#include "harness/report/json_parts.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>

namespace bulkhead::report {
namespace {

Json termination_json(const std::optional<sys::Termination>& termination)
{
    if (!termination) {
        return nullptr;
    }
    if (const auto* const exited = std::get_if<sys::Exited>(&*termination)) {
        return {{"exited", exited->code}};
    }
    const auto& signaled = std::get<sys::Signaled>(*termination);
    return {{"signaled", model::signal_name(signaled.signal)},
            {"number", signaled.signal},
            {"core_dumped", signaled.core_dumped}};
}

/// A record's stamps, as nanoseconds from the trial's start.
class Clock {
public:
    explicit Clock(const model::TrialRecord& record) : record_(record) {}
    Json operator()(const std::optional<model::Stamp>& stamp) const
    {
        return stamp ? Json(since_start(record_, *stamp)) : Json();
    }

private:
    const model::TrialRecord& record_;
};

Json plan_json(const model::TrialPlan& plan)
{
    return {{"shape", model::to_string(plan.shape)},
            {"fault", model::to_string(plan.fault)},
            {"victim", model::to_string(plan.victim)},
            {"at", to_string(plan.at)},
            {"after_ops", plan.after_ops},
            {"seed", seed_json(plan.seed)},
            {"launch", to_string(plan.launch)},
            {"pace_ns", nanoseconds(plan.pace)},
            {"window_ns", nanoseconds(plan.window)},
            {"evidence_ops", plan.evidence_ops},
            {"burst_ns", nanoseconds(plan.burst)},
            {"degraded_below", plan.degraded_below},
            {"containment", containment_json(plan.containment)}};
}

Json judgement_json(const model::TrialRecord& record, const model::TrialJudgement& judgement, texts::Language language)
{
    const bool judged = judgement.inconclusive.empty();
    return {{"inconclusive", or_null(texts::say_composed(language, judgement.inconclusive))},
            {"siblings", siblings_of(record.plan.shape)},
            {"survivors", judged ? Json(judgement.survivors) : Json()},
            {"predicted_survivors", model::predicted_survivors(record.plan.fault, record.plan.shape,
                                                               record.plan.containment, record.plan.victim)},
            {"as_predicted", judged ? Json(judgement.as_predicted) : Json()}};
}

Json times_json(const model::TrialRecord& record)
{
    const Clock clock(record);
    const bool both = record.fired && record.end_seen;
    return {{"started_monotonic_ns", record.started},
            {"steady_ns", clock(record.steady)},
            {"ordered_ns", clock(record.ordered)},
            {"fired_ns", clock(record.fired)},
            {"end_seen_ns", clock(record.end_seen)},
            {"challenged_ns", clock(record.challenged)},
            {"settled_ns", clock(record.settled)},
            {"finished_ns", clock(record.finished)},
            {"detection_ns", both ? Json(nanoseconds(between(*record.fired, *record.end_seen))) : Json()}};
}

Json events_json(const model::TrialRecord& record, texts::Language language)
{
    Json json = Json::array();
    for (const Event& event : chronicle_of(record)) {
        json.push_back({{"at_ns", since_start(record, event.at)},
                        {"event", texts::say_composed(language, event.name)},
                        {"text", texts::say_composed(language, event.text)}});
    }
    return json;
}

std::string_view relation_text(model::Relation relation)
{
    switch (relation) {
    case model::Relation::victim: return "victim";
    case model::Relation::cell_mate: return "cell-mate";
    case model::Relation::other_host:
    case model::Relation::later_host: return "other host";
    }
    return "?";
}

Json places_json(std::uint32_t broken)
{
    constexpr std::array<std::string_view, model::place_count> names{"stack", "heap", "globals", "segment",
                                                                     "shared_record"};
    Json json = Json::array();
    for (std::size_t i = 0; i < names.size(); ++i) {
        if ((broken >> i & 1U) != 0) {
            json.push_back(names.at(i));
        }
    }
    return json;
}

Json changes_json(const std::vector<model::Change>& changes)
{
    Json json = Json::array();
    for (const model::Change& change : changes) {
        json.push_back({{"what", change.what}, {"before", change.before}, {"after", change.after}});
    }
    return json;
}

Json evidence_json(const model::TrialRecord& record, const model::TrialJudgement& judgement, texts::Language language)
{
    Json json = Json::array();
    for (const Evidence& group : evidence_of(record, judgement)) {
        Json workers = Json::array();
        for (const model::WorkerId worker : group.workers) {
            workers.push_back(model::to_string(worker));
        }
        Json lines = Json::array();
        for (const std::string& line : group.lines) {
            lines.push_back(texts::say_composed(language, line));
        }
        json.push_back({{"outcome", group.outcome ? Json(to_string(*group.outcome)) : Json()},
                        {"workers", workers},
                        {"lines", lines}});
    }
    return json;
}

Json passage_json(const std::optional<model::Passage>& passage)
{
    return passage ? Json(to_string(*passage)) : Json();
}

Json workers_json(const model::TrialRecord& record, const model::TrialJudgement& judgement)
{
    const Clock clock(record);
    const auto answer_json = [&](const std::optional<model::Answer>& answer) {
        return answer ? Json{{"ops", answer->ops}, {"check_holds", answer->check_holds}, {"at_ns", clock(answer->at)}}
                      : Json();
    };
    const auto rate_json = [](const std::optional<double>& rate) { return rate ? Json(*rate) : Json(); };
    Json json = Json::array();
    for (std::size_t index = 0; index < record.workers.size(); ++index) {
        const model::WorkerRecord& worker = record.workers[index];
        const model::Relation relation = model::relation_by_order(worker.id, record.plan.victim);
        const auto host = std::ranges::find(record.hosts, worker.id.host, &model::HostRecord::number);
        const bool judged = index < judgement.outcomes.size();
        const bool has_ratio = worker.rate_before && worker.rate_after && *worker.rate_before > 0;
        json.push_back({{"id", model::to_string(worker.id)},
                        {"relation", relation_text(relation)},
                        {"pid", host == record.hosts.end() ? Json() : Json(host->pid)},
                        {"tid", worker.tid == 0 ? Json() : Json(worker.tid)},
                        {"outcome", judged ? Json(to_string(judgement.outcomes[index])) : Json()},
                        {"predicted", to_string(model::predict(record.plan.fault, record.plan.shape, relation,
                                                               record.plan.containment))},
                        {"before", answer_json(worker.before)},
                        {"after", answer_json(worker.after)},
                        {"ops_final", worker.ops_final},
                        {"check_failures", worker.check_failures},
                        {"broken", places_json(worker.broken)},
                        {"probed", worker.probed},
                        {"changes", changes_json(worker.changes)},
                        {"rate_before", rate_json(worker.rate_before)},
                        {"rate_after", rate_json(worker.rate_after)},
                        {"rate_ratio", has_ratio ? Json(*worker.rate_after / *worker.rate_before) : Json()},
                        {"asleep_seen_ns", clock(worker.asleep_seen)},
                        {"starved", worker.starved},
                        {"receiving", passage_json(worker.receiving)},
                        {"sending", passage_json(worker.sending)},
                        {"thread_end_seen_ns", clock(worker.thread_end_seen)}});
    }
    return json;
}

Json hosts_json(const model::TrialRecord& record, texts::Language language)
{
    const Clock clock(record);
    Json json = Json::array();
    for (const model::HostRecord& host : record.hosts) {
        json.push_back({{"number", host.number},
                        {"pid", host.pid},
                        {"termination", termination_json(host.termination)},
                        {"words", texts::say_composed(language, end_of_host(host))},
                        {"end_seen_ns", clock(host.end_seen)},
                        {"ended_in_teardown", host.ended_in_teardown},
                        {"image_replaced", host.image_replaced},
                        {"stopped", host.stopped},
                        {"box_spoiled", host.box_spoiled},
                        {"stack", or_null(host.stack)}});
    }
    return json;
}

Json strikes_json(const model::TrialRecord& record)
{
    const Clock clock(record);
    Json json = Json::array();
    for (const model::Strike& strike : record.further_strikes) {
        json.push_back({{"number", json.size() + 2},
                        {"ordered_ns", clock(strike.ordered)},
                        {"fired_ns", clock(strike.fired)},
                        {"fired_at_op", strike.fired_at_op ? Json(*strike.fired_at_op) : Json()},
                        {"end_seen_ns", clock(strike.end_seen)}});
    }
    return json;
}

Json restarts_json(const model::TrialRecord& record)
{
    const Clock clock(record);
    Json json = Json::array();
    for (const model::Restart& restart : record.restarts) {
        json.push_back({{"strike", restart.strike},
                        {"host", restart.host},
                        {"collateral", restart.collateral},
                        {"pid", restart.pid},
                        {"launched_ns", clock(restart.launched)},
                        {"ready_ns", clock(restart.ready)},
                        {"termination", termination_json(restart.termination)},
                        {"end_seen_ns", clock(restart.end_seen)},
                        {"ended_in_teardown", restart.ended_in_teardown}});
    }
    return json;
}

Json jobs_json(const model::TrialRecord& record)
{
    Json json = Json::array();
    for (const model::JobRecord& job : record.jobs) {
        json.push_back({{"number", job.number},
                        {"worker", model::to_string(job.worker)},
                        {"fate", to_string(job.fate)},
                        {"handed", job.handed},
                        {"effects", job.effects},
                        {"words", describe(job)}});
    }
    return json;
}

} // namespace

std::string trial_json(const model::TrialRecord& record, const std::string& experiment_name, texts::Language language)
{
    const model::TrialJudgement judgement = model::judge(record);
    return print({{"format", "bulkhead-trial"},
                  {"version", 1},
                  {"experiment", experiment_name},
                  {"trial", record.plan.id},
                  {"cell", record.plan.cell},
                  {"number", record.plan.number},
                  {"lane", record.lane},
                  {"plan", plan_json(record.plan)},
                  {"judgement", judgement_json(record, judgement, language)},
                  {"times", times_json(record)},
                  {"fired_at_op", record.fired_at_op ? Json(*record.fired_at_op) : Json()},
                  {"did_not_take", record.did_not_take},
                  {"went_on", record.went_on},
                  {"oom_kills", record.oom_kills ? Json(*record.oom_kills) : Json()},
                  {"window_ended", record.window_ended},
                  {"events", events_json(record, language)},
                  {"workers", workers_json(record, judgement)},
                  {"evidence", evidence_json(record, judgement, language)},
                  {"strikes", strikes_json(record)},
                  {"restarts", restarts_json(record)},
                  {"jobs", jobs_json(record)},
                  {"given_up_ns", Clock(record)(record.given_up)},
                  {"hosts", hosts_json(record, language)}});
}

} // namespace bulkhead::report
