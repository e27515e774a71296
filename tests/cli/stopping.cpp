// Campaigns that need not run all of their trials, and in which order they run them.
#include "tests/cli/run_binary.hpp"

#include "harness/store/store.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <sqlite3.h>
#include <sstream>

namespace bulkhead::tests {
namespace {

using Json = nlohmann::json;

/// Two cells of small pools: a crash, and threads that take it from each other.
std::string experiment_with(const std::string& trials, const std::string& expectation)
{
    return "schema = 1\nname = \"x\"\n[pool]\nshapes = [\"2x1\", \"1x2\"]\nlaunch = \"zygote\"\n"
           "[fault]\nkinds = [\"abort\"]\n[observe]\nwindow = \"10s\"\n[trials]\n" +
           trials + "\n" + expectation + "\n";
}

constexpr const char* as_predicted = "[[expect]]\nblast_radius = \"predicted\"";
constexpr const char* all_of_both = "[[expect]]\nsurvivors = \"all\""; // which 1x2 refutes at once

Json report_of(const Ended& ended)
{
    CAPTURE(ended.err);
    return Json::parse(ended.out);
}

void execute(const std::filesystem::path& results, const char* statement)
{
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(results.c_str(), &database) == SQLITE_OK);
    CHECK(sqlite3_exec(database, statement, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
}

} // namespace

TEST_CASE("until_refuted stops after the round that refutes, and judge and resume say the same")
{
    const TempDir folder;
    folder.write("x.toml", experiment_with("count = 400\nuntil_refuted = true", all_of_both));
    const Ended ended = bulkhead(folder.path(), {"run", "x.toml", "--out", "r.db", "--format", "json"});
    CHECK(code_of(ended) == 1);
    const Json report = report_of(ended);
    CHECK(report["campaign"]["stopped"] == Json{{"by", "until_refuted"}, {"rounds", 1}, {"of_rounds", 400}});
    CHECK(report["campaign"]["finished"] == 4);
    CHECK(report["campaign"]["saved"] == 2 * (400 + 40) - 4);
    CHECK(report["campaign"]["not_run"] == 0);
    for (const char* command : {"judge", "resume"}) {
        CAPTURE(command);
        const Ended again = bulkhead(folder.path(), {command, "r.db", "--format", "json"});
        CHECK(code_of(again) == 1);
        CHECK(report_of(again)["campaign"] == report["campaign"]);
        CHECK(report_of(again)["verdicts"] == report["verdicts"]);
    }
    CHECK(has(bulkhead(folder.path(), {"show", "r.db"}).out, "4 trials, and 876 of the 880 planned saved"));
}

TEST_CASE("a campaign that was killed before it could note its stop is stopped by its trials when it is gone on with")
{
    const TempDir folder;
    folder.write("x.toml", experiment_with("count = 200\nsequential = { indifference = 0.2 }", as_predicted));
    const Ended ended = bulkhead(folder.path(), {"run", "x.toml", "--out", "r.db", "--format", "json"});
    CHECK(code_of(ended) == 0);
    const Json report = report_of(ended);
    // ln(0.05 / 0.95) / ln(0.8) = 13.2 trials of both cells together
    CHECK(report["campaign"]["stopped"] == Json{{"by", "sequential"}, {"rounds", 7}, {"of_rounds", 200}});
    CHECK(has(report["verdicts"][0]["reason"], "sequential test: the share of trials as predicted is at least 1"));

    execute(folder.path() / "r.db", "DELETE FROM stop; UPDATE campaign SET ended = NULL, how = NULL;"
                                    "DELETE FROM trial WHERE sequence > 9"); // in the middle of a round
    const Ended judged = bulkhead(folder.path(), {"judge", "r.db", "--format", "json"});
    CHECK(code_of(judged) == 3);
    CHECK(report_of(judged)["campaign"]["stopped"].is_null());
    execute(folder.path() / "r.db", "DELETE FROM host WHERE trial NOT IN (SELECT id FROM trial);"
                                    "DELETE FROM worker WHERE trial NOT IN (SELECT id FROM trial);"
                                    "DELETE FROM figure WHERE trial NOT IN (SELECT id FROM trial)");
    const Ended resumed = bulkhead(folder.path(), {"resume", "r.db", "--format", "json"});
    CHECK(code_of(resumed) == 0);
    for (const char* key : {"stopped", "finished", "saved", "ended"}) {
        CHECK(report_of(resumed)["campaign"][key] == report["campaign"][key]);
    }
    CHECK(report_of(resumed)["verdicts"] == report["verdicts"]);
}

TEST_CASE("several lanes stop too, and what they had under way is kept")
{
    const TempDir folder;
    folder.write("x.toml", experiment_with("count = 400\nuntil = { half_width = 0.2 }", as_predicted));
    const Ended ended = bulkhead(folder.path(), {"run", "x.toml", "-j", "3", "--out", "r.db", "--format", "json"});
    CHECK(code_of(ended) == 0);
    const Json report = report_of(ended);
    // 1 - 0.025^(1/n) <= 0.4 from n = 8 on.
    CHECK(report["campaign"]["stopped"] == Json{{"by", "half_width"}, {"rounds", 8}, {"of_rounds", 400}});
    CHECK(report["campaign"]["finished"].get<int>() + report["campaign"]["saved"].get<int>() == 880);
    CHECK(store::Reader(folder.path() / "r.db").trial_count() == report["campaign"]["finished"]);
}

TEST_CASE("after its time no round begins, and the one under way is finished")
{
    const TempDir folder;
    folder.write("x.toml", experiment_with("count = 1000000\nfor = \"300ms\"", as_predicted));
    const Ended ended = bulkhead(folder.path(), {"run", "x.toml", "--out", "r.db", "--format", "json"});
    CHECK(code_of(ended) == 3); // nobody has refuted it, for so long
    const Json report = report_of(ended);
    CHECK(report["verdicts"][0]["verdict"] == "inconclusive");
    CHECK(has(report["verdicts"][0]["reason"], "stopped by for after "));
    CHECK(report["campaign"]["stopped"]["by"] == "for");
    CHECK(report["campaign"]["not_run"] == 0);
    CHECK(report["cells"][1]["trials"]["judged"] == report["campaign"]["stopped"]["rounds"]);
    CHECK(report["cells"][3]["trials"]["judged"] == report["campaign"]["stopped"]["rounds"]);
    const Ended resumed = bulkhead(folder.path(), {"resume", "r.db", "--format", "json"});
    CHECK(report_of(resumed)["campaign"]["finished"] == report["campaign"]["finished"]);
}

TEST_CASE("other expectations than those of the campaign do not stop it in hindsight")
{
    const TempDir folder;
    folder.write("x.toml", experiment_with("count = 5\nuntil_refuted = true", as_predicted));
    folder.write("other.toml", experiment_with("count = 5\nuntil_refuted = true", all_of_both));
    REQUIRE(code_of(bulkhead(folder.path(), {"run", "x.toml", "--out", "r.db"})) == 0);
    const Ended judged = bulkhead(folder.path(), {"judge", "r.db", "--expect", "other.toml", "--format", "json"});
    CHECK(code_of(judged) == 1);
    CHECK(report_of(judged)["campaign"]["stopped"].is_null());
    CHECK(report_of(judged)["campaign"]["saved"] == 0);
}

TEST_CASE("for counts the time by the clock, in however many lanes it was spent")
{
    const TempDir folder;
    folder.write("x.toml", experiment_with("count = 1000000\nfor = \"1h\"", as_predicted));
    const auto results = folder.path() / "r.db";
    CHECK(code_of(bulkhead(folder.path(), {"run", "x.toml", "-j", "2", "--out", "r.db", "--time-limit", "300ms"})) ==
          3);
    const std::chrono::nanoseconds first = store::Reader(results).took();
    CHECK(first.count() > 0);
    // As if this session of two lanes had been one of a hundred.
    execute(results, "UPDATE trial SET lane = 99");
    CHECK(code_of(bulkhead(folder.path(), {"resume", "r.db", "--time-limit", "300ms"})) == 3);
    CHECK(store::Reader(results).took() > first);
    CHECK(store::Reader(results).stopped() == std::nullopt);
    execute(results, "UPDATE campaign SET took = 3600 * 1000000000");
    const std::uint32_t trials = store::Reader(results).trial_count();
    bulkhead(folder.path(), {"resume", "r.db"});
    REQUIRE(store::Reader(results).stopped().has_value());
    CHECK(store::Reader(results).stopped()->rule == model::StopRule::time);
    CHECK(store::Reader(results).trial_count() <= trials + 4); // the round under way is finished
}

TEST_CASE("a campaign that is over stays over, however little time there is to go on with it")
{
    const TempDir folder;
    for (const char* rule : {"count = 1000000\nfor = \"300ms\"", "count = 3"}) {
        CAPTURE(rule);
        folder.write("x.toml", experiment_with(rule, as_predicted));
        const std::filesystem::path results = folder.path() / (std::string(rule).size() > 9 ? "for.db" : "count.db");
        const Json report =
            report_of(bulkhead(folder.path(), {"run", "x.toml", "--out", results.string(), "--format", "json"}));
        CHECK(report["campaign"]["ended"] == "complete");
        const auto stopped = store::Reader(results).stopped();
        const auto facts = store::Reader(results).facts();
        const Ended resumed =
            bulkhead(folder.path(), {"resume", results.string(), "--time-limit", "1us", "--format", "json"});
        CHECK(report_of(resumed)["campaign"] == report["campaign"]);
        CHECK(store::Reader(results).ended() == "complete");
        CHECK(store::Reader(results).stopped() == stopped);
        CHECK(store::Reader(results).facts() == facts); // it was not even gone on with
    }
}

TEST_CASE("a campaign that had run everything when it was killed is complete once it is gone on with")
{
    const TempDir folder;
    folder.write("x.toml", experiment_with("count = 3", as_predicted));
    REQUIRE(code_of(bulkhead(folder.path(), {"run", "x.toml", "--out", "r.db"})) == 0);
    execute(folder.path() / "r.db", "UPDATE campaign SET ended = NULL, how = NULL");
    CHECK(code_of(bulkhead(folder.path(), {"resume", "r.db", "--time-limit", "1us"})) == 0);
    CHECK(store::Reader(folder.path() / "r.db").ended() == "complete");
}

TEST_CASE("trials are run in the order that is asked for, which is among the facts")
{
    const TempDir folder;
    folder.write("x.toml", experiment_with("count = 5", as_predicted));
    const Ended ended = bulkhead(folder.path(), {"run", "x.toml", "--order", "by-cell", "--out", "r.db"});
    CAPTURE(ended.err);
    REQUIRE(code_of(ended) == 0);
    const store::Reader reader(folder.path() / "r.db");
    const auto facts = reader.facts();
    CHECK(std::ranges::find(facts, store::Fact{"order", "by-cell"}) != facts.end());
    model::Stamp last = 0;
    reader.for_each([&](const model::TrialRecord& record) { // by id, and so cell by cell
        CHECK(record.started > last);
        last = record.started;
    });
    const Ended wrong = bulkhead(folder.path(), {"run", "x.toml", "--order", "by-cel"});
    CHECK(code_of(wrong) == 2);
    CHECK(has(wrong.err, "did you mean \"by-cell\"?"));
}

TEST_CASE("validate names a folder that has no experiment, alone or beside what it can read")
{
    const TempDir folder;
    folder.write("x.toml", experiment_with("count = 1", as_predicted));
    std::filesystem::create_directory(folder / "empty");
    const Ended alone = bulkhead(folder.path(), {"validate", "empty"});
    CHECK(code_of(alone) == 4);
    CHECK(has(alone.err, "error: nothing to validate in empty: there is no *.toml in it"));
    const Ended beside = bulkhead(folder.path(), {"validate", "empty", "x.toml"});
    CHECK(code_of(beside) == 0);
    CHECK(has(beside.out, "ok  x.toml  "));
    CHECK(has(beside.err, "warning: nothing to validate in empty: there is no *.toml in it"));
}

TEST_CASE("validate says what the trials can support, and what they cannot")
{
    const TempDir folder;
    folder.write("x.toml", experiment_with("count = 30", "[[expect]]\nsurvivors = \">= 0.99\""));
    const Ended ended = bulkhead(folder.path(), {"validate", "x.toml"});
    CHECK(code_of(ended) == 0);
    CHECK(has(ended.out, "    if none of 30 trials of a cell loses a sibling, that shows only: fewer\n"
                         "      than 9.5% of trials do (at 95%)\n"));
    CHECK(has(ended.out, "    x.toml:12: 60 trials without a loss support at most >= 0.9513; 299 needed"));
    std::istringstream lines(ended.out);
    for (std::string line; std::getline(lines, line);) {
        CAPTURE(line);
        CHECK(line.size() <= 80);
    }
    const Json json = Json::parse(bulkhead(folder.path(), {"validate", "x.toml", "--format", "json"}).out);
    CHECK(json[0]["support"][1]["enough"] == false);
}

TEST_CASE("a cell whose trials did not all go alike is unsteady, and its odd trials are named")
{
    const TempDir folder;
    folder.write("x.toml", experiment_with("count = 5", as_predicted));
    REQUIRE(code_of(bulkhead(folder.path(), {"run", "x.toml", "--out", "r.db"})) == 0);
    // As if in trial 4, of 2x1, the sibling had slept on; trials 2 to 6 are those of the cell.
    execute(folder.path() / "r.db",
            "UPDATE worker SET after_at = NULL, asleep_seen = before_at + 1 WHERE trial = 4 AND after_at IS NOT NULL");
    const Ended shown = bulkhead(folder.path(), {"show", "r.db"});
    CHECK(has(shown.out, "unsteady  abort at 2x1: 1 of 5 trials (20%) went otherwise than the rest"));
    const Json json = Json::parse(bulkhead(folder.path(), {"judge", "r.db", "--format", "json"}).out);
    CHECK(json["cells"][1]["unsteady"]["rate"] == 0.2);
    CHECK(json["cells"][1]["unsteady"]["odd_trials"][0]["id"] == 4);
    CHECK(json["cells"][3]["unsteady"].is_null());
}

} // namespace bulkhead::tests
