// What other programs read: JUnit's XML, TAP and SARIF.
#include "harness/report/xml.hpp"
#include "report_suite_samples.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace bulkhead;
using nlohmann::json;
using report::Result;

namespace {

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

json sarif_of(const report::Suite& suite)
{
    return json::parse(report::sarif_json({suite})).at("runs").at(0);
}

} // namespace

TEST_CASE("a suite has a case for each expectation and cell, and none for a trial")
{
    model::Experiment experiment = samples::experiment({"8x1", "4x2"}, {"abort", "thread-exit"});
    experiment.expectations = {samples::expectation({"8x1"}, {}, model::AllSiblings{}),
                               samples::expectation({"4x2"}, {"abort"}, model::AllSiblings{})};
    const report::Suite suite = report::suite_of(samples::report_on(experiment), {{"kernel", "Linux"}}, "");
    REQUIRE(suite.expected.size() == 2);
    CHECK(suite.expected.at(0).cases.size() == 2);
    REQUIRE(suite.expected.at(1).cases.size() == 1);
    const report::Case& refuted = suite.expected.at(1).cases.front();
    CHECK(refuted.cell == "4x2 abort");
    CHECK(refuted.result == Result::refuted);
    CHECK(refuted.look.starts_with("bulkhead show bulkhead-results/first-look.db "));
    CHECK(suite.facts.front() == std::pair<std::string, std::string>{"seed", "1"});
    CHECK(suite.trouble.empty());
}

TEST_CASE("what is not upheld names the trial that speaks against the claim")
{
    model::Experiment experiment = samples::experiment({"8x1"}, {"abort"});
    experiment.expectations = {samples::expectation({"8x1"}, {}, model::AllSiblings{}),
                               samples::expectation({"8x1"}, {}, model::NoSibling{}),
                               samples::expectation({"8x1"}, {}, model::AsPredicted{})};
    report::ExperimentReport report = samples::report_on(experiment);
    samples::rerun(report, "abort", "8x1", 20, 1, {.a_sibling_dies = true, .inconclusive = ""});
    const std::uint32_t first = samples::cell_of(report, "abort", "8x1").cell.first_id;
    const auto look = [&](std::size_t expectation) {
        return report::suite_of(report, {}, "").expected.at(expectation).cases.front().look;
    };
    const std::string show = "bulkhead show bulkhead-results/first-look.db ";
    CHECK(look(0) == show + std::to_string(first));     // the one that lost a sibling
    CHECK(look(1) == show + std::to_string(first + 1)); // the first that lost none
    CHECK(look(2) == show + std::to_string(first));
    samples::rerun(report, "abort", "8x1", 20, 2, {.inconclusive = "no descriptors left"});
    CHECK(look(0) == show + std::to_string(first));
}

TEST_CASE("a campaign that did not get to its end, or whose golden runs lost a sibling, says so whatever its verdicts")
{
    const auto trouble_of = [](const report::ExperimentReport& made) { return report::suite_of(made, {}, "").trouble; };
    model::Experiment experiment = samples::experiment({"8x1"}, {"abort"});
    report::ExperimentReport report = samples::report_on(experiment);
    CHECK(trouble_of(report).empty());
    report.ended = ""; // a kill -9 after the last trial: the exit code says that all is there, and so does this
    CHECK(trouble_of(report).empty());
    report.ended = "interrupted";
    report.finished = 3;
    CHECK(trouble_of(report) == "interrupted: 3 of 22 trials were run");
    report.ended = "complete";
    samples::rerun(report, "none", "8x1", 2, 1, {.a_sibling_dies = true, .inconclusive = ""});
    CHECK(has(trouble_of(report), "golden runs of 8x1 lost workers"));
    const report::Counts counts = report::count_cases(report::suite_of(report, {}, ""));
    CHECK(counts.all == 1);
    CHECK(counts.inconclusive == 1);
}

TEST_CASE("a shard's suite has a case for each expectation, and all are skipped")
{
    model::Experiment experiment = samples::experiment({"8x1"}, {"abort"});
    experiment.expectations = {samples::expectation({"8x1"}, {}, model::AllSiblings{})};
    report::ExperimentReport report = samples::report_on(experiment);
    report.shard = {.number = 3, .count = 8};
    report.judged.clear();
    const report::Suite suite = report::suite_of(report, {}, "");
    const report::Counts counts = report::count_cases(suite);
    CHECK(counts.all == 1);
    CHECK(counts.skipped == 1);
    REQUIRE(suite.expected.size() == 1);
    CHECK(suite.expected.front().result == Result::skipped);
    CHECK(has(suite.expected.front().reason, "shard 3/8 is not judged alone"));
    CHECK(suite.trouble.empty());
}

TEST_CASE("XML escapes what is markup, keeps what is text, and replaces what no document may hold")
{
    CHECK(report::xml("a<b>&\"c\"") == "a&lt;b&gt;&amp;&quot;c&quot;");
    CHECK(report::xml("a\nb\tc\rd") == "a&#10;b&#9;c&#13;d");
    CHECK(report::xml("\xc3\xa9\xf0\x9f\x9a\xa2") == "\xc3\xa9\xf0\x9f\x9a\xa2");
    const std::string mark = "\xef\xbf\xbd";
    CHECK(report::xml(std::string("\0\x1b", 2)) == mark + mark);
    CHECK(report::xml("\xff") == mark);
    CHECK(report::xml("\xc0\x80") == mark + mark);            // overlong
    CHECK(report::xml("\xed\xa0\x80") == mark + mark + mark); // half of a surrogate pair
    CHECK(report::xml("\xef\xbf\xbf") == mark);               // U+FFFF
    CHECK(report::xml("\xe2\x82") == mark + mark);            // cut off
}

TEST_CASE("in JUnit's XML refuted is a failure, inconclusive an error, and skipped is skipped")
{
    const std::string xml = report::junit_xml({samples::suite()});
    CHECK(has(xml, "<testsuites name=\"bulkhead\" tests=\"4\" failures=\"1\" errors=\"1\" time=\"1.500\">"));
    CHECK(has(xml, "skipped=\"1\""));
    CHECK(has(xml, "<property name=\"seed\" value=\"7\"/>"));
    CHECK(has(xml, "<property name=\"kernel\" value=\"Linux 6.1\"/>"));
    CHECK(has(xml, "<testcase classname=\"first_look.8x1-every-fault-survivors-at-least-0_5\" "
                   "name=\"8x1 abort: survivors &gt;= 0.5\"/>"));
    CHECK(has(xml, "<failure type=\"refuted\" message=\"1 of 1 lost\">"));
    CHECK(has(xml, "stated in experiments/first look.toml:20"));
    CHECK(has(xml, "bulkhead show r.db 17"));
    CHECK(has(xml, "<error type=\"inconclusive\" message=\"3 of 20 trials not run\">"));
    CHECK(has(xml, "<skipped message=\"skipped on this machine: no # cgroup\"/>"));
}

TEST_CASE("a campaign in trouble is one more error, so that a reader cannot take it for a success")
{
    report::Suite suite = samples::suite();
    suite.expected.resize(1);
    suite.trouble = "interrupted: 3 of 22 trials were run";
    const std::string xml = report::junit_xml({suite});
    CHECK(has(xml, "tests=\"2\" failures=\"0\" errors=\"1\""));
    CHECK(has(xml, "name=\"the campaign as a whole\""));
    const std::string tap = report::tap_text({suite});
    CHECK(has(tap, "1..2\n"));
    CHECK(has(tap, "not ok 2 - first.look: the campaign as a whole"));
    const json run = sarif_of(suite);
    CHECK(run.at("results").empty());
    CHECK(run.at("invocations").at(0).at("toolExecutionNotifications").at(0).at("level") == "error");
}

TEST_CASE("TAP numbers its points through all campaigns, and no text of ours becomes a directive or another line")
{
    report::Suite hostile = samples::suite();
    hostile.name = "a # TODO b\nok 9";
    const std::string tap = report::tap_text({samples::suite(), hostile});
    CHECK(tap.starts_with("TAP version 13\n1..8\n"));
    CHECK(has(tap, "\nok 1 - first.look: 8x1 abort: survivors >= 0.5\n"));
    CHECK(has(tap, "\nnot ok 2 - first.look: 1x2 abort: survivors >= 0.5\n  ---\n  verdict: \"refuted\"\n"));
    CHECK(has(tap,
              "\nok 4 - first.look: 2x2 oom-kill: survivors >= 0.5 # SKIP skipped on this machine: no \\# cgroup\n"));
    CHECK(has(tap, "\nok 5 - a \\# TODO b ok 9: 8x1 abort"));
    CHECK_FALSE(has(tap, "\nok 9"));
    CHECK(report::tap_text({}) == "TAP version 13\n1..0 # SKIP no expectation\n");
}

TEST_CASE("SARIF has a result at the line of each expectation that is not upheld, and none for the others")
{
    const json run = sarif_of(samples::suite());
    CHECK(run.at("tool").at("driver").at("rules").size() == 4);
    const json& results = run.at("results");
    REQUIRE(results.size() == 2);
    CHECK(results.at(0).at("level") == "error");
    CHECK(results.at(1).at("level") == "warning");
    const json& place = results.at(0).at("locations").at(0).at("physicalLocation");
    CHECK(place.at("artifactLocation").at("uri") == "experiments/first%20look.toml");
    CHECK(place.at("region").at("startLine") == 20);
    CHECK(has(results.at(0).at("message").at("text"), "bulkhead show r.db 17"));
    const json& rule = run.at("tool").at("driver").at("rules").at(results.at(1).at("ruleIndex").get<std::size_t>());
    CHECK(rule.at("id") == results.at(1).at("ruleId"));
    const json& invocation = run.at("invocations").at(0);
    CHECK(invocation.at("executionSuccessful") == true);
    CHECK(invocation.at("properties").at("seed") == "7");
    CHECK(invocation.at("toolExecutionNotifications").at(0).at("level") == "note");
}

TEST_CASE("SARIF names no place for an experiment that stands in no file")
{
    report::Suite suite = samples::suite();
    suite.file = "";
    const json run = sarif_of(suite);
    for (const json& result : run.at("results")) {
        CHECK_FALSE(result.contains("locations"));
    }
}
