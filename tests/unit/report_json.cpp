#include "report_samples.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace bulkhead;
using nlohmann::json;

namespace {

report::ExperimentReport sample()
{
    model::Experiment experiment = samples::experiment({"8x1", "4x2", "1x1"}, {"abort", "thread-exit"});
    experiment.expectations = {samples::expectation({"8x1"}, {}, model::AllSiblings{})};
    return samples::report_on(experiment);
}

json cell_of(const json& report, const std::string& fault, const std::string& shape)
{
    for (const json& cell : report.at("cells")) {
        if (cell.at("fault") == fault && cell.at("shape") == shape) {
            return cell;
        }
    }
    return {};
}

json trial_of(const model::TrialRecord& record)
{
    return json::parse(report::trial_json(record, "first-look"));
}

} // namespace

TEST_CASE("the JSON of an experiment parses back and has every cell")
{
    const report::ExperimentReport report = sample();
    const json parsed = json::parse(report::experiment_json(report));
    CHECK(parsed.at("format") == "bulkhead-experiment");
    CHECK(parsed.at("version") == 1);
    REQUIRE(parsed.at("cells").size() == report.cells.size());
    for (std::size_t i = 0; i < report.cells.size(); ++i) {
        const json& cell = parsed.at("cells").at(i);
        CHECK(cell.at("fault") == to_string(report.cells[i].cell.fault));
        CHECK(cell.at("shape") == to_string(report.cells[i].cell.shape));
        CHECK(cell.at("survivors") == report.cells[i].survivors);
        CHECK(cell.at("siblings") == report.cells[i].siblings);
    }
}

TEST_CASE("a fault has a row for each variant, whose workers are not added up")
{
    model::Experiment experiment = samples::experiment({"4x2"}, {"abort"});
    experiment.variants = {{.strategy = model::Strategy::never}, {.strategy = model::Strategy::one_for_all}};
    const report::ExperimentReport report = samples::report_on(experiment);
    const json parsed = json::parse(report::experiment_json(report));
    std::vector<std::string> aborts;
    for (const json& row : parsed.at("faults")) {
        if (row.at("fault") == "abort") {
            aborts.push_back(row.at("variant"));
            CHECK(row.at("victims").at("workers") == experiment.trials);
            CHECK(row.at("cell_mates").at("workers") == experiment.trials);
        }
    }
    CHECK(aborts == std::vector<std::string>{"counter", "counter supervise=one-for-all"});
    // The records know of no supervisor, so here more survive than is predicted.
    CHECK(parsed.at("worst_trial").at("variant") == "counter supervise=one-for-all");
}

TEST_CASE("the rules that may stop a campaign, and its limits, are in its JSON; null where there are none")
{
    report::ExperimentReport report = sample();
    const auto facts_of = [&] { return json::parse(report::experiment_json(report)).at("experiment"); };
    CHECK(facts_of().at("stop") ==
          json{{"half_width", nullptr}, {"sequential", nullptr}, {"until_refuted", false}, {"for_ns", nullptr}});
    CHECK(facts_of().at("trial_limit_ns").is_null());
    report.experiment.stop = {.half_width = 0.25,
                              .sequential = model::Sequential{.alpha = 0.125, .beta = 0.25, .indifference = 0.5},
                              .until_refuted = true,
                              .time = std::chrono::milliseconds(3)};
    report.experiment.trial_limit = std::chrono::milliseconds(1);
    report.experiment.time_limit = std::chrono::milliseconds(2);
    CHECK(facts_of().at("stop") == json{{"half_width", 0.25},
                                        {"sequential", {{"alpha", 0.125}, {"beta", 0.25}, {"indifference", 0.5}}},
                                        {"until_refuted", true},
                                        {"for_ns", 3'000'000}});
    CHECK(facts_of().at("trial_limit_ns") == 1'000'000);
    CHECK(facts_of().at("time_limit_ns") == 2'000'000);
}

TEST_CASE("a cell's JSON holds the prediction beside the measurement, and times in nanoseconds")
{
    report::ExperimentReport report = sample();
    model::CellSummary& summary = samples::cell_of(report, "abort", "4x2");
    summary.figures["detection"] = {61, 60, 140};
    const json parsed = json::parse(report::experiment_json(report));
    const json cell = cell_of(parsed, "abort", "4x2");
    CHECK(cell.at("survivors") == 120);
    CHECK(cell.at("siblings") == 140);
    CHECK(cell.at("predicted").at("survivors_per_trial") == 6);
    CHECK(cell.at("predicted").at("cell_mates") == "died");
    CHECK(cell.at("predicted").at("other_hosts") == "intact");
    CHECK(cell.at("sibling_outcomes").at("died") == 20);
    CHECK(cell.at("detection").at("median_ns") == 61'000);
    CHECK(cell.at("detection").at("p99_ns") == 140'000);
    CHECK(cell.at("victim_end") == "SIGABRT");
    CHECK(parsed.at("experiment").at("window_ns") == 500'000'000);
    CHECK(parsed.at("experiment").at("seed") == "1");
    CHECK(parsed.at("campaign").at("took_ns") == 4'123'000'000);
}

TEST_CASE("a share of nothing is null, not zero")
{
    const json cell = cell_of(json::parse(report::experiment_json(sample())), "abort", "1x1");
    CHECK(cell.at("share").is_null());
    CHECK(cell.at("predicted").at("cell_mates").is_null());
}

TEST_CASE("verdicts come with their reasons, and the shapes whose golden runs lost a sibling are named")
{
    report::ExperimentReport report = sample();
    json parsed = json::parse(report::experiment_json(report));
    CHECK(parsed.at("golden_lost").empty());
    CHECK(parsed.at("verdicts").at(0).at("verdict") == "upheld");
    samples::rerun(report, "none", "8x1", 4, 1,
                   {.a_sibling_dies = true, .a_sibling_stalls = false, .inconclusive = ""});
    parsed = json::parse(report::experiment_json(report));
    CHECK(parsed.at("golden_lost") == json{"8x1"});
    CHECK(parsed.at("verdicts").at(0).at("verdict") == "inconclusive");
    CHECK(parsed.at("verdicts").at(0).at("reason") == report.judged.at(0).reason);
    CHECK(parsed.at("worst_trial").at("fault") == "none");
}

TEST_CASE("text that is no UTF-8 does not cost the report")
{
    report::ExperimentReport report = sample();
    report.results = "results-\xff.db";
    CHECK(json::parse(report::experiment_json(report)).at("campaign").at("results") == "results-\xef\xbf\xbd.db");
}

TEST_CASE("a wait status in JSON tells an exit code from a signal")
{
    model::TrialRecord record = samples::trial(samples::plan("abort", "4x1"));
    record.hosts.at(0).termination = sys::Exited{139};
    record.hosts.at(1).termination = sys::Signaled{11, true};
    record.hosts.at(2).termination.reset();
    const json hosts = trial_of(record).at("hosts");
    CHECK(hosts.at(0).at("termination") == json{{"exited", 139}});
    CHECK(hosts.at(1).at("termination") == json{{"signaled", "SIGSEGV"}, {"number", 11}, {"core_dumped", true}});
    CHECK(hosts.at(2).at("termination").is_null());
}

TEST_CASE("the JSON of a trial has every worker with its outcome and the predicted one")
{
    const model::TrialRecord record = samples::trial(samples::plan("abort", "4x2"));
    const model::TrialJudgement judgement = model::judge(record);
    const json parsed = trial_of(record);
    REQUIRE(parsed.at("workers").size() == 8);
    for (std::size_t i = 0; i < 8; ++i) {
        CHECK(parsed.at("workers").at(i).at("id") == to_string(record.workers[i].id));
        CHECK(parsed.at("workers").at(i).at("outcome") == to_string(judgement.outcomes.at(i)));
        CHECK(parsed.at("workers").at(i).at("outcome") == parsed.at("workers").at(i).at("predicted"));
    }
    CHECK(parsed.at("judgement").at("survivors") == 6);
    CHECK(parsed.at("judgement").at("predicted_survivors") == 6);
    CHECK(parsed.at("plan").at("seed") == std::to_string(record.plan.seed));
    CHECK(parsed.at("times").at("fired_ns") == *record.fired - record.started);
    CHECK(parsed.at("times").at("detection_ns") == *record.end_seen - *record.fired);
}

TEST_CASE("the JSON of a trial that cannot be judged has the reason and no outcomes")
{
    model::TrialRecord record =
        samples::trial(samples::plan("abort", "4x2"),
                       {.a_sibling_dies = false, .a_sibling_stalls = false, .inconclusive = "no processes left"});
    record.fired.reset();
    const json parsed = trial_of(record);
    CHECK(parsed.at("judgement").at("inconclusive") == "no processes left");
    CHECK(parsed.at("judgement").at("survivors").is_null());
    CHECK(parsed.at("times").at("fired_ns").is_null());
    CHECK(parsed.at("workers").at(0).at("outcome").is_null());
}

TEST_CASE("the JSON of a trial holds what was seen of each worker, and the containment")
{
    const json corrupted = trial_of(samples::trial(samples::plan("wild-write", "1x2")));
    const json& victim = corrupted.at("workers").at(corrupted.at("plan").at("victim") == "p0t0" ? 0 : 1);
    const json& cell_mate = corrupted.at("workers").at(corrupted.at("plan").at("victim") == "p0t0" ? 1 : 0);
    CHECK(cell_mate.at("broken") == json{"heap"});
    CHECK(victim.at("broken").empty());
    CHECK(corrupted.at("went_on") == true);
    CHECK(corrupted.at("oom_kills").is_null());
    CHECK(corrupted.at("plan").at("containment").at("commons") == true);

    const json changed = trial_of(samples::trial(samples::plan("change-directory", "1x2")));
    CHECK(changed.at("workers").at(0).at("probed") == true);
    CHECK(changed.at("workers").at(0).at("changes") ==
          json{{{"what", "working directory"}, {"before", "/"}, {"after", "/tmp"}}});
    CHECK(changed.at("evidence").at(0).at("outcome") == "contaminated");
    CHECK(changed.at("evidence").at(0).at("workers") == json{"p0t0", "p0t1"});
    CHECK(changed.at("evidence").at(0).at("lines") == json{"working directory: / -> /tmp"});
}

TEST_CASE("rates, sleep and OOM kills are in the JSON of a trial where they were seen, and null where not")
{
    const json slow = trial_of(samples::trial(samples::plan("cpu-hog", "1x2"))).at("workers").at(0);
    CHECK(slow.at("rate_before") == 1'000'000.0);
    CHECK(slow.at("rate_ratio") == 0.125);
    const model::TrialRecord stalled = samples::trial(samples::plan("hold-lock", "2x2"));
    const json parsed = trial_of(stalled);
    CHECK(parsed.at("plan").at("burst_ns") == 0);
    for (std::size_t i = 0; i < stalled.workers.size(); ++i) {
        const json& worker = parsed.at("workers").at(i);
        CHECK(worker.at("asleep_seen_ns").is_null() == !stalled.workers[i].asleep_seen.has_value());
        CHECK(worker.at("rate_before").is_null());
        CHECK(worker.at("rate_ratio").is_null());
    }
    CHECK(trial_of(samples::trial(samples::plan("oom-kill", "1x2"))).at("oom_kills") == 1);
}
