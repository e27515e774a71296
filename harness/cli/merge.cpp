#include "harness/store/merge.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/facts.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/outputs.hpp"
#include "harness/cli/recorded.hpp"
#include "harness/cli/selection.hpp"
#include "harness/cli/tally.hpp"
#include "harness/model/parts.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

namespace fs = std::filesystem;

/// What decides whether a file can be put together with others; nullopt, with the reason on stderr, when it is no
/// shard.
std::optional<model::CampaignPart> read_part(const fs::path& path)
{
    const auto recorded = open_recorded(path);
    if (!recorded) {
        return std::nullopt;
    }
    if (!recorded->shard) {
        spdlog::error("{} is no shard: it has all trials of its campaign, or was merged already. Name files that "
                      "`bulkhead run --shard` has written.",
                      path.string());
        return std::nullopt;
    }
    model::CampaignPart part;
    part.name = path.string();
    part.shard = *recorded->shard;
    part.text = recorded->reader.experiment_text();
    part.cells = model::expand(recorded->experiment);
    for (store::Fact& fact : recorded->reader.facts()) {
        part.facts.emplace_back(std::move(fact.name), std::move(fact.value));
    }
    part.ids = recorded->reader.trial_ids();
    part.ended = recorded->reader.ended();
    return part;
}

/// In the order of their numbers, so that what is made does not depend on the order in which they were named; empty,
/// with the reasons on stderr, when one of them cannot be used.
std::vector<model::CampaignPart> read_parts(const std::vector<fs::path>& paths)
{
    std::vector<model::CampaignPart> parts;
    for (const fs::path& path : paths) {
        if (auto part = read_part(path)) {
            parts.push_back(std::move(*part));
        }
    }
    if (parts.size() < paths.size()) {
        return {};
    }
    std::ranges::stable_sort(parts, {}, [](const model::CampaignPart& part) { return part.shard.number; });
    return parts;
}

void say(const std::vector<std::string>& sentences)
{
    for (const std::string& sentence : sentences) {
        to_stderr(fmt::format("  {}\n", sentence));
    }
}

store::Whole whole_of(const model::CampaignPart& first, const std::vector<model::CampaignPart>& parts, bool complete)
{
    store::Whole whole;
    const auto recorded = open_recorded(first.name);
    if (!recorded) {
        throw store::StoreError(first.name + " cannot be read any more");
    }
    whole.experiment = recorded->experiment;
    whole.cells = first.cells;
    for (auto& [name, value] : model::common_facts(parts).facts) {
        whole.facts.push_back({name, value});
    }
    std::vector<std::uint32_t> numbers;
    for (const model::CampaignPart& part : parts) {
        numbers.push_back(part.shard.number);
    }
    whole.facts.push_back({"merged", fmt::format("shards {} of {}", model::ranges_text(numbers), first.shard.count)});
    whole.trials = count_trials(first.cells);
    whole.ended = complete ? "complete" : "merged without all trials";
    return whole;
}

void merge_into(const fs::path& out, const std::vector<model::CampaignPart>& parts, bool complete)
{
    std::vector<fs::path> paths;
    for (const model::CampaignPart& part : parts) {
        paths.emplace_back(part.name);
    }
    store::merge(out, whole_of(parts.front(), parts, complete), paths);
}

/// Machines may differ, and whoever reads the figures should know.
void tell_of_machines(const std::vector<model::CampaignPart>& parts)
{
    std::string text;
    for (const auto& [name, value] : model::common_facts(parts).differing) {
        text += fmt::format("\n  {}: {}", name, value);
    }
    if (!text.empty()) {
        spdlog::warn("the shards did not all run on the same machine, or in the same way:{}", text);
    }
}

Exit report_on(const MergeCommand& command)
{
    const auto recorded = open_recorded(command.out);
    if (!recorded) {
        return Exit::mistake;
    }
    Tally tally(recorded->experiment, recorded->shard);
    recorded->reader.for_each([&tally](const model::TrialRecord& record) { tally.add(record); });
    report::ExperimentReport report = tally.report();
    report.results = command.out.string();
    report.ended = recorded->reader.ended();
    print(command.format == Format::json ? report::experiment_json(report)
                                         : report::experiment_text(report, style_of_stdout()));
    if (!any_wanted(command.outputs)) {
        return exit_of(report);
    }
    return worse(exit_of(report),
                 write_outputs(command.outputs, {report::suite_of(report, pairs_of(recorded->reader.facts()), "")}));
}

} // namespace

Exit execute(const MergeCommand& command)
{
    std::vector<fs::path> others = command.shards;
    others.push_back(command.out);
    if (!can_be_written(command.outputs, others)) {
        to_stderr(fmt::format("Nothing was written.\n"));
        return Exit::mistake;
    }
    const std::vector<model::CampaignPart> parts = read_parts(command.shards);
    if (parts.empty()) {
        to_stderr(fmt::format("Nothing was written.\n"));
        return Exit::mistake;
    }
    if (const auto wrong = model::contradictions(parts); !wrong.empty()) {
        spdlog::error("these are not the shards of one campaign, each once:");
        say(wrong);
        to_stderr(fmt::format("Nothing was written.\n"));
        return Exit::mistake;
    }
    const auto lacks = model::missing(parts);
    if (!lacks.empty()) {
        spdlog::error("trials of the campaign are missing:");
        say(lacks);
    }
    if (!lacks.empty() && !command.partial) {
        to_stderr(
            fmt::format("Nothing was written; to go on with a shard: bulkhead resume FILE; to merge what is there: "
                        "--partial\n"));
        return Exit::inconclusive;
    }
    try {
        merge_into(command.out, parts, lacks.empty());
        tell_of_machines(parts);
        return report_on(command);
    } catch (const std::runtime_error& error) { // store::StoreError, or a trial that is none of the experiment's
        spdlog::error("{}", error.what());
        return Exit::mistake;
    }
}

} // namespace bulkhead::cli
