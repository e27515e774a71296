#include "harness/cli/campaign.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/facts.hpp"
#include "harness/cli/interruption.hpp"
#include "harness/cli/live_replay.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/outputs.hpp"
#include "harness/cli/selection.hpp"
#include "harness/cli/tally.hpp"
#include "harness/report/claims.hpp"
#include "harness/report/scene.hpp"
#include "harness/run/offer.hpp"
#include "harness/store/store.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <optional>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

/// The options that are given and describe an experiment without a FILE.
std::string options_of(const AdHoc& ad_hoc)
{
    std::string given;
    const auto add = [&given](std::string_view option, const auto& value) {
        given += value.empty() ? "" : (given.empty() ? "" : ", ") + std::string(option);
    };
    add("--shape", ad_hoc.shapes);
    add("--fault", ad_hoc.faults);
    add("--workload", ad_hoc.workload);
    add("--supervise", ad_hoc.supervise);
    add("--share", ad_hoc.share);
    add("--lock", ad_hoc.lock);
    add("--guard", ad_hoc.guard);
    add("--at", ad_hoc.at);
    add("--after-ops", ad_hoc.after_ops);
    add("--victim", ad_hoc.victim);
    add("--window", ad_hoc.window);
    add("--name", ad_hoc.name);
    return given;
}

/// What is wrong with the options as a whole; empty when nothing is.
std::string misuse(const RunCommand& command)
{
    const auto& only = command.overrides.only;
    if (command.files.empty() && command.ad_hoc.faults.empty()) {
        return "name an experiment FILE, or a fault by --fault";
    }
    if (!command.files.empty() && command.ad_hoc.any()) {
        return fmt::format("a FILE says this itself: {}; --only 'SHAPE/FAULT' chooses among its cells",
                           options_of(command.ad_hoc));
    }
    if (!only.empty() && only.find('/') == std::string::npos) {
        return "--only takes SHAPE/FAULT, such as '8x1/*' or '*/segv-*'";
    }
    if (!command.record && !command.out.empty()) {
        return "--out and --no-record exclude each other";
    }
    if (!command.overrides.expectation.empty() && (command.files.size() != 1 || !only.empty())) {
        return "--expectation takes one FILE, and no --only";
    }
    if (!command.record && !command.shard.empty()) {
        return "--shard and --no-record exclude each other: what is to be merged must be recorded";
    }
    const OutputFiles& outputs = command.outputs;
    if (!command.shard.empty() && !(outputs.junit.empty() && outputs.tap.empty() && outputs.sarif.empty())) {
        return "a shard has no verdicts to write: merge the shards, and give --junit, --tap and --sarif to 'bulkhead "
               "judge'";
    }
    if (command.go_on && command.out.empty() && command.shard.empty()) {
        return "--resume needs a results file of the same name each time: give it by --out, or run a --shard";
    }
    if (command.pace && !command.live) {
        return "--pace tells how long --live shows each trial; nothing else is slowed by it";
    }
    return "";
}

std::optional<std::string> environment_variable(const std::string& name)
{
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

/// The shard that is asked for; nullopt when all is, or when `wrong` tells why there is none.
std::optional<model::Shard> shard_of(const RunCommand& command, std::string& wrong)
{
    if (command.shard.empty() || !wrong.empty()) {
        return std::nullopt;
    }
    const auto read = model::read_shard(command.shard, environment_variable);
    if (const auto* why = std::get_if<std::string>(&read)) {
        wrong = "--shard: " + *why;
        return std::nullopt;
    }
    return std::get<model::Shard>(read);
}

/// Where the results go; nullopt, with the reason on stderr, when they cannot go where they should.
std::optional<Destination> destination_of(const RunCommand& command, const std::optional<model::Shard>& shard,
                                          bool several)
{
    Destination destination{command.record, {}, "bulkhead-results", shard, command.go_on};
    std::error_code ignored;
    if (command.out.empty()) {
        return destination;
    }
    if (std::filesystem::is_directory(command.out, ignored) || several || !command.out.has_filename()) {
        destination.folder = command.out;
        if (std::filesystem::exists(command.out, ignored) && !std::filesystem::is_directory(command.out, ignored)) {
            spdlog::error("{} is a file; with several experiments --out names a folder", command.out.string());
            return std::nullopt;
        }
        return destination;
    }
    if (std::filesystem::exists(command.out, ignored) && !command.go_on) {
        spdlog::error("{} exists, and results are never overwritten; give --out another name, or --resume to go on "
                      "with it",
                      command.out.string());
        return std::nullopt;
    }
    destination.file = command.out;
    return destination;
}

void print_report(const report::ExperimentReport& report, const RunCommand& command, bool first, bool as_list)
{
    if (command.format == Format::text) {
        print((first ? "" : "\n") + report::experiment_text(report, style_of_stdout(command.language)));
        return;
    }
    std::string json = report::experiment_json(report);
    while (json.ends_with('\n')) {
        json.pop_back();
    }
    print(as_list ? (first ? "" : ",\n") + json : json + "\n");
}

/// What is told to other programs of an experiment that was to be run, and was not.
report::Suite suite_of_none(const model::Experiment& experiment, Facts facts)
{
    report::ExperimentReport report;
    report.experiment = experiment;
    report.planned = count_trials(model::expand(experiment));
    report.ended = "not begun";
    return report::suite_of(report, std::move(facts), "");
}

/// The report on an experiment of which nothing was run.
report::ExperimentReport report_of_none(const model::Experiment& experiment, const Destination& destination,
                                        const std::string& ended)
{
    report::ExperimentReport report = Tally(experiment, destination.shard).report();
    report.ended = ended;
    return report;
}

/// False, with the reasons on stderr, when not all of it can be run so.
bool prepare(Selection& selection, const Destination& destination)
{
    // Before anything is printed, since it tries things in forked children, which would have a copy of the text.
    const model::Offer& offer = run::offer_of_machine();
    return std::ranges::all_of(selection.experiments, [&](model::Experiment& experiment) {
        model::contain(experiment, offer);
        return !destination.shard || can_be_split(experiment, destination.shard->count);
    });
}

/// True for the claims: a table of all says enough of those that are upheld.
bool is_table_only(const Selection& selection, const RunCommand& command, const Destination& destination)
{
    return command.format == Format::text && selection.experiments.size() > 1 && !destination.shard &&
           std::ranges::none_of(selection.experiments,
                                [](const model::Experiment& experiment) { return experiment.claim.empty(); });
}

/// The experiments of one command, one after the other. Each report is printed as soon as there is one.
class Series {
public:
    Series(const Selection& selection, const RunCommand& command, const Destination& destination, bool as_list)
        : selection_(selection), command_(command), destination_(destination), as_list_(as_list),
          table_only_(is_table_only(selection, command, destination)),
          has_outputs_(any_wanted(command.outputs) && !destination.shard) // a shard has no verdicts
    {}

    Exit run(const run::Options& options, const run::Stop& stop)
    {
        facts_ = has_outputs_ ? pairs_of(facts_of(options)) : Facts{};
        print(as_list_ ? "[\n" : "");
        try {
            run_each(options, stop);
        } catch (const store::StoreError& error) {
            spdlog::error("{}", error.what());
            exit_ = Exit::mistake;
        }
        end(!is_over(options.deadline), stop.requested());
        exit_ = has_outputs_ ? worse(exit_, write_outputs(command_.outputs, suites_)) : exit_;
        return stop.requested() ? worse(exit_, Exit::interrupted) : exit_;
    }

private:
    void run_each(const run::Options& options, const run::Stop& stop)
    {
        for (const model::Experiment& experiment : selection_.experiments) {
            if (stop.requested() || is_over(options.deadline)) {
                return;
            }
            const std::string begun = utc_now();
            const auto ran = run_experiment(experiment, destination_, options, stop,
                                            {command_.quiet, command_.live, command_.pace, command_.language});
            if (!ran) {
                exit_ = Exit::mistake;
                return;
            }
            take(*ran, begun);
        }
    }

    void take(const CampaignResult& result, const std::string& begun)
    {
        if (!table_only_ || result.exit != Exit::upheld) {
            print_report(result.report, command_, started_ == 0, as_list_);
            std::fflush(stdout);
        }
        if (!result.report.experiment.claim.empty() && !destination_.shard) {
            claims_.push_back(result.report);
        }
        if (has_outputs_) {
            Facts own = facts_;
            own.emplace_back("order", to_string(result.report.experiment.order));
            suites_.push_back(report::suite_of(result.report, std::move(own), begun));
        }
        exit_ = worse(exit_, result.exit);
        ++started_;
    }

    void end(bool in_time, bool interrupted)
    {
        const auto& experiments = selection_.experiments;
        if (started_ == 0 && !as_list_ && command_.format == Format::json && (interrupted || !in_time)) {
            const std::string ended = interrupted ? "interrupted" : "out of time";
            print_report(report_of_none(experiments.front(), destination_, ended), command_, true, false);
        }
        print(as_list_ ? "\n]\n" : "");
        if (command_.format == Format::text && experiments.size() > 1 && !claims_.empty()) {
            print((table_only_ ? "" : "\n") + report::claims_text(claims_, style_of_stdout(command_.language)));
        }
        const auto left = experiments.size() - started_;
        if (left > 0 && (left > 1 || started_ > 0 || exit_ != Exit::mistake)) {
            to_stderr(fmt::format("{} not run.{}\n", counted(left, "experiment") + (left == 1 ? " was" : " were"),
                                  in_time ? "" : " The time was up before."));
            exit_ = in_time ? exit_ : worse(exit_, Exit::inconclusive);
        }
        for (std::size_t i = started_; has_outputs_ && i < experiments.size(); ++i) {
            suites_.push_back(suite_of_none(experiments[i], facts_));
        }
    }

    const Selection& selection_;
    const RunCommand& command_;
    const Destination& destination_;
    bool as_list_;
    bool table_only_;
    bool has_outputs_;
    Facts facts_;
    Exit exit_ = Exit::upheld;
    std::size_t started_ = 0;
    std::vector<report::ExperimentReport> claims_;
    std::vector<report::Suite> suites_;
};

Exit run_all(Selection selection, const RunCommand& command, const Destination& destination, bool as_list)
{
    run::Options options{run::find_host(BULKHEAD_INSTALLED_HOST), command.lanes};
    options.deadline = deadline_in(command.time_limit);
    if (command.live && !can_show()) {
        spdlog::warn("--live shows nothing here: it needs a terminal on standard error that can move its cursor, with "
                     "{} columns and {} lines at least",
                     report::least_stage_width, report::least_stage_height);
    }
    const Interruption interruption;
    if (!prepare(selection, destination)) {
        return Exit::mistake;
    }
    return Series(selection, command, destination, as_list).run(options, interruption.stop());
}

} // namespace

Exit execute(const RunCommand& command)
{
    std::string wrong = misuse(command);
    const auto shard = shard_of(command, wrong);
    if (!wrong.empty()) {
        to_stderr(fmt::format("bulkhead run: {}\n'bulkhead run --help' shows how it is used.\n", wrong));
        return Exit::mistake;
    }
    const auto files = experiment_files(command.files);
    const Selection selection = command.files.empty() ? select_ad_hoc(command.ad_hoc, command.overrides)
                                                      : select_files(files, command.overrides);
    if (!selection.mistakes.empty()) {
        complain(selection.mistakes);
        to_stderr(fmt::format("Nothing was run or written.\n"));
        return Exit::mistake;
    }
    if (selection.experiments.empty()) {
        spdlog::error("nothing to run: {}", files.empty() && !command.files.empty()
                                                ? "there is no *.toml in the folder"
                                                : "no cell is named by --only " + command.overrides.only);
        return Exit::nothing_selected;
    }
    const bool one_file = command.files.empty() ||
                          (command.files.size() == 1 && files.size() == 1 && files.front() == command.files.front());
    const auto destination = destination_of(command, shard, !one_file);
    auto others = files;
    others.push_back(command.out);
    if (!destination || !can_be_written(command.outputs, others)) {
        return Exit::mistake;
    }
    return run_all(selection, command, *destination, command.format == Format::json && !one_file);
}

} // namespace bulkhead::cli
