// An experiment ("format": "bulkhead-experiment"):
//   experiment    name, question, origin, shapes, faults, workload, launch, pace_ns, at, after_ops {low, high}, victim,
//                 window_ns, evidence_ops, degraded_below, trials_per_cell, seed, golden_share, order,
//                 stop {half_width, sequential {alpha, beta, indifference}, until_refuted, for_ns} (null where there is
//                 no such rule), trial_limit_ns, time_limit_ns (null: not set), containment
//   campaign      shard {number, count} (null: it is whole; otherwise nothing is judged), ended, planned, finished,
//                 not_run, saved (by a stop rule), stopped {by, rounds, of_rounds} (null where no rule held), took_ns,
//                 inconclusive, skipped_cells, results
//   skipped       fault, variant (null: with any), reason: what this machine cannot have; its cells have no trials
//   golden_lost   the shapes whose golden runs lost a worker: nothing can be concluded for these
//   faults        one row for each fault and variant over all shapes: fault, variant, family, golden, skipped (the
//   reason), victim_end,
//                 victims, cell_mates and other_hosts {workers, worst, outcomes; of siblings predicted, as_predicted}
//   cells         number, shape, fault, variant, golden, skipped (the reason), trials {planned, judged, inconclusive,
//   not_run,
//                 saved, with_loss, all_lost, as_predicted}, first_inconclusive, siblings, survivors, share (of
//                 survivors, mean over the trials), as_predicted (null when no trial was judged), predicted
//                 {survivors_per_trial (the least, where it depends on the victim), most_survivors_per_trial,
//                 siblings_per_trial, cell_mates, other_hosts, later_hosts (launched after the victim's)},
//                 sibling_outcomes, cell_mate_outcomes, other_host_outcomes, victim_outcomes, victim_end, detection
//                 {count, median_ns, p99_ns, least_ns, most_ns}, unsteady {rate, odd, usual, odd_trials [{id, manner}]}
//                 (null where all trials went alike), worst_trial {id, survivors, inconclusive}
//   verdicts      expectation (0-based), line, text, verdict, reason
//   worst_trial   id, shape, fault, variant, survivors, inconclusive: the one to look at first

#include "harness/model/detection.hpp"
#include "harness/model/statistics.hpp"
#include "harness/report/fates.hpp"
#include "harness/report/figures.hpp"
#include "harness/report/json_parts.hpp"
#include "harness/report/stop.hpp"
#include "harness/report/unsteady.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace bulkhead::report {
namespace {

template <class Names>
Json names_json(const Names& values)
{
    Json json = Json::array();
    for (const auto& value : values) {
        json.push_back(model::to_string(value));
    }
    return json;
}

Json limit_json(const std::optional<std::chrono::milliseconds>& limit)
{
    return limit ? Json(nanoseconds(*limit)) : Json();
}

Json stop_rules_json(const model::StopRules& rules)
{
    const Json sequential = rules.sequential ? Json{{"alpha", rules.sequential->alpha},
                                                    {"beta", rules.sequential->beta},
                                                    {"indifference", rules.sequential->indifference}}
                                             : Json();
    return {{"half_width", rules.half_width ? Json(*rules.half_width) : Json()},
            {"sequential", sequential},
            {"until_refuted", rules.until_refuted},
            {"for_ns", limit_json(rules.time)}};
}

Json experiment_facts(const model::Experiment& experiment)
{
    return {{"name", experiment.name},
            {"question", experiment.question},
            {"origin", experiment.origin},
            {"claim", or_null(experiment.claim)},
            {"boundary", experiment.boundary},
            {"shapes", names_json(experiment.shapes)},
            {"faults", names_json(experiment.faults)},
            {"variants", names_json(experiment.variants)},
            {"launch", to_string(experiment.launch)},
            {"pace_ns", experiment.pace ? Json(nanoseconds(*experiment.pace)) : Json()},
            {"at", points_text(experiment)},
            {"after_ops", {{"low", experiment.after_ops.low}, {"high", experiment.after_ops.high}}},
            {"victim", model::victim_text(experiment)},
            {"window_ns", nanoseconds(experiment.window)},
            {"evidence_ops", experiment.evidence_ops},
            {"degraded_below", experiment.degraded_below},
            {"trials_per_cell", experiment.trials},
            {"seed", seed_json(experiment.seed)},
            {"golden_share", experiment.golden_share},
            {"order", to_string(experiment.order)},
            {"stop", stop_rules_json(experiment.stop)},
            {"trial_limit_ns", limit_json(experiment.trial_limit)},
            {"time_limit_ns", limit_json(experiment.time_limit)},
            {"containment", containment_json(experiment.containment)}};
}

Json skipped_json(const std::vector<model::Experiment::Skipped>& skipped)
{
    Json json = Json::array();
    for (const model::Experiment::Skipped& each : skipped) {
        json.push_back({{"fault", model::to_string(each.fault)},
                        {"variant", each.variant ? Json(model::to_string(*each.variant)) : Json()},
                        {"reason", each.reason}});
    }
    return json;
}

Json campaign_json(const ExperimentReport& report)
{
    std::uint64_t inconclusive = 0;
    for (const model::CellSummary& cell : report.cells) {
        inconclusive += cell.inconclusive;
    }
    const Json shard = report.shard ? Json{{"number", report.shard->number}, {"count", report.shard->count}} : Json();
    return {{"shard", shard},
            {"ended", or_null(report.ended)},
            {"planned", report.planned},
            {"finished", report.finished},
            {"not_run", report.planned - report.saved - std::min(report.planned - report.saved, report.finished)},
            {"saved", report.saved},
            {"stopped", stop_json(report)},
            {"took_ns", nanoseconds(report.took)},
            {"inconclusive", inconclusive},
            {"skipped_cells", std::ranges::count_if(report.cells, is_skipped)},
            {"results", or_null(report.results)}};
}

Json detection_json(const model::CellSummary& cell)
{
    const model::Values* const detections = model::detections_of(cell);
    const auto at = [&](double q) {
        const auto detection = model::detection_quantile(cell, q);
        return detection ? Json(nanoseconds(*detection)) : Json();
    };
    return {{"count", detections == nullptr ? 0 : detections->count()},
            {"median_ns", at(0.5)},
            {"p99_ns", at(0.99)},
            {"least_ns", at(0)},
            {"most_ns", at(1)}};
}

Json prediction_json(const model::Cell& cell)
{
    const auto outcome = [&](bool there_are_such, model::Relation relation) {
        return there_are_such ? Json(to_string(model::predict(cell.fault, cell.shape, relation, cell.containment)))
                              : Json();
    };
    const model::WorkerId in_last_host{cell.shape.hosts - 1, 0};
    return {{"survivors_per_trial", model::predicted_survivors(cell.fault, cell.shape, cell.containment)},
            {"most_survivors_per_trial",
             model::predicted_survivors(cell.fault, cell.shape, cell.containment, in_last_host)},
            {"siblings_per_trial", siblings_of(cell.shape)},
            {"cell_mates", outcome(cell.shape.threads > 1, model::Relation::cell_mate)},
            {"other_hosts", outcome(cell.shape.hosts > 1, model::Relation::other_host)},
            {"later_hosts", outcome(cell.shape.hosts > 1, model::Relation::later_host)}};
}

Json figures_json(const std::map<std::string, model::Values>& figures)
{
    constexpr double two_sided = 0.90;
    Json json = Json::array();
    for (const auto& [name, values] : figures) {
        const model::FigureRow* const row = model::find_figure(name);
        const auto interval = model::median_interval(values.kept(), two_sided);
        json.push_back({{"name", name},
                        {"unit", row == nullptr ? Json() : or_null(std::string(row->unit))},
                        {"trials", values.count()},
                        {"median", model::median(values.kept())},
                        {"low_95", interval ? Json(interval->low) : Json()},
                        {"high_95", interval ? Json(interval->high) : Json()},
                        {"least", values.least()},
                        {"most", values.most()}});
    }
    return json;
}

Json cell_json(const model::CellSummary& cell)
{
    const bool has_share = cell.judged > 0 && siblings_of(cell.cell.shape) > 0;
    Json worst;
    if (cell.worst_trial) {
        worst = {{"id", cell.cell.first_id + *cell.worst_trial},
                 {"survivors", cell.worst_is_inconclusive ? Json() : Json(cell.worst_survivors)},
                 {"inconclusive", cell.worst_is_inconclusive}};
    }
    return {{"number", cell.cell.number},
            {"shape", model::to_string(cell.cell.shape)},
            {"fault", model::to_string(cell.cell.fault)},
            {"variant", model::to_string(cell.cell.variant)},
            {"golden", model::is_golden(cell.cell.fault)},
            {"skipped", or_null(cell.cell.skipped)},
            {"trials",
             {{"planned", cell.cell.trials},
              {"judged", cell.judged},
              {"inconclusive", cell.inconclusive},
              {"not_run", not_run(cell)},
              {"saved", cell.saved},
              {"with_loss", cell.trials_with_loss},
              {"all_lost", cell.trials_all_lost},
              {"as_predicted", cell.trials_as_predicted}}},
            {"first_inconclusive", or_null(cell.first_inconclusive)},
            {"siblings", cell.siblings},
            {"survivors", cell.survivors},
            {"share", has_share ? Json(cell.share_sum / cell.judged) : Json()},
            {"as_predicted", cell.judged > 0 ? Json(is_as_predicted(cell)) : Json()},
            {"predicted", prediction_json(cell.cell)},
            {"sibling_outcomes", outcomes_json(cell.sibling_outcomes)},
            {"cell_mate_outcomes", outcomes_json(cell.cell_mate_outcomes)},
            {"other_host_outcomes", outcomes_json(cell.other_host_outcomes)},
            {"victim_outcomes", outcomes_json(cell.victim_outcomes)},
            {"victim_end", cell.judged > 0 ? Json(short_text(victim_end(cell.cell))) : Json()},
            {"detection", detection_json(cell)},
            {"figures", figures_json(cell.figures)},
            {"unsteady", unsteady_json(cell)},
            {"worst_trial", worst}};
}

Json fate_json(const Fate& fate)
{
    return {{"workers", fate.workers()},
            {"worst", fate.workers() == 0 ? Json() : Json(to_string(fate.worst()))},
            {"outcomes", outcomes_json(fate.outcomes)}};
}

Json siblings_json(const Fate& fate)
{
    Json json = fate_json(fate);
    json["predicted"] = to_string(fate.predicted);
    json["as_predicted"] = fate.workers() == 0 ? Json() : Json(fate.as_predicted());
    return json;
}

Json faults_json(const ExperimentReport& report)
{
    Json json = Json::array();
    for (const model::Variant& variant : report.experiment.variants) {
        for (const FateRow& row : fate_rows(cells_with(variant, report.cells))) {
            json.push_back({{"fault", model::to_string(row.fault)},
                            {"variant", model::to_string(variant)},
                            {"family", to_string(model::row_of(row.fault).family)},
                            {"golden", model::is_golden(row.fault)},
                            {"skipped", or_null(row.skipped)},
                            {"victim_end", row.judged > 0 ? Json(short_text(row.end)) : Json()},
                            {"victims", fate_json(row.victims)},
                            {"cell_mates", siblings_json(row.cell_mates)},
                            {"other_hosts", siblings_json(row.other_hosts)}});
        }
    }
    return json;
}

Json verdicts_json(const ExperimentReport& report)
{
    Json json = Json::array();
    for (const model::Judged& judged : report.judged) {
        const model::Expectation& expectation = report.experiment.expectations.at(judged.expectation);
        json.push_back({{"expectation", judged.expectation},
                        {"line", expectation.line == 0 ? Json() : Json(expectation.line)},
                        {"text", model::describe(expectation)},
                        {"verdict", to_string(judged.verdict)},
                        {"reason", judged.reason}});
    }
    return json;
}

Json worst_json(const std::vector<model::CellSummary>& cells)
{
    const std::optional<WorstTrial> worst = worst_trial(cells);
    if (!worst) {
        return nullptr;
    }
    return {{"id", worst->id},
            {"shape", model::to_string(worst->cell->cell.shape)},
            {"fault", model::to_string(worst->cell->cell.fault)},
            {"variant", model::to_string(worst->cell->cell.variant)},
            {"survivors", worst->inconclusive ? Json() : Json(worst->survivors)},
            {"inconclusive", worst->inconclusive}};
}

} // namespace

std::string experiment_json(const ExperimentReport& report)
{
    Json golden_lost = Json::array();
    for (const model::CellSummary* const cell : golden_losses(report.cells)) {
        golden_lost.push_back(model::to_string(cell->cell.shape));
    }
    Json cells = Json::array();
    for (const model::CellSummary& cell : report.cells) {
        cells.push_back(cell_json(cell));
    }
    return print({{"format", "bulkhead-experiment"},
                  {"version", 1},
                  {"experiment", experiment_facts(report.experiment)},
                  {"campaign", campaign_json(report)},
                  {"skipped", skipped_json(report.experiment.skipped)},
                  {"golden_lost", golden_lost},
                  {"faults", faults_json(report)},
                  {"cells", cells},
                  {"verdicts", verdicts_json(report)},
                  {"worst_trial", worst_json(report.cells)}});
}

} // namespace bulkhead::report
