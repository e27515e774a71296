#include "harness/report/chronicle.hpp"
#include "harness/report/evidence.hpp"
#include "harness/report/figures.hpp"
#include "harness/report/page.hpp"
#include "harness/report/result.hpp"
#include "harness/report/roster.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <sstream>

namespace bulkhead::report {
namespace {

/// The trial's cell, as far as names and predictions need it.
model::Cell cell_of(const model::TrialPlan& plan)
{
    return {.number = plan.cell, .shape = plan.shape, .fault = plan.fault, .containment = plan.containment};
}

/// What connects and separates the workers; empty when the plan is silent about it.
std::string containment_of(const model::TrialPlan& plan)
{
    std::string text = plan.containment.commons && plan.containment.shared == 0 ? "hosts share nothing" : "";
    const auto add = [&text](const std::string& part) {
        text.append(text.empty() || part.empty() ? "" : "; ").append(part);
    };
    add(containment_text(plan.containment));
    if (model::nature_of(plan.fault, plan.containment).effect == model::Effect::degrades) {
        add(processors_text(plan.containment));
    }
    if (plan.burst.count() > 0) {
        add("rates measured for " + describe(plan.burst) + ", degraded below " +
            fmt::format("{:g}", plan.degraded_below) + " of the rate before");
    }
    return text;
}

void print_heading(Page& page, const model::TrialRecord& record, const std::string& experiment_name)
{
    const model::TrialPlan& plan = record.plan;
    const bool golden = model::is_golden(plan.fault);
    const std::string what = golden ? "golden run at " + to_string(plan.shape) : name_of(cell_of(plan));
    page.paragraph({}, experiment_name + ", trial " + std::to_string(plan.id) + ": " + what, Look::bold);
    page.paragraph({},
                   (golden ? "would-be victim " : "victim ") + to_string(plan.victim) + ", " +
                       std::string(to_string(plan.at)) + " after " + count(plan.after_ops, "op") + ", " +
                       std::string(to_string(plan.launch)) + ", an op every " + describe(plan.pace) + ", window " +
                       describe(plan.window) + ", evidence " + count(plan.evidence_ops, "op") + ", cell " +
                       std::to_string(plan.cell) + ", number " + std::to_string(plan.number) + " in it, lane " +
                       std::to_string(record.lane) + ", seed " + std::to_string(plan.seed),
                   Look::faint);
    if (const std::string containment = containment_of(plan); !containment.empty()) {
        page.paragraph({}, containment, Look::faint);
    }
}

void print_result(Page& page, const model::TrialRecord& record, const model::TrialJudgement& judgement)
{
    const model::TrialPlan& plan = record.plan;
    if (!judgement.inconclusive.empty()) {
        page.paragraph({{"INCONCLUSIVE", Look::bold_yellow}, {"  "}}, judgement.inconclusive, Look::yellow);
        return;
    }
    if (model::is_golden(plan.fault) && judgement.survivors < judgement.siblings) {
        page.line({{fitted("!! THIS GOLDEN RUN LOST A SIBLING, and no fault was committed in it !!", page.width()),
                    Look::alarm}});
    }
    page.paragraph({}, result_text(record, judgement), judgement.as_predicted ? Look::plain : Look::bold_yellow);
}

/// Milliseconds to the microsecond, all with the same point.
std::string time_text(model::Stamp since)
{
    return fmt::format("{:+.3f} ms", static_cast<double>(since) / 1e6);
}

Look event_look(const Event& event)
{
    if (event.name == "FIRED") {
        return Look::bold_red;
    }
    return event.name == "end seen" || event.name == "host ended" || event.name == "thread gone" ? Look::red
                                                                                                 : Look::plain;
}

void print_chronicle(Page& page, const model::TrialRecord& record)
{
    const std::vector<Event> events = chronicle_of(record);
    std::size_t widest_time = 0;
    std::size_t widest_name = 0;
    for (const Event& event : events) {
        widest_time = std::max(widest_time, columns(time_text(since_start(record, event.at))));
        widest_name = std::max(widest_name, columns(event.name));
    }
    page.line({{"time line", Look::bold}, {"  from the trial's start", Look::faint}});
    for (const Event& event : events) {
        page.paragraph({{"  "},
                        {right(time_text(since_start(record, event.at)), widest_time), Look::faint},
                        {"  "},
                        {left(event.name, widest_name), event_look(event)},
                        {"  "}},
                       event.text);
    }
}

/// Those that did not simply get done, each in words.
void print_jobs(Page& page, const model::TrialRecord& record)
{
    if (record.jobs.empty()) {
        return;
    }
    page.line({{"jobs", Look::bold}, {"  that did not simply get done", Look::faint}});
    for (const model::JobRecord& job : record.jobs) {
        page.paragraph({{"  "}}, describe(job));
    }
    page.blank();
}

/// What a debugger told of hosts that had not answered when the trial had taken too long; lines are left whole.
void print_stacks(Page& page, const model::TrialRecord& record)
{
    for (const model::HostRecord& host : record.hosts) {
        if (host.stack.empty()) {
            continue;
        }
        page.blank();
        page.line({{"stacks of p" + std::to_string(host.number), Look::bold},
                   {"  when the trial had taken too long", Look::faint}});
        std::istringstream lines(host.stack);
        for (std::string line; std::getline(lines, line);) {
            page.command(2, line);
        }
    }
}

} // namespace

std::string result_text(const model::TrialRecord& record, const model::TrialJudgement& judgement)
{
    if (judgement.siblings == 0) {
        return "there are no siblings";
    }
    std::array<std::uint64_t, model::outcome_count> outcomes{};
    for (std::size_t index = 0; index < judgement.outcomes.size(); ++index) {
        if (record.workers[index].id != record.plan.victim) {
            ++outcomes.at(static_cast<std::size_t>(judgement.outcomes[index]));
        }
    }
    const std::string survived =
        std::to_string(judgement.survivors) + " of " + count(judgement.siblings, "sibling") + " survived";
    const std::string prediction = " (" + prediction_text(cell_of(record.plan)) + ")";
    if (judgement.as_predicted) {
        return survived + ", as predicted" + prediction;
    }
    const std::uint32_t predicted =
        model::predicted_survivors(record.plan.fault, record.plan.shape, record.plan.containment, record.plan.victim);
    return survived + " (" + outcomes_text(outcomes) + "); NOT as predicted: " + std::to_string(predicted) +
           " were to survive" + prediction;
}

std::string trial_text(const model::TrialRecord& record, const std::string& experiment_name, Style style)
{
    Page page(style);
    const model::TrialJudgement judgement = model::judge(record);
    if (!judgement.inconclusive.empty()) {
        print_result(page, record, judgement);
        page.blank();
    }
    print_heading(page, record, experiment_name);
    if (judgement.inconclusive.empty()) {
        print_result(page, record, judgement);
    }
    page.blank();
    print_chronicle(page, record);
    page.blank();
    print_workers(page, record, judgement);
    page.blank();
    print_jobs(page, record);
    print_evidence(page, record, judgement);
    print_hosts(page, record);
    print_stacks(page, record);
    return page.take();
}

} // namespace bulkhead::report
