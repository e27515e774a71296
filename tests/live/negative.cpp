// What must not become a verdict: hosts that do not start, do not work, do not end; a black box that lies.

#include "tests/live/stand_in.hpp"
#include "tests/live/trials.hpp"

#include <csignal>
#include <doctest/doctest.h>

using namespace bulkhead;
using test::options_with;
using test::plan_for;
using test::StandIn;

namespace {

/// Runs a trial that cannot be judged, and gives the reason.
std::string reason_with(const run::Options& options, model::Launch launch)
{
    auto plan = plan_for("segv-null", "2x1");
    plan.launch = launch;
    const auto record = run::run_trial(plan, options);
    CHECK(model::judge(record).inconclusive == record.inconclusive);
    CHECK(model::judge(record).outcomes.empty());
    return record.inconclusive;
}

bool contains(const std::string& text, std::string_view part)
{
    CAPTURE(text);
    CAPTURE(part);
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a host that is missing or may not be executed is named, with the remedy")
{
    for (const auto launch : {model::Launch::exec, model::Launch::zygote}) {
        const std::string missing = reason_with(options_with("/nonexistent/bulkhead-host"), launch);
        CHECK(contains(missing, "execve /nonexistent/bulkhead-host: No such file or directory"));
        CHECK(contains(missing, "BULKHEAD_HOST"));
        CHECK(contains(reason_with(options_with("/etc/passwd"), launch), "Permission denied"));
    }
}

TEST_CASE("a host that ends at its start is told with its code, and is no verdict")
{
    const StandIn ends{"exit 41"};
    CHECK(contains(reason_with(options_with(ends.path()), model::Launch::exec), "exited with code 41"));
    const StandIn crashes{"kill -SEGV $$"};
    CHECK(contains(reason_with(options_with(crashes.path()), model::Launch::exec), "killed by SIGSEGV"));
    for (const auto& [host, end] :
         {std::pair{&ends, "exited with code 41"}, std::pair{&crashes, "killed by SIGSEGV"}}) {
        const std::string reason = reason_with(options_with(host->path()), model::Launch::zygote);
        CHECK(contains(reason, "the zygote (" + host->path() + "), which "));
        CHECK(contains(reason, end));
    }
}

TEST_CASE("a host that hangs at its start is given up at the limit, also when it ignores SIGTERM")
{
    for (const std::string_view script : {"exec sleep 1000", "trap '' TERM; exec sleep 1000"}) {
        const StandIn hangs{std::string{script}};
        auto options = options_with(hangs.path());
        options.steady_limit = std::chrono::milliseconds{200};
        for (const auto launch : {model::Launch::exec, model::Launch::zygote})
            CHECK(contains(reason_with(options, launch), "no steady state"));
    }
}

TEST_CASE("a trial with a host that ignores SIGTERM still reaps it")
{
    const StandIn hangs{"trap '' TERM; exec sleep 1000"};
    auto options = options_with(hangs.path());
    options.steady_limit = std::chrono::milliseconds{200};
    auto plan = plan_for("segv-null", "2x1");
    plan.launch = model::Launch::exec;
    const auto record = run::run_trial(plan, options);
    for (const auto& host : record.hosts)
        CHECK(host.termination == sys::Termination{sys::Signaled{SIGKILL, false}});
}

TEST_CASE("a victim that fills its black box with random bytes misleads nobody about other hosts")
{
    for (std::uint64_t seed = 0; seed < 10; ++seed)
        for (const std::string_view shape : {"4x1", "2x4"}) {
            auto plan = plan_for("scribble-black-box", shape);
            plan.seed = seed;
            const auto record = run::run_trial(plan, options_with());
            CHECK(record.hosts[plan.victim.host].box_spoiled);
            REQUIRE(record.challenged.has_value());
            for (const auto& worker : record.workers)
                if (worker.id.host != plan.victim.host) {
                    REQUIRE(worker.after.has_value());
                    CHECK(worker.after->check_holds);
                    CHECK(worker.check_failures == 0);
                    CHECK_FALSE(record.hosts[worker.id.host].box_spoiled);
                }
            for (const auto& host : record.hosts)
                CHECK(host.termination.has_value());
            if (plan.shape.threads > 1) // its cell-mates' own record is lost with it: no verdict
                CHECK(model::judge(record).inconclusive != "");
        }
}

TEST_CASE("a fault that comes back without effect is no survival but no verdict")
{
    const StandIn ignores{"trap '' PIPE; exec " BULKHEAD_HOST_BINARY " host"}; // so that write(2) fails with EPIPE
    auto plan = plan_for("closed-pipe", "2x1");
    plan.launch = model::Launch::exec;
    const auto record = run::run_trial(plan, options_with(ignores.path()));
    CHECK(record.did_not_take);
    CHECK(contains(model::judge(record).inconclusive, "not-activated"));
}
