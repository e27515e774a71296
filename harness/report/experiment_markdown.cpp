#include "harness/report/experiment_markdown.hpp"

#include "harness/model/claim.hpp"
#include "harness/model/figure.hpp"
#include "harness/model/statistics.hpp"
#include "harness/report/answer.hpp"
#include "harness/report/fates.hpp"
#include "harness/report/figure_table.hpp"
#include "harness/report/figures.hpp"
#include "harness/report/grid.hpp"
#include "harness/report/markdown_parts.hpp"
#include "harness/report/matrix.hpp"
#include "harness/report/svg.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <filesystem>

namespace bulkhead::report {
namespace {

using model::CellSummary;
using texts::Language;

std::string table_head(const std::string& corner, const std::vector<std::string>& names)
{
    std::string head = "| " + corner + " |";
    std::string rule = "|---|";
    for (const std::string& name : names) {
        head += " " + plain(name) + " |";
        rule += "---|";
    }
    return head + "\n" + rule + "\n";
}

std::string extent_of(const ExperimentReport& report, Language language)
{
    std::uint64_t inconclusive = 0;
    for (const CellSummary& cell : report.cells) {
        inconclusive += cell.inconclusive;
    }
    std::string text = said(language, "{} of {} trials in {}, {} inconclusive.", report.finished, report.planned,
                            describe(report.took), inconclusive);
    return text + (report.saved == 0 ? "" : " " + said(language, "{} were saved by a stop rule.", report.saved));
}

/// "140/140 = all"; what is not as predicted is strong, and says the worst that happened where nobody died of it.
std::string survivors_of(const CellSummary* cell, Language language)
{
    if (cell == nullptr) {
        return "";
    }
    if (is_skipped(*cell)) {
        return said(language, "skipped");
    }
    if (siblings_of(cell->cell.shape) == 0) {
        return "-";
    }
    if (cell->judged == 0) {
        return cell->inconclusive > 0 ? "?" : said(language, "not run");
    }
    std::string text = std::to_string(cell->survivors) + "/" + std::to_string(cell->siblings);
    Fate siblings{.outcomes = cell->sibling_outcomes, .predicted = model::Outcome::intact};
    if (siblings.worst() != model::Outcome::intact && siblings.worst() != model::Outcome::died) {
        text += " " + said(language, to_string(siblings.worst()));
    }
    if (!is_as_predicted(*cell)) {
        return "**" + text + " ! " + predicted_text(cell->cell) + "**";
    }
    return text + (cell->inconclusive > 0 ? " ? " : " = ") + predicted_text(cell->cell);
}

std::string matrix_of(const std::vector<CellSummary>& cells, Language language)
{
    const Grid grid = grid_of(cells);
    std::vector<std::string> shapes;
    std::ranges::transform(grid.shapes, std::back_inserter(shapes),
                           [](model::Shape shape) { return model::to_string(shape); });
    std::string text = table_head(said(language, "fault"), shapes);
    for (const model::Fault fault : grid.faults) {
        text += "| " + (model::is_golden(fault) ? said(language, "golden runs") : code(model::to_string(fault))) + " |";
        for (const model::Shape shape : grid.shapes) {
            text += " " + survivors_of(grid.at(fault, shape), language) + " |";
        }
        text += "\n";
    }
    return text + "\n";
}

std::string matrices_of(const ExperimentReport& report, Language language)
{
    std::string text = "## " + said(language, "Siblings that survived") + "\n\n" +
                       said(language, "Measured = as predicted; what is not as predicted has a ! and is strong.") +
                       "\n\n";
    const std::vector<model::Variant>& variants = report.experiment.variants;
    for (const model::Variant& variant : variants) {
        text += variants.size() == 1 ? "" : "### " + plain(model::to_string(variant)) + "\n\n";
        text += matrix_of(cells_with(variant, report.cells), language);
    }
    return text;
}

std::string figure_of(const CellSummary* cell, std::string_view figure)
{
    const double confidence = model::two_sided(model::default_confidence);
    const model::Values* const values = cell == nullptr ? nullptr : model::find_values(*cell, figure);
    if (values == nullptr) {
        return "";
    }
    const auto interval = model::median_interval(values->kept(), confidence);
    std::string text = fmt::format("{:.4g}", model::median(values->kept()));
    if (interval && interval->low < interval->high) {
        text += fmt::format(" ({:.4g} to {:.4g})", interval->low, interval->high);
    }
    return text;
}

/// Of one figure a row for each fault with each variant; none for those that do not have it.
std::string figure_rows(const ExperimentReport& report, const Grid& grid, std::string_view figure, Language language)
{
    const model::FigureRow* const known = model::find_figure(figure);
    const std::string unit = known == nullptr || known->unit.empty() ? "" : ", " + std::string(known->unit);
    std::string rows;
    for (const model::Variant& variant : report.experiment.variants) {
        for (const model::Fault fault : grid.faults) {
            std::string row;
            bool has_any = false;
            for (const model::Shape shape : grid.shapes) {
                const auto cell = std::ranges::find_if(report.cells, [&](const CellSummary& each) {
                    return each.cell.shape == shape && each.cell.fault == fault && each.cell.variant == variant;
                });
                const std::string value = figure_of(cell == report.cells.end() ? nullptr : &*cell, figure);
                has_any = has_any || !value.empty();
                row += " " + (value.empty() ? "-" : value) + " |";
            }
            std::string what = model::is_golden(fault) ? said(language, "golden runs") : model::to_string(fault);
            what += report.experiment.variants.size() > 1 ? ", " + model::to_string(variant) : "";
            rows += has_any ? "| " + plain(std::string(figure) + unit) + " | " + plain(what) + " |" + row + "\n" : "";
        }
    }
    return rows;
}

std::string figures_of(const ExperimentReport& report, Language language)
{
    const std::vector<std::string_view> names = figures_to_tell(report);
    if (names.empty()) {
        return "";
    }
    const Grid grid = grid_of(report.cells);
    std::vector<std::string> heads{said(language, "fault")};
    std::ranges::transform(grid.shapes, std::back_inserter(heads),
                           [](model::Shape shape) { return model::to_string(shape); });
    std::string text = "## " + said(language, "Measured") + "\n\n" +
                       said(language, "Medians, with their 90% intervals where there are trials enough") + "; " +
                       said(language, "each end of an interval is by itself a bound at 95%") + ".\n\n" +
                       table_head(said(language, "figure"), heads);
    for (const std::string_view name : names) {
        text += figure_rows(report, grid, name, language);
    }
    return text + "\n";
}

std::string facts_of(const std::vector<std::pair<std::string, std::string>>& facts, Language language)
{
    std::string text = "## " + said(language, "Machine and program") + "\n\n| | |\n|---|---|\n";
    for (const auto& [name, value] : facts) {
        text += "| " + plain(name) + " | " + plain(value) + " |\n";
    }
    return text + "\n";
}

std::string repetition_of(const ExperimentReport& report, Language language)
{
    const std::string file = shell_word(clean(report.experiment.name) + ".toml");
    std::string commands = "bulkhead run " + file + "\n";
    const auto worst = worst_trial(report.cells);
    if (worst && !report.results.empty()) {
        commands += "bulkhead show " + shell_word(report.results) + " " + std::to_string(worst->id) + "  # " +
                    said(language, "the worst of these trials") + "\n";
    }
    return "## " + said(language, "How to repeat it") + "\n\n" +
           said(language,
                "The experiment as it was run, with seed {}. Saved as {}, it is run again by:", report.experiment.seed,
                code(file)) +
           "\n\n" + code_block(commands, "sh") + code_block(report.experiment.text, "toml");
}

} // namespace

std::string experiment_markdown(const ExperimentReport& report,
                                const std::vector<std::pair<std::string, std::string>>& facts, Language language)
{
    const std::string verdict = verdict_sentence(report, language);
    std::string text = "# " + plain(report.experiment.name) + "\n\n" +
                       plain(texts::say(language, report.experiment.question)) + "\n\n**" + plain(verdict) +
                       (verdict.ends_with('.') ? "**" : ".**");
    const std::string agreement = agreement_sentence(report, language);
    text += (agreement.empty() ? "" : " " + plain(agreement)) + "\n\n" + plain(extent_of(report, language)) + "\n\n";
    const Suite suite = suite_of(report, {}, "");
    if (!suite.trouble.empty()) {
        text += said(language, "**No success:** {}.", plain(texts::say_composed(language, suite.trouble))) + "\n\n";
    }
    if (!suite.expected.empty()) {
        text += "## " + said(language, "Verdicts") + "\n\n" + verdicts_markdown(suite, language);
    }
    text += only_measures(report) ? "" : matrices_of(report, language);
    return text + figures_of(report, language) + facts_of(facts, language) + repetition_of(report, language);
}

} // namespace bulkhead::report
