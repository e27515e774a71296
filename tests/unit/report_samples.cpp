#include "report_samples.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace bulkhead::samples {
namespace {

using namespace std::chrono_literals;
using model::Stamp;

constexpr Stamp start = 5'000'000'000'000;
constexpr Stamp us = 1000;

model::Fault fault_of(const std::string& name)
{
    const auto fault = model::parse_fault(name);
    if (!fault) {
        throw std::invalid_argument(name);
    }
    return *fault;
}

std::vector<model::Shape> shapes_of(const std::vector<std::string>& names)
{
    std::vector<model::Shape> shapes;
    for (const std::string& name : names) {
        shapes.push_back(model::parse_shape(name).value());
    }
    return shapes;
}

std::vector<model::Fault> faults_of(const std::vector<std::string>& names)
{
    std::vector<model::Fault> faults;
    for (const std::string& name : names) {
        faults.push_back(fault_of(name));
    }
    return faults;
}

void launch(model::TrialRecord& record)
{
    const model::Shape shape = record.plan.shape;
    for (std::uint32_t host = 0; host < shape.hosts; ++host) {
        model::HostRecord& made = record.hosts.emplace_back();
        made.number = host;
        made.pid = static_cast<std::int32_t>(4711 + host * shape.threads);
        made.termination = sys::Exited{0};
        made.end_seen = start + (4800 + host) * us;
        made.ended_in_teardown = true;
    }
    for (std::uint32_t index = 0; index < shape.workers(); ++index) {
        const std::uint64_t before = 10 + index % 3;
        model::WorkerRecord& made = record.workers.emplace_back();
        made.id = model::worker_at(index, shape);
        made.tid = static_cast<std::int32_t>(4711 + index);
        made.ops_final = before + 40;
        made.before = model::Answer{.ops = before, .check_holds = true, .at = start + (1100 + index % 97) * us};
        made.after =
            model::Answer{.ops = before + 39, .check_holds = true, .at = start + (4600 + (index * 7) % 101) * us};
        made.probed = record.plan.containment.commons;
        if (record.plan.burst.count() > 0) {
            made.rate_before = 1'000'000.0 + index * 1000;
            made.rate_after = *made.rate_before;
        }
    }
}

void silence(model::TrialRecord& record, std::uint32_t host)
{
    for (model::WorkerRecord& worker : record.workers) {
        if (worker.id.host == host) {
            worker.after.reset();
        }
    }
}

void end_host(model::TrialRecord& record, std::uint32_t number, sys::Termination how, Stamp seen)
{
    model::HostRecord& host = record.hosts.at(number);
    host.termination = how;
    host.end_seen = seen;
    host.ended_in_teardown = false;
    silence(record, number);
}

model::WorkerRecord& victim_of(model::TrialRecord& record)
{
    return record.workers.at(model::index_of(record.plan.victim, record.plan.shape));
}

/// What the fault leaves of a worker whose host lives, and that is to end so.
void befall(model::TrialRecord& record, model::WorkerRecord& worker, model::Outcome outcome)
{
    switch (outcome) {
    case model::Outcome::intact: return;
    case model::Outcome::contaminated: worker.changes = {{"working directory", "/", "/tmp"}}; return;
    case model::Outcome::degraded: worker.rate_after = worker.rate_before.value() / 8; return;
    case model::Outcome::stalled:
        worker.after.reset();
        worker.asleep_seen = *record.challenged + 40 * us;
        return;
    case model::Outcome::corrupted:
        worker.broken = 1U << static_cast<unsigned>(model::Place::heap);
        worker.check_failures = 2;
        return;
    case model::Outcome::died:
        end_host(record, worker.id.host, sys::Signaled{15, false}, record.end_seen.value_or(*record.challenged));
        return;
    }
}

/// Siblings whose host was not struck down with the victim.
void befall_siblings(model::TrialRecord& record)
{
    for (model::WorkerRecord& worker : record.workers) {
        const model::Relation relation = model::relation_of(worker.id, record.plan.victim);
        const model::HostRecord& host = record.hosts.at(worker.id.host);
        if (relation != model::Relation::victim && host.ended_in_teardown && !host.image_replaced && !host.stopped) {
            befall(record, worker, model::predict(record.plan.fault, relation, record.plan.containment));
        }
    }
}

void go_on(model::TrialRecord& record)
{
    record.end_seen.reset();
    record.went_on = model::row_of(record.plan.fault).agent == model::Agent::victim;
    const model::Effect effect = model::nature_of(record.plan.fault, record.plan.containment).effect;
    if (effect == model::Effect::contaminates) {
        befall(record, victim_of(record), model::Outcome::contaminated);
    } else if (effect == model::Effect::degrades) {
        befall(record, victim_of(record), model::Outcome::degraded);
    }
    record.hosts.at(record.plan.victim.host).stopped = model::row_of(record.plan.fault).id == "thaw";
}

void strike(model::TrialRecord& record, Stamp seen)
{
    const model::VictimEnd end = model::nature_of(record.plan.fault, record.plan.containment).end;
    const model::WorkerId victim = record.plan.victim;
    if (const auto* const process = std::get_if<model::ProcessEnds>(&end)) {
        end_host(record, victim.host, process->how, seen);
    } else if (const auto* const worker = std::get_if<model::WorkerEnds>(&end)) {
        if (record.plan.shape.threads == 1) {
            end_host(record, victim.host, worker->last, seen);
        } else {
            model::WorkerRecord& ended = victim_of(record);
            ended.thread_end_seen = seen;
            ended.after.reset();
        }
    } else if (std::holds_alternative<model::ImageReplaced>(end)) {
        record.hosts.at(victim.host).image_replaced = true;
        silence(record, victim.host);
    } else if (std::holds_alternative<model::ProcessStops>(end)) {
        record.hosts.at(victim.host).stopped = true;
        record.window_ended = true;
        silence(record, victim.host);
    } else if (std::holds_alternative<model::WorkerStalls>(end)) {
        record.end_seen.reset();
        victim_of(record).after.reset();
        victim_of(record).ops_final = *record.fired_at_op;
    } else {
        go_on(record);
    }
    if (model::row_of(record.plan.fault).needs == model::Need::memory_cgroup) {
        record.oom_kills = 1;
    }
}

void add_mishap(model::TrialRecord& record, const Mishap& mishap)
{
    const model::TrialPlan& plan = record.plan;
    record.inconclusive = mishap.inconclusive;
    if (mishap.a_sibling_dies) {
        end_host(record, (plan.victim.host + 1) % plan.shape.hosts, sys::Signaled{15, false}, start + 4650 * us);
    }
    if (mishap.a_sibling_stalls) {
        record.workers.back().after.reset();
        record.window_ended = true;
    }
    if (mishap.a_sibling_changes) {
        record.workers.back().changes = {{"working directory", "/", "/tmp"}};
    }
}

} // namespace

model::TrialRecord trial(const model::TrialPlan& plan, const Mishap& mishap)
{
    model::TrialRecord record;
    record.plan = plan;
    record.started = start;
    record.steady = start + 1240 * us;
    record.ordered = start + 1251 * us;
    record.challenged = start + 4502 * us;
    record.settled = start + 4730 * us;
    record.finished = start + 6013 * us;
    launch(record);
    if (!model::is_golden(plan.fault)) {
        const auto latency = static_cast<Stamp>(52 + plan.seed % 37) * us;
        record.fired = start + 4420 * us;
        record.fired_at_op = 11 + plan.after_ops;
        record.end_seen = *record.fired + latency;
        record.challenged = *record.end_seen + 12 * us;
        strike(record, *record.end_seen);
        befall_siblings(record);
    }
    add_mishap(record, mishap);
    return record;
}

model::TrialPlan plan(const std::string& fault, const std::string& shape, const model::Containment& containment)
{
    const model::Experiment made = experiment({shape}, {fault}, containment);
    const std::vector<model::Cell> cells = model::expand(made);
    const auto cell = std::ranges::find(cells, fault_of(fault), &model::Cell::fault);
    return model::plan_trial(made, *cell, 0);
}

namespace {

model::Experiment experiment(const std::vector<std::string>& shapes, const std::vector<std::string>& faults,
                             const model::Containment& containment, const model::Offer& offer)
{
    model::Experiment experiment;
    experiment.containment = containment;
    if (containment.robust_lock)
        experiment.variants = {{.locking = model::Locking::robust}};
    experiment.name = "first-look";
    experiment.question = "Does a worker that dies take its siblings with it?";
    experiment.origin = "experiments/first-look.toml";
    experiment.shapes = shapes_of(shapes);
    experiment.faults = faults_of(faults);
    experiment.at = model::InjectionPoint::inside_op;
    experiment.after_ops = {.low = 10, .high = 100};
    model::contain(experiment, offer);
    return experiment;
}

} // namespace

model::Experiment experiment(const std::vector<std::string>& shapes, const std::vector<std::string>& faults,
                             const model::Offer& offer)
{
    return experiment(shapes, faults, {}, offer);
}

model::Experiment experiment(const std::vector<std::string>& shapes, const std::vector<std::string>& faults,
                             const model::Containment& containment)
{
    return experiment(shapes, faults, containment, {});
}

model::Expectation expectation(const std::vector<std::string>& shapes, const std::vector<std::string>& faults,
                               model::Claim claim)
{
    return {.when = {.shapes = shapes_of(shapes), .faults = faults_of(faults)}, .claim = claim, .line = 24};
}

report::ExperimentReport report_on(const model::Experiment& experiment)
{
    report::ExperimentReport report;
    report.experiment = experiment;
    for (const model::Cell& cell : model::expand(experiment)) {
        model::CellSummary& summary = report.cells.emplace_back();
        summary.cell = cell;
        for (std::uint32_t number = 0; number < cell.trials; ++number) {
            const model::TrialRecord record = trial(model::plan_trial(experiment, cell, number));
            model::add(summary, record, model::judge(record));
        }
        report.planned += cell.trials;
    }
    report.judged = model::judge(experiment, report.cells);
    report.results = "bulkhead-results/first-look.db";
    report.ended = "complete";
    report.finished = report.planned;
    report.took = 4123ms;
    return report;
}

model::CellSummary& cell_of(report::ExperimentReport& report, const std::string& fault, const std::string& shape)
{
    const auto found = std::ranges::find_if(report.cells, [&](const model::CellSummary& cell) {
        return cell.cell.fault == fault_of(fault) && cell.cell.shape == model::parse_shape(shape);
    });
    return found == report.cells.end() ? throw std::invalid_argument(fault + " at " + shape) : *found;
}

void rerun(report::ExperimentReport& report, const std::string& fault, const std::string& shape, std::uint32_t trials,
           std::uint32_t mishaps, const Mishap& mishap)
{
    model::CellSummary& summary = cell_of(report, fault, shape);
    const model::Cell cell = summary.cell;
    summary = {};
    summary.cell = cell;
    for (std::uint32_t number = 0; number < trials; ++number) {
        const model::TrialPlan plan = model::plan_trial(report.experiment, cell, number);
        const model::TrialRecord record = trial(plan, number < mishaps ? mishap : Mishap{});
        model::add(summary, record, model::judge(record));
    }
    report.judged = model::judge(report.experiment, report.cells);
}

std::vector<std::string> lines_of(const std::string& text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\x1b') {
            i = std::min(text.find('m', i), text.size());
        } else {
            plain += text[i];
        }
    }
    std::vector<std::string> lines;
    std::istringstream stream(plain);
    for (std::string line; std::getline(stream, line);) {
        lines.push_back(line);
    }
    return lines;
}

bool says(const std::string& text, const std::string& part)
{
    std::string joined;
    for (const std::string& line : lines_of(text)) {
        for (const char letter : line + ' ') {
            if (letter != ' ' || !joined.ends_with(' ')) {
                joined += letter;
            }
        }
    }
    return joined.find(part) != std::string::npos;
}

} // namespace bulkhead::samples
