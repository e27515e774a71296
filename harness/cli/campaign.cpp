#include "harness/cli/campaign.hpp"

#include "harness/cli/begun.hpp"
#include "harness/cli/facts.hpp"
#include "harness/cli/going_on.hpp"
#include "harness/cli/live_replay.hpp"
#include "harness/cli/live_view.hpp"
#include "harness/cli/looks.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/progress.hpp"
#include "harness/cli/selection.hpp"
#include "harness/cli/tally.hpp"
#include "harness/store/store.hpp"
#include "harness/sys/clock.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fmt/format.h>
#include <functional>
#include <optional>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {

constexpr const char* complete = "complete";

std::string time_stamp()
{
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&now, &local);
    char text[32];
    return {text, std::strftime(text, sizeof(text), "%Y%m%d-%H%M%S", &local)};
}

namespace {

std::filesystem::path free_name(const std::filesystem::path& folder, const std::string& name)
{
    const std::string stem = name + "-" + time_stamp();
    std::filesystem::path path = folder / (stem + ".db");
    for (int number = 2; std::filesystem::exists(path); ++number) {
        path = folder / fmt::format("{}-{}.db", stem, number);
    }
    return path;
}

/// The same in each try, so that one that was killed finds what it had done.
std::string name_of_shard(const std::string& name, const model::Shard& shard)
{
    const std::string count = std::to_string(shard.count);
    return fmt::format("{}-{:0{}}-of-{}.db", name, shard.number, count.size(), count);
}

/// The results file when it has the same name each time; empty when it has not.
std::filesystem::path lasting_name(const Destination& destination, const std::string& experiment)
{
    if (!destination.file.empty() || !destination.shard) {
        return destination.file;
    }
    return destination.folder / name_of_shard(experiment, *destination.shard);
}

/// The trials that are not to be run because they are of other shards, marked by their ids.
std::vector<bool> those_of_others(const Tally& tally)
{
    std::vector<bool> others(count_trials(tally.cells()) + 1);
    for (std::uint32_t id = 1; tally.shard() && id < others.size(); ++id) {
        others[id] = !tally.shard()->has(id);
    }
    return others;
}

/// The results file of one campaign; or none.
struct Results {
    std::filesystem::path path;
    std::optional<store::Writer> writer;
};

Results open_results(const Destination& destination, const Tally& tally, const run::Options& options)
{
    Results results;
    if (!destination.record) {
        return results;
    }
    auto facts = facts_of(options);
    facts.push_back({"order", std::string(to_string(tally.experiment().order))});
    if (destination.shard) {
        facts.push_back({shard_fact, model::to_string(*destination.shard)});
    }
    const std::filesystem::path lasting = lasting_name(destination, tally.experiment().name);
    for (int attempt = 0;; ++attempt) {
        results.path = lasting.empty() ? free_name(destination.folder, tally.experiment().name) : lasting;
        try {
            results.writer.emplace(results.path, tally.experiment(), tally.cells(), facts);
            return results;
        } catch (const store::StoreError&) {
            // Another campaign of the same name may have taken the free name in between.
            std::error_code ignored;
            if (!lasting.empty() || attempt == 3 || !std::filesystem::exists(results.path, ignored)) {
                throw;
            }
        }
    }
}

bool can_be_read(const std::filesystem::path& path)
{
    try {
        const store::Reader reader(path);
        return reader.trial_count() > 0;
    } catch (const store::StoreError&) {
        return false;
    }
}

/// Notes the end of the campaign in the file. False when the file does not let itself be written.
bool finish(Results& results, const std::string& how, std::optional<model::Stopped> stopped)
{
    if (!results.writer) {
        return true;
    }
    try {
        // One that was interrupted while it was to stop is not over: trials were given up.
        results.writer->finish(how, how == complete ? stopped : std::nullopt);
        return true;
    } catch (const store::StoreError& error) {
        spdlog::error("{}", error.what());
        if (!results.writer->is_there() || !can_be_read(results.path)) {
            results.path.clear(); // no trial of it can be shown
        }
        return false;
    }
}

/// Says whether another trial is to be run: no, once a stop rule holds. Keeps account of the time for the rule `for`.
class Gate {
public:
    /// `begun`: what was run before.
    Gate(Tally& tally, Results& results, const Begun& begun)
        : tally_(tally), results_(results), begun_(begun.rounds), took_before_(begun.took)
    {}

    bool goes_on(const model::Turn& turn)
    {
        const auto& most = tally_.experiment().stop.time;
        if (most && turn.round >= begun_ && begun_ > 0 && !tally_.stopped()) {
            note_took();
            if (took() >= *most) {
                tally_.note_stop(model::Stopped{.rule = model::StopRule::time, .rounds = begun_});
            }
        }
        begun_ = std::max(begun_, turn.round + 1);
        return !tally_.stopped();
    }

    void note_took()
    {
        if (results_.writer) {
            results_.writer->note_took(took());
        }
    }

private:
    [[nodiscard]] std::chrono::nanoseconds took() const
    {
        return took_before_ + (std::chrono::steady_clock::now() - started_);
    }

    Tally& tally_;
    Results& results_;
    std::uint32_t begun_;
    std::chrono::nanoseconds took_before_;
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

/// With the limits on time that the experiment has.
run::Options limited(run::Options options, const model::Experiment& experiment)
{
    options.trial_limit = experiment.trial_limit;
    const auto own = deadline_in(experiment.time_limit);
    options.deadline = own && options.deadline ? std::min(own, options.deadline) : own ? own : options.deadline;
    return options;
}

/// Runs the trials; gives how the campaign ended, and the exit code when that is not for the verdicts to say.
std::pair<std::string, Exit> run_trials(Tally& tally, Results& results, const run::Options& options,
                                        const run::Stop& stop, const Watch& watch, const Begun& begun)
{
    try {
        Gate gate(tally, results, begun);
        run::Options within = limited(options, tally.experiment());
        const bool live = watch.live && can_show();
        Progress progress(tally.experiment().name, tally.planned(), begun.trials, watch.quiet, live);
        std::optional<LiveView> view;
        if (live) {
            view.emplace(LiveView::Settings{.name = tally.experiment().name,
                                            .planned = tally.planned(),
                                            .before = begun.trials,
                                            .pace = watch.pace,
                                            .deadline = within.deadline,
                                            .language = watch.language},
                         tally.cells(), stop);
            within.onlooker = &view->onlooker();
        }
        const std::uint32_t before = begun.trials - tally.finished(); // that it does not know
        LookNotes looks(tally.finished());
        const auto on_trial = [&](const model::TrialRecord& record) {
            if (results.writer) {
                results.writer->add(record);
            }
            const model::TrialJudgement judgement = tally.add(record);
            if (results.writer) {
                looks.note(tally, *results.writer);
            }
            if (view) {
                view->show(record, judgement, before + tally.finished(), tally.inconclusive());
                progress.hide(!view->left());
            }
            progress.update(before + tally.finished(), tally.inconclusive());
        };
        const auto goes_on = [&gate](const model::Turn& turn) { return gate.goes_on(turn); };
        const auto end = run::run_campaign(tally.experiment(), within, on_trial, stop, begun.finished, goes_on);
        gate.note_took();
        if (end.out_of_time) {
            return {"out of time", Exit::inconclusive};
        }
        return end.interrupted ? std::pair{"interrupted", Exit::interrupted} : std::pair{complete, Exit::upheld};
    } catch (const std::exception& error) {
        spdlog::error("{}", error.what());
        return {std::string("broke off: ") + error.what(), Exit::inconclusive};
    }
}

/// What a person needs to know when not everything was run.
void say_how_it_ended(const CampaignResult& result)
{
    const auto& report = result.report;
    if (report.ended == complete) {
        return;
    }
    const std::string done = fmt::format("{} of {}", report.finished, counted(report.planned, "trial"));
    if (report.results.empty()) {
        to_stderr(fmt::format("{}: ended after {}; nothing was recorded.\n", report.experiment.name, done));
    } else {
        to_stderr(
            fmt::format("{0}: ended after {1}, which are safe in the results file. To look at them, or to go on:\n"
                        "  bulkhead show {2}\n  bulkhead resume {2}\n",
                        report.experiment.name, done, quoted(report.results)));
    }
}

/// What is said of a campaign whose trials are done.
CampaignResult conclude(Tally tally, const Results& results, const std::string& ended, Exit exit)
{
    CampaignResult result{std::move(tally).report(), exit};
    result.report.results = results.path.string();
    result.report.ended = ended;
    if (exit == Exit::upheld) {
        result.exit = exit_of(result.report);
    }
    say_how_it_ended(result);
    return result;
}

/// `is_noted`: its end is in its file. Whoever judges the file later may come to another end than this one.
CampaignResult unless_unnoted(bool is_noted, CampaignResult result)
{
    result.exit = is_noted ? result.exit : worse(result.exit, Exit::inconclusive);
    return result;
}

} // namespace

std::optional<model::Stamp> deadline_in(std::optional<std::chrono::nanoseconds> limit)
{
    return limit ? std::optional(sys::monotonic_in(*limit)) : std::nullopt;
}

bool is_over(std::optional<model::Stamp> deadline)
{
    return deadline && sys::monotonic_ns() >= *deadline;
}

std::optional<CampaignResult> run_experiment(const model::Experiment& experiment, const Destination& destination,
                                             const run::Options& options, const run::Stop& stop, const Watch& watch)
{
    const std::filesystem::path there = lasting_name(destination, experiment.name);
    std::error_code ignored;
    if (destination.go_on && std::filesystem::exists(there, ignored) && !store::discard_unbegun(there)) {
        auto recorded = take_up(there, experiment, destination.shard, options);
        return recorded ? std::optional(resume_experiment(std::move(*recorded), there, options, stop, watch))
                        : std::nullopt;
    }
    Tally tally(experiment, destination.shard);
    Results results = open_results(destination, tally, options);
    spdlog::info("{}: {} with {}, results in {}", experiment.name, counted(tally.planned(), "trial"),
                 options.host.string(), results.writer ? results.path.string() : "no file");
    Begun begun;
    begun.finished = those_of_others(tally);
    const auto [ended, exit] = run_trials(tally, results, options, stop, watch, begun);
    const bool is_noted = finish(results, ended, tally.stopped());
    return unless_unnoted(is_noted, conclude(std::move(tally), results, ended, exit));
}

namespace {

/// True when there is nothing to be run any more, and the file says so.
bool is_done(const Recorded& recorded, const Begun& begun)
{
    return recorded.reader.ended() == complete &&
           (recorded.reader.stopped() ||
            std::all_of(begun.finished.begin() + 1, begun.finished.end(), std::identity{}));
}

/// The result of a recorded campaign as it stands.
CampaignResult conclude_recorded(const model::Experiment& experiment, const std::optional<model::Shard>& shard,
                                 const std::filesystem::path& path, std::optional<model::Stopped> stopped,
                                 const std::string& ended, Exit exit)
{
    Tally whole(experiment, shard);
    whole.note_stop(stopped);
    store::Reader(path).for_each([&](const model::TrialRecord& record) { whole.add(record); });
    Results results;
    results.path = path;
    return conclude(std::move(whole), results, ended, exit);
}

} // namespace

CampaignResult resume_experiment(Recorded recorded, const std::filesystem::path& path, const run::Options& options,
                                 const run::Stop& stop, const Watch& watch)
{
    Tally tally(recorded.experiment, recorded.shard);
    Begun begun = begun_in(recorded.reader, recorded.experiment, tally.cells());
    const Begun recorded_only = begun;
    const std::vector<bool> others = those_of_others(tally);
    for (std::size_t id = 0; id < others.size(); ++id) {
        begun.finished[id] = begun.finished[id] || others[id];
    }
    tally.note_stop(recorded.reader.stopped());
    if (is_done(recorded, begun)) { // it is not even taken up, so that nothing can undo its end
        return conclude_recorded(recorded.experiment, recorded.shard, path, tally.stopped(), complete, Exit::upheld);
    }
    // Where trials may end the campaign, those that are there may do so. Otherwise a large file keeps nobody waiting.
    const bool decides = recorded.experiment.stop.look_at_trials() && !tally.stopped();
    const bool knows_all = decides && take_in(recorded.reader, recorded_only, tally);
    {
        const store::Reader closed = std::move(recorded.reader); // a file that is read keeps its -wal file
    }
    Results results{path, store::Writer::take_up(path, tally.cells(), begun.trials)};
    if (!decides || knows_all) { // trials that the look has counted may be missing, and are run anew
        results.writer->forget_look();
    }
    spdlog::info("{}: {} of {} are there, going on in {}", recorded.experiment.name, begun.trials,
                 counted(tally.planned(), "trial"), path.string());
    const auto [ended, exit] = run_trials(tally, results, options, stop, watch, begun);
    const bool is_noted = finish(results, ended, tally.stopped());
    if (knows_all) {
        return unless_unnoted(is_noted, conclude(std::move(tally), results, ended, exit));
    }
    return unless_unnoted(is_noted,
                          conclude_recorded(recorded.experiment, recorded.shard, path, tally.stopped(), ended, exit));
}

} // namespace bulkhead::cli
