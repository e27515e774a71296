#include "harness/store/trial_reader.hpp"

#include "harness/store/complaint.hpp"
#include "harness/store/schema.hpp"
#include "harness/store/store.hpp"

#include <algorithm>
#include <utility>

namespace bulkhead::store {
namespace {

using model::Answer;
using model::HostRecord;
using model::TrialRecord;
using model::WorkerRecord;

std::optional<model::Stamp> take_stamp(Statement& row, model::Stamp start)
{
    const auto since_start = row.get_optional<model::Stamp>();
    return since_start ? std::optional(stamp_at(start, *since_start)) : std::nullopt;
}

std::optional<Answer> take_answer(Statement& row, model::Stamp start)
{
    const auto at = take_stamp(row, start);
    const auto ops = row.get<std::uint64_t>();
    const auto check_holds = row.get<bool>();
    return at ? std::optional(Answer{.ops = ops, .check_holds = check_holds, .at = *at}) : std::nullopt;
}

WorkerRecord take_worker(Statement& row, model::Stamp start)
{
    WorkerRecord worker;
    worker.id.host = row.get<std::uint32_t>();
    worker.id.thread = row.get<std::uint32_t>();
    worker.tid = row.get<std::int32_t>();
    worker.ops_final = row.get<std::uint64_t>();
    worker.before = take_answer(row, start);
    worker.after = take_answer(row, start);
    worker.check_failures = row.get<std::uint64_t>();
    worker.thread_end_seen = take_stamp(row, start);
    worker.broken = row.get<std::uint32_t>();
    worker.probed = row.get<bool>();
    worker.rate_before = row.get_optional<double>();
    worker.rate_after = row.get_optional<double>();
    worker.asleep_seen = take_stamp(row, start);
    worker.starved = row.get<bool>();
    worker.receiving = model::parse_passage(row.get_text());
    worker.sending = model::parse_passage(row.get_text());
    return worker;
}

std::optional<sys::Termination> take_termination(Statement& row)
{
    const auto exit_code = row.get_optional<int>();
    const auto signal = row.get_optional<int>();
    const auto core_dumped = row.get<bool>();
    if (exit_code) {
        return sys::Exited{*exit_code};
    }
    if (signal) {
        return sys::Signaled{*signal, core_dumped};
    }
    return std::nullopt;
}

HostRecord take_host(Statement& row, model::Stamp start)
{
    HostRecord host;
    host.number = row.get<std::uint32_t>();
    host.pid = row.get<std::int32_t>();
    host.termination = take_termination(row);
    host.end_seen = take_stamp(row, start);
    host.ended_in_teardown = row.get<bool>();
    host.image_replaced = row.get<bool>();
    host.stopped = row.get<bool>();
    host.box_spoiled = row.get<bool>();
    return host;
}

model::Strike take_strike(Statement& row, model::Stamp start)
{
    model::Strike strike;
    strike.ordered = stamp_at(start, row.get<model::Stamp>());
    strike.fired = take_stamp(row, start);
    strike.fired_at_op = row.get_optional<std::uint64_t>();
    strike.end_seen = take_stamp(row, start);
    return strike;
}

model::Restart take_restart(Statement& row, model::Stamp start)
{
    model::Restart restart;
    restart.strike = row.get<std::uint32_t>();
    restart.host = row.get<std::uint32_t>();
    restart.collateral = row.get<bool>();
    restart.pid = row.get<std::int32_t>();
    restart.launched = stamp_at(start, row.get<model::Stamp>());
    restart.ready = take_stamp(row, start);
    restart.termination = take_termination(row);
    restart.end_seen = take_stamp(row, start);
    restart.ended_in_teardown = row.get<bool>();
    return restart;
}

model::JobRecord take_job(Statement& row)
{
    model::JobRecord job;
    job.number = row.get<std::uint32_t>();
    job.worker.host = row.get<std::uint32_t>();
    job.worker.thread = row.get<std::uint32_t>();
    const std::string fate = row.get_text(); // one of these, by the table's CHECK
    for (const model::JobFate known : model::job_fates) {
        job.fate = to_string(known) == fate ? known : job.fate;
    }
    job.handed = row.get<std::uint32_t>();
    job.effects = row.get<std::uint32_t>();
    return job;
}

model::TrialPlan take_plan(Statement& row)
{
    model::TrialPlan plan;
    plan.id = row.get<std::uint32_t>();
    plan.cell = row.get<std::uint32_t>();
    plan.number = row.get<std::uint32_t>();
    plan.seed = row.get<std::uint64_t>();
    plan.victim.host = row.get<std::uint32_t>();
    plan.victim.thread = row.get<std::uint32_t>();
    plan.at = static_cast<model::InjectionPoint>(row.get<int>());
    plan.after_ops = row.get<std::uint64_t>();
    plan.evidence_ops = row.get<std::uint32_t>();
    plan.launch = static_cast<model::Launch>(row.get<int>());
    plan.pace = std::chrono::microseconds(row.get<std::int64_t>());
    plan.window = std::chrono::milliseconds(row.get<std::int64_t>());
    plan.burst = std::chrono::milliseconds(row.get<std::int64_t>());
    plan.degraded_below = row.get<double>();
    plan.measures = measures_of(row.get<std::uint32_t>());
    return plan;
}

/// Hosts and workers are in tables of their own.
TrialRecord take_trial(Statement& row)
{
    TrialRecord trial;
    trial.plan = take_plan(row);
    trial.lane = row.get<std::uint32_t>();
    trial.inconclusive = row.get_text();
    const auto start = row.get<model::Stamp>();
    trial.started = start;
    trial.steady = take_stamp(row, start);
    trial.ordered = take_stamp(row, start);
    trial.fired = take_stamp(row, start);
    trial.fired_at_op = row.get_optional<std::uint64_t>();
    trial.did_not_take = row.get<bool>();
    trial.went_on = row.get<bool>();
    trial.oom_kills = row.get_optional<std::uint64_t>();
    trial.end_seen = take_stamp(row, start);
    trial.challenged = take_stamp(row, start);
    trial.settled = take_stamp(row, start);
    trial.window_ended = row.get<bool>();
    trial.given_up = take_stamp(row, start);
    trial.finished = stamp_at(start, row.get<model::Stamp>());
    return trial;
}

constexpr std::string_view host_columns =
    "SELECT number, pid, exit_code, signal, core_dumped, end_seen, ended_in_teardown, image_replaced, stopped, "
    "box_spoiled FROM host WHERE place >= ? AND place < ? ORDER BY place";
constexpr std::string_view worker_columns =
    "SELECT host, thread, tid, ops_final, before_at, before_ops, before_check_holds, after_at, after_ops, "
    "after_check_holds, check_failures, thread_end_seen, broken, probed, rate_before, rate_after, asleep_seen, "
    "starved, receiving, sending, "
    "place FROM worker WHERE place >= ? AND place < ? ORDER BY place";
constexpr std::string_view strike_columns =
    "SELECT ordered, fired, fired_at_op, end_seen FROM strike WHERE trial = ? ORDER BY number";
constexpr std::string_view restart_columns =
    "SELECT strike, host, collateral, pid, launched, ready, exit_code, signal, core_dumped, end_seen, "
    "ended_in_teardown FROM restart WHERE trial = ? ORDER BY rowid";
constexpr std::string_view figure_columns = "SELECT name, value FROM figure WHERE trial = ? ORDER BY rowid";
constexpr std::string_view job_columns =
    "SELECT number, host, thread, fate, handed, effects FROM job WHERE trial = ? ORDER BY rowid";
constexpr std::string_view stack_columns = "SELECT host, text FROM stack WHERE trial = ? ORDER BY rowid";
constexpr std::string_view change_columns = "SELECT what, before, after FROM change WHERE worker = ? ORDER BY rowid";

} // namespace

const std::string_view TrialReader::columns =
    "SELECT id, cell, number, seed, victim_host, victim_thread, at, after_ops, evidence_ops, launch, pace_us, "
    "window_ms, burst_ms, degraded_below, measures, lane, inconclusive, started, steady, ordered, fired, fired_at_op, "
    "did_not_take, went_on, oom_kills, end_seen, challenged, "
    "settled, window_ended, given_up, finished, sequence FROM trial ";
TrialReader::TrialReader(const std::filesystem::path& path, const Database& database,
                         const std::map<std::uint32_t, model::Cell>& cells)
    : path_(path), cells_(cells), hosts_(database, host_columns), workers_(database, worker_columns),
      changes_(database, change_columns), figures_(database, figure_columns), strikes_(database, strike_columns),
      restarts_(database, restart_columns), jobs_(database, job_columns), stacks_(database, stack_columns)
{}

TrialRecord TrialReader::take(Statement& row)
{
    TrialRecord trial = take_trial(row);
    const std::uint64_t place = places_per_trial * row.get<std::uint64_t>(); // after all that take_trial takes
    const auto cell = cells_.find(trial.plan.cell);
    if (cell == cells_.end()) {
        throw StoreError(std::string(cannot_read) + " " + path_.string() + ": it is damaged: trial " +
                         std::to_string(trial.plan.id) + " is of cell " + std::to_string(trial.plan.cell) +
                         ", which is not in the table `cell`.");
    }
    trial.plan.shape = cell->second.shape;
    trial.plan.fault = cell->second.fault;
    trial.plan.variant = cell->second.variant;
    trial.plan.containment = cell->second.containment;
    hosts_ << place << place + places_per_trial;
    while (hosts_.next()) {
        trial.hosts.push_back(take_host(hosts_, trial.started));
    }
    workers_ << place << place + places_per_trial;
    while (workers_.next()) {
        trial.workers.push_back(take_worker(workers_, trial.started));
        take_changes(workers_.get<std::uint64_t>(), trial.workers.back());
    }
    if (!trial.inconclusive.empty()) { // stacks are taken of those only that took too long
        take_stacks(trial);
    }
    if (trial.plan.containment.supervision.strategy != model::Strategy::never) {
        take_repairs(trial);
    }
    figures_ << trial.plan.id;
    while (figures_.next()) {
        std::string name = figures_.get_text();
        trial.figures.push_back({std::move(name), figures_.get<double>()});
    }
    if (model::has_jobs(trial.plan.variant.workload)) {
        jobs_ << trial.plan.id;
        while (jobs_.next()) {
            trial.jobs.push_back(take_job(jobs_));
        }
    }
    return trial;
}

void TrialReader::take_repairs(TrialRecord& trial)
{
    strikes_ << trial.plan.id;
    while (strikes_.next()) {
        trial.further_strikes.push_back(take_strike(strikes_, trial.started));
    }
    restarts_ << trial.plan.id;
    while (restarts_.next()) {
        trial.restarts.push_back(take_restart(restarts_, trial.started));
    }
}

void TrialReader::take_stacks(TrialRecord& trial)
{
    stacks_ << trial.plan.id;
    while (stacks_.next()) {
        const auto number = stacks_.get<std::uint32_t>();
        const auto host = std::ranges::find(trial.hosts, number, &HostRecord::number);
        std::string text = stacks_.get_text();
        if (host != trial.hosts.end()) {
            host->stack = std::move(text);
        }
    }
}

void TrialReader::take_changes(std::uint64_t place, WorkerRecord& worker)
{
    if (!worker.probed) {
        return;
    }
    changes_ << place;
    while (changes_.next()) {
        std::string what = changes_.get_text();
        std::string before = changes_.get_text();
        std::string after = changes_.get_text();
        worker.changes.push_back({std::move(what), std::move(before), std::move(after)});
    }
}

} // namespace bulkhead::store
