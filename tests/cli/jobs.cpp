// What the commands say of jobs.
#include "tests/cli/run_binary.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace bulkhead::tests {
namespace {

using Json = nlohmann::json;

const std::string one_death = R"(schema = 1
name = "jobs"
[pool]
shapes = ["2x1"]
workload = "jobs"
delivery = "at-most-once"
[fault]
kinds = ["segv-null"]
at = "inside-op"
victim = "p1t0"
[supervise]
strategy = "one-for-one"
[observe]
window = "10s"
[trials]
count = 1
[[expect]]
figure = "jobs_unknown"
statistic = "most"
is = "<= 1"
)";

TEST_CASE("show names the job that a dead worker had, and what became of it")
{
    const TempDir folder;
    folder.write("jobs.toml", one_death);
    const Ended run = bulkhead(folder.path(), {"run", "jobs.toml", "--out", "r.db"});
    CHECK_MESSAGE(code_of(run) == 0, run.out);
    const Ended text = bulkhead(folder.path(), {"show", "r.db", "2"});
    CHECK_MESSAGE(has(text.out, " was handed to p1t0, which did it and told no result: unknown"), text.out);
    const Json json = Json::parse(bulkhead(folder.path(), {"show", "r.db", "2", "--format", "json"}).out);
    REQUIRE(json["jobs"].size() == 1);
    CHECK(json["jobs"][0]["worker"] == "p1t0");
    CHECK(json["jobs"][0]["fate"] == "unknown");
    CHECK(json["jobs"][0]["effects"] == 1);
}

TEST_CASE("the jobs are among the workloads, and the figures tell of them")
{
    const TempDir folder;
    CHECK(has(bulkhead(folder.path(), {"list", "workloads"}).out, "jobs  "));
    const Ended figures = bulkhead(folder.path(), {"list", "figures"});
    for (const char* name : {"jobs_done", "jobs_lost", "jobs_doubled", "jobs_unknown", "jobs_left", "jobs_refused"})
        CHECK_MESSAGE(has(figures.out, name), name);
}

} // namespace
} // namespace bulkhead::tests
