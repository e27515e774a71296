#include "harness/report/export.hpp"

#include "harness/model/detection.hpp"
#include "harness/model/figure.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

namespace bulkhead::report {
namespace {

void add_outcomes(Row& row, const std::string& whose, const std::array<std::uint64_t, model::outcome_count>& outcomes)
{
    for (const model::Outcome outcome : model::all_outcomes) {
        row[whose + "_" + std::string(to_string(outcome))] = outcomes.at(static_cast<std::size_t>(outcome));
    }
}

/// Between two stamps; null where one of them is missing.
Json span_json(const std::optional<model::Stamp>& from, const std::optional<model::Stamp>& to)
{
    return from && to ? Json(*to - *from) : Json();
}

Json outcome_of_victim(const model::TrialRecord& record, const model::TrialJudgement& judgement)
{
    const std::uint32_t victim = model::index_of(record.plan.victim, record.plan.shape);
    return victim < judgement.outcomes.size() ? Json(to_string(judgement.outcomes[victim])) : Json();
}

/// The sums of this one trial, or none.
model::CellSummary alone(const model::TrialRecord& record, const model::TrialJudgement& judgement)
{
    model::CellSummary summary;
    model::add(summary, record, judgement);
    return summary;
}

Row cell_row(const model::CellSummary& summary)
{
    const model::Cell& cell = summary.cell;
    const auto detection_at = [&](double q) {
        const auto detection = model::detection_quantile(summary, q);
        return detection ? Json(nanoseconds(*detection)) : Json();
    };
    Row row{{"cell", cell.number},
            {"shape", model::to_string(cell.shape)},
            {"fault", model::to_string(cell.fault)},
            {"variant", model::to_string(cell.variant)},
            {"skipped", or_null(cell.skipped)},
            {"planned", cell.trials},
            {"judged", summary.judged},
            {"inconclusive", summary.inconclusive},
            {"siblings", summary.siblings},
            {"survivors", summary.survivors},
            {"trials_with_loss", summary.trials_with_loss},
            {"trials_all_lost", summary.trials_all_lost},
            {"trials_as_predicted", summary.trials_as_predicted}};
    add_outcomes(row, "siblings", summary.sibling_outcomes);
    add_outcomes(row, "victims", summary.victim_outcomes);
    row["detection_median_ns"] = detection_at(0.5);
    row["detection_p99_ns"] = detection_at(0.99);
    return row;
}

Row figure_row(const model::TrialPlan& plan, const std::string& name, double value)
{
    const model::FigureRow* const known = model::find_figure(name);
    return {{"trial", plan.id},
            {"shape", model::to_string(plan.shape)},
            {"fault", model::to_string(plan.fault)},
            {"variant", model::to_string(plan.variant)},
            {"figure", name},
            {"unit", known == nullptr ? Json() : or_null(std::string(known->unit))},
            {"value", value}};
}

Row verdict_row(const Suite& suite, const Expected& expected, const Case& each)
{
    return {{"experiment", suite.name},    {"expectation", expected.id},
            {"file", or_null(suite.file)}, {"line", expected.line == 0 ? Json() : Json(expected.line)},
            {"says", expected.says},       {"verdict", to_string(expected.result)},
            {"cell", or_null(each.cell)},  {"cell_verdict", to_string(each.result)},
            {"reason", each.reason},       {"look", or_null(each.look)}};
}

std::string quoted(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
        return text;
    }
    std::string result = "\"";
    for (const char c : text) {
        result += c == '"' ? "\"\"" : std::string(1, c);
    }
    return result + "\"";
}

std::string csv_value(const Json& value)
{
    if (value.is_null()) {
        return "";
    }
    return quoted(value.is_string() ? value.get<std::string>() : value.dump());
}

} // namespace

Row trial_row(const model::TrialRecord& record, const model::TrialJudgement& judgement)
{
    const model::TrialPlan& plan = record.plan;
    const bool is_judged = judgement.inconclusive.empty();
    const model::CellSummary sums = alone(record, judgement);
    Row row{{"trial", plan.id},
            {"cell", plan.cell},
            {"shape", model::to_string(plan.shape)},
            {"fault", model::to_string(plan.fault)},
            {"variant", model::to_string(plan.variant)},
            {"victim", model::to_string(plan.victim)},
            {"at", to_string(plan.at)},
            {"after_ops", plan.after_ops},
            {"seed", seed_json(plan.seed)},
            {"lane", record.lane},
            {"inconclusive", or_null(judgement.inconclusive)},
            {"siblings", is_judged ? Json(judgement.siblings) : Json()},
            {"survivors", is_judged ? Json(judgement.survivors) : Json()},
            {"as_predicted", is_judged ? Json(judgement.as_predicted) : Json()},
            {"victim_outcome", outcome_of_victim(record, judgement)}};
    add_outcomes(row, "siblings", sums.sibling_outcomes);
    row["steady_ns"] = span_json(record.started, record.steady);
    const auto detection = is_judged ? model::detection_of(record) : std::nullopt;
    row["detection_ns"] = detection ? Json(nanoseconds(*detection)) : Json();
    row["settle_ns"] = span_json(record.challenged, record.settled);
    row["trial_ns"] = span_json(record.started, record.finished);
    return row;
}

std::vector<Row> figure_rows(const model::TrialRecord& record, const model::TrialJudgement& judgement)
{
    std::vector<Row> rows;
    for (const auto& [name, values] : alone(record, judgement).figures) {
        for (const double value : values.kept()) {
            rows.push_back(figure_row(record.plan, name, value));
        }
    }
    return rows;
}

std::vector<Row> cell_rows(const ExperimentReport& report)
{
    std::vector<Row> rows;
    std::ranges::transform(report.cells, std::back_inserter(rows), cell_row);
    return rows;
}

std::vector<Row> verdict_rows(const Suite& suite)
{
    std::vector<Row> rows;
    for (const Expected& expected : suite.expected) {
        for (const Case& each : expected.cases) {
            rows.push_back(verdict_row(suite, expected, each));
        }
    }
    return rows;
}

Row blank_row(std::string_view rows)
{
    if (rows == "verdicts") {
        return verdict_row({}, {}, {});
    }
    if (rows == "cells") {
        return cell_row({});
    }
    if (rows == "figures") {
        return figure_row({}, "", 0);
    }
    model::TrialJudgement judgement;
    judgement.inconclusive = "there was none";
    return trial_row({}, judgement);
}

std::string csv_heading(const Row& row)
{
    std::string line;
    for (const auto& [name, value] : row.items()) {
        line += (line.empty() ? "" : ",") + quoted(name);
    }
    return line + "\n";
}

std::string csv_line(const Row& row)
{
    std::string line;
    bool is_first = true;
    for (const auto& [name, value] : row.items()) {
        line += (is_first ? "" : ",") + csv_value(value);
        is_first = false;
    }
    return line + "\n";
}

std::string json_line(const Row& row)
{
    return row.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace bulkhead::report
