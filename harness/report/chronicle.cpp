#include "harness/report/chronicle.hpp"

#include "harness/model/ended_by.hpp"

#include "harness/report/figures.hpp"
#include "harness/report/repairs.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <functional>
#include <limits>

namespace bulkhead::report {
namespace {

using model::Stamp;
using model::TrialRecord;

/// As many answers, or ends of hosts or threads, are told one by one.
constexpr std::size_t answers_told_singly = 16;
constexpr std::size_t ends_told_singly = 8;

std::string after_fault(const TrialRecord& record, Stamp stamp)
{
    return record.fired ? ", " + describe(between(*record.fired, stamp)) + " after the fault" : "";
}

std::string by_whom(const TrialRecord& record)
{
    const model::WorkerId victim = record.plan.victim;
    const std::string host = "host " + std::to_string(victim.host);
    const auto to_all = [&record] {
        return model::shares(record.plan.containment, model::Medium::group) ? " that all hosts share)" : ")";
    };
    switch (model::row_of(record.plan.fault).agent) {
    case model::Agent::nobody: return "by nobody";
    case model::Agent::victim: return "by " + to_string(victim) + " itself";
    case model::Agent::supervisor: return "by the supervisor (to " + host + ")";
    case model::Agent::supervisor_to_host: return "by the supervisor (signal to " + host + ")";
    case model::Agent::supervisor_to_thread:
        return "by the supervisor (signal to the thread of " + to_string(victim) + ")";
    case model::Agent::supervisor_to_group:
        return "by the supervisor (signal to the process group of " + host + to_all();
    }
    return "";
}

std::string answer_text(const model::WorkerRecord& worker, const model::Answer& answer)
{
    return to_string(worker.id) + ", " + count(answer.ops, "op") +
           (answer.check_holds ? ", check holds" : ", CHECK FAILS");
}

/// Adds the events by time, or of too many the first, the median and the last.
void add_few(std::vector<Event>& events, std::vector<Event> similar, std::size_t told_singly)
{
    std::ranges::stable_sort(similar, {}, &Event::at);
    if (similar.size() <= told_singly) {
        events.insert(events.end(), similar.begin(), similar.end());
        return;
    }
    const std::string all = " of " + std::to_string(similar.size()) + ": ";
    const auto add = [&](const std::string& which, const Event& event) {
        events.push_back({event.at, event.name, which + all + event.text});
    };
    add("first", similar.front());
    add("median", similar[(similar.size() - 1) / 2]);
    add("last", similar.back());
}

void add_steady(std::vector<Event>& events, const TrialRecord& record)
{
    const auto so_many = [&](std::size_t number) {
        return std::to_string(number) + " of " + count(record.workers.size(), "worker") + " had answered";
    };
    std::vector<Stamp> stamps;
    for (const model::WorkerRecord& worker : record.workers) {
        if (worker.before) {
            stamps.push_back(worker.before->at);
        }
    }
    std::ranges::sort(stamps);
    if (record.steady) {
        std::string text = so_many(stamps.size());
        if (!stamps.empty()) {
            text += ", the first " + describe(between(stamps.front(), *record.steady)) + " earlier";
        }
        events.push_back({*record.steady, "steady", text});
    } else if (!stamps.empty()) {
        events.push_back({stamps.back(), "not steady", so_many(stamps.size())});
    }
}

void add_fault(std::vector<Event>& events, const TrialRecord& record)
{
    const model::TrialPlan& plan = record.plan;
    if (record.ordered) {
        const std::string order = model::is_golden(plan.fault)
                                      ? "nothing: a golden run; the fault would strike " + to_string(plan.victim)
                                      : model::to_string(plan.fault) + " to " + to_string(plan.victim) + ", " +
                                            std::string(to_string(plan.at)) + " after " +
                                            count(plan.after_ops, "more op");
        events.push_back({*record.ordered, "ordered", order});
    }
    if (record.fired) {
        std::string text = by_whom(record);
        if (record.fired_at_op) {
            text += ", " + count(*record.fired_at_op, "op") + " completed";
        }
        if (record.did_not_take) {
            text += "; it came back without an effect";
        }
        events.push_back({*record.fired, "FIRED", text});
    }
}

/// What was seen at the moment that counts as the victim's end.
void add_victim_end(std::vector<Event>& events, const TrialRecord& record)
{
    if (!record.end_seen) {
        return;
    }
    const model::WorkerId victim = record.plan.victim;
    const auto worker = std::ranges::find(record.workers, victim, &model::WorkerRecord::id);
    const auto host = std::ranges::find(record.hosts, victim.host, &model::HostRecord::number);
    std::string text = to_string(victim) + ": ";
    if (worker != record.workers.end() && worker->thread_end_seen) {
        text += "its thread is gone, its host lives";
    } else if (host != record.hosts.end() && host->end_seen && !host->ended_in_teardown && host->termination) {
        text += "host " + std::to_string(host->number) + " " + model::describe(*host->termination);
    } else if (host != record.hosts.end() && host->image_replaced) {
        text += "its pid runs another program";
    } else if (host != record.hosts.end() && host->stopped) {
        text += "host " + std::to_string(host->number) + " is stopped";
    } else {
        text += "its end was seen";
    }
    events.push_back({*record.end_seen, "end seen", text + after_fault(record, *record.end_seen)});
}

/// The first few are told one by one, of many only how long it took.
void add_ends_by_supervisor(std::vector<Event>& events, std::vector<Event> ends, const std::string& why)
{
    std::ranges::stable_sort(ends, {}, &Event::at);
    if (ends.size() <= 2) {
        events.insert(events.end(), ends.begin(), ends.end());
        return;
    }
    const auto within = between(ends.front().at, ends.back().at);
    events.push_back({ends.back().at, "hosts ended",
                      "all " + std::to_string(ends.size()) + " that " + why +
                          (within.count() > 0 ? ", within " + describe(within) : "")});
}

void add_other_ends(std::vector<Event>& events, const TrialRecord& record)
{
    std::vector<Event> of_themselves;
    std::vector<Event> stopped;
    std::vector<Event> supervised;
    for (const model::HostRecord& host : record.hosts) {
        const bool is_told = host.number == record.plan.victim.host && host.end_seen == record.end_seen;
        if (!host.end_seen || is_told) {
            continue;
        }
        const bool by_supervisor = model::was_ended_early(record, host);
        std::string words = "host " + std::to_string(host.number) + " " + end_of_host(host);
        if (by_supervisor) {
            words += ", by its supervisor";
        }
        if (!host.ended_in_teardown) {
            words += after_fault(record, *host.end_seen);
        }
        (host.ended_in_teardown ? stopped
         : by_supervisor        ? supervised
                                : of_themselves)
            .push_back({*host.end_seen, "host ended", words});
    }
    add_few(events, std::move(of_themselves), ends_told_singly);
    add_ends_by_supervisor(events, std::move(supervised), "the supervisor ended because of another");
    add_ends_by_supervisor(events, std::move(stopped), "were told to stop");
}

void add_thread_ends(std::vector<Event>& events, const TrialRecord& record)
{
    std::vector<Event> ends;
    for (const model::WorkerRecord& worker : record.workers) {
        const bool is_told = worker.id == record.plan.victim && record.end_seen;
        if (worker.thread_end_seen && !is_told) {
            ends.push_back({*worker.thread_end_seen, "thread gone", to_string(worker.id) + ": its host lives"});
        }
    }
    add_few(events, std::move(ends), ends_told_singly);
}

void add_answers(std::vector<Event>& events, const TrialRecord& record)
{
    if (record.challenged) {
        events.push_back({*record.challenged, "challenged",
                          "who lives, to complete " + count(record.plan.evidence_ops, "op") + " begun from now on"});
    }
    std::vector<Event> answers;
    for (const model::WorkerRecord& worker : record.workers) {
        if (worker.after) {
            answers.push_back({worker.after->at, "answered", answer_text(worker, *worker.after)});
        }
    }
    add_few(events, std::move(answers), answers_told_singly);
}

/// The bursts at full speed, of which the record holds no stamp: before the order, and after the fates were settled.
void add_rates(std::vector<Event>& events, const TrialRecord& record, std::optional<Stamp> at,
               std::optional<double> model::WorkerRecord::*rate)
{
    std::size_t measured = 0;
    double sum = 0;
    for (const model::WorkerRecord& worker : record.workers) {
        measured += worker.*rate ? 1 : 0;
        sum += (worker.*rate).value_or(0);
    }
    if (at && measured > 0) {
        events.push_back({*at, "rates",
                          count(measured, "worker") + " at full speed for " + describe(record.plan.burst) + ": " +
                              rounded(sum / static_cast<double>(measured)) + " ops per second each on average"});
    }
}

void add_went_on(std::vector<Event>& events, const TrialRecord& record)
{
    if (record.went_on) {
        events.push_back({record.challenged.value_or(record.fired.value_or(record.finished)), "went on",
                          to_string(record.plan.victim) + ", by its own word: the fault came back as it should"});
    }
}

void add_oom_kills(std::vector<Event>& events, const TrialRecord& record)
{
    if (record.oom_kills) {
        events.push_back({record.end_seen.value_or(record.challenged.value_or(record.finished)), "OOM kills",
                          "counted by the kernel in the cgroup of host " + std::to_string(record.plan.victim.host) +
                              ": " + std::to_string(*record.oom_kills)});
    }
}

void add_sleepers(std::vector<Event>& events, const TrialRecord& record)
{
    std::vector<Event> sleepers;
    for (const model::WorkerRecord& worker : record.workers) {
        if (worker.asleep_seen) {
            sleepers.push_back({*worker.asleep_seen, "asleep", to_string(worker.id) + ", which owes an answer"});
        }
    }
    add_few(events, std::move(sleepers), answers_told_singly);
}

} // namespace

std::chrono::nanoseconds between(Stamp from, Stamp to)
{
    Stamp difference = 0;
    if (__builtin_sub_overflow(to, from, &difference)) {
        difference = to > from ? std::numeric_limits<Stamp>::max() : std::numeric_limits<Stamp>::min();
    }
    return std::chrono::nanoseconds(difference);
}

model::Stamp since_start(const TrialRecord& record, Stamp stamp)
{
    return between(record.started, stamp).count();
}

std::string end_of_host(const model::HostRecord& host)
{
    std::string text = host.termination ? model::describe(*host.termination) : "could not be reaped";
    if (host.ended_in_teardown) {
        text += " when told to stop";
    }
    if (host.image_replaced) {
        text += "; before, it had been replaced by another program";
    }
    if (host.stopped) {
        text += "; before, it was stopped by a signal";
    }
    if (host.box_spoiled) {
        text += "; its black box was spoiled, and is not believed";
    }
    return text;
}

std::vector<Event> chronicle_of(const TrialRecord& record)
{
    std::vector<Event> events;
    events.push_back({record.started, "started",
                      count(record.plan.shape.workers(), "worker") + " in " + count(record.plan.shape.hosts, "host") +
                          ", by " + std::string(to_string(record.plan.launch))});
    add_steady(events, record);
    add_rates(events, record, record.ordered, &model::WorkerRecord::rate_before);
    add_fault(events, record);
    add_victim_end(events, record);
    add_oom_kills(events, record);
    add_went_on(events, record);
    add_thread_ends(events, record);
    add_answers(events, record);
    add_sleepers(events, record);
    if (record.settled) {
        events.push_back(
            {*record.settled, "settled",
             record.window_ended
                 ? "the window of " + describe(record.plan.window + model::row_of(record.plan.fault).takes) + " ended"
                 : "the fate of every sibling was certain"});
    }
    add_rates(events, record, record.settled, &model::WorkerRecord::rate_after);
    add_repairs(events, record);
    add_other_ends(events, record);
    events.push_back({record.finished, "finished", "every process was reaped"});
    std::ranges::stable_sort(events, {}, &Event::at);
    return events;
}

} // namespace bulkhead::report
