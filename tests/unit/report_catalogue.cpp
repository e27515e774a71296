#include "harness/report/relations.hpp"
#include "harness/report/report.hpp"

#include "harness/model/judge.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace bulkhead;

namespace {

model::Fault fault(const std::string& name)
{
    const auto parsed = model::parse_fault(name);
    REQUIRE_MESSAGE(parsed, name);
    return *parsed;
}

/// "hosts share the lock: stalled/stalled": what is predicted of a cell-mate and another host.
std::vector<std::string> settings(const std::string& name)
{
    std::vector<std::string> texts;
    for (const report::Setting& setting : report::settings_of(fault(name))) {
        const auto outcome = [&](model::Relation relation) {
            return std::string(to_string(model::predict(fault(name), relation, setting.containment)));
        };
        texts.push_back(setting.words + ": " + outcome(model::Relation::cell_mate) + "/" +
                        outcome(model::Relation::other_host));
    }
    return texts;
}

using Texts = std::vector<std::string>;

} // namespace

TEST_CASE("docs/reference/faults.md is what the catalogue says now")
{
    const std::filesystem::path path = std::filesystem::path(BULKHEAD_SOURCE_DIR) / "docs" / "reference" / "faults.md";
    std::ostringstream kept;
    kept << std::ifstream(path).rdbuf();
    const bool is_fresh = kept.str() == report::faults_markdown();
    CHECK_MESSAGE(is_fresh,
                  "the page is stale; renew it: bulkhead list faults --format markdown > docs/reference/faults.md");
}

TEST_CASE("the page of all faults has a row and a section for each, but for those aimed at the harness")
{
    const std::string page = report::faults_markdown();
    for (const model::FaultRow& row : model::catalogue()) {
        const std::string id(row.id);
        CAPTURE(id);
        const bool shown = row.family != model::Family::harness;
        CHECK((page.find("| [`" + report::id_as_typed(row) + "`](#" + id + ") |") != std::string::npos) == shown);
        CHECK((page.find("\n### " + id + "\n") != std::string::npos) == shown);
        if (shown && !row.subtle.empty()) {
            CHECK(page.find("*Subtle*: " + std::string(row.subtle.substr(0, 20))) != std::string::npos);
        }
    }
    CHECK(page.find("| sharers (lock) | stalled | intact; hosts share the lock: stalled |  |") != std::string::npos);
    CHECK(page.find("| intact | root |") != std::string::npos);
}

TEST_CASE("where hosts may share the medium of a fault, both predictions stand side by side")
{
    CHECK(settings("hold-lock") ==
          Texts{"hosts share nothing: stalled/intact", "hosts share the lock: stalled/stalled"});
    CHECK(settings("segv-null") == Texts{"hosts share nothing: died/intact", "guard siglongjmp: intact/intact"});
    CHECK(settings("abort") == Texts{"hosts share nothing: died/intact"});
    CHECK(settings("die-holding-lock") == Texts{"hosts share nothing: stalled/intact",
                                                "hosts share the lock: stalled/stalled",
                                                "hosts share a robust lock: intact/intact"});
    CHECK(settings("thread-bomb") ==
          Texts{"a pids cgroup for each host: contaminated/intact", "RLIMIT_NPROC: contaminated/contaminated"});
    CHECK(settings("cpu-hog") ==
          Texts{"a share for each session: degraded/intact", "a share for each thread: degraded/degraded"});
    CHECK(settings("group-signal:SIGTERM") ==
          Texts{"hosts share nothing: died/intact", "hosts share the group: died/died"});
}

TEST_CASE("what a fault leaves behind outlives its victim and a guard")
{
    CHECK(settings("segv-holding-lock").back() == "guard siglongjmp: stalled/intact");
    CHECK(report::describe_leaves(model::row_of(fault("segv-holding-lock")).leaves) ==
          "stalls its cell-mates, and whoever else shares the lock; unless the lock is robust");
    CHECK(report::describe_leaves(model::row_of(fault("abort")).leaves).empty());
    CHECK(report::describe_guards(fault("segv-holding-lock")).ends_with("what the fault left behind stays"));
}

TEST_CASE("guards are told of where a fault ends the process by the victim's own doing, and of nothing else")
{
    CHECK(report::describe_guards(fault("uncaught-exception")) == "with catch the victim goes on with its work");
    CHECK(report::describe_guards(fault("abort")) == "none helps");
    CHECK(report::describe_guards(fault("protect-page")) == "none helps: it strikes again, or strikes cell-mates too");
    CHECK(report::describe_guards(fault("kill:SIGTERM")).empty());
    CHECK(report::describe_guards(fault("umask")).empty());
}
