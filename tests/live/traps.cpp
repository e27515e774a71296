// Traps that real servers taught, in which a harness that looks less closely sees a verdict where there is none: each
// set on purpose.

#include "harness/run/launcher.hpp"
#include "harness/sys/limits.hpp"
#include "tests/live/ordinary_user.hpp"
#include "tests/live/stand_in.hpp"
#include "tests/live/trials.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <doctest/doctest.h>
#include <linux/sched.h>
#include <optional>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace bulkhead;
using test::host_behind;
using test::options_with;
using test::outcome_of;
using test::plan_for;

namespace {

/// Every host has ended and been reaped, and nobody else is left.
void check_all_reaped(const model::TrialRecord& record)
{
    CHECK(record.hosts.size() == record.plan.shape.hosts);
    for (const model::HostRecord& host : record.hosts)
        CHECK(host.termination.has_value());
    CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
}

model::TrialPlan exec_plan_for(std::string_view fault, std::string_view shape)
{
    auto plan = plan_for(fault, shape);
    plan.launch = model::Launch::exec;
    return plan;
}

} // namespace

TEST_CASE("a signal that every thread has blocked stays pending: nobody dies, and that is no verdict")
{
    const auto blocks = host_behind("block " + std::to_string(SIGTERM));
    for (const std::string_view kind : {"tgkill:", "kill:"}) {
        CAPTURE(kind);
        auto plan = exec_plan_for(std::string{kind} + "TERM", "2x2");
        plan.window = std::chrono::milliseconds{100};
        const auto record = run::run_trial(plan, options_with(blocks.path()));
        const auto judgement = model::judge(record);
        CAPTURE(judgement.inconclusive);
        CHECK(judgement.inconclusive.starts_with("not-activated: expected killed by SIGTERM, saw its process live on"));
        CHECK(judgement.outcomes.empty());
        CHECK(record.fired.has_value());
        CHECK_FALSE(record.end_seen.has_value());
        for (const model::HostRecord& host : record.hosts)
            CHECK(host.ended_in_teardown);
        check_all_reaped(record);

        // It is the mask that does it: a signal that is not blocked ends the same host.
        const auto other = run::run_trial(exec_plan_for(std::string{kind} + "INT", "2x2"), options_with(blocks.path()));
        CHECK(model::judge(other).inconclusive == "");
        CHECK(model::judge(other).as_predicted);
    }
}

TEST_CASE("a thread that vanished leaves every process alive, and is missed at once")
{
    constexpr std::size_t rounds = 5;
    constexpr auto at_once = std::chrono::nanoseconds{std::chrono::milliseconds{200}}.count();
    for (const std::uint32_t victim : {2U, 0U}) { // the main thread's end is told by no descriptor
        CAPTURE(victim);
        std::vector<model::Stamp> delays;
        for (std::size_t round = 0; round < rounds; ++round) {
            auto plan = plan_for("thread-vanishes", "1x3");
            plan.victim = {0, victim};
            const auto record = run::run_trial(plan, options_with());
            const auto judgement = model::judge(record);
            REQUIRE(judgement.inconclusive == "");
            CHECK(record.hosts[0].ended_in_teardown);
            for (std::uint32_t i = 0; i < 3; ++i) {
                CAPTURE(i);
                CHECK(record.workers[i].thread_end_seen.has_value() == (i == victim));
                CHECK(outcome_of(judgement, i) == (i == victim ? "died" : "intact"));
            }
            check_all_reaped(record);
            REQUIRE(record.fired.has_value());
            REQUIRE(record.end_seen.has_value());
            delays.push_back(*record.end_seen - *record.fired);
        }
        CHECK(std::ranges::min(delays) < at_once); // the machine may take the processor away in any of them
    }
}

TEST_CASE("in a memory cgroup that hosts share the kernel kills whom it likes, which is not as predicted")
{
    const auto fault = *model::parse_fault("oom-kill");
    if (const std::string reason = test::why_skipped(fault); !reason.empty()) {
        MESSAGE("skipped: " << reason);
        return;
    }
    model::Containment containment;
    containment.shared = bit_of(model::Medium::cgroup);
    auto plan = plan_for("oom-kill", "2x1", containment);
    plan.launch = model::Launch::exec;
    const std::uint32_t innocent = 1 - plan.victim.host;
    const auto spares = host_behind("spare " + std::to_string(plan.victim.host));
    const auto record = run::run_trial(plan, options_with(spares.path()));
    const auto judgement = model::judge(record);
    CAPTURE(judgement.inconclusive);
    CHECK(record.oom_kills.value_or(0) >= 1);
    CHECK(record.hosts[innocent].termination == sys::Termination{sys::Signaled{SIGKILL, false}});
    CHECK_FALSE(record.hosts[innocent].ended_in_teardown);
    CHECK(judgement.inconclusive == "");
    CHECK(outcome_of(judgement, innocent) == "died");
    CHECK_FALSE(judgement.as_predicted);
    check_all_reaped(record);

    // It is the sharing that does it: in a cgroup of its own the same host lives.
    plan.containment = test::containment_for(fault);
    const auto apart = run::run_trial(plan, options_with(spares.path()));
    CHECK(model::judge(apart).inconclusive == "");
    CHECK(model::judge(apart).as_predicted);
    CHECK(apart.hosts[innocent].ended_in_teardown);
}

TEST_CASE("RLIMIT_NPROC is no limit for root: its threads are held by a pids cgroup, or the fault is skipped")
{
    const model::Offer& offer = run::offer_of_machine();
    CHECK((offer.thread_limit == model::ThreadLimit::nproc) == sys::is_held_by_nproc());
    if (::geteuid() != 0) {
        MESSAGE("skipped: only root can see this");
        return;
    }
    CHECK(offer.thread_limit != model::ThreadLimit::nproc);
    const auto plan = plan_for("thread-bomb", "2x2");
    CHECK(plan.containment.thread_limit == offer.thread_limit);
    if (offer.thread_limit == model::ThreadLimit::none) {
        CHECK(test::why_skipped(plan.fault) != "");
        return;
    }
    const auto record = run::run_trial(plan, options_with());
    const auto judgement = model::judge(record);
    CHECK(judgement.inconclusive == "");
    CHECK(judgement.as_predicted);
    CHECK(judgement.survivors == 2); // those in the other host, whose cgroup is another
    check_all_reaped(record);
}

TEST_CASE("RLIMIT_NPROC holds an ordinary user, all of whose hosts it counts together")
{
    const auto host = test::host_for_everybody();
    auto plan = exec_plan_for("thread-bomb", "2x2");
    plan.containment.thread_limit = model::ThreadLimit::nproc;
    bool is_held = false;
    model::TrialRecord record;
    const bool done = test::as_ordinary_user([&] {
        is_held = sys::is_held_by_nproc();
        record = run::run_trial(plan, options_with(host.path()));
    });
    if (!done) {
        MESSAGE("skipped: root's rights cannot be given up here");
        return;
    }
    CHECK(is_held);
    const auto judgement = model::judge(record);
    REQUIRE(judgement.inconclusive == "");
    CHECK(judgement.as_predicted);
    CHECK(judgement.survivors == 0);
    check_all_reaped(record);
}

namespace {

sys::Pidfd sleeper()
{
    return run::launch("/bin/sleep", "60", sys::open_null(), {});
}

/// A new process of that pid, as only root may ask for (clone3(2), set_tid). Empty with the error in errno.
sys::Pidfd start_with_pid(pid_t pid)
{
    pid_t wanted = pid;
    int descriptor = -1;
    clone_args arguments{};
    arguments.flags = CLONE_PIDFD;
    arguments.pidfd = reinterpret_cast<std::uintptr_t>(&descriptor);
    arguments.exit_signal = SIGCHLD;
    arguments.set_tid = reinterpret_cast<std::uintptr_t>(&wanted);
    arguments.set_tid_size = 1;
    const long child = ::syscall(SYS_clone3, &arguments, sizeof arguments);
    if (child == 0) { // no copy of this test lives on: it becomes another program at once
        ::execl("/bin/sleep", "sleep", "60", nullptr);
        ::_exit(127);
    }
    return child < 0 ? sys::Pidfd{} : sys::Pidfd{static_cast<pid_t>(child), sys::Fd{descriptor}};
}

/// How the process ends, for which it has ten seconds.
std::optional<sys::Termination> end_of(const sys::Pidfd& process)
{
    pollfd ended{process.descriptor().number(), POLLIN, 0};
    ::poll(&ended, 1, 10'000);
    return process.reap();
}

} // namespace

TEST_CASE("a signal to a host that was reaped hits nobody, whoever has its pid by then")
{
    constexpr int attempts = 20; // somebody else may get the pid first
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const sys::Pidfd old = sleeper();
        CHECK(old.signal(0));
        old.kill_and_reap();
        CHECK_FALSE(old.signal(SIGKILL));

        const sys::Pidfd successor = start_with_pid(old.pid());
        if (!successor && (errno == EEXIST || errno == EAGAIN))
            continue;
        if (!successor) {
            MESSAGE("skipped: a new process cannot be given a chosen pid: " << std::strerror(errno));
            return;
        }
        REQUIRE(successor.pid() == old.pid());
        CHECK_FALSE(old.signal(SIGKILL));
        // Had that been for the successor, it would be what ends it; a signal by the number is for it.
        CHECK(::kill(old.pid(), SIGTERM) == 0);
        CHECK(end_of(successor) == sys::Termination{sys::Signaled{SIGTERM, false}});
        return;
    }
    MESSAGE("skipped: others took the pid each time");
}
