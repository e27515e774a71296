// One matrix over what hosts share, their guard, their limits and the injection point.
#include "tests/cli/run_binary.hpp"

#include <doctest/doctest.h>
#include <map>
#include <nlohmann/json.hpp>

namespace bulkhead::tests {
namespace {

using Json = nlohmann::json;

const std::string matrix = R"(schema = 1
name = "matrix"
[pool]
shapes = ["4x1", "2x2"]
launch = "zygote"
share = ["nothing", ["lock"]]
guard = ["none", "siglongjmp"]
limits = [{}, { nofile = 256 }]
[fault]
kinds = ["segv-null", "segv-holding-lock"]
at = ["between-ops", "inside-op"]
after_ops = [10, 50]
victim = "p0t0"
[observe]
window = "10s"
[trials]
count = 2
[[expect]]
blast_radius = "predicted"
[[expect]]
when = { shape = "4x1", share = "lock", fault = "segv-holding-lock", limits = { nofile = 256 } }
survivors = "none"
)";

/// Survivors of all trials of each cell, by shape, fault and variant.
std::map<std::string, int> survivors_of(const Json& report)
{
    std::map<std::string, int> survivors;
    for (const Json& cell : report["cells"]) {
        const auto name = cell["shape"].get<std::string>() + " " + cell["fault"].get<std::string>() + " " +
                          cell["variant"].get<std::string>();
        survivors[name] = cell["survivors"].get<int>();
    }
    return survivors;
}

TEST_CASE("a product of share, guard, limits and injection point is run, and each cell fares by its own")
{
    const TempDir folder;
    folder.write("matrix.toml", matrix);
    const Ended run =
        bulkhead(folder.path(), {"run", "matrix.toml", "--out", "r.db", "--format", "json", "--jobs", "2"});
    CHECK_MESSAGE(code_of(run) == 0, run.out, run.err);
    const Json report = Json::parse(run.out);
    CHECK(report["experiment"]["at"] == "between-ops/inside-op");
    CHECK(report["experiment"]["variants"].size() == 16);
    const auto survivors = survivors_of(report);
    CHECK(survivors.size() == 2 * 16 * 3);
    const auto of = [&survivors](const char* name) { return survivors.at(name); };
    // of 3 siblings in each of 2 trials
    CHECK(of("4x1 segv-null counter share=lock at=inside-op") == 6);
    CHECK(of("4x1 segv-holding-lock counter limits=nofile=256") == 6);
    CHECK(of("4x1 segv-holding-lock counter share=lock") == 0);
    CHECK(of("2x2 segv-null counter") == 4);
    CHECK(of("2x2 segv-null counter guard=siglongjmp") == 6);
    CHECK(of("2x2 segv-holding-lock counter share=lock guard=siglongjmp limits=nofile=256 at=inside-op") == 0);

    SUBCASE("the file is judged and shown by the same surroundings")
    {
        const Ended judged = bulkhead(folder.path(), {"judge", "r.db", "--format", "json"});
        CHECK_MESSAGE(code_of(judged) == 0, judged.out, judged.err);
        CHECK(survivors_of(Json::parse(judged.out)) == survivors);
        for (const int id : {3, 40, 77, 114, 151}) {
            const Ended shown = bulkhead(folder.path(), {"show", "r.db", std::to_string(id), "--format", "json"});
            const Json trial = Json::parse(shown.out);
            const auto variant = report["cells"][trial["cell"].get<std::size_t>()]["variant"].get<std::string>();
            CHECK_MESSAGE(trial["plan"]["at"] == (variant.ends_with(" at=inside-op") ? "inside-op" : "between-ops"),
                          shown.out);
        }
    }
    SUBCASE("an expectation of another file speaks of the cells that it names, whatever that file has several of")
    {
        folder.write("other.toml", R"(schema = 1
name = "matrix"
[pool]
shapes = ["4x1", "2x2"]
share = "lock"
[fault]
kinds = ["segv-holding-lock"]
[[expect]]
when = { share = "lock", fault = "segv-holding-lock" }
survivors = "none"
)");
        const Ended judged = bulkhead(folder.path(), {"judge", "r.db", "--expect", "other.toml"});
        CHECK_MESSAGE(code_of(judged) == 0, judged.out, judged.err);
        CHECK_MESSAGE(has(judged.out, "96 of 96 siblings lost in 32 trials"), judged.out);
    }
    SUBCASE("a run with other values from the command line is the same matrix")
    {
        const Ended again = bulkhead(folder.path(), {"run", "matrix.toml", "--trials", "1", "--format", "json"});
        CHECK_MESSAGE(code_of(again) == 0, again.out, again.err);
        const Json other = Json::parse(again.out);
        CHECK(other["experiment"]["variants"] == report["experiment"]["variants"]);
        CHECK(other["experiment"]["containment"] == report["experiment"]["containment"]);
        CHECK(survivors_of(other).size() == survivors.size());
    }
}

TEST_CASE("a campaign over such a matrix is gone on with as it was begun")
{
    const TempDir folder;
    folder.write("matrix.toml", matrix);
    const Ended part = bulkhead(folder.path(), {"run", "matrix.toml", "--out", "r.db", "--time-limit", "1s"});
    REQUIRE_MESSAGE((code_of(part) == 3 || code_of(part) == 0), part.out, part.err);
    const Ended rest = bulkhead(folder.path(), {"resume", "r.db", "--format", "json"});
    CHECK_MESSAGE(code_of(rest) == 0, rest.out, rest.err);
    const auto survivors = survivors_of(Json::parse(rest.out));
    CHECK(survivors.at("4x1 segv-holding-lock counter share=lock") == 0);
    CHECK(survivors.at("4x1 segv-holding-lock counter") == 6);
}

} // namespace
} // namespace bulkhead::tests
