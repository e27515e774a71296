#include "harness/cli/campaign.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/interruption.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/selection.hpp"
#include "harness/report/claims.hpp"
#include "harness/run/offer.hpp"
#include "harness/store/store.hpp"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <optional>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

/// What is wrong with the options as a whole; empty when nothing is.
std::string misuse(const RunCommand& command)
{
    const auto& only = command.overrides.only;
    if (command.files.empty() && command.ad_hoc.faults.empty()) {
        return "name an experiment FILE, or a fault by --fault";
    }
    if (!command.files.empty() && command.ad_hoc.any()) {
        return "--shape, --fault, --share, --lock, --guard, --at, --after-ops, --victim, --window and --name describe "
               "an "
               "experiment without a FILE; with one, --only SHAPE/FAULT chooses among its cells";
    }
    if (!only.empty() && only.find('/') == std::string::npos) {
        return "--only takes SHAPE/FAULT, such as '8x1/*' or '*/segv-*'";
    }
    if (!command.record && !command.out.empty()) {
        return "--out and --no-record exclude each other";
    }
    return "";
}

/// Where the results go; nullopt, with the reason on stderr, when they cannot go where they should.
std::optional<Destination> destination_of(const RunCommand& command, bool several)
{
    Destination destination{command.record, {}, "bulkhead-results"};
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
    if (std::filesystem::exists(command.out, ignored)) {
        spdlog::error("{} exists, and results are never overwritten; give --out another name", command.out.string());
        return std::nullopt;
    }
    destination.file = command.out;
    return destination;
}

void print_report(const report::ExperimentReport& report, Format format, bool first, bool as_list)
{
    if (format == Format::text) {
        print((first ? "" : "\n") + report::experiment_text(report, style_of_stdout()));
        return;
    }
    std::string json = report::experiment_json(report);
    while (json.ends_with('\n')) {
        json.pop_back();
    }
    print(as_list ? (first ? "" : ",\n") + json : json + "\n");
}

/// Runs one experiment after the other, and prints each report as soon as there is one.
Exit run_all(const Selection& selection, const RunCommand& command, const Destination& destination, bool as_list)
{
    run::Options options{run::find_host(BULKHEAD_INSTALLED_HOST), command.lanes};
    options.deadline = deadline_in(command.time_limit);
    const Interruption interruption;
    const run::Stop& stop = interruption.stop();

    // Before anything is printed, since it tries things in forked children, which would have a copy of the text.
    const model::Offer& offer = run::offer_of_machine();

    Exit exit = Exit::upheld;
    std::size_t started = 0;
    std::vector<report::ExperimentReport> claims;
    const bool table_only = command.format == Format::text && selection.experiments.size() > 1 &&
                            std::ranges::none_of(selection.experiments, [](const model::Experiment& experiment) {
                                return experiment.claim.empty();
                            });
    print(as_list ? "[\n" : "");
    try {
        for (model::Experiment experiment : selection.experiments) {
            if (stop.requested() || is_over(options.deadline)) {
                break;
            }
            model::contain(experiment, offer);
            const CampaignResult result = run_experiment(experiment, destination, options, stop, command.quiet);
            if (!table_only || result.exit != Exit::upheld) {
                print_report(result.report, command.format, started == 0, as_list);
                std::fflush(stdout);
            }
            if (!result.report.experiment.claim.empty()) {
                claims.push_back(result.report);
            }
            exit = worse(exit, result.exit);
            ++started;
        }
    } catch (const store::StoreError& error) {
        spdlog::error("{}", error.what());
        exit = Exit::mistake;
    }
    print(as_list ? "\n]\n" : "");
    if (command.format == Format::text && selection.experiments.size() > 1 && !claims.empty()) {
        print((table_only ? "" : "\n") + report::claims_text(claims, style_of_stdout()));
    }
    if (const auto left = selection.experiments.size() - started; left > 0 && selection.experiments.size() > 1) {
        fmt::print(stderr, "{} not run.\n", counted(left, "experiment") + (left == 1 ? " was" : " were"));
        exit = is_over(options.deadline) ? worse(exit, Exit::inconclusive) : exit;
    }
    return stop.requested() ? worse(exit, Exit::interrupted) : exit;
}

} // namespace

Exit execute(const RunCommand& command)
{
    if (const std::string wrong = misuse(command); !wrong.empty()) {
        fmt::print(stderr, "bulkhead run: {}\n'bulkhead run --help' shows how it is used.\n", wrong);
        return Exit::mistake;
    }
    const auto files = experiment_files(command.files);
    const Selection selection = command.files.empty() ? select_ad_hoc(command.ad_hoc, command.overrides)
                                                      : select_files(files, command.overrides);
    if (!selection.mistakes.empty()) {
        complain(selection.mistakes);
        fmt::print(stderr, "Nothing was run or written.\n");
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
    const auto destination = destination_of(command, !one_file);
    if (!destination) {
        return Exit::mistake;
    }
    return run_all(selection, command, *destination, command.format == Format::json && !one_file);
}

} // namespace bulkhead::cli
