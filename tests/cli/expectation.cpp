// One expectation of a file, run by itself.
#include "tests/cli/run_binary.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace bulkhead::tests {
namespace {

using Json = nlohmann::json;

std::string three_expectations()
{
    return small_experiment("three", "when = { shape = \"2x1\" }\nsurvivors = \"all\"") +
           "\n[[expect]]\nwhen = { shape = \"1x2\" }\nsurvivors = \"all\"\n" +
           "\n[[expect]]\nwhen = { shape = \"2x1\", fault = \"none\" }\nfigure = \"startup\"\nis = \"<= 10\"\n" +
           "times = { shape = \"1x2\", fault = \"none\" }\n";
}

TEST_CASE("one expectation of a file can be run by itself: the cells that it speaks of, and their golden runs")
{
    const TempDir folder;
    folder.write("a.toml", three_expectations());
    const Json listed =
        Json::parse(bulkhead(folder.path(), {"list", "expectations", "a.toml", "--format", "json"}).out);
    REQUIRE(listed["expectations"].size() == 3);
    CHECK(listed["expectations"][1]["id"] == "1x2-every-fault-survivors-all");
    for (const std::string wanted : {"1x2-every-fault-survivors-all", "2"}) {
        const Ended ran =
            bulkhead(folder.path(), {"run", "a.toml", "--expectation", wanted, "--no-record", "--format", "json"});
        CHECK(code_of(ran) == 1);
        const Json report = Json::parse(ran.out);
        CHECK(report["verdicts"].size() == 1);
        CHECK(report["cells"].size() == 2);
        for (const Json& cell : report["cells"]) {
            CHECK(cell["shape"] == "1x2");
        }
    }
    CHECK(code_of(bulkhead(folder.path(), {"run", "a.toml", "--expectation", "1", "--no-record"})) == 0);

    const Ended unknown = bulkhead(folder.path(), {"run", "a.toml", "--expectation", "1x2-every-fault-survivors-al"});
    CHECK(code_of(unknown) == 2);
    CHECK(has(unknown.err, "did you mean \"1x2-every-fault-survivors-all\"?"));
    CHECK(code_of(bulkhead(folder.path(), {"run", "a.toml", "--expectation", "4"})) == 2);
    CHECK(code_of(bulkhead(folder.path(), {"run", "a.toml", "--expectation", "0"})) == 2);
    CHECK(code_of(bulkhead(folder.path(), {"run", ".", "a.toml", "--expectation", "1"})) == 2);
    CHECK(code_of(bulkhead(folder.path(), {"list", "expectations"})) == 2);
    CHECK(code_of(bulkhead(folder.path(), {"list", "faults", "a.toml"})) == 2);
}

TEST_CASE("what no other expectation has use for goes with it: rules, strikes, the part of the victim")
{
    const TempDir folder;
    const std::string head = "schema = 1\nname = \"x\"\n[pool]\n";
    const std::string all = "[[expect]]\nsurvivors = \"all\"\n";
    folder.write("rules.toml", head +
                                   "shapes = [\"2x1\"]\n[fault]\nkinds = [\"segv-null\"]\n[trials]\ncount = 2\n"
                                   "sequential = {}\nuntil_refuted = true\n" +
                                   all + "[[expect]]\nfigure = \"detection\"\nstatistic = \"least\"\nis = \">= 0\"\n");
    folder.write("strikes.toml",
                 head +
                     "shapes = [\"2x1\"]\n[fault]\nkinds = [\"segv-null\", \"sleep-forever\"]\n[supervise]\n"
                     "strategy = [\"never\", \"one-for-one\"]\nstrikes = 2\n[trials]\ncount = 2\n[[expect]]\n"
                     "when = { strategy = \"never\" }\nsurvivors = \"all\"\n" +
                     all);
    folder.write("part.toml", head +
                                  "shapes = [\"2x1\"]\nworkload = [\"ledger\", \"owned-ledger\"]\n[fault]\n"
                                  "kinds = [\"segv-null\"]\nvictim = \"client\"\n[trials]\ncount = 2\n[[expect]]\n"
                                  "when = { workload = \"ledger\" }\nsurvivors = \"all\"\n" +
                                  all);
    folder.write("times.toml", head + "shapes = [\"2x1\"]\n[fault]\nkinds = [\"segv-null\"]\n[trials]\ncount = 2\n"
                                      "[[expect]]\nfigure = \"detection\"\nis = \"<= 100\"\ntimes = {}\n");
    const std::vector<std::vector<std::string>> uses = {{"rules.toml", "--expectation", "2"},
                                                        {"strikes.toml", "--expectation", "1"},
                                                        {"strikes.toml", "--only", "*/sleep-forever"},
                                                        {"part.toml", "--expectation", "1"}};
    for (const auto& use : uses) {
        std::vector<std::string> words{"run", "--no-record"};
        words.insert(words.end(), use.begin(), use.end());
        const Ended ran = bulkhead(folder.path(), words);
        CAPTURE(use.front());
        CAPTURE(ran.err);
        CHECK(code_of(ran) == 0);
    }
    const Ended ran = bulkhead(folder.path(), {"run", "times.toml", "--trials", "5", "--no-record"});
    CAPTURE(ran.err);
    CHECK(code_of(ran) == 0);
}

TEST_CASE("what is claimed of victims alone is judged where they have no siblings, too, whatever cells are chosen")
{
    const TempDir folder;
    folder.write("a.toml", "schema = 1\nname = \"x\"\n[pool]\nshapes = [\"1x1\", \"2x1\"]\n[fault]\n"
                           "kinds = [\"segv-null\"]\n[trials]\ncount = 2\n[[expect]]\nwhen = { shape = \"1x1\" }\n"
                           "victim = \"SIGBUS\"\n");
    CHECK(code_of(bulkhead(folder.path(), {"run", "a.toml", "--only", "1x1/*", "--no-record"})) == 1);
}

TEST_CASE("of an expectation over golden runs both sides are run, as many as in the whole experiment, and no fault")
{
    const TempDir folder;
    folder.write("a.toml", three_expectations());
    const Ended ran =
        bulkhead(folder.path(), {"run", "a.toml", "--expectation", "3", "--no-record", "--format", "json"});
    const Json report = Json::parse(ran.out);
    REQUIRE(report["cells"].size() == 2);
    for (const Json& cell : report["cells"]) {
        CHECK(cell["fault"] == "none");
        CHECK(cell["trials"]["planned"] == 1);
    }
}

TEST_CASE("the golden runs that an expectation compares a fault with are as many as in the whole experiment")
{
    const TempDir folder;
    std::string text = small_experiment("many", "when = { shape = \"2x1\", fault = \"abort\" }\nfigure = \"startup\"\n"
                                                "is = \"<= 100\"\ntimes = { shape = \"2x1\", fault = \"none\" }");
    const auto kinds = text.find("kinds = ");
    REQUIRE(kinds != std::string::npos);
    text.replace(kinds, text.find('\n', kinds) - kinds, R"(kinds = ["abort", "segv-null", "thread-exit"])");
    const auto trials = text.find("[trials]\n");
    REQUIRE(trials != std::string::npos);
    text.insert(trials + 9, "golden = 1\n");
    folder.write("a.toml", text);
    const auto golden_of = [&](const std::vector<std::string>& more) {
        std::vector<std::string> words{"run", "a.toml", "--no-record", "--format", "json", "--trials", "2"};
        words.insert(words.end(), more.begin(), more.end());
        const Ended ran = bulkhead(folder.path(), words);
        CAPTURE(ran.err);
        const Json report = Json::parse(ran.out);
        for (const Json& cell : report["cells"]) {
            if (cell["shape"] == "2x1" && cell["fault"] == "none") {
                return cell["trials"]["planned"].get<int>();
            }
        }
        return 0;
    };
    CHECK(golden_of({}) == 6);
    CHECK(golden_of({"--expectation", "1"}) == 6);
}

TEST_CASE(
    "an expectation run by itself is told with its line in the file, by the run and by those who read its results")
{
    const TempDir folder;
    const std::string text = three_expectations();
    folder.write("a.toml", text);
    const auto second = text.find("[[expect]]", text.find("[[expect]]") + 1);
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<long>(second), '\n');
    const std::string place = "(a.toml:" + std::to_string(line) + ")";
    const Ended ran = bulkhead(folder.path(), {"run", "a.toml", "--expectation", "2", "--out", "r.db"});
    CHECK(has(ran.out, place));
    CHECK(has(bulkhead(folder.path(), {"show", "r.db"}).out, place));
    CHECK(has(bulkhead(folder.path(), {"judge", "r.db"}).out, place));
}

} // namespace
} // namespace bulkhead::tests
