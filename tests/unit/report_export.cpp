#include "harness/report/export.hpp"
#include "report_suite_samples.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace bulkhead;
using report::Json;
using report::Row;

TEST_CASE("CSV quotes what would end a value, doubles its quotes, and leaves null empty")
{
    const Row row{{"plain", "a b"},  {"comma", "a,b"}, {"quote", "say \"a\""}, {"line", "a\nb"},
                  {"none", nullptr}, {"number", 0.5},  {"yes", true}};
    CHECK(report::csv_heading(row) == "plain,comma,quote,line,none,number,yes\n");
    CHECK(report::csv_line(row) == "a b,\"a,b\",\"say \"\"a\"\"\",\"a\nb\",,0.5,true\n");
    CHECK(report::json_line(row).find('\n') == report::json_line(row).size() - 1);
    CHECK(Json::parse(report::json_line(row)) == row);
}

TEST_CASE("a table without rows has the columns of one with rows")
{
    model::TrialRecord record = samples::trial(samples::plan("abort", "4x2"));
    const model::TrialJudgement judgement = model::judge(record);
    const report::ExperimentReport report = samples::report_on(samples::experiment({"8x1"}, {"abort"}));
    const auto heading_of_none = [](std::string_view rows) { return report::csv_heading(report::blank_row(rows)); };
    CHECK(heading_of_none("trials") == report::csv_heading(report::trial_row(record, judgement)));
    const auto figures = report::figure_rows(record, judgement);
    REQUIRE_FALSE(figures.empty());
    CHECK(heading_of_none("figures") == report::csv_heading(figures.front()));
    CHECK(heading_of_none("cells") == report::csv_heading(report::cell_rows(report).front()));
    CHECK(heading_of_none("verdicts") == report::csv_heading(report::verdict_rows(samples::suite()).front()));
}

TEST_CASE("a row of a trial has its outcomes and times, and the same columns when it cannot be judged")
{
    const model::TrialRecord record = samples::trial(samples::plan("abort", "4x2"));
    const Row row = report::trial_row(record, model::judge(record));
    CHECK(row.at("survivors") == 6);
    CHECK(row.at("siblings_died") == 1);
    CHECK(row.at("victim_outcome") == "died");
    CHECK(row.at("as_predicted") == true);
    CHECK(row.at("detection_ns") == *record.end_seen - *record.fired);
    CHECK(row.at("inconclusive").is_null());

    model::TrialRecord unjudged = record;
    unjudged.inconclusive = "no processes left";
    unjudged.workers.clear();
    unjudged.fired.reset();
    const Row other = report::trial_row(unjudged, model::judge(unjudged));
    CHECK(other.at("inconclusive") == "no processes left");
    CHECK(other.at("survivors").is_null());
    CHECK(other.at("victim_outcome").is_null());
    CHECK(report::csv_heading(other) == report::csv_heading(row));
    CHECK(report::figure_rows(unjudged, model::judge(unjudged)).empty());
}

TEST_CASE("there is a row for each cell, and one for each expectation and cell")
{
    model::Experiment experiment = samples::experiment({"8x1", "4x2"}, {"abort"});
    experiment.expectations = {samples::expectation({}, {}, model::AllSiblings{})};
    const report::ExperimentReport made = samples::report_on(experiment);
    const auto cells = report::cell_rows(made);
    REQUIRE(cells.size() == 4);
    CHECK(cells.at(3).at("shape") == "4x2");
    CHECK(cells.at(3).at("siblings_died") == 20);
    const auto verdicts = report::verdict_rows(report::suite_of(made, {}, ""));
    REQUIRE(verdicts.size() == 2);
    CHECK(verdicts.at(0).at("cell_verdict") == "upheld");
    CHECK(verdicts.at(1).at("cell_verdict") == "refuted");
    CHECK(verdicts.at(1).at("verdict") == "refuted");
    CHECK(verdicts.at(1).at("line") == 24);
}
