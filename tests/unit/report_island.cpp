#include "harness/model/thesis.hpp"
#include "harness/report/island.hpp"
#include "report_samples.hpp"
#include "tests/korean.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace bulkhead;
using nlohmann::json;

namespace {

model::TrialRecord trial_of(const model::Experiment& experiment, const std::string& fault, std::uint32_t number,
                            const samples::Mishap& mishap = {})
{
    for (const model::Cell& cell : model::expand(experiment)) {
        if (to_string(cell.fault) == fault) {
            return samples::trial(model::plan_trial(experiment, cell, number), mishap);
        }
    }
    return {};
}

void add(report::TrialColumns& columns, const model::TrialRecord& record)
{
    columns.add(record, model::judge(record));
}

json island_of(const report::Island& island)
{
    return json::parse(report::island_json(island));
}

} // namespace

TEST_CASE("the columns have every trial at the same place, with null where there is no judgement")
{
    const model::Experiment experiment = samples::experiment({"4x2"}, {"abort"});
    report::TrialColumns columns;
    const model::TrialRecord golden = trial_of(experiment, "none", 0);
    const model::TrialRecord usual = trial_of(experiment, "abort", 0);
    const model::TrialRecord odd = trial_of(experiment, "abort", 1, {.a_sibling_stalls = true, .inconclusive = ""});
    add(columns, golden);
    add(columns, usual);
    add(columns, odd);
    add(columns, trial_of(experiment, "abort", 2, {.inconclusive = "no steady state"}));

    const json parsed = json::parse(columns.json());
    CHECK(parsed.at("id") == json{golden.plan.id, usual.plan.id, usual.plan.id + 1, usual.plan.id + 2});
    CHECK(parsed.at("cell") == json{golden.plan.cell, usual.plan.cell, usual.plan.cell, usual.plan.cell});
    CHECK(parsed.at("victim").at(1) == to_string(usual.plan.victim));
    CHECK(parsed.at("survivors").at(0) == 7);
    CHECK(parsed.at("survivors").at(1) == 6);
    CHECK(parsed.at("survivors").at(3).is_null());
    CHECK(parsed.at("siblings") == json{7, 7, 7, 7});
    CHECK(parsed.at("worst").at(0) == "intact");
    CHECK(parsed.at("worst").at(1) == "died");
    CHECK(parsed.at("worst").at(3).is_null());
    CHECK(parsed.at("detection_us").at(0).is_null());
    CHECK(parsed.at("detection_us").at(1).get<double>() ==
          doctest::Approx(static_cast<double>(*usual.end_seen - *usual.fired) / 1000));
    CHECK(parsed.at("inconclusive") == json{0, 0, 0, 1});
    CHECK(parsed.at("as_predicted") == json{1, 1, 0, nullptr});
}

TEST_CASE("of too many trials there are no columns, but how many they are")
{
    const model::Experiment experiment = samples::experiment({"1x1"}, {"abort"});
    const model::TrialRecord record = trial_of(experiment, "abort", 0);
    const model::TrialJudgement judgement = model::judge(record);
    report::Island island;
    report::ExperimentPart& part = island.experiments.emplace_back();
    for (std::uint64_t i = 0; i < report::TrialColumns::most; ++i) {
        part.trials.add(record, judgement);
    }
    CHECK(island_of(island).at("experiments").at(0).at("trials").at("id").size() == 20'000);
    CHECK(island_of(island).at("experiments").at(0).at("trials_left_out") == 0);
    part.trials.add(record, judgement);
    CHECK(island_of(island).at("experiments").at(0).at("trials").is_null());
    CHECK(island_of(island).at("experiments").at(0).at("trials_left_out") == 20'001);
}

TEST_CASE("an island has what it was given, and null for what there is not")
{
    report::Island island{.title = "A <title>"};
    report::ExperimentPart& part = island.experiments.emplace_back();
    part.report = R"({"format":"bulkhead-experiment"})";
    part.facts = {{"kernel", "6.1"}, {"kernel", "6.2"}};
    part.toml = "schema = 1\n";
    part.command = "bulkhead run a.toml";
    part.chosen = {{.id = 7, .cell = 1, .why = report::Why::worst}};
    part.full = {{7, R"({"trial":7})"}};
    const json parsed = island_of(island);
    CHECK(parsed.at("format") == "bulkhead-report");
    CHECK(parsed.at("version").is_string());
    CHECK(parsed.at("language") == "en");
    CHECK(parsed.at("title") == "A <title>");
    CHECK(parsed.at("texts").empty());
    CHECK(parsed.at("said").empty());
    CHECK(parsed.at("claims").is_null());
    CHECK(parsed.at("comparison").is_null());
    const json& experiment = parsed.at("experiments").at(0);
    CHECK(experiment.at("report").at("format") == "bulkhead-experiment");
    CHECK(experiment.at("facts").at(1) == json{{"name", "kernel"}, {"value", "6.2"}});
    CHECK(experiment.at("toml") == "schema = 1\n");
    CHECK(experiment.at("save_as").is_null());
    CHECK(experiment.at("chosen") == json::array({{{"id", 7}, {"cell", 1}, {"why", "worst"}}}));
    CHECK(experiment.at("full").at("7").at("trial") == 7);
    CHECK(experiment.at("cost").is_null());
    CHECK(experiment.at("anatomy").is_null());
}

TEST_CASE("a trial in a page is what the page draws of it, and much less than what a program is given")
{
    const model::Experiment experiment = samples::experiment({"16x16"}, {"abort"});
    const std::string whole = report::trial_json(trial_of(experiment, "abort", 0), "wide", texts::Language::english);
    const std::string for_page = report::trial_for_page(whole);
    CHECK(for_page.size() * 3 < report::compact(whole).size() * 2);
    const json full = json::parse(whole);
    const json drawn = json::parse(for_page);
    CHECK_FALSE(drawn.contains("jobs"));
    for (const char* const name :
         {"trial", "cell", "plan", "judgement", "times", "fired_at_op", "events", "evidence", "strikes", "restarts"}) {
        CAPTURE(name);
        CHECK(drawn.at(name) == full.at(name));
    }
    REQUIRE(drawn.at("workers").size() == 256);
    for (const char* const name : {"ops", "at_ns"}) {
        CHECK(drawn.at("workers").at(17).at("before").at(name) == full.at("workers").at(17).at("before").at(name));
    }
    for (const char* const name :
         {"id", "relation", "outcome", "predicted", "ops_final", "asleep_seen_ns", "thread_end_seen_ns"}) {
        CAPTURE(name);
        CHECK(drawn.at("workers").at(17).at(name) == full.at("workers").at(17).at(name));
    }
    REQUIRE(drawn.at("hosts").size() == 16);
    for (const char* const name : {"number", "pid", "words", "end_seen_ns", "ended_in_teardown"}) {
        CAPTURE(name);
        CHECK(drawn.at("hosts").at(1).at(name) == full.at("hosts").at(1).at(name));
    }
}

TEST_CASE("text that is no UTF-8 is replaced, and text without end is cut between two characters")
{
    report::Island island;
    report::ExperimentPart& part = island.experiments.emplace_back();
    part.facts = {{"a\xff", "\xc3"}};
    for (std::size_t i = 0; i < report::longest_text; ++i) {
        part.toml += "\xec\xa2\x85"; // three bytes
    }
    const json parsed = island_of(island);
    CHECK(parsed.at("experiments").at(0).at("facts").at(0) ==
          json{{"name", "a\xef\xbf\xbd"}, {"value", "\xef\xbf\xbd"}});
    const std::string toml = parsed.at("experiments").at(0).at("toml");
    CHECK(toml.size() < report::longest_text + 100);
    CHECK(toml.ends_with(" more bytes are left out)"));
    CHECK(toml.find("\xef\xbf\xbd") == std::string::npos);
    const std::string long_text = json{{"a", {std::string(100'000, 'x')}}}.dump();
    CHECK(report::compact(long_text).size() < report::longest_text + 100);
}

TEST_CASE("a report in Korean carries the texts of the page in Korean")
{
    report::Island island{.language = texts::Language::korean};
    const json parsed = island_of(island);
    CHECK(parsed.at("language") == "ko");
    for (const texts::Translation& each : texts::page()) {
        if (!each.english.empty()) {
            CHECK(parsed.at("texts").at(std::string(each.english)) ==
                  std::string(texts::say(texts::Language::korean, each.english)));
        }
    }
}

TEST_CASE("a report in Korean carries what it composes in Korean beside the report itself, which stays as it is")
{
    model::Experiment experiment = samples::experiment({"4x2"}, {"abort"});
    experiment.question = "Does a worker's crash take its siblings down?";
    experiment.expectations = {samples::expectation({"4x2"}, {}, model::AllSiblings{}),
                               samples::expectation({"4x2"}, {}, model::NoSibling{})};
    const std::string report = report::experiment_json(samples::report_on(experiment));
    report::Island island{.language = texts::Language::korean};
    island.experiments.emplace_back().report = report;
    const json parsed = island_of(island);
    const json& shown = parsed.at("experiments").at(0).at("report");
    CHECK(shown == json::parse(report));
    REQUIRE(shown.at("verdicts").size() == 2);
    for (const json& verdict : shown.at("verdicts")) {
        for (const char* const name : {"text", "reason"}) {
            CAPTURE(verdict.at(name));
            const std::string said = parsed.at("said").at(verdict.at(name).get<std::string>());
            CHECK(said == texts::say_composed(texts::Language::korean, verdict.at(name).get<std::string>()));
            CHECK(korean::has_hangul(said));
            CHECK(korean::english_in(said) == "");
        }
    }
    island.language = texts::Language::english;
    CHECK(island_of(island).at("said").empty());
}

TEST_CASE(
    "what is measured before the fault is priced over all trials of a shape, with an interval where there are enough")
{
    model::Experiment experiment = samples::experiment({"8x1", "1x8"}, {"abort", "thread-exit"});
    experiment.trials = 10;
    report::ExperimentReport report = samples::report_on(experiment);
    samples::cell_of(report, "none", "8x1").figures["memory_per_worker"] = {900};
    const json cost = json::parse(report::cost_json(report));
    REQUIRE(cost.size() == 2);
    CHECK(cost.at(0).at("shape") == "8x1");
    CHECK(cost.at(0).at("cell") == samples::cell_of(report, "none", "8x1").cell.number);
    const json& startup = cost.at(0).at("figures").at("startup_us");
    CHECK(startup.at("count") == 22); // ten of each fault, and two golden runs
    CHECK(startup.at("median") == 1240);
    CHECK(startup.at("low") == 1240);
    const json& memory = cost.at(0).at("figures").at("memory_per_worker_kib");
    CHECK(memory == json{{"name", "memory_per_worker"},
                         {"unit", "KiB"},
                         {"count", 1},
                         {"median", 900},
                         {"low", nullptr},
                         {"high", nullptr}});
    CHECK_FALSE(cost.at(1).at("figures").contains("memory_per_worker_kib"));
    CHECK_FALSE(cost.at(0).at("figures").contains("detection_us"));
}

TEST_CASE("where nothing was measured there is no price")
{
    report::ExperimentReport report = samples::report_on(samples::experiment({"1x1"}, {"abort"}));
    for (model::CellSummary& cell : report.cells) {
        cell.figures.clear();
    }
    CHECK(report::cost_json(report) == "null");
}

TEST_CASE(
    "of a claim each experiment is told with the expectation that decides; experiments without one have no part in it")
{
    model::Experiment experiment = samples::experiment({"8x1"}, {"abort"});
    experiment.expectations = {samples::expectation({"8x1"}, {}, model::AllSiblings{}),
                               samples::expectation({"8x1"}, {}, model::NoSibling{})};
    const report::ExperimentReport of_none = samples::report_on(experiment);
    CHECK(report::claims_json({of_none}, texts::Language::english) == "null");
    experiment.claim = "C13";
    const report::ExperimentReport measured = samples::report_on(experiment);
    experiment.boundary = true;
    experiment.expectations.clear();
    const report::ExperimentReport boundary = samples::report_on(experiment);

    const json claims = json::parse(report::claims_json({of_none, measured, boundary}, texts::Language::english));
    REQUIRE(claims.size() == 1);
    CHECK(claims.at(0).at("id") == "C13");
    CHECK(claims.at(0).at("says") == std::string(model::find_thesis("C13")->says));
    CHECK(claims.at(0).at("boundary") == std::string(model::find_thesis("C13")->boundary));
    const json& rows = claims.at(0).at("rows");
    REQUIRE(rows.size() == 2);
    CHECK(rows.at(0).at("experiment") == 1);
    CHECK(rows.at(0).at("boundary") == false);
    CHECK(rows.at(0).at("verdict") == "refuted");
    CHECK(rows.at(0).at("figure") == "8x1, every fault: survivors = none");
    CHECK(rows.at(0).at("reason") == measured.judged.at(1).reason);
    CHECK(rows.at(0).at("expectations") == 2);
    CHECK(rows.at(1).at("experiment") == 2);
    CHECK(rows.at(1).at("boundary") == true);
    CHECK(rows.at(1).at("verdict").is_null());

    const json in_korean = json::parse(report::claims_json({measured}, texts::Language::korean));
    for (const char* const name : {"figure", "reason"}) {
        CHECK(korean::english_in(in_korean.at(0).at("rows").at(0).at(name).get<std::string>()) == "");
    }
    CHECK(in_korean.at(0).at("rows").at(0).at("verdict") == "refuted");
}
