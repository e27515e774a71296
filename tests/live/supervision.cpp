// Who is launched anew when a host has ended, and who is ended for it.

#include "harness/sys/captured.hpp"
#include "tests/live/stand_in.hpp"
#include "tests/live/trials.hpp"

#include <algorithm>
#include <csignal>
#include <doctest/doctest.h>
#include <set>
#include <sys/wait.h>

using namespace bulkhead;
using model::Strategy;
using test::figure_of;
using test::options_with;
using test::plan_for;

namespace {

constexpr Strategy that_restart[] = {Strategy::one_for_one, Strategy::one_for_all, Strategy::rest_for_one};

model::TrialPlan supervised(Strategy strategy, std::string_view fault, std::string_view shape,
                            std::uint32_t strikes = 1, std::uint32_t max_restarts = 3)
{
    auto plan = plan_for(fault, shape);
    plan.variant.strategy = strategy;
    plan.containment.supervision = {
        .strategy = strategy, .max_restarts = max_restarts, .within = std::chrono::minutes{10}, .strikes = strikes};
    return plan;
}

bool nobody_is_left()
{
    return ::waitpid(-1, nullptr, WNOHANG) == -1;
}

/// A host that does this when it is the fifth to start, or a later one: the first replacement in a pool of four.
std::string from_the_fifth_on(const std::string& what)
{
    return "echo >> \"${0%/*}/starts\"\n[ $(wc -l < \"${0%/*}/starts\") -ge 5 ] && { " + what +
           "; }\nexec " BULKHEAD_HOST_BINARY " host";
}

std::uint32_t hosts_restarted(Strategy strategy, const model::TrialPlan& plan)
{
    std::uint32_t count = 0;
    for (std::uint32_t host = 0; host < plan.shape.hosts; ++host)
        count += model::restarts(strategy, host, plan.victim.host) ? 1 : 0;
    return count;
}

} // namespace

TEST_CASE("the stacks of a replacement that hangs are kept, and are told from those of the first host")
{
    if (sys::find_program("gdb").empty() && sys::find_program("eu-stack").empty()) {
        MESSAGE("skipped: neither eu-stack nor gdb is there");
        return;
    }
    const test::StandIn host{from_the_fifth_on("trap '' TERM; while :; do sleep 60; done")};
    auto plan = supervised(Strategy::one_for_one, "segv-null", "4x1");
    plan.launch = model::Launch::exec;
    plan.window = std::chrono::seconds{60}; // which a replacement has for getting ready
    auto options = options_with(host.path());
    options.trial_limit = std::chrono::seconds{4};
    const auto record = run::run_trial(plan, options);
    CHECK(record.inconclusive.find("it took longer than a trial may (4000 ms)") == 0);
    REQUIRE(record.restarts.size() == 1);
    const std::string marked = "(of its replacement, pid " + std::to_string(record.restarts[0].pid) + ")\n";
    for (const model::HostRecord& each : record.hosts)
        CHECK(each.stack.starts_with(marked) == (each.number == plan.victim.host));
    CHECK(record.hosts[plan.victim.host].stack.size() > marked.size());
}

TEST_CASE("each strategy spares whom it should, and its replacements work")
{
    for (const auto launch : {model::Launch::exec, model::Launch::zygote})
        for (const char* shape : {"8x1", "4x2", "1x8"})
            for (const Strategy strategy : that_restart) {
                auto plan = supervised(strategy, "segv-null", shape);
                plan.launch = launch;
                CAPTURE(shape);
                CAPTURE(to_string(strategy));
                const auto record = run::run_trial(plan, options_with());
                const auto judgement = model::judge(record);
                REQUIRE(judgement.inconclusive == "");
                CHECK(judgement.as_predicted);
                CHECK(judgement.survivors ==
                      predicted_survivors(plan.fault, plan.shape, plan.containment, plan.victim));
                const std::uint32_t expected = hosts_restarted(strategy, plan);
                CHECK(figure_of(record, "restarts") == expected);
                CHECK(figure_of(record, "collateral_restarts") == expected - 1);
                CHECK(figure_of(record, "given_up") == 0);
                CHECK(figure_of(record, "repair_time") > 0);
                for (const model::Restart& restart : record.restarts) {
                    CHECK(restart.ready.has_value());
                    CHECK(restart.ended_in_teardown);
                    CHECK(restart.pid != record.hosts[restart.host].pid);
                }
                CHECK(nobody_is_left());
            }
}

TEST_CASE("the record keeps what the first host of a place wrote, whoever came after it")
{
    const auto record = run::run_trial(supervised(Strategy::one_for_all, "segv-null", "4x2"), options_with());
    const auto& victim = record.workers[model::index_of(record.plan.victim, record.plan.shape)];
    CHECK(victim.ops_final == *record.fired_at_op);
    for (const model::HostRecord& host : record.hosts) {
        CHECK_FALSE(host.ended_in_teardown);
        CHECK_FALSE(host.box_spoiled);
        const int signal = host.number == record.plan.victim.host ? SIGSEGV : SIGTERM;
        CHECK(host.termination == sys::Termination{sys::Signaled{signal, false}});
    }
    for (const model::WorkerRecord& worker : record.workers) {
        CHECK(worker.ops_final >= worker.before->ops);
        CHECK_FALSE(worker.after.has_value());
    }
}

TEST_CASE("the victim's replacement is struck again, each time in a process of its own")
{
    for (const char* fault : {"segv-null", "kill:SIGKILL", "exit"}) {
        CAPTURE(fault);
        const auto record = run::run_trial(supervised(Strategy::one_for_one, fault, "4x2", 3), options_with());
        const auto judgement = model::judge(record);
        REQUIRE(judgement.inconclusive == "");
        CHECK(judgement.survivors == 6);
        CHECK(record.further_strikes.size() == 2);
        REQUIRE(record.restarts.size() == 3);
        std::set<std::int32_t> pids{record.hosts[record.plan.victim.host].pid};
        for (const model::Restart& restart : record.restarts)
            pids.insert(restart.pid);
        CHECK(pids.size() == 4);
        CHECK(record.restarts[0].strike == 1);
        CHECK(record.restarts[2].strike == 3);
        CHECK(*record.challenged > *record.further_strikes.back().end_seen); // the siblings, after the last of them
    }
}

TEST_CASE("one end too many, and the pool is given up: everybody is ended, and nobody launched")
{
    for (const char* shape : {"8x1", "4x2", "1x8"})
        for (const Strategy strategy : that_restart) {
            CAPTURE(shape);
            CAPTURE(to_string(strategy));
            const auto record = run::run_trial(supervised(strategy, "segv-null", shape, 5, 3), options_with());
            const auto judgement = model::judge(record);
            REQUIRE(judgement.inconclusive == "");
            CHECK(judgement.as_predicted);
            CHECK(judgement.survivors == 0);
            CHECK(record.given_up.has_value());
            CHECK(record.further_strikes.size() == 3); // the fourth in all is the one too many
            CHECK(record.restarts.back().strike == 3);
            for (const model::Restart& restart : record.restarts)
                CHECK_FALSE(restart.ended_in_teardown);
            CHECK(nobody_is_left());
        }
}

TEST_CASE("an end that no supervisor of processes can see has nobody launched anew")
{
    for (const char* fault : {"thread-exit", "exception-caught", "sleep-forever", "exec-replace", "freeze", "none"}) {
        CAPTURE(fault);
        const auto record = run::run_trial(supervised(Strategy::one_for_all, fault, "2x2"), options_with());
        const auto judgement = model::judge(record);
        REQUIRE(judgement.inconclusive == "");
        CHECK(judgement.as_predicted);
        CHECK(record.restarts.empty());
        CHECK_FALSE(record.given_up.has_value());
    }
}

TEST_CASE("hosts that share a process group are launched into it again, and into a new one when all of it is gone")
{
    for (const Strategy strategy : that_restart)
        for (const auto launch : {model::Launch::exec, model::Launch::zygote}) {
            auto plan = supervised(strategy, "segv-null", "4x1");
            plan.launch = launch;
            plan.victim = {0, 0}; // whose process gave the group its number
            plan.containment.shared = bit_of(model::Medium::group);
            CAPTURE(to_string(strategy));
            const auto record = run::run_trial(plan, options_with());
            const auto judgement = model::judge(record);
            REQUIRE(judgement.inconclusive == "");
            CHECK(judgement.as_predicted);
            CHECK(std::ranges::all_of(record.restarts, [](const auto& restart) { return restart.ready.has_value(); }));
        }
}

TEST_CASE("a lock that was left locked in shared memory outlasts every restart: nobody who comes gets ready")
{
    auto plan = supervised(Strategy::one_for_all, "segv-holding-lock", "2x1");
    plan.containment = test::containment_for(plan.fault, {.shared = bit_of(model::Medium::lock)});
    plan.containment.supervision.strategy = Strategy::one_for_all;
    plan.window = std::chrono::milliseconds{200};
    const auto record = run::run_trial(plan, options_with());
    const auto judgement = model::judge(record);
    REQUIRE(judgement.inconclusive == "");
    CHECK(judgement.survivors == 0);
    REQUIRE(record.restarts.size() == 2);
    CHECK(std::ranges::none_of(record.restarts, [](const auto& restart) { return restart.ready.has_value(); }));
    CHECK(figure_of(record, "availability") == -1);
    CHECK(nobody_is_left());
}

TEST_CASE("a restart that the environment refuses is no verdict but its reason, and leaves nobody behind")
{
    // The script is gone once the fourth has started, and so the fifth cannot be executed.
    const test::StandIn vanishes{"echo >> \"${0%/*}/starts\"\n[ $(wc -l < \"${0%/*}/starts\") -ge 4 ] && rm -f \"$0\"\n"
                                 "exec " BULKHEAD_HOST_BINARY " host"};
    auto plan = supervised(Strategy::one_for_all, "segv-null", "4x1");
    plan.launch = model::Launch::exec;
    const auto record = run::run_trial(plan, options_with(vanishes.path()));
    CAPTURE(record.inconclusive);
    CHECK(record.inconclusive.starts_with("the environment refused: execve"));
    CHECK(record.end_seen.has_value());
    CHECK(record.restarts.empty());
    CHECK(nobody_is_left());
}

TEST_CASE("a replacement that ends at its start is one more end: it is tried again until the pool is given up")
{
    const test::StandIn ends{from_the_fifth_on("exit 7")};
    auto plan = supervised(Strategy::one_for_one, "segv-null", "4x1");
    plan.launch = model::Launch::exec;
    const auto record = run::run_trial(plan, options_with(ends.path()));
    const auto judgement = model::judge(record);
    REQUIRE(judgement.inconclusive == "");
    CHECK(record.given_up.has_value());
    REQUIRE(record.restarts.size() == 3);
    for (const model::Restart& restart : record.restarts) {
        CHECK(restart.termination == sys::Termination{sys::Exited{7}});
        CHECK_FALSE(restart.ready.has_value());
    }
    CHECK(judgement.survivors == 0);
    CHECK_FALSE(judgement.as_predicted);
    CHECK(nobody_is_left());
}

TEST_CASE("siblings that do not heed SIGTERM are ended all the same")
{
    const test::StandIn heedless{"trap '' TERM; exec " BULKHEAD_HOST_BINARY " host"};
    auto plan = supervised(Strategy::one_for_all, "segv-null", "3x1");
    plan.launch = model::Launch::exec;
    const auto record = run::run_trial(plan, options_with(heedless.path()));
    const auto judgement = model::judge(record);
    REQUIRE(judgement.inconclusive == "");
    CHECK(judgement.as_predicted);
    CHECK(record.hosts[0].termination == sys::Termination{sys::Signaled{SIGKILL, false}});
    CHECK(std::ranges::all_of(record.restarts, [](const auto& restart) { return restart.ready.has_value(); }));
}
