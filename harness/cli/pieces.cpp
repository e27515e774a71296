#include "harness/cli/pieces.hpp"

#include "harness/cli/facts.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/recorded.hpp"
#include "harness/cli/tally.hpp"
#include "harness/cli/text_file.hpp"
#include "harness/report/experiment_markdown.hpp"
#include "harness/report/figures.hpp"
#include "harness/report/svg_views.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> views{"table", "dial", "lifelines", "price"};

/// A results file, and what it comes to.
struct Judged {
    Recorded recorded;
    report::ExperimentReport report;
};

/// nullopt, with the reason on stderr, when it cannot be read.
std::optional<Judged> judge(const fs::path& file)
{
    auto recorded = open_recorded(file);
    if (!recorded) {
        return std::nullopt;
    }
    try {
        Tally tally(recorded->experiment, recorded->shard);
        tally.note_stop(recorded->reader.stopped());
        recorded->reader.for_each([&tally](const model::TrialRecord& record) { tally.add(record); });
        report::ExperimentReport report = std::move(tally).report();
        report.results = file.string();
        report.ended = recorded->reader.ended();
        return Judged{std::move(*recorded), std::move(report)};
    } catch (const std::runtime_error& error) { // store::StoreError, or a trial that is none of the experiment's
        spdlog::error("{}", error.what());
        return std::nullopt;
    }
}

/// What does not go together; empty: it does.
std::string mistake_in(const ReportCommand& command, std::size_t files)
{
    const bool is_picture = command.form == ReportForm::svg;
    if (!is_picture && (!command.view.empty() || command.trial)) {
        return "--view and --trial go with --format svg";
    }
    if (!command.title.empty() || !command.anatomy.empty()) {
        return "--title and --anatomy go with the page; 'bulkhead anatomy --format svg' draws the picture of memory";
    }
    if (!is_picture) {
        return "";
    }
    if (command.view.empty()) {
        return fmt::format("--format svg makes one picture: --view WHAT, which is one of {}", fmt::join(views, ", "));
    }
    if (command.view == "memory") {
        return "a results file does not hold what a pool is made of: 'bulkhead anatomy --format svg' looks at one, and "
               "draws its memory";
    }
    if (std::ranges::find(views, command.view) == views.end()) {
        return fmt::format("\"{}\" is not a view; valid: {}{}", command.view, fmt::join(views, ", "),
                           did_you_mean(command.view, views));
    }
    if (command.trial && command.view != "lifelines") {
        return "--trial goes with --view lifelines";
    }
    return files > 1 && command.view != "price" ? "only --view price takes more than one results file" : "";
}

std::optional<std::string> lifelines_of(const ReportCommand& command, const Judged& judged)
{
    const auto worst = report::worst_trial(judged.report.cells);
    if (!command.trial && !worst) {
        spdlog::error("{}: there is no trial in it", judged.report.results);
        return std::nullopt;
    }
    const auto record = find_trial(judged.recorded, command.trial ? *command.trial : worst->id);
    if (!record) {
        return std::nullopt;
    }
    return report::lifelines_svg(*record, judged.recorded.experiment.name, command.language);
}

/// nullopt, with the reason on stderr, when there is nothing to draw it from.
std::optional<std::string> text_of(const ReportCommand& command, const std::vector<fs::path>& files)
{
    std::string markdown;
    std::vector<report::ExperimentReport> reports;
    for (const fs::path& file : files) {
        auto judged = judge(file);
        if (!judged) {
            return std::nullopt;
        }
        if (command.form == ReportForm::markdown) {
            markdown += report::experiment_markdown(judged->report, pairs_of(judged->recorded.reader.facts()),
                                                    command.language);
        } else if (command.view == "lifelines") {
            return lifelines_of(command, *judged);
        } else {
            reports.push_back(std::move(judged->report));
        }
    }
    if (command.form == ReportForm::markdown) {
        return markdown;
    }
    if (command.view == "table") {
        return report::table_svg(reports.front(), command.language);
    }
    return command.view == "dial" ? report::dial_svg(reports.front(), command.language)
                                  : report::price_svg(reports, command.language);
}

/// A file that is there already is replaced where it is of the same kind, and nothing else: a slip must not cost
/// anybody's results.
bool may_be_replaced(const fs::path& path, std::string_view beginning)
{
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored) || fs::file_size(path, ignored) == 0) {
        return true;
    }
    std::string found(beginning.size(), '\0');
    std::ifstream(path, std::ios::binary).read(found.data(), static_cast<std::streamsize>(found.size()));
    if (found == beginning) {
        return true;
    }
    spdlog::error("{} is there already, and is something else; it is left as it is", path.string());
    return false;
}

} // namespace

void declare_pieces(CLI::App& report, ReportCommand& command)
{
    const auto read = [&command](const std::string& word) {
        const std::vector<std::string> words{"html", "md", "svg"};
        const auto found = std::ranges::find(words, word == "markdown" ? "md" : word); // as other commands call it
        if (found == words.end()) {
            throw CLI::ValidationError("--format", fmt::format("\"{}\" is not a format; valid: html, md, svg{}", word,
                                                               did_you_mean(word, words)));
        }
        command.form = static_cast<ReportForm>(found - words.begin());
    };
    report
        .add_option_function<std::string>("--format", read,
                                          "html, the page (the default); md, Markdown; or svg, a picture")
        ->type_name("FORMAT");
    report.add_option("--view", command.view, "Which picture: table, dial, lifelines or price")->type_name("WHAT");
    report.add_option("--trial", command.trial, "Whose lifelines (the worst trial's)")->type_name("N");
}

Exit make_piece(const ReportCommand& command, const std::vector<fs::path>& files)
{
    const std::string mistake = mistake_in(command, files.size());
    if (!mistake.empty()) {
        spdlog::error("{}", mistake);
        return Exit::mistake;
    }
    const bool to_file = !command.out.empty() && command.out != "-";
    const std::string_view beginning = command.form == ReportForm::svg ? "<?xml version=\"1.0\"" : "# ";
    if (to_file && !may_be_replaced(command.out, beginning)) {
        return Exit::mistake;
    }
    const auto text = text_of(command, files);
    if (!text) {
        return Exit::mistake;
    }
    if (to_file) {
        return write_text(command.out, *text) ? Exit::upheld : Exit::mistake;
    }
    print(*text);
    return Exit::upheld;
}

} // namespace bulkhead::cli
