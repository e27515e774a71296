// The commands that run nothing: list, explain, doctor, validate.
#include "tests/cli/run_binary.hpp"

#include "harness/model/fault.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace bulkhead::tests {
namespace {

using Json = nlohmann::json;

TEST_CASE("every fault of the catalogue is listed and can be explained, but for those aimed at the harness")
{
    const TempDir folder;
    const Ended text = bulkhead(folder.path(), {"list", "faults"});
    const Json json = Json::parse(bulkhead(folder.path(), {"list", "faults", "--format", "json"}).out);
    std::size_t listed = 0;
    for (const model::FaultRow& row : model::catalogue()) {
        const bool hidden = row.family == model::Family::harness;
        CAPTURE(row.id);
        CHECK(has(text.out, "  " + std::string(row.id)) == !hidden);
        if (hidden) {
            continue;
        }
        ++listed;
        const Ended explained = bulkhead(folder.path(), {"explain", std::string(row.id)});
        CHECK(code_of(explained) == 0);
        CHECK(has(explained.out, std::string(row.id)));
    }
    CHECK(json["faults"].size() == listed);
}

TEST_CASE("an explanation tells how the victim ends, who is within reach, and what is predicted")
{
    const TempDir folder;
    const Ended text = bulkhead(folder.path(), {"explain", "segv-null"});
    for (const std::string part : {"SIGSEGV", "SEGV_MAPERR", "cell-mate", "signal(7)", "7/7", "6/7", "0/7"}) {
        CHECK_MESSAGE(has(text.out, part), part);
    }
    const Json json = Json::parse(bulkhead(folder.path(), {"explain", "segv-null", "--format", "json"}).out);
    CHECK(json["predicted"]["cell_mate"] == "died");
    CHECK(json["predicted"]["other_host"] == "intact");
    CHECK(json["predicted"]["shapes"]["4x2"]["survivors"] == 6);
}

TEST_CASE("kill without a signal explains what each signal does, and with one what that does")
{
    const TempDir folder;
    const Json family = Json::parse(bulkhead(folder.path(), {"explain", "kill", "--format", "json"}).out);
    const auto names = family["signals"]["ends the process"];
    CHECK(std::find(names.begin(), names.end(), "SIGTERM") != names.end());
    CHECK(family["signals"]["stops the process"].size() >= 1);
    const Ended one = bulkhead(folder.path(), {"explain", "tgkill:TERM"});
    CHECK(code_of(one) == 0);
    CHECK(has(one.out, "killed by SIGTERM"));
}

TEST_CASE("workloads are listed")
{
    const TempDir folder;
    CHECK(has(bulkhead(folder.path(), {"list", "workloads"}).out, "counter"));
    CHECK(Json::parse(bulkhead(folder.path(), {"list", "workloads", "--format", "json"}).out)["workloads"].size() == 1);
}

TEST_CASE("experiments below ./experiments are listed with their questions, broken ones as such")
{
    const TempDir folder;
    folder.write("experiments/a.toml", small_experiment("first", "survivors = \"all\""));
    folder.write("experiments/theme/b.toml", "schema = 7\n");
    const Ended text = bulkhead(folder.path(), {"list", "experiments"});
    CHECK(has(text.out, "first: Does a worker"));
    CHECK(has(text.out, "has mistakes"));
    const Json json = Json::parse(bulkhead(folder.path(), {"list", "experiments", "--format", "json"}).out);
    REQUIRE(json["experiments"].size() == 2);
    CHECK(json["experiments"][0]["valid"] == true);
    CHECK(json["experiments"][1]["valid"] == false);
}

TEST_CASE("validate counts the cells and trials of what is in order")
{
    const TempDir folder;
    folder.write("a.toml", small_experiment("first", "blast_radius = \"predicted\""));
    const Ended ended = bulkhead(folder.path(), {"validate", "a.toml"});
    CHECK(code_of(ended) == 0);
    CHECK(has(ended.out, "ok  a.toml  4 cells, "));
}

TEST_CASE("validate reports every mistake in every file, and exits with 2")
{
    const TempDir folder;
    folder.write("a.toml", small_experiment("first", "survivors = \"al\""));
    folder.write("b.toml", small_experiment("second", "survivors = \"all\"\nwhne = 1"));
    folder.write("c.toml", small_experiment("third", "survivors = \"all\""));
    const Ended ended = bulkhead(folder.path(), {"validate", "."});
    CHECK(code_of(ended) == 2);
    for (const std::string part : {"a.toml:16:", "b.toml:17:", "2 mistakes", "\"all\"", "when"}) {
        CHECK_MESSAGE(has(ended.err, part), part);
    }
    CHECK(has(ended.out, "c.toml"));
    const Ended as_json = bulkhead(folder.path(), {"validate", ".", "--format", "json"});
    CHECK(code_of(as_json) == 2);
    const Json json = Json::parse(as_json.out);
    REQUIRE(json.size() == 3);
    CHECK(json[0]["mistakes"][0]["line"] == 16);
    CHECK(json[2]["valid"] == true);
}

TEST_CASE("a file that is not there is a mistake; a folder without experiments is nothing selected")
{
    const TempDir folder;
    CHECK(code_of(bulkhead(folder.path(), {"validate", "no-such.toml"})) == 2);
    CHECK(code_of(bulkhead(folder.path(), {"run", "no-such.toml"})) == 2);
    CHECK(code_of(bulkhead(folder.path(), {"validate", "."})) == 4);
    CHECK(code_of(bulkhead(folder.path(), {"run", "."})) == 4);
    CHECK(folder.files().empty());
}

TEST_CASE("doctor finds what is needed on this machine, says what each thing is for, and leaves nothing behind")
{
    const TempDir folder;
    const Ended text = bulkhead(folder.path(), {"doctor"});
    CHECK(code_of(text) == 0);
    for (const std::string part : {"pidfd_open", "cgroup v1", "cgroup v2", "core_pattern", "RLIMIT_NOFILE", "kernel"}) {
        CHECK_MESSAGE(has(text.out, part), part);
    }
    const Json json = Json::parse(bulkhead(folder.path(), {"doctor", "--format", "json"}).out);
    CHECK(json["ready"] == true);
    for (const Json& capability : json["capabilities"]) {
        CHECK_FALSE(capability["use"].get<std::string>().empty());
        CHECK_FALSE(capability["found"].get<std::string>().empty());
    }
    CHECK(folder.files().empty());
}

TEST_CASE("doctor exits with 3 when the host program is missing")
{
    const TempDir folder;
    const Ended ended = Program({"doctor"}, {folder.path(), {"BULKHEAD_HOST=/no/such/host"}, false, {}}).wait();
    CHECK(code_of(ended) == 3);
    CHECK(has(ended.out, "/no/such/host"));
}

TEST_CASE("colour comes on a terminal only, and NO_COLOR forbids it there too")
{
    const TempDir folder;
    const std::string escape = "\x1b[";
    CHECK(has(Program({"doctor"}, {folder.path(), {}, true, {}}).wait().out, escape));
    CHECK_FALSE(has(Program({"doctor"}, {folder.path(), {"NO_COLOR=1"}, true, {}}).wait().out, escape));
    CHECK_FALSE(has(Program({"doctor"}, {folder.path(), {"TERM=dumb"}, true, {}}).wait().out, escape));
    CHECK_FALSE(has(bulkhead(folder.path(), {"doctor"}).out, escape));
}

} // namespace
} // namespace bulkhead::tests
