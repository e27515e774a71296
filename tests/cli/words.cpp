// The commands that run nothing: list, explain, doctor, validate.
#include "tests/cli/run_binary.hpp"

#include "harness/model/fault.hpp"
#include "harness/model/variant.hpp"

#include <algorithm>
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

TEST_CASE("an explanation tells what sharing, a robust lock and a guard change, and how to run each")
{
    const TempDir folder;
    const Ended text = bulkhead(folder.path(), {"explain", "segv-holding-lock"});
    for (const std::string part : {"Besides it    stalls its cell-mates, and whoever else shares the lock",
                                   "hosts share nothing         died          intact          7/7   6/7   0/7",
                                   "hosts share the lock        died          stalled         0/7   0/7   0/7",
                                   "hosts share a robust lock   died          intact          7/7   6/7   0/7",
                                   "guard siglongjmp            stalled       intact          7/7   6/7   0/7",
                                   "--fault segv-holding-lock --share lock --lock robust\n"}) {
        CHECK_MESSAGE(has(text.out, part), part);
    }
    const Json json = Json::parse(bulkhead(folder.path(), {"explain", "segv-holding-lock", "--format", "json"}).out);
    CHECK(json["leaves"]["medium"] == "lock");
    CHECK(json["leaves"]["mended_by_robust_lock"] == true);
    CHECK(json["medium"].is_null());
    REQUIRE(json["settings"].size() == 4);
    CHECK(json["settings"][1]["options"] == "--share lock");
    CHECK(json["settings"][1]["other_host"] == "stalled");
    CHECK(json["settings"][1]["shapes"]["8x1"]["survivors"] == 0);
    CHECK(json["settings"][3]["victim_end"] == "goes on with its work");
    CHECK(json["predicted"]["other_host"] == "intact");
}

TEST_CASE("an explanation of a fault in a channel tells what each kind of channel shows, and to whom")
{
    const TempDir folder;
    const Json json = Json::parse(bulkhead(folder.path(), {"explain", "reader-gone", "--format", "json"}).out);
    CHECK(json["shown"] ==
          "the worker before it: broken-pipe by pipe, reset by stream, reset by seqpacket, reset by tcp, "
          "timed-out by mqueue, timed-out by ring");
    CHECK(Json::parse(bulkhead(folder.path(), {"explain", "abort", "--format", "json"}).out)["shown"].is_null());
    CHECK(has(bulkhead(folder.path(), {"explain", "flood"}).out, "Shown to      the victim itself: timed-out by pipe"));
}

TEST_CASE("a fault in a channel can be run by its name alone")
{
    const TempDir folder;
    const Ended ended =
        bulkhead(folder.path(), {"run", "--fault", "die-mid-message", "--shape", "4x1", "--trials", "1"});
    CHECK(code_of(ended) == 0);
    CHECK(has(ended.out, "ring channel=pipe"));
}

TEST_CASE("an explanation names what the machine must offer, and is subtle in a paragraph of its own")
{
    const TempDir folder;
    const Ended text = bulkhead(folder.path(), {"explain", "thread-bomb"});
    CHECK(has(text.out, "Needs         a limit on threads: RLIMIT_NPROC, or as root"));
    CHECK(has(text.out, "\n\nSubtle\n  RLIMIT_NPROC counts "));
    const Json json = Json::parse(bulkhead(folder.path(), {"explain", "drop-privileges", "--format", "json"}).out);
    CHECK(json["needs"] == "root");
    CHECK(has(json["subtle"].get<std::string>(), "nptl(7)"));
    CHECK(Json::parse(bulkhead(folder.path(), {"explain", "abort", "--format", "json"}).out)["subtle"].is_null());
}

TEST_CASE("the list of faults has each family once, in the catalogue's order, and what reaches through what as JSON")
{
    const TempDir folder;
    const Ended text = bulkhead(folder.path(), {"list", "faults"});
    std::size_t last = 0;
    for (const std::string heading :
         {"Crashes", "Exits", "From outside", "Stalls", "Resources", "Corruption", "Contamination", "In a channel"}) {
        const std::size_t at = text.out.find("\n" + heading + "\n");
        CAPTURE(heading);
        REQUIRE(at != std::string::npos);
        CHECK(at > last);
        last = at;
    }
    const Json list = Json::parse(bulkhead(folder.path(), {"list", "faults", "--format", "json"}).out)["faults"];
    const auto fault = [&list](const std::string& id) {
        return *std::find_if(list.begin(), list.end(), [&](const Json& each) { return each["id"] == id; });
    };
    CHECK(fault("hold-lock")["medium"] == "lock");
    CHECK(fault("hold-lock")["leaves"].is_null());
    CHECK(fault("umask")["medium"].is_null());
    CHECK(fault("torn-update")["leaves"]["effect"] == "corrupts");
    CHECK(fault("disk-full")["needs"] == "a small tmpfs: CAP_SYS_ADMIN or a user namespace");
    CHECK(fault("abort")["needs"].is_null());
}

TEST_CASE("the faults can be listed as the page of the reference, and nothing else can")
{
    const TempDir folder;
    const Ended page = bulkhead(folder.path(), {"list", "faults", "--format", "markdown"});
    CHECK(code_of(page) == 0);
    CHECK(page.out.starts_with("# Faults\n"));
    CHECK(has(page.out, "| [`segv-null`](#segv-null) |"));
    CHECK(code_of(bulkhead(folder.path(), {"list", "workloads", "--format", "markdown"})) == 2);
    const Ended refused = bulkhead(folder.path(), {"explain", "segv-null", "--format", "markdown"});
    CHECK(code_of(refused) == 2);
    CHECK(has(refused.err, "valid: text, json"));
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
    CHECK(Json::parse(bulkhead(folder.path(), {"list", "workloads", "--format", "json"}).out)["workloads"].size() ==
          std::size(model::workloads));
}

TEST_CASE("figures are listed with their units")
{
    const TempDir folder;
    CHECK(has(bulkhead(folder.path(), {"list", "figures"}).out, "throughput"));
    const Json figures = Json::parse(bulkhead(folder.path(), {"list", "figures", "--format", "json"}).out)["figures"];
    CHECK(figures[0]["id"] == "startup");
    CHECK(figures[0]["unit"] == "us");
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
    for (const std::string part : {"a.toml:19:", "b.toml:20:", "2 mistakes", "\"all\"", "when"}) {
        CHECK_MESSAGE(has(ended.err, part), part);
    }
    CHECK(has(ended.out, "c.toml"));
    const Ended as_json = bulkhead(folder.path(), {"validate", ".", "--format", "json"});
    CHECK(code_of(as_json) == 2);
    const Json json = Json::parse(as_json.out);
    REQUIRE(json.size() == 3);
    CHECK(json[0]["mistakes"][0]["line"] == 19);
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

TEST_CASE("a mistake of an ad hoc run is told in options, which can be written")
{
    struct Mistake {
        std::vector<std::string> options;
        std::string said;
    };
    const TempDir folder;
    for (const Mistake& mistake : {
             Mistake{{"--fault", "die-mid-message", "--workload", "counter"}, "write --workload ring, and no other\n"},
             Mistake{{"--fault", "segv-null", "--after-ops", "100..10"}, "write --after-ops 10..100\n"},
             Mistake{{"--fault", "segv-null", "--share", "nothing,lock"},
                     "share = [\"nothing\", [\"lock\"]] in an experiment file\n"},
             Mistake{{"--fault", "segv-null", "--victim", "client"}, "add --workload owned-ledger, or name the victim"},
             Mistake{{"--fault", "segv-null", "--workload", "owned-ledger"},
                     "write --victim owner or --victim client, or name a worker"},
             Mistake{{"--fault", "main-returns", "--victim", "p0t1"}, "write --victim any, or one such as \"p0t0\"\n"},
             Mistake{{"--fault", "kill:SEGV", "--guard", "siglongjmp"}, "what --guard siglongjmp does to"},
             Mistake{{"--fault", "segv-null", "--lock", "none"}, "workloads with a lock: counter (plain, robust)"},
             Mistake{{"--fault", "kill:9"}, "write \"kill:SIGKILL\""},
             Mistake{{"--fault", "SIGTERM"}, "did you mean \"kill:SIGTERM\"?"},
             Mistake{{"segv-null"}, "did you mean bulkhead run --fault segv-null?"},
         }) {
        std::vector<std::string> arguments = mistake.options;
        arguments.insert(arguments.begin(), "run");
        const Ended ended = bulkhead(folder.path(), arguments);
        CAPTURE(ended.err);
        CHECK(code_of(ended) == 2);
        CHECK_MESSAGE(has(ended.err, mistake.said), mistake.said);
    }
    CHECK(folder.files().empty());
}

TEST_CASE("a results file in the place of an experiment is named to the command that reads it")
{
    const TempDir folder;
    folder.write("r.db", std::string("SQLite format 3\0\x10\0\x1b[31m", 23));
    const Ended ended = bulkhead(folder.path(), {"validate", "r.db"});
    CHECK(code_of(ended) == 2);
    CHECK(has(ended.err, "r.db: this is a results file, and no experiment\n  hint: bulkhead show r.db "));
    CHECK_FALSE(has(ended.err, "\x1b"));
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
    CHECK(has(text.out, json["skipped_faults"].empty() ? "Every fault of the catalogue can be run here."
                                                       : "Faults skipped here"));
    for (const Json& skipped : json["skipped_faults"]) {
        CHECK(has(text.out, skipped["fault"].get<std::string>()));
        CHECK_FALSE(skipped["reason"].get<std::string>().empty());
    }
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
