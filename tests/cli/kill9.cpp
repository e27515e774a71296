// kill -9 of the supervisor, at any moment: nobody of its pools lives on, not even as a zombie, nothing is left, and no
// finished trial is lost.
#include "tests/cli/orphans.hpp"
#include "tests/cli/run_binary.hpp"

#include "harness/model/random.hpp"
#include "harness/store/store.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fstream>
#include <optional>
#include <set>
#include <thread>
#include <unistd.h>

namespace bulkhead::tests {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// What a run could leave behind outside its own folder.
std::set<fs::path> leftovers()
{
    std::set<fs::path> found;
    std::error_code ignored;
    for (const fs::path& folder : {fs::path("/dev/shm"), fs::temp_directory_path()}) {
        for (const auto& entry : fs::directory_iterator(folder, ignored)) {
            const std::string name = entry.path().filename();
            // Other tests may run at the same time.
            if (name.starts_with("bulkhead") && !name.starts_with(prefix_of_tests)) {
                found.insert(entry.path());
            }
        }
    }
    return found;
}

constexpr const char* unsupervised = R"(schema = 1
name = "x"
[pool]
shapes = ["8x1", "2x3"]
[fault]
kinds = ["segv-null", "thread-exit", "exec-replace"]
)";
/// Most of the time, somebody is being ended or launched anew.
constexpr const char* supervised = R"(schema = 1
name = "x"
[pool]
shapes = ["8x1", "2x3"]
[fault]
kinds = ["segv-null"]
[supervise]
strategy = ["one-for-all", "rest-for-one"]
strikes = 5
)";

/// Most of the time, clients have connections open, to workers and to the listener that the supervisor keeps.
constexpr const char* serving = R"(schema = 1
name = "x"
[pool]
shapes = ["8x1", "2x3"]
workload = "serve"
[fault]
kinds = ["segv-null"]
at = "inside-op"
after_ops = 3
[supervise]
strategy = ["one-for-one", "never"]
[observe]
window = "5s"
)";

constexpr std::array files{supervised, unsupervised, serving};

/// Trials in the results; nullopt while the file is being made.
std::optional<std::uint32_t> trials_in(const fs::path& results)
{
    try {
        return fs::exists(results) ? std::optional(store::Reader(results).trial_count()) : std::nullopt;
    } catch (const store::StoreError&) {
        return std::nullopt;
    }
}

std::uint32_t await_first_trial(const fs::path& results)
{
    const auto deadline = Clock::now() + 60s;
    while (Clock::now() < deadline) {
        if (const auto count = trials_in(results); count && *count > 0) {
            return *count;
        }
        std::this_thread::sleep_for(2ms);
    }
    return 0;
}

/// Every recorded trial is whole.
void check_results(const fs::path& results, std::uint32_t at_least)
{
    const store::Reader reader(results);
    std::uint32_t count = 0;
    reader.for_each([&count](const model::TrialRecord& record) {
        CHECK(record.hosts.size() == record.plan.shape.hosts);
        CHECK(record.workers.size() == record.plan.shape.workers());
        ++count;
    });
    CHECK(count == reader.trial_count());
    CHECK(count >= at_least);
    CHECK(reader.ended().empty());
}

} // namespace

TEST_CASE(
    "after kill -9 of the supervisor nobody lives on and no zombie stays, nothing is left, and every finished trial "
    "is in the results")
{
    model::Random random(20);
    const Orphanage orphanage;
    const auto before = leftovers();
    for (int round = 0; round < 50; ++round) {
        const TempDir folder;
        // A copy of the host under a name (comm) that nobody else has.
        const std::string name = fmt::format("b9-{}-{}", ::getpid(), round);
        const fs::path host = folder.path() / name;
        fs::copy_file(BULKHEAD_HOST_BINARY, host);
        const fs::path results = folder.path() / "r.db";
        const int lanes = round % 3 == 0 ? 2 : 1;
        std::ofstream{folder.path() / "x.toml"} << files[static_cast<std::size_t>(round % 5) % files.size()];
        Program program({"run", "x.toml", "--trials", "100000", "--launch", round % 2 == 0 ? "zygote" : "exec",
                         "--jobs", std::to_string(lanes), "--out", "r.db"},
                        {folder.path(), {"BULKHEAD_HOST=" + host.string()}, false, {}});
        const bool at_the_start = round % 5 == 4; // perhaps before there is a file, a zygote or a host
        if (!at_the_start) {
            REQUIRE(await_first_trial(results) > 0);
            REQUIRE(within(120s, [&] { return any_process_named(name); }));
        }
        std::this_thread::sleep_for(std::chrono::microseconds(random.below(60'000))); // a random moment
        const std::uint32_t finished = trials_in(results).value_or(at_the_start ? 0 : 1);
        program.send(SIGKILL);
        const Ended ended = program.wait();
        CHECK(ended.how == sys::Termination(sys::Signaled{SIGKILL, false}));

        const auto orphans = orphanage.reap_all(1s);
        REQUIRE(orphans.has_value());
        CHECK(*orphans <= lanes * (8 + 1)); // one pool and its zygote a lane: those of all pools before were reaped
        CHECK_FALSE(any_process_named(name));
        if (!at_the_start || trials_in(results)) { // what was being made is no file of results yet
            check_results(results, finished);
        }
    }
    CHECK(leftovers() == before);
}

} // namespace bulkhead::tests
