// Going on with a campaign that was ended, at any moment and in whatever way; and judging what is recorded again.
#include "tests/cli/run_binary.hpp"

#include "harness/model/random.hpp"
#include "harness/store/store.hpp"

#include <chrono>
#include <csignal>
#include <doctest/doctest.h>
#include <fstream>
#include <map>
#include <sqlite3.h>
#include <thread>

namespace bulkhead::tests {
namespace {

namespace fs = std::filesystem;

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
count = 40
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
constexpr std::uint32_t planned = 3 * (2 * 40 + 8); // golden runs: a tenth of a shape's trials

std::uint32_t count_of(const fs::path& results)
{
    try {
        return fs::exists(results) ? store::Reader(results).trial_count() : 0;
    } catch (const store::StoreError&) { // it is being made
        return 0;
    }
}

/// What each trial was planned to be, by its id; and what was said at the end.
struct Whole {
    std::map<std::uint32_t, model::TrialPlan> plans;
    std::string ended;
    bool operator==(const Whole&) const = default;
};

Whole read(const fs::path& results)
{
    Whole whole;
    const store::Reader reader(results);
    reader.for_each([&](const model::TrialRecord& record) { whole.plans[record.plan.id] = record.plan; });
    whole.ended = reader.ended();
    return whole;
}

/// The verdicts, a line each.
std::string verdicts_in(const std::string& out)
{
    const auto at = out.find("\nexpectations ");
    return at == std::string::npos ? "" : out.substr(at, out.find("\nresults") - at);
}

void execute(const fs::path& results, const char* statement)
{
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(results.c_str(), &database) == SQLITE_OK);
    CHECK(sqlite3_exec(database, statement, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
}

} // namespace

TEST_CASE("a campaign killed at random moments, and resumed each time, ends as one that was left alone")
{
    const TempDir folder;
    folder.write("x.toml", experiment);
    const Ended undisturbed = bulkhead(folder.path(), {"run", "x.toml", "--out", "whole.db"});
    CAPTURE(undisturbed.err);
    REQUIRE(code_of(undisturbed) == 1);

    const fs::path results = folder.path() / "r.db";
    model::Random random(21);
    int kills = 0;
    for (std::uint32_t before = 0; kills < 10; ++kills) {
        Program program(before == 0 ? std::vector<std::string>{"run", "x.toml", "--out", "r.db"}
                                    : std::vector<std::string>{"resume", "r.db"},
                        {folder.path(), {}, false, {}});
        REQUIRE(within(std::chrono::seconds{120}, [&] { return count_of(results) > before; }));
        std::this_thread::sleep_for(std::chrono::microseconds(random.below(20'000))); // a random moment
        program.send(SIGKILL);
        program.wait();
        before = count_of(results);
        if (before == planned)
            break;
    }
    CHECK(kills > 1);
    const Ended resumed = bulkhead(folder.path(), {"resume", "r.db"});
    CAPTURE(resumed.err);
    CHECK(code_of(resumed) == 1);
    CHECK(verdicts_in(resumed.out) == verdicts_in(undisturbed.out));
    const Whole whole = read(results);
    CHECK(whole.plans.size() == planned);
    CHECK(count_of(results) == planned);
    CHECK(whole == read(folder.path() / "whole.db"));
    CHECK_MESSAGE(!fs::exists(folder.path() / "r.db-wal"), "one file, which can be copied");
}

TEST_CASE("a campaign that was interrupted says how to go on, and one that is complete has nothing to do")
{
    const TempDir folder;
    folder.write("x.toml", experiment);
    Program program({"run", "x.toml", "--trials", "4000", "--out", "r.db"}, {folder.path(), {}, false, {}});
    REQUIRE(within(std::chrono::seconds{120}, [&] { return count_of(folder.path() / "r.db") > 0; }));
    program.send(SIGINT);
    const Ended interrupted = program.wait();
    CHECK(code_of(interrupted) == 130);
    CHECK(has(interrupted.err, "bulkhead resume r.db"));

    folder.write("small.toml", small_experiment("small", "blast_radius = \"predicted\""));
    REQUIRE(code_of(bulkhead(folder.path(), {"run", "small.toml", "--out", "s.db"})) == 0);
    const Whole before = read(folder.path() / "s.db");
    const Ended again = bulkhead(folder.path(), {"resume", "s.db"});
    CHECK(code_of(again) == 0);
    CHECK(read(folder.path() / "s.db") == before);
}

TEST_CASE("a campaign that was gone on with twice makes a baseline, and is like one that was left alone")
{
    const TempDir folder;
    folder.write("a.toml", small_experiment("first", "blast_radius = \"predicted\""));
    REQUIRE(code_of(bulkhead(folder.path(), {"run", "a.toml", "--out", "r.db"})) == 0);
    REQUIRE(code_of(bulkhead(folder.path(), {"baseline", "save", "alone", "r.db"})) == 0);
    for (int i = 0; i < 2; ++i)
        REQUIRE(code_of(bulkhead(folder.path(), {"resume", "r.db"})) == 0);
    REQUIRE(code_of(bulkhead(folder.path(), {"baseline", "save", "resumed", "r.db"})) == 0);
    CHECK(code_of(bulkhead(folder.path(), {"baseline", "list"})) == 0);
    const Ended compared = bulkhead(folder.path(), {"compare", "alone", "resumed"});
    CAPTURE(compared.out);
    CHECK(code_of(compared) == 0);
    CHECK_FALSE(has(compared.out, "gone on"));
}

TEST_CASE("results that cannot be read are not gone on with, and stay as they were")
{
    const TempDir folder;
    folder.write("a.toml", small_experiment("first", "blast_radius = \"predicted\""));
    REQUIRE(code_of(bulkhead(folder.path(), {"run", "a.toml", "--out", "r.db"})) == 0);
    execute(folder.path() / "r.db", "UPDATE trial SET cell = 999 WHERE id = 1");
    const Ended refused = bulkhead(folder.path(), {"resume", "r.db"});
    CAPTURE(refused.err);
    CHECK(code_of(refused) == 2);
    CHECK(store::Reader(folder.path() / "r.db").ended() == "complete");
}

TEST_CASE("a campaign whose experiment or program has changed is not gone on with, and the change is told")
{
    const TempDir folder;
    folder.write("a.toml", small_experiment("first", "blast_radius = \"predicted\""));
    REQUIRE(code_of(bulkhead(folder.path(), {"run", "a.toml", "--out", "r.db"})) == 0);
    const auto refused = [&](const std::string& what) {
        const Ended ended = bulkhead(folder.path(), {"resume", "r.db"});
        CAPTURE(ended.err);
        CHECK(code_of(ended) == 2);
        CHECK(ended.out.empty());
        CHECK(has(ended.err, what));
    };
    std::ofstream(folder.path() / "a.toml", std::ios::app) << "# and more\n";
    refused("was no such line, and is \"# and more\"");
    fs::remove(folder.path() / "a.toml");
    CHECK_MESSAGE(code_of(bulkhead(folder.path(), {"resume", "r.db"})) == 0, "the text is in the results");
    execute(folder.path() / "r.db", "UPDATE fact SET value = '0123456789abcdef' WHERE name = 'host digest'");
    refused("r.db cannot be resumed: ");
    refused("the program bulkhead-host, which carries the workers, is another build: its digest was 0123456789abcdef, "
            "and is ");
}

TEST_CASE("nobody goes on with a campaign that is still at work")
{
    const TempDir folder;
    folder.write("x.toml", experiment);
    Program program({"run", "x.toml", "--trials", "4000", "--out", "r.db"}, {folder.path(), {}, false, {}});
    REQUIRE(within(std::chrono::seconds{120}, [&] { return count_of(folder.path() / "r.db") > 0; }));
    const Ended second = bulkhead(folder.path(), {"resume", "r.db"});
    CHECK(code_of(second) == 2);
    CHECK(has(second.err, "another campaign is writing to it"));
    program.send(SIGINT);
    CHECK(code_of(program.wait()) == 130);
}

TEST_CASE("recorded trials are judged again, by the expectations of another file where one is named")
{
    const TempDir folder;
    folder.write("a.toml", small_experiment("first", "blast_radius = \"predicted\""));
    REQUIRE(code_of(bulkhead(folder.path(), {"run", "a.toml", "--out", "r.db"})) == 0);
    const Whole before = read(folder.path() / "r.db");
    CHECK(code_of(bulkhead(folder.path(), {"judge", "r.db"})) == 0);
    folder.write("b.toml", small_experiment("stricter", "survivors = \"none\""));
    const Ended stricter = bulkhead(folder.path(), {"judge", "r.db", "--expect", "b.toml"});
    CHECK(code_of(stricter) == 1);
    CHECK(has(stricter.out, "REFUTED"));
    CHECK(has(stricter.out, "b.toml:"));
    CHECK(read(folder.path() / "r.db") == before);

    const auto refusal_of = [&](const std::string& when) {
        folder.write("c.toml", "schema = 1\nname = \"c\"\npool.shapes = [\"16x1\", \"2x1\", \"1x2\"]\n"
                               "fault.kinds = [\"abort\", \"segv-null\"]\n[[expect]]\nwhen = { " +
                                   when + " }\nsurvivors = \"all\"\n");
        const Ended stranger = bulkhead(folder.path(), {"judge", "r.db", "--expect", "c.toml"});
        CHECK(code_of(stranger) == (stranger.err.empty() ? 1 : 2));
        return stranger.err;
    };
    CHECK(has(refusal_of("shape = \"16x1\""),
              "c.toml:5: this expectation speaks of 16x1, which no cell of these results "
              "has: 16x1, every fault: survivors = all"));
    CHECK(has(refusal_of("shape = [\"2x1\", \"16x1\"], fault = \"abort\""), "speaks of 16x1, abort, which no cell"));
    CHECK(has(refusal_of("shape = [\"2x1\", \"16x1\"]"), "speaks of 16x1, which no cell"));
    CHECK(refusal_of("shape = [\"2x1\", \"1x2\"], fault = \"segv-null\"") == "");
}

} // namespace bulkhead::tests
