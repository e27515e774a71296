// Campaigns beside each other, and beside the baselines of a repository.
#include "tests/cli/run_binary.hpp"

#include <array>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sqlite3.h>

namespace bulkhead::tests {
namespace {

using Json = nlohmann::json;

/// A pool of processes in which one keeps the pool's lock: harmless where each host has a lock of its own.
void run(const TempDir& folder, const std::string& out, const std::string& share)
{
    const Ended ran =
        bulkhead(folder.path(), {"run", "--shape", "4x1", "--fault", "hold-lock,abort", "--share", share, "--launch",
                                 "zygote", "--window", "10s", "--trials", "20", "--out", out});
    CAPTURE(ran.err);
    REQUIRE(code_of(ran) <= 1);
}

TEST_CASE("a lock that a pool of processes shares by mistake is caught with 20 trials, and what has not changed is not")
{
    const TempDir folder;
    run(folder, "before.db", "nothing");
    run(folder, "again.db", "nothing");
    run(folder, "after.db", "lock");

    const Ended caught = bulkhead(folder.path(), {"compare", "before.db", "after.db"});
    CAPTURE(caught.out);
    CHECK(code_of(caught) == 1);
    for (const std::string part : {"WORSE", "4x1 hold-lock", "sibling_lost", "0/20 -> 20/20", "share = [\"lock\"]"}) {
        CHECK_MESSAGE(has(caught.out, part), part);
    }
    const Ended turned = bulkhead(folder.path(), {"compare", "after.db", "before.db"});
    CHECK(code_of(turned) == 0);
    CHECK(has(turned.out, "BETTER"));
    const Ended unchanged = bulkhead(folder.path(), {"compare", "before.db", "again.db"});
    CAPTURE(unchanged.out);
    CHECK(code_of(unchanged) == 0);
    CHECK(has(unchanged.out, "nothing got worse"));
    CHECK_FALSE(has(unchanged.out, "not run alike"));
    CHECK(unchanged.err.empty());
    const Ended itself = bulkhead(folder.path(), {"compare", "before.db", "./before.db"});
    CHECK(code_of(itself) == 0);
    CHECK(has(itself.err, "BASE and NEW are the same file, ./before.db: it is compared with itself"));

    SUBCASE("a baseline stands for the results that it was made of")
    {
        const Ended saved = bulkhead(folder.path(), {"baseline", "save", "main", "before.db"});
        CHECK(code_of(saved) == 0);
        CHECK(has(saved.out, "bulkhead-baselines/main.json"));
        const auto of = [&](const std::string& base) {
            Json json = Json::parse(bulkhead(folder.path(), {"compare", base, "after.db", "--format", "json"}).out);
            json.erase("base");
            json.erase("unlike");
            return json;
        };
        CHECK(of("main") == of("before.db"));
        CHECK(of("bulkhead-baselines/main.json") == of("before.db"));
        CHECK(code_of(bulkhead(folder.path(), {"compare", "main", "before.db"})) == 0);

        const Ended refused = bulkhead(folder.path(), {"baseline", "save", "main", "after.db"});
        CHECK(code_of(refused) == 2);
        CHECK(has(refused.err, "--replace"));
        CHECK(code_of(bulkhead(folder.path(), {"baseline", "save", "main", "after.db", "--replace"})) == 0);
        CHECK(code_of(bulkhead(folder.path(), {"compare", "main", "after.db"})) == 0);
        CHECK(has(bulkhead(folder.path(), {"baseline", "list"}).out, "main"));
        const Json list = Json::parse(bulkhead(folder.path(), {"baseline", "list", "--format", "json"}).out);
        REQUIRE(list["baselines"].size() == 1);
        CHECK(list["baselines"][0]["cells"] == 3);
    }
}

TEST_CASE("where golden runs of a side lost a worker nothing is concluded, and no baseline is made of it")
{
    const TempDir folder;
    run(folder, "before.db", "nothing");
    run(folder, "after.db", "nothing");
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open((folder.path() / "after.db").c_str(), &database) == SQLITE_OK);
    // As if a host of the first golden run had been killed by somebody.
    CHECK(sqlite3_exec(
              database,
              "UPDATE host SET signal = 9, exit_code = NULL, core_dumped = 0, ended_in_teardown = 0 WHERE number = 1 "
              "AND trial = (SELECT t.id FROM trial t JOIN cell c ON c.number = t.cell WHERE c.fault = 'none' LIMIT 1);",
              nullptr, nullptr, nullptr) == SQLITE_OK);
    CHECK(sqlite3_changes(database) == 1);
    sqlite3_close(database);

    for (const auto& sides : {std::array{"before.db", "after.db"}, std::array{"after.db", "before.db"}}) {
        const Ended compared = bulkhead(folder.path(), {"compare", sides[0], sides[1]});
        CAPTURE(compared.out);
        CHECK(code_of(compared) == 3);
        CHECK(has(compared.out, "control arm failed in "));
        CHECK(has(compared.out, "golden runs at 4x1 lost a worker"));
    }
    const Json json =
        Json::parse(bulkhead(folder.path(), {"compare", "before.db", "after.db", "--format", "json"}).out);
    CHECK(json["base"]["control_arm_failures"].empty());
    CHECK(json["new"]["control_arm_failures"].size() == 1);
    const Ended saved = bulkhead(folder.path(), {"baseline", "save", "main", "after.db"});
    CHECK(code_of(saved) == 3);
    CHECK(has(saved.err, "golden runs at 4x1 lost a worker, though nothing was done to it"));
    CHECK_FALSE(std::filesystem::exists(folder.path() / "bulkhead-baselines"));
}

TEST_CASE("of a campaign that did not come to its end nobody learns that nothing got worse, and it makes no baseline")
{
    const TempDir folder;
    run(folder, "whole.db", "nothing");
    run(folder, "part.db", "nothing");
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open((folder.path() / "part.db").c_str(), &database) == SQLITE_OK);
    CHECK(sqlite3_exec(database, "UPDATE campaign SET how = 'interrupted';", nullptr, nullptr, nullptr) == SQLITE_OK);
    CHECK(sqlite3_changes(database) == 1);
    sqlite3_close(database);
    CHECK(code_of(bulkhead(folder.path(), {"compare", "whole.db", "whole.db"})) == 0);
    CHECK(code_of(bulkhead(folder.path(), {"compare", "whole.db", "part.db"})) == 3);
    CHECK(code_of(bulkhead(folder.path(), {"compare", "part.db", "whole.db"})) == 3);
    const Ended saved = bulkhead(folder.path(), {"baseline", "save", "part", "part.db"});
    CHECK(code_of(saved) == 3);
    CHECK(has(saved.err, "part.db is no whole campaign (interrupted)"));
    CHECK_FALSE(std::filesystem::exists(folder.path() / "bulkhead-baselines"));
}

TEST_CASE("campaigns without a common cell have nothing to compare, and exit with 3")
{
    const TempDir folder;
    for (const std::string shape : {"1x2", "2x1"}) {
        REQUIRE(code_of(bulkhead(folder.path(), {"run", "--shape", shape, "--fault", "abort", "--trials", "1", "--out",
                                                 shape + ".db"})) == 0);
    }
    const Ended ended = bulkhead(folder.path(), {"compare", "1x2.db", "2x1.db"});
    CHECK(code_of(ended) == 3);
    CHECK(has(ended.out, "nothing compared"));
    CHECK(has(ended.out, "2x1 abort"));
}

TEST_CASE("what cannot be compared is told with its place, and exits with 2")
{
    const TempDir folder;
    folder.write("bulkhead-baselines/broken.json", "{\n  \"bulkhead_baseline\": 1,\n  \"name\": 7\n}\n");
    folder.write("text.txt", "no results\n");
    const Ended broken = bulkhead(folder.path(), {"compare", "broken", "broken"});
    CHECK(code_of(broken) == 2);
    CHECK(has(broken.err, "bulkhead-baselines/broken.json:3:11: \"name\" is a number; it must be a text"));
    CHECK(broken.out.empty());
    CHECK(code_of(bulkhead(folder.path(), {"baseline", "list"})) == 2);

    const Ended missing = bulkhead(folder.path(), {"compare", "none", "none.db"});
    CHECK(code_of(missing) == 2);
    CHECK(has(missing.err, "no baseline of that name"));
    CHECK(code_of(bulkhead(folder.path(), {"compare", "text.txt", "text.txt"})) == 2);
    CHECK(code_of(bulkhead(folder.path(), {"baseline", "save", "../x", "text.txt"})) == 2);
    CHECK(code_of(bulkhead(folder.path(), {"baseline", "save", "x", "text.txt"})) == 2);
    CHECK(has(bulkhead(folder.path(), {"baseline", "list", "--folder", "nowhere"}).out, "no baselines in nowhere"));
}

TEST_CASE("a mistake in the options of a comparison is told, with what would be valid")
{
    const TempDir folder;
    const auto said = [&](const std::vector<std::string>& arguments) {
        const Ended ended = bulkhead(folder.path(), arguments);
        CHECK(code_of(ended) == 2);
        return ended.err;
    };
    CHECK(has(said({"compare", "a.db"}), "NEW is missing"));
    CHECK(has(said({"compare", "a", "b", "--tolerance", "much"}), "\"much\" is not a percentage from 0 to 1000"));
    CHECK(has(said({"compare", "a", "b", "--points", "-1"}), "is not a percentage from 0 to 100"));
    CHECK(has(said({"compare", "a", "b", "--confidence", "1"}), "--confidence"));
    CHECK(has(said({"compare", "a", "b", "--tolerence", "1"}), "did you mean \"--tolerance\"?"));
    CHECK(has(said({"baseline", "save", "x"}), "bulkhead baseline save: RESULTS is missing"));
    CHECK(has(said({"baseline"}), "bulkhead baseline"));
}

} // namespace
} // namespace bulkhead::tests
