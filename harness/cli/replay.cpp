#include "harness/cli/commands.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/recorded.hpp"
#include "harness/model/judge.hpp"
#include "harness/report/json_parts.hpp"
#include "harness/run/run.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

using Json = nlohmann::ordered_json;

struct Run {
    model::TrialRecord record;
    model::TrialJudgement judgement;
};

/// The trial as it was recorded, and as it went this time.
struct Comparison {
    Run recorded;
    Run replayed;
    std::vector<std::uint32_t> differing; ///< workers, in pool order
    Exit exit = Exit::upheld;
};

Comparison compare(const model::TrialRecord& recorded, const model::TrialRecord& replayed)
{
    Comparison comparison{{recorded, model::judge(recorded)}, {replayed, model::judge(replayed)}, {}, Exit::upheld};
    const auto& before = comparison.recorded.judgement;
    const auto& now = comparison.replayed.judgement;
    if (!before.inconclusive.empty() || !now.inconclusive.empty()) {
        comparison.exit = Exit::inconclusive;
        return comparison;
    }
    for (std::uint32_t i = 0; i < recorded.plan.shape.workers(); ++i) {
        if (before.outcomes.at(i) != now.outcomes.at(i)) {
            comparison.differing.push_back(i);
        }
    }
    comparison.exit = comparison.differing.empty() ? Exit::upheld : Exit::refuted;
    return comparison;
}

std::string outcome_of(const Run& run, std::uint32_t worker)
{
    return run.judgement.inconclusive.empty() ? std::string(model::to_string(run.judgement.outcomes.at(worker))) : "-";
}

/// How a host ended before the trial's tear-down; empty when it lived until then.
std::string end_of(const Run& run, std::uint32_t host)
{
    for (const model::HostRecord& each : run.record.hosts) {
        if (each.number == host && !each.ended_in_teardown && each.termination) {
            return model::describe(*each.termination);
        }
    }
    return "";
}

/// Workers in a small pool all have a line; in a large one only the victim and those that differ.
bool worth_a_line(const Comparison& comparison, std::uint32_t worker)
{
    const model::TrialPlan& plan = comparison.recorded.record.plan;
    return plan.shape.workers() <= 16 || worker == model::index_of(plan.victim, plan.shape) ||
           outcome_of(comparison.recorded, worker) != outcome_of(comparison.replayed, worker);
}

std::string conclusion(const Comparison& comparison)
{
    const auto workers = comparison.recorded.record.plan.shape.workers();
    if (!comparison.recorded.judgement.inconclusive.empty()) {
        return "No comparison: the recorded trial is inconclusive: " + comparison.recorded.judgement.inconclusive;
    }
    if (!comparison.replayed.judgement.inconclusive.empty()) {
        return "No comparison: the replayed trial is inconclusive: " + comparison.replayed.judgement.inconclusive;
    }
    if (comparison.differing.empty()) {
        return fmt::format("The same outcome for {}.",
                           workers == 1 ? "the worker" : "all " + counted(workers, "worker"));
    }
    return fmt::format("Another outcome for {} of {}.", comparison.differing.size(), counted(workers, "worker"));
}

std::string as_text(const Comparison& comparison)
{
    const model::TrialPlan& plan = comparison.recorded.record.plan;
    std::string text = fmt::format("Trial {}: {}, {}, victim {}, seed {}\n\n  {:<10}{:<14}{}\n", plan.id,
                                   model::to_string(plan.shape), model::to_string(plan.fault),
                                   model::to_string(plan.victim), plan.seed, "worker", "recorded", "replayed");
    for (std::uint32_t i = 0; i < plan.shape.workers(); ++i) {
        if (worth_a_line(comparison, i)) {
            const std::string before = outcome_of(comparison.recorded, i);
            const std::string now = outcome_of(comparison.replayed, i);
            text += fmt::format("  {:<10}{:<14}{}{}\n", model::to_string(model::worker_at(i, plan.shape)), before, now,
                                before == now ? "" : "   <- differs");
        }
    }
    for (std::uint32_t host = 0; host < plan.shape.hosts; ++host) {
        const std::string before = end_of(comparison.recorded, host);
        const std::string now = end_of(comparison.replayed, host);
        if (!before.empty() || !now.empty()) {
            const auto shown = [](const std::string& end) { return end.empty() ? "lived on" : end; };
            text += fmt::format("\n  host p{}: {}{}", host, shown(now),
                                before == now ? ", as recorded" : "; recorded: " + shown(before));
        }
    }
    const std::string last = wrapped(conclusion(comparison), style_of_stdout().width, 0);
    return text + (text.ends_with('\n') ? "\n" : "\n\n") + last + "\n";
}

Json as_json(const Comparison& comparison)
{
    const model::TrialPlan& plan = comparison.recorded.record.plan;
    Json workers = Json::array();
    for (std::uint32_t i = 0; i < plan.shape.workers(); ++i) {
        workers.push_back({{"worker", model::to_string(model::worker_at(i, plan.shape))},
                           {"recorded", outcome_of(comparison.recorded, i)},
                           {"replayed", outcome_of(comparison.replayed, i)}});
    }
    const std::string_view result = comparison.exit == Exit::upheld    ? "same"
                                    : comparison.exit == Exit::refuted ? "different"
                                                                       : "inconclusive";
    return {{"trial", plan.id},
            {"shape", model::to_string(plan.shape)},
            {"fault", model::to_string(plan.fault)},
            {"victim", model::to_string(plan.victim)},
            {"seed", report::seed_json(plan.seed)},
            {"result", result},
            {"conclusion", conclusion(comparison)},
            {"workers", workers}};
}

} // namespace

Exit execute(const ReplayCommand& command)
{
    const auto recorded = open_recorded(command.results);
    if (!recorded) {
        return Exit::mistake;
    }
    const auto record = find_trial(*recorded, command.trial);
    if (!record) {
        return Exit::mistake;
    }
    const model::TrialPlan& plan = record->plan;
    if (plan.victim.host >= plan.shape.hosts || plan.victim.thread >= plan.shape.threads) {
        spdlog::error("the row of trial {} in {} is damaged: a pool {} has no worker {}", command.trial,
                      command.results.string(), model::to_string(plan.shape), model::to_string(plan.victim));
        return Exit::mistake;
    }
    run::Options options{run::find_host(BULKHEAD_INSTALLED_HOST), 1};
    options.trial_limit = recorded->experiment.trial_limit;
    const Comparison comparison = compare(*record, run::run_trial(plan, options));
    print(command.format == Format::json
              ? as_json(comparison).dump(2, ' ', false, Json::error_handler_t::replace) + "\n"
              : as_text(comparison));
    return comparison.exit;
}

} // namespace bulkhead::cli
