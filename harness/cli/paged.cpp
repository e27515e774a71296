#include "harness/cli/paged.hpp"

#include "harness/cli/facts.hpp"
#include "harness/cli/recorded.hpp"
#include "harness/cli/repeat.hpp"
#include "harness/cli/tally.hpp"
#include "harness/report/html.hpp"

#include <algorithm>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

namespace fs = std::filesystem;

/// What claims_json needs of a report.
report::ExperimentReport without_cells(const report::ExperimentReport& report)
{
    report::ExperimentReport rest;
    rest.experiment = report.experiment;
    rest.judged = report.judged;
    return rest;
}

report::ExperimentPart part_of(const Recorded& recorded, const report::ExperimentReport& report,
                               report::TrialColumns trials)
{
    report::ExperimentPart part;
    part.report = report::compact(report::experiment_json(report));
    part.facts = pairs_of(recorded.reader.facts());
    part.toml = recorded.reader.experiment_text();
    const Repeat repeat = repeat_of(recorded);
    part.command = repeat.command;
    part.save_as = repeat.save_as;
    part.trials = std::move(trials);
    part.cost = report::cost_json(report);
    return part;
}

/// The bytes that its list, the comma and the number before it take are few beside the trial.
std::size_t bytes_of(const std::string& trial)
{
    constexpr std::size_t around = 64;
    const auto escaped = std::ranges::count_if(trial, [](char c) { return c == '<' || c == '>' || c == '&'; });
    return trial.size() + around + 5 * static_cast<std::size_t>(escaped);
}

/// So that as many numbers of a page as can be are of trials that it shows.
void sort_by_cell(std::vector<report::ChosenTrial>& chosen)
{
    std::ranges::sort(chosen, {}, [](const report::ChosenTrial& each) { return std::tuple(each.cell, each.why); });
}

} // namespace

bool Paged::add(const fs::path& results)
{
    const auto recorded = open_recorded(results);
    if (!recorded) {
        return false;
    }
    try {
        Tally tally(recorded->experiment, recorded->shard);
        tally.note_stop(recorded->reader.stopped());
        report::TrialColumns trials;
        report::Choice choice(tally.cells());
        recorded->reader.for_each([&](const model::TrialRecord& record) {
            const model::TrialJudgement judgement = tally.add(record);
            trials.add(record, judgement);
            choice.add(record, judgement);
        });
        report::ExperimentReport report = std::move(tally).report();
        report.results = results.string();
        const std::string ended = recorded->reader.ended();
        report.ended = ended.empty() ? "unfinished: still at work, or killed" : ended;
        about_claims_.push_back(without_cells(report));
        trials_ += trials.count();
        parts_.push_back(part_of(*recorded, report, std::move(trials)));
        choices_.push_back(choice.in_order());
        files_.push_back(results);
        return true;
    } catch (const std::runtime_error& error) { // store::StoreError, or a trial that is none of the experiment's
        spdlog::error("{}", error.what());
        return false;
    }
}

std::optional<std::size_t> Paged::take_full(std::size_t number, std::size_t bytes, texts::Language language)
{
    report::ExperimentPart& part = parts_.at(number);
    const auto recorded = open_recorded(files_.at(number));
    if (!recorded) {
        return std::nullopt;
    }
    std::size_t used = 0;
    for (const report::ChosenTrial& each : choices_.at(number)) {
        const auto record = recorded->reader.trial(each.id);
        if (!record) {
            continue;
        }
        std::string json = report::trial_for_page(report::trial_json(*record, recorded->experiment.name, language));
        if (used + bytes_of(json) <= bytes) { // a smaller one may yet find room
            used += bytes_of(json);
            part.chosen.push_back(each);
            part.full.emplace(each.id, std::move(json));
        }
    }
    sort_by_cell(part.chosen);
    return used;
}

bool Paged::finish(report::Island& island, const std::string& anatomy)
{
    if (!parts_.empty()) {
        parts_.front().anatomy = anatomy;
    }
    island.claims = report::claims_json(about_claims_, island.language);
    for (report::ExperimentPart& part : parts_) {
        if (trials_ > report::TrialColumns::most) {
            part.trials.leave_out();
        }
        island.experiments.push_back(part);
    }
    const std::size_t bare = report::size_of_bare_page() + report::for_island(report::island_json(island)).size();
    const std::size_t most = report::most_bytes(trials_);
    std::size_t left = most - std::min(most, bare);
    std::size_t waiting = 0;
    for (const auto& choice : choices_) {
        waiting += choice.size();
    }
    try {
        for (std::size_t number = 0; number < parts_.size(); ++number) {
            const std::size_t own = choices_[number].size();
            const auto used = take_full(number, waiting == 0 ? 0 : left / waiting * own, island.language);
            if (!used) {
                return false;
            }
            left -= *used;
            waiting -= own;
        }
    } catch (const store::StoreError& error) {
        spdlog::error("{}", error.what());
        return false;
    }
    island.experiments = std::move(parts_);
    return true;
}

} // namespace bulkhead::cli
