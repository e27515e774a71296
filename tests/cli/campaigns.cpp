// The commands that run trials, and those that look at them afterwards.
#include "tests/cli/run_binary.hpp"

#include "harness/spec/spec.hpp"
#include "harness/store/store.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <sqlite3.h>

namespace bulkhead::tests {
namespace {

using Json = nlohmann::json;

model::Experiment recorded_experiment(const std::filesystem::path& results)
{
    const store::Reader reader(results);
    return std::get<model::Experiment>(spec::parse(reader.experiment_text(), reader.origin()));
}

TEST_CASE("a run whose expectations are upheld exits with 0, prints a matrix and keeps its results")
{
    const TempDir folder;
    folder.write("a.toml", small_experiment("first", "blast_radius = \"predicted\""));
    const Ended ended = bulkhead(folder.path(), {"run", "a.toml"});
    CAPTURE(ended.err);
    REQUIRE(code_of(ended) == 0);
    for (const std::string part : {"segv-null", "2x1", "1x2", "upheld", "bulkhead-results/first-"}) {
        CHECK_MESSAGE(has(ended.out, part), part);
    }
    CHECK_FALSE(has(ended.out, "\x1b["));
    CHECK(has(ended.err, "8/8 trials  100%  inconclusive 0  took "));
    const auto files = folder.files();
    REQUIRE(files.size() == 3);
    CHECK(files[2].starts_with("bulkhead-results/first-"));
}

TEST_CASE("a refuted expectation exits with 1, and says so")
{
    const TempDir folder;
    folder.write("a.toml", small_experiment("first", "survivors = \"none\""));
    const Ended ended = bulkhead(folder.path(), {"run", "a.toml", "--out", "r.db"});
    CAPTURE(ended.err);
    CHECK(code_of(ended) == 1);
    CHECK(has(ended.out, "refuted"));
}

TEST_CASE("an expectation without a verdict exits with 3")
{
    const TempDir folder;
    // A host that ends at once never reaches steady state, so there is nothing to judge.
    const Ended ended = Program({"run", "--shape", "2x1", "--fault", "segv-null", "--trials", "2", "--no-record"},
                                {folder.path(), {"BULKHEAD_HOST=/bin/true"}, false, {}})
                            .wait();
    CAPTURE(ended.err);
    CHECK(code_of(ended) == 3);
    CHECK(has(ended.out, "inconclusive"));
}

TEST_CASE("a host program that is missing exits with 3 before anything is written")
{
    const TempDir folder;
    const Ended ended =
        Program({"run", "--fault", "abort"}, {folder.path(), {"BULKHEAD_HOST=/no/such/host"}, false, {}}).wait();
    CHECK(code_of(ended) == 3);
    CHECK(has(ended.err, "/no/such/host"));
    CHECK(ended.out.empty());
    CHECK(folder.files().empty());
}

TEST_CASE("with a mistake in one of several files nothing is run or written")
{
    const TempDir folder;
    folder.write("a.toml", small_experiment("first", "survivors = \"all\""));
    folder.write("b.toml", small_experiment("second", "survivors = \"al\""));
    const Ended ended = bulkhead(folder.path(), {"run", "a.toml", "b.toml", "--out", "results"});
    CHECK(code_of(ended) == 2);
    CHECK(has(ended.err, "b.toml:19:"));
    CHECK(ended.out.empty());
    CHECK(folder.files() == std::vector<std::string>{"a.toml", "b.toml"});
}

TEST_CASE("a mistake on the command line is reported like one in a file")
{
    const TempDir folder;
    const Ended ended = bulkhead(folder.path(), {"run", "--shape", "8y1", "--fault", "segv-nul", "--at", "inside"});
    CHECK(code_of(ended) == 2);
    for (const std::string part : {"command line:", "8y1", "segv-null", "inside-op"}) {
        CHECK_MESSAGE(has(ended.err, part), part);
    }
    CHECK(folder.files().empty());
}

TEST_CASE("an ad hoc run may name workloads and strategies, each with cells of its own")
{
    const TempDir folder;
    const Ended ran =
        bulkhead(folder.path(), {"run", "--shape", "4x1", "--fault", "segv-null", "--workload", "counter,serve",
                                 "--supervise", "never,one-for-one", "--trials", "2", "--out", "r.db"});
    CAPTURE(ran.err);
    CHECK(code_of(ran) == 0);
    std::vector<std::string> variants;
    for (const model::Variant& variant : recorded_experiment(folder.path() / "r.db").variants) {
        variants.push_back(model::to_string(variant));
    }
    CHECK(variants ==
          std::vector<std::string>{"counter", "counter supervise=one-for-one", "serve", "serve supervise=one-for-one"});
    CHECK(has(ran.out, "what clients saw"));

    const Ended wrong =
        bulkhead(folder.path(), {"run", "--fault", "segv-null", "--workload", "servr", "--supervise", "one-for-two"});
    CHECK(code_of(wrong) == 2);
    for (const std::string part : {"did you mean \"serve\"", "did you mean \"one-for-one\""}) {
        CHECK_MESSAGE(has(wrong.err, part), part);
    }
}

TEST_CASE("an ad hoc run can be shown and replayed")
{
    const TempDir folder;
    const Ended ran = bulkhead(folder.path(), {"run", "--shape", "2x1,1x2", "--fault", "abort,kill:SIGTERM", "--trials",
                                               "2", "--launch", "zygote", "--at", "inside-op", "--after-ops", "5..20",
                                               "--victim", "p0t0", "--window", "2s", "--out", "r.db"});
    CAPTURE(ran.err);
    REQUIRE(code_of(ran) == 0);

    const model::Experiment experiment = recorded_experiment(folder.path() / "r.db");
    CHECK(experiment.after_ops == model::OpRange{5, 20});
    CHECK(experiment.at == model::InjectionPoint::inside_op);
    CHECK(experiment.victim == model::WorkerId{0, 0});
    CHECK(experiment.launch == model::Launch::zygote);

    const Ended shown = bulkhead(folder.path(), {"show", "r.db"});
    CHECK(code_of(shown) == 0);
    for (const std::string part : {"kernel", "kill:SIGTERM", "upheld", "Trials worth looking at"}) {
        CHECK_MESSAGE(has(shown.out, part), part);
    }
    const Json json = Json::parse(bulkhead(folder.path(), {"show", "r.db", "--format", "json"}).out);
    CHECK(json["facts"].contains("kernel"));
    CHECK(json.contains("worth_looking_at"));

    const Ended trial = bulkhead(folder.path(), {"show", "r.db", "1"});
    CHECK(code_of(trial) == 0);
    CHECK(has(trial.out, "p0t0"));
    CHECK(Json::parse(bulkhead(folder.path(), {"show", "r.db", "1", "--format", "json"}).out).is_object());

    const Ended replayed = bulkhead(folder.path(), {"replay", "r.db", "1"});
    CAPTURE(replayed.err);
    CHECK(code_of(replayed) == 0);
    CHECK(has(replayed.out, "The same outcome for all 2 workers."));
    const Json again = Json::parse(bulkhead(folder.path(), {"replay", "r.db", "1", "--format", "json"}).out);
    CHECK(again["result"] == "same");
    CHECK(again["workers"].size() == 2);
}

TEST_CASE("a trial that is not there, and a file that holds no results, are mistakes")
{
    const TempDir folder;
    REQUIRE(code_of(bulkhead(folder.path(), {"run", "--shape", "2x1", "--fault", "abort", "--trials", "1", "--launch",
                                             "zygote", "--out", "r.db"})) == 0);
    folder.write("text.db", "no results at all, but long enough to be looked at as if it were a database file");
    const Ended missing = bulkhead(folder.path(), {"show", "r.db", "99"});
    CHECK(code_of(missing) == 2);
    CHECK(has(missing.err, "there is no trial 99"));
    CHECK(code_of(bulkhead(folder.path(), {"replay", "r.db", "99"})) == 2);
    CHECK(code_of(bulkhead(folder.path(), {"show", "text.db"})) == 2);
    CHECK(code_of(bulkhead(folder.path(), {"show", "none.db"})) == 2);
}

/// As if no worker had answered after the fault.
void forget_answers(const std::filesystem::path& results)
{
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(results.c_str(), &database) == SQLITE_OK);
    CHECK(sqlite3_exec(database,
                       "UPDATE worker SET after_at = NULL, after_ops = NULL, after_check_holds = NULL;"
                       "UPDATE trial SET window_ended = 1;",
                       nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
}

TEST_CASE("a replay with another outcome exits with 1, and one without an outcome with 3")
{
    const TempDir folder;
    REQUIRE(code_of(bulkhead(folder.path(),
                             {"run", "--shape", "2x1", "--fault", "abort", "--trials", "1", "--out", "r.db"})) == 0);
    const Ended none = Program({"replay", "r.db", "1"}, {folder.path(), {"BULKHEAD_HOST=/bin/true"}, false, {}}).wait();
    CAPTURE(none.err);
    CHECK(code_of(none) == 3);
    CHECK(has(none.out, "No comparison: the replayed trial is inconclusive"));

    forget_answers(folder.path() / "r.db");
    const Ended other = bulkhead(folder.path(), {"replay", "r.db", "1"});
    CAPTURE(other.out);
    CHECK(code_of(other) == 1);
    CHECK(has(other.out, "<- differs"));
    CHECK(has(other.out, "Another outcome for "));
}

TEST_CASE("values of the command line override the file's, and the results tell so")
{
    const TempDir folder;
    folder.write("a.toml", small_experiment("first", "survivors = \">= 0.1\""));
    const Ended ended = bulkhead(folder.path(), {"run", "a.toml", "--trials", "2", "--seed", "77", "--launch", "exec",
                                                 "--only", "2x1/*", "--out", "r.db"});
    CAPTURE(ended.err);
    REQUIRE(code_of(ended) == 0);
    const model::Experiment experiment = recorded_experiment(folder.path() / "r.db");
    CHECK(experiment.trials == 2);
    CHECK(experiment.seed == 77);
    CHECK(experiment.launch == model::Launch::exec);
    CHECK(experiment.shapes == std::vector<model::Shape>{{2, 1}});
    CHECK(experiment.name == "first");
    CHECK(experiment.origin == "a.toml");
    CHECK(experiment.expectations.size() == 1);
}

TEST_CASE("--only that names no cell is nothing selected")
{
    const TempDir folder;
    folder.write("a.toml", small_experiment("first", "survivors = \"all\""));
    CHECK(code_of(bulkhead(folder.path(), {"run", "a.toml", "--only", "9x9/*"})) == 4);
    CHECK(code_of(bulkhead(folder.path(), {"run", "a.toml", "--only", "*/abort"})) == 4);
    CHECK(folder.files().size() == 1);
}

TEST_CASE("results are never overwritten")
{
    const TempDir folder;
    folder.write("r.db", "mine");
    const Ended ended = bulkhead(folder.path(), {"run", "--fault", "abort", "--out", "r.db"});
    CHECK(code_of(ended) == 2);
    CHECK(has(ended.err, "r.db exists"));
    CHECK(std::filesystem::file_size(folder.path() / "r.db") == 4);
}

TEST_CASE("several experiments give a results file each, one list of JSON, and the worst exit code")
{
    const TempDir folder;
    folder.write("x/a.toml", small_experiment("first", "blast_radius = \"predicted\""));
    folder.write("x/deep/b.toml", small_experiment("second", "survivors = \"none\""));
    const Ended ended = bulkhead(folder.path(), {"run", "x", "--out", "out", "--format", "json", "--quiet"});
    CAPTURE(ended.err);
    CHECK(code_of(ended) == 1);
    CHECK(ended.err.empty());
    const Json json = Json::parse(ended.out);
    REQUIRE(json.is_array());
    CHECK(json.size() == 2);
    const auto files = folder.files();
    CHECK(std::count_if(files.begin(), files.end(), [](const std::string& file) { return file.ends_with(".db"); }) ==
          2);
}

TEST_CASE("without a record no file is written")
{
    const TempDir folder;
    const Ended ended = bulkhead(folder.path(), {"run", "--shape", "2x1", "--fault", "segv-null", "--trials", "2",
                                                 "--launch", "zygote", "--no-record", "--format", "json"});
    CHECK(code_of(ended) == 0);
    CHECK(Json::parse(ended.out).is_object());
    CHECK(folder.files().empty());
}

TEST_CASE("a pool of one worker runs, though nothing can be expected of its siblings")
{
    const TempDir folder;
    const Ended ended = bulkhead(folder.path(), {"run", "--shape", "1x1", "--fault", "segv-null", "--trials", "2",
                                                 "--launch", "zygote", "--no-record"});
    CAPTURE(ended.err);
    CHECK(code_of(ended) == 0);
}

} // namespace
} // namespace bulkhead::tests
