// A campaign in parts: what each part says of itself, and that all of them together are as one that was never split.
#include "tests/cli/run_binary.hpp"

#include "harness/store/store.hpp"

#include <chrono>
#include <csignal>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <sqlite3.h>

namespace bulkhead::tests {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr const char* experiment = R"(schema = 1
name = "x"
[pool]
shapes = ["4x1", "2x2", "1x4"]
launch = "zygote"
[fault]
kinds = ["segv-null", "thread-exit"]
[observe]
window = "10s"
[trials]
count = 20
seed = 5
[[expect]]
when = { shape = "4x1" }
survivors = "all"
[[expect]]
when = { shape = "1x4", fault = "segv-null" }
survivors = "none"
[[expect]]
when = { shape = "2x2" }
survivors = "all"
)";
constexpr std::uint32_t planned = 3 * (2 * 20 + 4); // golden runs: a tenth of a shape's trials

std::map<std::uint32_t, model::TrialPlan> plans_in(const fs::path& results)
{
    std::map<std::uint32_t, model::TrialPlan> plans;
    store::Reader(results).for_each([&](const model::TrialRecord& record) { plans[record.plan.id] = record.plan; });
    return plans;
}

std::string text_of(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Of a results file, or of an interrupted one.
std::uint32_t count_of(const fs::path& results)
{
    try {
        return fs::exists(results) ? store::Reader(results).trial_count() : 0;
    } catch (const store::StoreError&) { // it is being made
        return 0;
    }
}

nlohmann::json verdicts_of(const Ended& ended)
{
    return nlohmann::json::parse(ended.out).at("verdicts");
}

fs::path shard_file(int number)
{
    return fmt::format("parts/x-{}-of-4.db", number);
}

/// Runs shards of four into parts/.
void run_shards(const TempDir& folder, const std::vector<int>& numbers)
{
    for (const int number : numbers) {
        const Ended ended =
            bulkhead(folder.path(), {"run", "x.toml", "--shard", fmt::format("{}/4", number), "--out", "parts/"});
        CAPTURE(ended.err);
        REQUIRE(code_of(ended) == 0);
    }
}

Words merge_of(const std::string& out, const std::vector<int>& numbers)
{
    Words words{"merge", out};
    for (const int number : numbers) {
        words.push_back(shard_file(number));
    }
    return words;
}

void execute(const fs::path& results, const char* statement)
{
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(results.c_str(), &database) == SQLITE_OK);
    CHECK(sqlite3_exec(database, statement, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
}

} // namespace

TEST_CASE("four shards, merged in any order, have the trials and the verdicts of one campaign")
{
    const TempDir folder;
    folder.write("x.toml", experiment);
    const Ended whole = bulkhead(folder.path(), {"run", "x.toml", "--out", "whole.db", "--format", "json"});
    REQUIRE(code_of(whole) == 1);
    run_shards(folder, {1, 2, 3, 4});

    Words words = merge_of("all.db", {3, 1, 4, 2});
    words.insert(words.end(), {"--format", "json", "--junit", "merged.xml", "--tap", "merged.tap"});
    const Ended merged = bulkhead(folder.path(), words);
    CAPTURE(merged.err);
    CHECK(code_of(merged) == 1);
    CHECK(verdicts_of(merged) == verdicts_of(whole));
    CHECK(plans_in(folder / "all.db").size() == planned);
    CHECK(plans_in(folder / "all.db") == plans_in(folder / "whole.db"));
    CHECK(store::Reader(folder / "all.db").ended() == "complete");
    const Ended judged = bulkhead(folder.path(), {"judge", "all.db", "--format", "json"});
    CHECK(code_of(judged) == 1);
    CHECK(verdicts_of(judged) == verdicts_of(whole));
    CHECK(has(text_of(folder / "merged.xml"), "tests=\"5\" failures=\"1\" errors=\"0\""));
    bulkhead(folder.path(), {"judge", "all.db", "--tap", "judged.tap"});
    CHECK(text_of(folder / "merged.tap") == text_of(folder / "judged.tap"));
    words = merge_of("more.db", {1, 2, 3, 4});
    words.insert(words.end(), {"--junit", shard_file(1)});
    CHECK(code_of(bulkhead(folder.path(), words)) == 2);

    const Ended again = bulkhead(folder.path(), merge_of("all.db", {1, 2, 3, 4}));
    CHECK(code_of(again) == 2);
    CHECK(has(again.err, "never overwritten"));
    CHECK(count_of(folder / "all.db") == planned);
}

TEST_CASE("a shard runs its own trials, says that it is one part, and has no verdicts")
{
    const TempDir folder;
    folder.write("x.toml", experiment);
    const Ended ended = bulkhead(folder.path(), {"run", "x.toml", "--shard", "2/4", "--out", "parts/"});
    CAPTURE(ended.err);
    CHECK(code_of(ended) == 0);
    CHECK(has(ended.out, "ONE PART  shard 2 of 4"));
    CHECK(has(ended.out, "33 trials in "));
    CHECK(has(ended.out, "not judged: the verdicts are those of all shards together"));
    const auto plans = plans_in(folder.path() / shard_file(2));
    CHECK(plans.size() == planned / 4);
    for (const auto& [id, plan] : plans)
        CHECK(id % 4 == 2);
    const Ended shown = bulkhead(folder.path(), {"show", shard_file(2)});
    CHECK(code_of(shown) == 0);
    CHECK(has(shown.out, "ONE PART  shard 2 of 4"));
    const Ended judged = bulkhead(folder.path(), {"judge", shard_file(2), "--format", "json"});
    CHECK_MESSAGE(code_of(judged) == 3, "who asks for a verdict gets none");
    CHECK(verdicts_of(judged).empty());
    CHECK(nlohmann::json::parse(judged.out).at("campaign").at("shard").at("number") == 2);
    bulkhead(folder.path(), {"judge", shard_file(2), "--junit", "j.xml"});
    CHECK(has(text_of(folder / "j.xml"), "tests=\"3\" failures=\"0\" errors=\"0\""));
    CHECK(has(text_of(folder / "j.xml"), "skipped=\"3\""));
    const Ended rows = bulkhead(folder.path(), {"export", shard_file(2), "--format", "jsonl", "--rows", "verdicts"});
    CHECK(has(rows.out, "skipped"));
    CHECK_FALSE(has(rows.out, "refuted"));
    CHECK_FALSE(has(rows.out, "upheld"));
}

TEST_CASE("what is missing is named, and merged only when that is asked for")
{
    const TempDir folder;
    folder.write("x.toml", experiment);
    run_shards(folder, {1, 2});
    const Ended refused = bulkhead(folder.path(), merge_of("all.db", {1, 2}));
    CHECK(code_of(refused) == 3);
    CHECK(refused.out.empty());
    CHECK(has(refused.err, "shards 3-4 of 4 are not there"));
    CHECK_FALSE(fs::exists(folder / "all.db"));

    Words words = merge_of("all.db", {1, 2});
    words.emplace_back("--partial");
    const Ended partial = bulkhead(folder.path(), words);
    CHECK(code_of(partial) == 3);
    CHECK(has(partial.err, "shards 3-4 of 4 are not there"));
    CHECK(has(partial.out, "NOT COMPLETE"));
    CHECK(count_of(folder / "all.db") == planned / 2);
    CHECK(code_of(bulkhead(folder.path(), {"judge", "all.db"})) == 3);
}

TEST_CASE("shards of different campaigns, and trials that are there twice, are named and not merged")
{
    const TempDir folder;
    folder.write("x.toml", experiment);
    run_shards(folder, {1, 2, 3, 4});
    const auto refused = [&](const Words& words, const std::string& why) {
        const Ended ended = bulkhead(folder.path(), words);
        CAPTURE(ended.err);
        CHECK(code_of(ended) == 2);
        CHECK(ended.out.empty());
        CHECK(has(ended.err, why));
        CHECK_FALSE(fs::exists(folder / "all.db"));
    };
    refused(merge_of("all.db", {1, 2, 2, 3, 4}),
            "both are shard 2/4, and both have trials 2, 6, 10, 14, 18 and 28 more");
    REQUIRE(code_of(bulkhead(folder.path(), {"run", "x.toml", "--seed", "6", "--shard", "3/4", "--out", "other.db"})) ==
            0);
    refused({"merge", "all.db", shard_file(1), "other.db"}, "not the same experiment: line 1 was \"schema = 1\"");
    REQUIRE(code_of(bulkhead(folder.path(), {"run", "x.toml", "--shard", "3/5", "--out", "five.db"})) == 0);
    refused({"merge", "all.db", shard_file(1), "five.db"}, "one is of 4 shards, the other of 5");
    REQUIRE(code_of(bulkhead(folder.path(), {"run", "x.toml", "--only", "2x2/*", "--out", "whole.db"})) == 1);
    refused({"merge", "all.db", shard_file(1), "whole.db"}, "whole.db is no shard");
    execute(folder.path() / shard_file(3), "UPDATE fact SET value = '0123456789abcdef' WHERE name = 'host digest'");
    refused(merge_of("all.db", {1, 2, 3, 4}), "host digest: ");
    execute(folder.path() / shard_file(4), "PRAGMA user_version = 3");
    refused(merge_of("all.db", {1, 4}), "schema version 3");
}

TEST_CASE("a shard that was killed is gone on with by the same command, and what machines differ in is told")
{
    const TempDir folder;
    folder.write("x.toml", experiment);
    const fs::path results = folder.path() / "parts" / "x-1-of-2.db";
    const Words words{"run", "x.toml", "--trials", "400", "--shard", "1/2", "--out", "parts/", "--resume"};
    {
        Program program(words, {folder.path(), {}, false, {}});
        REQUIRE(within(std::chrono::seconds{120}, [&] { return count_of(results) > 0; }));
        program.send(SIGKILL);
        program.wait();
    }
    const std::uint32_t before = count_of(results);
    const Ended resumed = bulkhead(folder.path(), words);
    CAPTURE(resumed.err);
    CHECK(code_of(resumed) == 0);
    CHECK_MESSAGE(before < count_of(results), "it was killed before its end");
    CHECK(count_of(results) == 3 * (2 * 400 + 80) / 2);
    CHECK_MESSAGE(code_of(bulkhead(folder.path(), words)) == 0, "there is nothing left to do");

    execute(results, "UPDATE fact SET value = '640 processors' WHERE name = 'cores'");
    REQUIRE(code_of(bulkhead(folder.path(),
                             {"run", "x.toml", "--trials", "400", "--shard", "2/2", "--out", "parts/"})) == 0);
    const Ended merged = bulkhead(folder.path(), {"merge", "all.db", results, "parts/x-2-of-2.db"});
    CAPTURE(merged.err);
    CHECK(code_of(merged) == 1);
    CHECK(has(merged.err, "640 processors (shard 1)"));
    CHECK(has(bulkhead(folder.path(), {"show", "all.db"}).out, "640 processors (shard 1)"));
}

TEST_CASE("with --resume a results file is begun where there is none, and only its own campaign is gone on with")
{
    const TempDir folder;
    folder.write("x.toml", experiment);
    std::ofstream(folder / "r.db").close(); // left by one that was killed before it had begun
    const Words words{"run", "x.toml", "--out", "r.db", "--resume"};
    CHECK(code_of(bulkhead(folder.path(), words)) == 1);
    CHECK(count_of(folder / "r.db") == planned);
    CHECK(code_of(bulkhead(folder.path(), words)) == 1);
    CHECK(count_of(folder / "r.db") == planned);
    const auto refused = [&](const Words& more, const std::string& why) {
        Words all = words;
        all.insert(all.end(), more.begin(), more.end());
        const Ended ended = bulkhead(folder.path(), all);
        CAPTURE(ended.err);
        CHECK(code_of(ended) == 2);
        CHECK(has(ended.err, why));
    };
    refused({"--seed", "6"}, "has another experiment than the one to be run");
    refused({"--shard", "1/2"}, "r.db has a whole campaign, and shard 1/2 is to be run");
    CHECK(count_of(folder / "r.db") == planned);
}

TEST_CASE("a job of an array finds out which shard it is; where nothing tells, nothing is run")
{
    const TempDir folder;
    folder.write("x.toml", experiment);
    const auto run = [&](const std::string& shard, const Words& environment) {
        return Program({"run", "x.toml", "--shard", shard, "--out", "parts/"}, {folder.path(), environment, false, {}})
            .wait();
    };
    CHECK(code_of(run("auto/4", {"JOB_COMPLETION_INDEX=0"})) == 0);
    CHECK(count_of(folder.path() / shard_file(1)) == planned / 4);
    CHECK(code_of(run("auto", {"CI_NODE_INDEX=3", "CI_NODE_TOTAL=4"})) == 0);
    CHECK(count_of(folder.path() / shard_file(3)) == planned / 4);
    for (const char* shard : {"auto", "0/4", "5/4", "four", "1/1000"}) {
        const Ended refused = run(shard, {});
        CAPTURE(shard);
        CHECK(code_of(refused) == 2);
        CHECK(refused.out.empty());
        CHECK(has(refused.err, "shard"));
    }
    CHECK(folder.files().size() == 4); // x.toml, parts, and the two
}

} // namespace bulkhead::tests
