#include "harness/cli/commands.hpp"
#include "harness/cli/facts.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/outputs.hpp"
#include "harness/cli/progress.hpp"
#include "harness/cli/recorded.hpp"
#include "harness/cli/selection.hpp"
#include "harness/cli/tally.hpp"
#include "harness/sys/terminal.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

/// The expectations of another file in the place of the recorded ones; false, with what is wrong on stderr, when they
/// cannot be had or speak of what was not run.
bool take_expectations(model::Experiment& experiment, const std::filesystem::path& file)
{
    const Selection selection = select_files({file}, {});
    if (!selection.mistakes.empty()) {
        complain(selection.mistakes);
        return false;
    }
    const auto cells = model::expand(experiment);
    const auto& wanted = selection.experiments.front().expectations;
    bool all_speak = true;
    for (const model::Expectation& expectation : wanted) {
        std::vector<std::string> missing = missing_from(cells, expectation.when);
        if (const auto* const figure = std::get_if<model::FigureIs>(&expectation.claim);
            figure != nullptr && figure->times) {
            std::ranges::move(missing_from(cells, *figure->times), std::back_inserter(missing));
        }
        const bool speaks =
            std::ranges::any_of(cells, [&](const model::Cell& cell) { return matches(expectation.when, cell); });
        if (speaks && missing.empty()) {
            continue;
        }
        const std::string what = missing.empty()
                                     ? "no cell of these results"
                                     : fmt::format("{}, which no cell of these results has", fmt::join(missing, ", "));
        spdlog::error("{}:{}: this expectation speaks of {}: {}", file.string(), expectation.line, what,
                      describe(expectation));
        all_speak = false;
    }
    experiment.expectations = wanted;
    experiment.origin = file.string(); // where the report says that the expectations stand
    return all_speak;
}

/// Says how far it is on a terminal, where somebody waits for a large file.
void add_all(const store::Reader& reader, Tally& tally)
{
    const bool is_watched = sys::is_terminal(sys::Stream::err);
    Progress progress("judging", is_watched ? reader.trial_count() : 0, 0, !is_watched, false);
    std::uint32_t read = 0;
    std::uint32_t inconclusive = 0;
    reader.for_each([&](const model::TrialRecord& record) {
        tally.add(record);
        inconclusive += record.inconclusive.empty() ? 0 : 1;
        progress.update(++read, inconclusive);
    });
}

} // namespace

Exit execute(const JudgeCommand& command)
{
    auto recorded = open_recorded(command.results);
    if (!recorded || (!command.expect.empty() && !take_expectations(recorded->experiment, command.expect))) {
        return Exit::mistake;
    }
    if (!can_be_written(command.outputs, {command.results, command.expect})) {
        return Exit::mistake;
    }
    try {
        Tally tally(recorded->experiment, recorded->shard);
        tally.note_stop(recorded->reader.stopped());
        if (!command.expect.empty()) {
            tally.trust_record_only();
        }
        add_all(recorded->reader, tally);
        report::ExperimentReport report = std::move(tally).report();
        report.results = command.results.string();
        const std::string ended = recorded->reader.ended();
        report.ended = ended.empty() ? "unfinished: still at work, or killed" : ended;
        print(command.format == Format::json ? report::experiment_json(report)
                                             : report::experiment_text(report, style_of_stdout(command.language)));
        const Exit exit = report.shard ? worse(Exit::inconclusive, exit_of(report)) : exit_of(report);
        if (!any_wanted(command.outputs)) {
            return exit;
        }
        return worse(
            exit, write_outputs(command.outputs, {report::suite_of(report, pairs_of(recorded->reader.facts()), "")}));
    } catch (const std::runtime_error& error) { // store::StoreError, or a trial that is none of the experiment's
        spdlog::error("{}", error.what());
        return Exit::mistake;
    }
}

} // namespace bulkhead::cli
