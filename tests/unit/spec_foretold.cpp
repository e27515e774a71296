#include "spec_reading.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <variant>

using namespace bulkhead;
using namespace bulkhead::spec;
using namespace bulkhead::spec::test;

TEST_CASE("a signal from outside is refused where a guard would jump from wherever it finds the worker")
{
    const auto found_with = [](std::string_view pool, std::string_view fault) {
        return mistakes_in(experiment_of(pool, fault));
    };
    for (const char* const signal : {"SIGSEGV", "SIGBUS", "SIGFPE"}) {
        for (const char* const fault : {"kill", "tgkill", "group-signal"}) {
            const std::string word = fmt::format("{}:{}", fault, signal);
            const Diagnostics found = found_with("guard = [\"none\", \"siglongjmp\"]\n", word);
            REQUIRE(found.size() == 1);
            CHECK(found.front().message ==
                  fmt::format("what guard = \"siglongjmp\" does to \"{}\" depends on where it finds the worker", word));
            CHECK(found_with("guard = \"catch\"\n", word).empty());
        }
    }
    CHECK(found_with("guard = \"siglongjmp\"\n", "kill:SIGTERM").empty());
    // What was run by a version that took it can still be read.
    const std::string before = experiment_of("guard = \"siglongjmp\"\n", "kill:SIGSEGV");
    CHECK(std::holds_alternative<model::Experiment>(parse_recorded(before, "results.db")));
    CHECK(found_with("guard = \"siglongjmp\"\n", "segv-null").empty());
}

TEST_CASE("a repair is refused where hosts share the lock and each has a ledger of its own")
{
    const auto found_with = [](std::string_view pool, std::string_view fault) {
        return mistakes_in(experiment_of(fmt::format("workload = \"ledger\"\n{}\n", pool), fault));
    };
    const Diagnostics found =
        found_with("lock = [\"plain\", \"repair\"]\nshare = [\"nothing\", [\"lock\"]]", "torn-update");
    REQUIRE(found.size() == 1);
    CHECK(found.front().message ==
          "who takes the lock over after \"torn-update\" may be in a host without that ledger, "
          "where there is nothing to repair");
    CHECK(found_with("lock = \"repair\"\nshare = [\"lock\", \"segment\"]", "torn-update").empty());
    CHECK(found_with("lock = \"repair\"\nshare = [\"lock\"]", "abort").empty());
    CHECK(found_with("lock = \"robust\"\nshare = [\"lock\"]", "torn-update").empty());
    CHECK(found_with("lock = \"repair\"", "torn-update").empty());
}

TEST_CASE("a leak is refused where the limit on memory is a cgroup's, which lets it allocate for ever")
{
    const auto found_with = [](std::string_view limits) {
        return mistakes_in(experiment_of(fmt::format("limits = {}\n", limits), "memory-leak"));
    };
    const Diagnostics found = found_with("[{}, { memory = \"64MiB\", via = \"cgroup\" }]");
    REQUIRE(found.size() == 1);
    CHECK(found.front().message ==
          "\"memory-leak\" allocates until RLIMIT_AS refuses, and a memory cgroup refuses nothing");
    CHECK(found_with("{ threads = 40, via = \"cgroup\" }").size() == 1);
    CHECK(found_with("{ memory = \"64MiB\" }").empty());
}
