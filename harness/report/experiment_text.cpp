#include "harness/report/clients_table.hpp"
#include "harness/report/fates.hpp"
#include "harness/report/figure_table.hpp"
#include "harness/report/figures.hpp"
#include "harness/report/matrix.hpp"
#include "harness/report/shown_table.hpp"
#include "harness/report/stop.hpp"
#include "harness/report/text.hpp"
#include "harness/report/unsteady.hpp"

#include <algorithm>
#include <array>

namespace bulkhead::report {
namespace {

/// "counter", "ledger lock=none and ledger".
std::string names_of(const std::vector<model::Variant>& variants)
{
    std::string text;
    for (std::size_t i = 0; i < variants.size(); ++i) {
        text += i == 0 ? "" : i + 1 == variants.size() ? " and " : ", ";
        text += model::to_string(variants[i]);
    }
    return text;
}

void print_heading(Page& page, const ExperimentReport& report)
{
    const model::Experiment& experiment = report.experiment;
    page.paragraph({}, experiment.name + (experiment.question.empty() ? "" : ": " + experiment.question), Look::bold);
    const std::string pace =
        experiment.pace ? ", an op every " + describe(std::chrono::nanoseconds(*experiment.pace)) : "";
    const model::OpRange ops = experiment.after_ops;
    std::string after = std::to_string(ops.low);
    if (ops.low != ops.high) {
        after += " to " + std::to_string(ops.high);
    }
    const std::string victim = model::victim_text(experiment);
    page.paragraph({},
                   std::string(to_string(experiment.launch)) + ", " + names_of(experiment.variants) + pace +
                       ", fault " + points_text(experiment) + " after " + after + " ops, victim " + victim + ", " +
                       (experiment.stop.any() ? "at most " : "") + count(experiment.trials, "trial") + " a cell" +
                       stop_rules_text(experiment.stop) + ", seed " + std::to_string(experiment.seed) + ", window " +
                       describe(experiment.window) + ", evidence " + count(experiment.evidence_ops, "op"),
                   Look::faint);
    std::string containment = containment_text(experiment.containment);
    const auto degrades = [](model::Fault fault) { return model::nature_of(fault).effect == model::Effect::degrades; };
    if (std::ranges::any_of(experiment.faults, degrades)) {
        containment += (containment.empty() ? "" : "; ") + processors_text(experiment.containment);
    }
    const auto restarts = [](const model::Variant& variant) { return variant.strategy != model::Strategy::never; };
    if (std::ranges::any_of(experiment.variants, restarts)) {
        containment += (containment.empty() ? "supervised: " : "; supervised: ") +
                       model::describe_limits(experiment.containment.supervision);
    }
    if (!containment.empty()) {
        page.paragraph({}, containment, Look::faint);
    }
}

/// Of a part of a campaign: that it is one.
void print_shard(Page& page, const ExperimentReport& report)
{
    if (report.shard) {
        page.paragraph({{"ONE PART  ", Look::bold_yellow}},
                       "shard " + std::to_string(report.shard->number) + " of " + std::to_string(report.shard->count) +
                           "; bulkhead merge makes one of all of them.",
                       Look::yellow);
    }
}

void print_extent(Page& page, const ExperimentReport& report)
{
    std::uint64_t inconclusive = 0;
    for (const model::CellSummary& cell : report.cells) {
        inconclusive += cell.inconclusive;
    }
    std::string doubts = (inconclusive == 0 ? "none" : std::to_string(inconclusive)) + " inconclusive";
    if (const auto skipped = std::ranges::count_if(report.cells, is_skipped); skipped > 0) {
        doubts += ", " + count(static_cast<std::uint64_t>(skipped), "cell") + " skipped";
    }
    const std::uint32_t due = report.planned - report.saved;
    const bool whole = report.ended == "complete" && report.finished >= due && report.finished > 0;
    if (whole && report.stopped) {
        page.paragraph({}, stop_text(report) + "; " + describe(report.took) + ", " + doubts,
                       inconclusive == 0 ? Look::faint : Look::yellow);
        return;
    }
    if (whole) {
        page.paragraph({}, count(report.finished, "trial") + " in " + describe(report.took) + ", " + doubts,
                       inconclusive == 0 ? Look::faint : Look::yellow);
        return;
    }
    if (report.ended == "complete" && report.planned == 0 && std::ranges::any_of(report.cells, is_skipped)) {
        page.paragraph({{"SKIPPED  ", Look::bold_yellow}},
                       "this machine can run nothing of it: " + count(report.cells.size(), "cell") + " skipped",
                       Look::yellow);
        return;
    }
    const auto missing = std::ranges::count_if(report.cells, [](const model::CellSummary& cell) {
        return cell.judged + cell.inconclusive == 0 && !is_skipped(cell);
    });
    std::string text = report.ended;
    if (report.ended.empty()) {
        text = "its end was never noted (killed, or still at work)";
    } else if (report.ended == "complete") {
        text = "noted as complete, but it is not";
    }
    text += ": " + std::to_string(report.finished) + " of " + count(report.planned, "trial") + " were run in " +
            describe(report.took) + ", " + std::to_string(due - std::min(due, report.finished)) + " were not; " +
            doubts + ".";
    if (report.finished == 0) {
        text += " Nothing was measured.";
    } else if (missing > 0) {
        text += " Of " + count(report.cells.size(), "cell") + ", " + std::to_string(missing) +
                (missing == 1 ? " has" : " have") + " no trial at all.";
    }
    page.paragraph({{"NOT COMPLETE  ", Look::bold_yellow}}, text, Look::yellow);
}

/// The block that nobody can overlook: the control arm failed.
void print_golden_alarm(Page& page, const std::vector<model::CellSummary>& cells,
                        const std::vector<const model::CellSummary*>& losses)
{
    std::string text;
    std::string shapes;
    for (const model::CellSummary* const cell : losses) {
        const std::string shape = model::to_string(cell->cell.shape) + variant_among(cells, cell->cell);
        shapes.append(shapes.empty() ? "" : ", ").append(shape);
        const std::uint64_t siblings = cell->siblings - cell->survivors;
        if (siblings > 0) {
            text += shape + ": " + std::to_string(siblings) + " of " + count(cell->siblings, "sibling") + " lost, in " +
                    std::to_string(cell->trials_with_loss) + " of " + count(cell->judged, "golden run") + ". ";
        }
        if (const std::uint64_t victims = model::lost_in(*cell) - siblings; victims > 0) {
            text += shape + ": " + count(victims, "would-be victim") + " lost in " + count(cell->judged, "golden run") +
                    ". ";
        }
    }
    text += "No fault was committed in these runs, so the harness or the machine is to blame. Nothing can be concluded "
            "for " +
            shapes + ".";
    const std::size_t inner = page.width() - 6;
    const auto bar = [&page](const std::string& part) { page.line({{part, Look::alarm}}); };
    page.blank();
    bar(std::string(page.width(), '!'));
    bar("!! " + left(page.said("GOLDEN RUNS LOST WORKERS"), inner) + " !!");
    for (const std::string& part : wrapped(page.said(text), inner)) {
        bar("!! " + left(part, inner) + " !!");
    }
    bar(std::string(page.width(), '!'));
    page.blank();
}

Ink label_of(model::Verdict verdict)
{
    switch (verdict) {
    case model::Verdict::upheld: return {"UPHELD", Look::green};
    case model::Verdict::refuted: return {"REFUTED", Look::bold_red};
    case model::Verdict::inconclusive: return {"INCONCLUSIVE", Look::bold_yellow};
    }
    return {};
}

/// "5 upheld, 1 refuted": the kinds that occur.
std::string tally(const std::vector<model::Judged>& judged)
{
    std::string text;
    for (const model::Verdict verdict :
         {model::Verdict::upheld, model::Verdict::refuted, model::Verdict::inconclusive}) {
        const auto number = std::ranges::count(judged, verdict, &model::Judged::verdict);
        if (number > 0) {
            text.append(text.empty() ? "" : ", ").append(std::to_string(number)).append(" ");
            text.append(to_string(verdict));
        }
    }
    return text;
}

void print_verdicts(Page& page, const ExperimentReport& report)
{
    constexpr std::size_t label_width = 14;
    page.blank();
    const std::vector<model::Expectation>& expectations = report.experiment.expectations;
    if (report.judged.empty()) {
        const std::string why =
            report.shard ? "not judged: the verdicts are those of all shards together" : "none was judged";
        page.paragraph({{"expectations", Look::bold}, {"  "}},
                       expectations.empty() ? "none stated, so there is no verdict" : why);
        return;
    }
    page.paragraph({{"expectations", Look::bold}, {"  "}}, tally(report.judged), Look::faint);
    for (const model::Judged& judged : report.judged) {
        const Ink label = label_of(judged.verdict);
        const model::Expectation& expectation = expectations.at(judged.expectation);
        std::string claim = model::describe(expectation);
        if (expectation.line > 0 && judged.verdict != model::Verdict::upheld) {
            claim += "  (" + report.experiment.origin + ":" + std::to_string(expectation.line) + ")";
        }
        page.paragraph({{"  "}, {left(label.text, label_width), label.look}}, claim);
        page.paragraph({{std::string(2 + label_width, ' ')}}, judged.reason, Look::faint);
    }
}

std::string worst_text(const std::vector<model::CellSummary>& cells, const WorstTrial& worst)
{
    const model::Cell& cell = worst.cell->cell;
    const std::uint32_t siblings = siblings_of(cell.shape);
    const std::string what = model::is_golden(cell.fault) ? "golden run at " + to_string(cell.shape) : name_of(cell);
    const std::string text = "trial " + std::to_string(worst.id) + ", " + what + variant_among(cells, cell) + ": ";
    if (worst.inconclusive) {
        return text + "inconclusive";
    }
    if (siblings == 0) {
        return text + "there are no siblings";
    }
    if (worst.cell->worst_loses_victim && worst.survivors == siblings) {
        return text + "the would-be victim was lost, and nothing was done to it";
    }
    const auto predicted_for = [&cell](model::WorkerId victim) {
        return model::predicted_survivors(cell.fault, cell.shape, cell.containment, victim);
    };
    const bool is_number_odd = worst.survivors < predicted_for({}) ||
                               worst.survivors > predicted_for({cell.shape.hosts - 1, 0}); // it may depend on the host
    return text + std::to_string(worst.survivors) + " of " + count(siblings, "sibling") + " survived" +
           (worst.as_predicted ? ", as predicted"
            : is_number_odd    ? ", which was not predicted"
                               : ", but not every sibling had the predicted outcome");
}

void print_where_to_look(Page& page, const ExperimentReport& report)
{
    page.blank();
    if (!report.results.empty()) {
        page.line({{left(page.said("results"), 9), Look::faint}, {report.results}});
    }
    const std::optional<WorstTrial> worst = worst_trial(report.cells);
    if (!worst) {
        return;
    }
    page.paragraph({{"worst    ", Look::faint}}, worst_text(report.cells, *worst));
    if (!report.results.empty()) {
        page.command(9, "bulkhead show " + shell_word(report.results) + " " + std::to_string(worst->id));
    }
}

/// In a large experiment the table of all faults comes first, and of the matrix only what it cannot tell.
void print_outcomes(Page& page, const std::vector<model::CellSummary>& cells)
{
    if (is_large(cells)) {
        print_fates(page, cells);
        page.blank();
        print_differing_survivors(page, cells);
        return;
    }
    print_survivors(page, cells);
    if (needs_fates(cells)) {
        page.blank();
        print_fates(page, cells);
    }
}

/// The tables of faults and shapes, once for each variant.
void print_variants(Page& page, const ExperimentReport& report)
{
    const std::vector<model::Variant>& variants = report.experiment.variants;
    for (const model::Variant& variant : variants) {
        const std::vector<model::CellSummary> cells = cells_with(variant, report.cells);
        if (variants.size() > 1) {
            page.blank();
            page.line({{model::to_string(variant), Look::bold}});
        }
        print_outcomes(page, cells);
        print_detections(page, cells);
    }
}

} // namespace

std::string experiment_text(const ExperimentReport& report, Style style)
{
    Page page(style);
    const std::vector<const model::CellSummary*> losses = golden_losses(report.cells);
    print_heading(page, report);
    print_shard(page, report);
    print_extent(page, report);
    if (!losses.empty()) {
        print_golden_alarm(page, report.cells, losses);
    }
    page.blank();
    if (!only_measures(report)) {
        print_variants(page, report);
        print_shown(page, report.cells);
        print_unsteady(page, report);
    }
    print_remarks(page, report.cells);
    print_clients(page, report);
    print_figures(page, report);
    print_verdicts(page, report);
    print_where_to_look(page, report);
    if (!losses.empty()) {
        print_golden_alarm(page, report.cells, losses);
    }
    return page.take();
}

} // namespace bulkhead::report
