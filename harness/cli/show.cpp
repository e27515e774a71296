#include "harness/cli/commands.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/recorded.hpp"
#include "harness/cli/tally.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_shown = 10; ///< trials of each kind

/// A trial that somebody will want to look at, and why.
struct Notable {
    model::TrialPlan plan;
    std::string why;
};

/// The trials worth looking at; each list keeps the first few, and counts them all.
struct Notables {
    std::vector<Notable> inconclusive;
    std::vector<Notable> unpredicted;
    std::uint64_t inconclusive_count = 0;
    std::uint64_t unpredicted_count = 0;
    std::vector<Notable> odd;       ///< that went otherwise than the rest of their cell
    std::optional<Notable> slowest; ///< to be detected
    std::chrono::nanoseconds slowest_detection{0};
};

void keep(std::vector<Notable>& list, std::uint64_t& count, const model::TrialRecord& record, std::string why)
{
    ++count;
    if (list.size() < most_shown) {
        list.push_back({record.plan, std::move(why)});
    }
}

void look_at(Notables& notables, const model::TrialRecord& record, const model::TrialJudgement& judgement)
{
    if (!judgement.inconclusive.empty()) {
        keep(notables.inconclusive, notables.inconclusive_count, record, "inconclusive: " + judgement.inconclusive);
        return;
    }
    if (!judgement.as_predicted) {
        keep(notables.unpredicted, notables.unpredicted_count, record,
             fmt::format("not as predicted: {} of {} survived, {} predicted", judgement.survivors,
                         counted(judgement.siblings, "sibling"),
                         model::predicted_survivors(record.plan.fault, record.plan.shape, record.plan.containment,
                                                    record.plan.victim)));
    }
    if (record.fired && record.end_seen) {
        const std::chrono::nanoseconds detection(*record.end_seen - *record.fired);
        if (detection > notables.slowest_detection) {
            notables.slowest_detection = detection;
            notables.slowest = Notable{record.plan, "the slowest to be detected: " + report::describe(detection)};
        }
    }
}

std::vector<Notable> all_of(const Notables& notables)
{
    std::vector<Notable> all = notables.inconclusive;
    all.insert(all.end(), notables.unpredicted.begin(), notables.unpredicted.end());
    all.insert(all.end(), notables.odd.begin(), notables.odd.end());
    if (notables.slowest) {
        all.push_back(*notables.slowest);
    }
    return all;
}

std::string more(std::uint64_t count, std::string_view kind)
{
    return count > most_shown ? fmt::format("  ... and {} more {}\n", count - most_shown, kind) : "";
}

std::string notables_text(const Notables& notables, const std::string& path, std::size_t width)
{
    const auto all = all_of(notables);
    if (all.empty()) {
        return "";
    }
    std::string text = "\nTrials worth looking at\n";
    for (const Notable& each : all) {
        const std::string cell = model::to_string(each.plan.shape) + " " + model::to_string(each.plan.fault);
        text += fmt::format("  {:>6}  {:<25} {}\n", each.plan.id, cell, wrapped(each.why, width, 36));
    }
    text += more(notables.inconclusive_count, "that are inconclusive");
    text += more(notables.unpredicted_count, "that are not as predicted");
    return text + fmt::format("\n  bulkhead show {} {}\n", quoted(path), all.front().plan.id);
}

Json notables_json(const Notables& notables)
{
    Json list = Json::array();
    for (const Notable& each : all_of(notables)) {
        list.push_back({{"trial", each.plan.id},
                        {"shape", model::to_string(each.plan.shape)},
                        {"fault", model::to_string(each.plan.fault)},
                        {"why", each.why}});
    }
    return list;
}

std::string facts_text(const Recorded& recorded, std::size_t width)
{
    std::string text;
    const auto line = [&](std::string_view name, std::string_view value) {
        text += fmt::format("  {:<16}{}\n", name, wrapped(value, width, 18));
    };
    line("experiment", recorded.experiment.name);
    line("from", recorded.reader.origin());
    for (const store::Fact& fact : recorded.reader.facts()) {
        line(fact.name, fact.value);
    }
    return "Facts\n" + text + "\n";
}

Exit show_trial(const Recorded& recorded, const ShowCommand& command)
{
    const auto record = find_trial(recorded, *command.trial);
    if (!record) {
        return Exit::mistake;
    }
    const std::string& name = recorded.experiment.name;
    print(command.format == Format::json ? report::trial_json(*record, name)
                                         : report::trial_text(*record, name, style_of_stdout()));
    return Exit::upheld;
}

/// The trials that went otherwise than the rest of their cell, but for those that are listed already.
void add_odd_trials(Notables& notables, const std::vector<model::CellSummary>& cells,
                    const model::Experiment& experiment)
{
    for (const model::CellSummary& summary : cells) {
        for (const auto& [number, manner] : model::steadiness_of(summary.manners).first) {
            const std::uint32_t id = summary.cell.first_id + number;
            const auto is_it = [id](const Notable& notable) { return notable.plan.id == id; };
            if (std::ranges::none_of(notables.unpredicted, is_it) && notables.odd.size() < most_shown) {
                notables.odd.push_back({model::plan_trial(experiment, summary.cell, number),
                                        "not as the rest of its cell: " + describe(manner, summary.cell.shape)});
            }
        }
    }
}

Exit show_campaign(const Recorded& recorded, const ShowCommand& command)
{
    Tally tally(recorded.experiment, recorded.shard);
    tally.note_stop(recorded.reader.stopped());
    Notables notables;
    recorded.reader.for_each([&](const model::TrialRecord& record) { look_at(notables, record, tally.add(record)); });
    report::ExperimentReport report = std::move(tally).report();
    add_odd_trials(notables, report.cells, recorded.experiment);
    report.results = command.results.string();
    const std::string ended = recorded.reader.ended();
    report.ended = ended.empty() ? "unfinished: still at work, or killed" : ended;

    const report::Style style = style_of_stdout(command.language);
    if (command.format == Format::text) {
        print(facts_text(recorded, style.width) + report::experiment_text(report, style) +
              notables_text(notables, report.results, style.width));
        return Exit::upheld;
    }
    Json json = Json::parse(report::experiment_json(report));
    for (const store::Fact& fact : recorded.reader.facts()) {
        json["facts"][fact.name] = fact.value;
    }
    json["worth_looking_at"] = notables_json(notables);
    print(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    return Exit::upheld;
}

} // namespace

Exit execute(const ShowCommand& command)
{
    const auto recorded = open_recorded(command.results);
    if (!recorded) {
        return Exit::mistake;
    }
    try {
        return command.trial ? show_trial(*recorded, command) : show_campaign(*recorded, command);
    } catch (const store::StoreError& error) {
        spdlog::error("{}", error.what());
        return Exit::mistake;
    }
}

} // namespace bulkhead::cli
