// Limits on time, of a trial, an experiment, and everything that a command runs.
#include "tests/cli/run_binary.hpp"

#include "harness/store/store.hpp"
#include "harness/sys/captured.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <nlohmann/json.hpp>

namespace bulkhead::tests {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::string experiment_with(const std::string& name, const std::string& trials)
{
    return "schema = 1\nname = \"" + name +
           "\"\n[pool]\nshapes = [\"2x1\"]\n[fault]\nkinds = [\"abort\"]\n"
           "[observe]\nwindow = \"10s\"\n[trials]\n" +
           trials + "\n[[expect]]\nblast_radius = \"predicted\"\n";
}

} // namespace

TEST_CASE("an experiment that is out of time says so, exits with 3, and can be gone on with")
{
    const TempDir folder;
    folder.write("x.toml", experiment_with("x", "count = 1000000\ntime_limit = \"2s\""));
    const Ended ended = bulkhead(folder.path(), {"run", "x.toml", "--out", "r.db"});
    CHECK(code_of(ended) == 3);
    CHECK(has(ended.out, "out of time: "));
    CHECK(has(ended.err, "bulkhead resume r.db"));
    const std::uint32_t first = store::Reader(folder.path() / "r.db").trial_count();
    CHECK(first > 0);
    CHECK(store::Reader(folder.path() / "r.db").ended() == "out of time");
    const Ended resumed = bulkhead(folder.path(), {"resume", "r.db", "--time-limit", "10min"});
    CHECK(code_of(resumed) == 3);
    CHECK(store::Reader(folder.path() / "r.db").trial_count() > first);
}

TEST_CASE("--time-limit holds for all experiments together, and those that were not begun are counted")
{
    const TempDir folder;
    folder.write("a.toml", experiment_with("a", "count = 1000000"));
    folder.write("b.toml", experiment_with("b", "count = 1"));
    const Ended ended =
        bulkhead(folder.path(), {"run", "a.toml", "b.toml", "--time-limit", "300ms", "--out", "results/"});
    CHECK(code_of(ended) == 3);
    CHECK(has(ended.err, "1 experiment was not run."));
    const Ended wrong = bulkhead(folder.path(), {"run", "a.toml", "--time-limit", "soon"});
    CHECK(code_of(wrong) == 2);
    CHECK(has(wrong.err, "\"soon\" is no duration"));
}

TEST_CASE("a single experiment for which there was no time is no success, and its report is JSON nevertheless")
{
    const TempDir folder;
    folder.write("x.toml", experiment_with("x", "count = 1"));
    const Ended ended =
        bulkhead(folder.path(), {"run", "x.toml", "--time-limit", "1us", "--out", "r.db", "--format", "json"});
    CHECK(code_of(ended) == 3);
    CHECK(has(ended.err, "1 experiment was not run. The time was up before."));
    const Json report = Json::parse(ended.out);
    CHECK(report["campaign"]["ended"] == "out of time");
    CHECK(report["campaign"]["finished"] == 0);
    CHECK(report["verdicts"][0]["verdict"] == "inconclusive");
    CHECK_FALSE(fs::exists(folder.path() / "r.db"));
}

TEST_CASE("a limit that is beyond what clocks count is refused, and is no deadline in the past")
{
    const TempDir folder;
    folder.write("x.toml", experiment_with("x", "count = 1"));
    for (const char* limit : {"10001h", "9000000000000ms", "9999999999999h", "99999999999999999999us"}) {
        CAPTURE(limit);
        const Ended wrong = bulkhead(folder.path(), {"run", "x.toml", "--time-limit", limit, "--no-record"});
        CHECK(code_of(wrong) == 2);
        CHECK(has(wrong.err, "is out of range; at most 10000h"));
    }
    CHECK(code_of(bulkhead(folder.path(), {"run", "x.toml", "--time-limit", "10000h", "--no-record"})) == 0);
}

TEST_CASE("the stacks of hosts that hung are kept with the trial, and shown")
{
    const TempDir folder;
    folder.write("x.toml", experiment_with("x", "count = 1\ntrial_limit = \"200ms\""));
    const fs::path host = folder.write("host", "#!/bin/sh\nexec sleep 60\n");
    fs::permissions(host, fs::perms::owner_all);
    const Ended ended =
        Program({"run", "x.toml", "--out", "r.db"}, {folder.path(), {"BULKHEAD_HOST=" + host.string()}, false, {}})
            .wait();
    CHECK(code_of(ended) == 3);
    const auto record = store::Reader(folder.path() / "r.db").trial(1);
    REQUIRE(record.has_value());
    CHECK(has(record->inconclusive, "it took longer than a trial may (200 ms)"));
    const Ended shown = bulkhead(folder.path(), {"show", "r.db", "1"});
    const Json json = Json::parse(bulkhead(folder.path(), {"show", "r.db", "1", "--format", "json"}).out);
    CHECK(has(shown.out, "it took longer than a trial may"));
    const std::string stack = record->hosts.at(0).stack;
    if (stack.empty() && sys::find_program("gdb").empty() && sys::find_program("eu-stack").empty()) {
        MESSAGE("skipped: neither eu-stack nor gdb is there");
        return;
    }
    CHECK(stack != "");
    CHECK(has(shown.out, "stacks of p0"));
    CHECK(json["hosts"][0]["stack"] == stack);
}

} // namespace bulkhead::tests
