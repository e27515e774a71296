// Whoever is stopped, killed or made to hang, at whatever point of a trial: the lane goes on, the trial is recorded
// with the reason, and nobody is left of it.

#include "harness/run/onlooker.hpp"
#include "harness/run/refusal.hpp"
#include "harness/sys/captured.hpp"
#include "harness/sys/clock.hpp"
#include "harness/sys/limits.hpp"
#include "harness/sys/line.hpp"
#include "tests/live/stand_in.hpp"
#include "tests/live/trials.hpp"
#include "workers/blackbox.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace bulkhead;
using namespace std::chrono_literals;
using test::options_with;
using test::plan_for;

namespace {

constexpr auto none_left = [] { return ::waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD; };

bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

std::chrono::nanoseconds duration_of(const model::TrialRecord& record)
{
    return std::chrono::nanoseconds{record.finished - record.started};
}

/// Children of the calling thread that were started for this part: "host", "zygote", "janitor".
std::vector<pid_t> children_for(std::string_view part)
{
    std::vector<pid_t> found;
    std::ifstream children("/proc/thread-self/children");
    for (pid_t child = 0; children >> child;) {
        std::ifstream file("/proc/" + std::to_string(child) + "/cmdline");
        std::string program;
        std::string argument;
        std::getline(file, program, '\0');
        std::getline(file, argument, '\0');
        if (argument == part)
            found.push_back(child);
    }
    return found;
}

/// Does something at each step of the trial of that number, from 1, and at its beginning (nullopt); in the lane's
/// thread.
class AtTrial : public run::Onlooker {
public:
    using Action = std::function<void(std::optional<Step>)>;
    AtTrial(std::uint32_t trial, Action action) : trial_(trial), action_(std::move(action)) {}

    void begun(std::uint32_t, const model::TrialPlan&, model::Stamp) override
    {
        ++begun_;
        act_at(std::nullopt);
    }
    void launched(std::uint32_t, std::uint32_t, const sys::Fd&, model::Stamp) override {}
    void reached(std::uint32_t, Step step, model::Stamp) override { act_at(step); }
    void ended(std::uint32_t, std::uint32_t, const sys::Termination&, model::Stamp, bool) override {}

private:
    void act_at(std::optional<Step> step)
    {
        if (begun_ == trial_)
            action_(step);
    }

    std::uint32_t trial_;
    Action action_;
    std::uint32_t begun_ = 0;
};

void signal_all(const std::vector<pid_t>& processes, int signal)
{
    CHECK_FALSE(processes.empty());
    for (const pid_t process : processes)
        ::kill(process, signal);
}

/// Waits until a signal has stopped or ended it.
bool await_change_of(pid_t child)
{
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    siginfo_t seen{};
    while (::waitid(P_PID, static_cast<id_t>(child), &seen, WSTOPPED | WEXITED | WNOHANG | WNOWAIT) == 0 &&
           seen.si_pid == 0) {
        if (std::chrono::steady_clock::now() >= deadline)
            return false;
        std::this_thread::sleep_for(1ms);
    }
    return seen.si_pid == child;
}

/// Like another lane's child between clone(2) and execve(2): it has a copy of every descriptor there is.
pid_t start_holder()
{
    const pid_t holder = ::fork();
    if (holder == 0)
        for (::alarm(60);;)
            ::pause();
    return holder;
}

/// A process that traces that one, and never waits for it; 0: it may not.
pid_t start_tracer(pid_t traced)
{
    const pid_t tracer = ::fork();
    if (tracer == 0) {
        ::alarm(60);
        if (::ptrace(PTRACE_SEIZE, traced, nullptr, nullptr) < 0)
            ::_exit(1);
        for (::raise(SIGSTOP);;) // it is told by this that it traces
            ::pause();
    }
    siginfo_t seen{};
    ::waitid(P_PID, static_cast<id_t>(tracer), &seen, WSTOPPED | WEXITED | WNOWAIT);
    return seen.si_code == CLD_STOPPED ? tracer : 0;
}

void stop_zygote(std::optional<run::Onlooker::Step> step)
{
    if (!step)
        signal_all(children_for("zygote"), SIGSTOP);
}

model::Experiment experiment_of(std::string_view fault, std::uint32_t trials, model::Launch launch)
{
    model::Experiment experiment;
    experiment.shapes = {{2, 1}};
    experiment.faults = {model::parse_fault(fault).value()};
    experiment.trials = trials; // and a golden one
    experiment.launch = launch;
    experiment.golden_share = 0;
    return experiment;
}

/// Every trial, in the order in which they were run.
std::vector<model::TrialRecord> run_all(const model::Experiment& experiment, const run::Options& options)
{
    std::vector<model::TrialRecord> records;
    const run::Stop stop;
    const auto end = run::run_campaign(
        experiment, options, [&](const model::TrialRecord& record) { records.push_back(record); }, stop);
    CHECK_FALSE(end.interrupted);
    CHECK(none_left());
    return records;
}

/// Until it is gone, whoever makes this system call in `action`, or in a process that `action` has started, hangs in
/// it; or is stopped by SIGSTOP in the middle of it. False where filters are not allowed.
bool with_a_call_that_hangs(std::uint32_t call, bool stop, const std::function<void()>& action)
{
    std::array<sock_filter, 4> filter{
        sock_filter BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1),
        sock_filter BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
        sock_filter BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog program{filter.size(), filter.data()};
    std::atomic<int> listener = -2;
    std::thread acting{[&] {
        ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        listener = static_cast<int>(
            ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program));
        if (listener >= 0)
            action();
    }};
    while (listener == -2)
        std::this_thread::sleep_for(1ms);
    const sys::Fd notices{listener};
    std::atomic<bool> over = false;
    std::thread stopping{[&] {
        while (notices && !over) {
            seccomp_notif notice{};
            if (sys::await_readable(notices, 10ms) && ::ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &notice) == 0 && stop)
                ::kill(static_cast<pid_t>(notice.pid), SIGSTOP);
        }
    }};
    acting.join();
    over = true;
    stopping.join();
    return static_cast<bool>(notices);
}

/// A holder has a copy of all that the supervisor has in steady state.
model::TrialRecord run_beside_holder(const model::TrialPlan& plan)
{
    pid_t holder = 0;
    AtTrial holds{1, [&](std::optional<run::Onlooker::Step> step) {
                      if (step == run::Onlooker::Step::steady)
                          holder = start_holder();
                  }};
    auto options = options_with();
    options.onlooker = &holds;
    auto record = run::run_trial(plan, options);
    ::kill(holder, SIGKILL);
    CHECK(::waitpid(holder, nullptr, 0) == holder);
    return record;
}

} // namespace

TEST_CASE("a zygote that somebody stops costs the trial its verdict, and the next one has another zygote")
{
    auto options = options_with();
    options.steady_limit = 3s;
    AtTrial stops{2, &stop_zygote};
    options.onlooker = &stops;
    const auto records = run_all(experiment_of("abort", 3, model::Launch::zygote), options);
    REQUIRE(records.size() == 4);
    for (std::size_t i = 0; i < records.size(); ++i)
        CHECK(records[i].inconclusive ==
              (i == 1 ? "no steady state: the zygote had not launched all hosts within 3000 ms" : ""));
    CHECK(duration_of(records[1]) < 30s);
    if (!sys::find_program("gdb").empty() || !sys::find_program("eu-stack").empty())
        CHECK(records[1].hosts[0].stack.starts_with("(of the zygote that was to launch it, pid "));
}

TEST_CASE("where the trial's limit comes first, its reason names the zygote that has not replied")
{
    auto options = options_with();
    options.trial_limit = 2s;
    AtTrial stops{2, &stop_zygote};
    options.onlooker = &stops;
    const auto records = run_all(experiment_of("abort", 3, model::Launch::zygote), options);
    REQUIRE(records.size() == 4);
    CHECK(records[1].inconclusive ==
          "it took longer than a trial may (2000 ms); the zygote had not said what became of the others");
    CHECK(records[2].inconclusive == "");
}

TEST_CASE("hosts that a zygote has forked and not told of when it is killed do not outlive the trial")
{
    const auto mute = test::host_behind("mute " + std::to_string(SYS_sendto));
    for (const std::string_view shape : {"4x1", "20x1"}) {
        const auto record = run::run_trial(plan_for("abort", shape), options_with(mute.path()));
        CHECK(contains(record.inconclusive, "recv from the zygote"));
        CHECK(duration_of(record) < 30s);
        CHECK(none_left());
    }
}

TEST_CASE("a launch that hangs on its way to the program is given up at the limit, also when somebody stops it there")
{
    struct Way {
        std::uint32_t call;
        model::Launch launch;
    };
    constexpr auto exec = model::Launch::exec;
    constexpr auto zygote = model::Launch::zygote;
    for (const bool stop : {false, true})
        for (const Way& way :
             {Way{SYS_execve, exec}, Way{SYS_execve, zygote}, Way{SYS_prctl, exec}, Way{SYS_setsid, zygote}}) {
            CAPTURE(stop);
            CAPTURE(way.call);
            auto plan = plan_for("abort", "2x1");
            plan.launch = way.launch;
            auto options = options_with();
            options.steady_limit = 300ms;
            model::TrialRecord record;
            const bool done = with_a_call_that_hangs(way.call, stop, [&] {
                record = run::run_trial(plan, options);
                CHECK(none_left());
            });
            if (!done) {
                MESSAGE("skipped: no system call filters for this user here");
                return;
            }
            CAPTURE(record.inconclusive);
            CHECK(contains(record.inconclusive, "execve " BULKHEAD_HOST_BINARY ": Connection timed out"));
            CHECK(duration_of(record) < 30s);
        }
}

TEST_CASE("to find out whether RLIMIT_NPROC holds ends, also when the one who tries it is stopped")
{
    for (const bool stop : {false, true}) {
        bool refused = false;
        const bool done = with_a_call_that_hangs(SYS_prlimit64, stop, [&] {
            try {
                static_cast<void>(sys::is_held_by_nproc());
            } catch (const std::system_error&) {
                refused = true;
            }
        });
        if (!done) {
            MESSAGE("skipped: no system call filters for this user here");
            return;
        }
        CHECK(refused);
        CHECK(none_left());
    }
}

TEST_CASE("to find out whether RLIMIT_NPROC holds is refused where there is no timer that would end it")
{
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_SIGPENDING, &before) == 0);
    const rlimit none{0, before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_SIGPENDING, &none) == 0);
    std::string why;
    try {
        static_cast<void>(sys::is_held_by_nproc());
    } catch (const std::system_error& refused) {
        why = run::describe_refusal(refused);
    }
    REQUIRE(::setrlimit(RLIMIT_SIGPENDING, &before) == 0);
    CHECK(why == "the environment refused: timer_create: Resource temporarily unavailable (no more pending signals are "
                 "allowed; raise ulimit -i)");
    CHECK(none_left());
}

TEST_CASE("a host that gets ready only while the stacks are taken was not ready in time")
{
    const test::StandIn late{R"(sleep 1; exec "${0%/*}/bulkhead-host" "$1")", {BULKHEAD_HOST_BINARY}};
    const test::StandIn debugger{"sleep 2"};
    const std::string folder = std::filesystem::path{debugger.path()}.parent_path();
    std::filesystem::create_symlink("host", folder + "/eu-stack");
    const std::string before = std::getenv("PATH");
    ::setenv("PATH", (folder + ":" + before).c_str(), 1);
    auto plan = plan_for("none", "1x1");
    plan.launch = model::Launch::exec;
    auto options = options_with(late.path());
    options.steady_limit = 300ms;
    const auto record = run::run_trial(plan, options);
    ::setenv("PATH", before.c_str(), 1);
    CHECK(record.inconclusive == "no steady state: worker p0t0 had not completed its first " +
                                     std::to_string(plan.evidence_ops) + " ops within 300 ms");
    CHECK(none_left());
}

TEST_CASE("a host that somebody traces, and does not wait for, is given up when it was killed")
{
    pid_t tracer = 0;
    pid_t traced = 0;
    auto options = options_with();
    AtTrial traces{1, [&](std::optional<run::Onlooker::Step> step) {
                       if (step != run::Onlooker::Step::steady)
                           return;
                       const auto hosts = children_for("host");
                       REQUIRE(hosts.size() == 2);
                       traced = hosts.front();
                       tracer = start_tracer(traced);
                   }};
    options.onlooker = &traces;
    auto plan = plan_for("none", "2x1");
    plan.launch = model::Launch::exec;
    const auto record = run::run_trial(plan, options);
    if (tracer == 0) {
        MESSAGE("skipped: nobody may trace here");
        ::waitpid(-1, nullptr, 0);
        return;
    }
    ::kill(tracer, SIGKILL);
    CHECK(::waitpid(tracer, nullptr, 0) == tracer);
    CHECK(::waitpid(traced, nullptr, 0) == traced); // nobody else was to
    CHECK(duration_of(record) < 30s);
    CHECK(contains(record.inconclusive, " had not ended 5000 ms after SIGKILL: it hangs in the kernel, or is traced"));
    CHECK(none_left());
}

TEST_CASE("hosts that are stopped when they are to end are killed")
{
    for (const auto launch : {model::Launch::exec, model::Launch::zygote}) {
        auto plan = plan_for("none", "2x1");
        plan.launch = launch;
        auto options = options_with();
        AtTrial stops{1, [launch](std::optional<run::Onlooker::Step> step) {
                          if (step != run::Onlooker::Step::challenged)
                              return;
                          const bool forked = launch == model::Launch::zygote; // and so by the same command line
                          auto hosts = children_for(forked ? "zygote" : "host");
                          if (forked && !hosts.empty())
                              hosts.erase(hosts.begin()); // the eldest of them is the zygote
                          signal_all(hosts, SIGSTOP);
                      }};
        options.onlooker = &stops;
        const auto record = run::run_trial(plan, options);
        CHECK(duration_of(record) < 30s);
        REQUIRE(record.hosts.size() == 2);
        for (const model::HostRecord& host : record.hosts)
            CHECK(host.termination == sys::Termination{sys::Signaled{SIGKILL, false}});
        CHECK(none_left());
    }
}

TEST_CASE("a host that somebody else stops is no stalled one, under a fault that stops processes neither")
{
    for (const std::string_view fault : {"none", "freeze"}) {
        CAPTURE(fault);
        auto plan = plan_for(fault, "3x1");
        plan.launch = model::Launch::exec;
        plan.victim = {2, 0};
        plan.window = 200ms;
        auto options = options_with();
        AtTrial stops{1, [](std::optional<run::Onlooker::Step> step) {
                          if (step == run::Onlooker::Step::steady)
                              signal_all({children_for("host").front()}, SIGSTOP);
                      }};
        options.onlooker = &stops;
        const auto record = run::run_trial(plan, options);
        CHECK(contains(model::judge(record).inconclusive,
                       "was stopped by others, or may wait for one at a disk: that is no stall"));
        CHECK(none_left());
    }
}

TEST_CASE("a victim that is gone before the fault is known at once, and of a golden run it is a loss")
{
    for (const std::string_view fault : {"none", "kill:TERM", "segv-null"}) {
        CAPTURE(fault);
        auto plan = plan_for(fault, "2x1");
        plan.launch = model::Launch::exec;
        plan.victim = {1, 0};
        plan.window = 60s; // which nobody waits for
        auto options = options_with();
        AtTrial ends{1, [](std::optional<run::Onlooker::Step> step) {
                         if (step != run::Onlooker::Step::steady)
                             return;
                         const auto hosts = children_for("host");
                         signal_all({hosts.back()}, SIGKILL);
                         CHECK(await_change_of(hosts.back()));
                     }};
        options.onlooker = &ends;
        const auto record = run::run_trial(plan, options);
        const auto judgement = model::judge(record);
        CHECK(duration_of(record) < 30s);
        if (fault == "none") {
            CHECK(judgement.inconclusive == "");
            CHECK_FALSE(judgement.as_predicted);
        } else {
            CHECK(judgement.inconclusive != "");
        }
        CHECK(none_left());
    }
}

TEST_CASE("a host that ends by itself before the teardown was not ended by that, whether or not it had answered")
{
    auto plan = plan_for("none", "2x1");
    plan.launch = model::Launch::exec;
    auto options = options_with();
    AtTrial ends{1, [](std::optional<run::Onlooker::Step> step) {
                     if (step != run::Onlooker::Step::challenged)
                         return;
                     const auto hosts = children_for("host");
                     signal_all({hosts.back()}, SIGKILL);
                     CHECK(await_change_of(hosts.back()));
                 }};
    options.onlooker = &ends;
    const auto record = run::run_trial(plan, options);
    REQUIRE(record.hosts.size() == 2);
    CHECK(std::ranges::count(record.hosts, true, &model::HostRecord::ended_in_teardown) == 1);
    CHECK_FALSE(model::judge(record).as_predicted);
    CHECK(none_left());
}

TEST_CASE("a host that makes its bell block for everybody keeps nobody from the next trial")
{
    const auto dull = test::host_behind("dull " + std::to_string(workers::bell_descriptor));
    const auto records = run_all(experiment_of("abort", 3, model::Launch::exec), options_with(dull.path()));
    REQUIRE(records.size() == 4);
    for (const auto& record : records)
        CHECK(record.inconclusive == "");
}

TEST_CASE("a host that stuffs what tells of the closing does not keep the supervisor from closing")
{
    const auto stuffed = test::host_behind("stuff " + std::to_string(workers::first_shared_descriptor));
    auto plan = plan_for("none", "2x1");
    plan.launch = model::Launch::exec;
    plan.variant.workload = model::Workload::jobs;
    const auto record = run::run_trial(plan, options_with(stuffed.path()));
    CHECK(record.inconclusive == "");
    CHECK(duration_of(record) < 30s);
}

TEST_CASE("whoever has a copy of what tells of the closing does not keep it from being told")
{
    for (const auto workload : {model::Workload::jobs, model::Workload::serve}) {
        auto plan = plan_for("none", "2x1");
        plan.launch = model::Launch::exec;
        plan.variant.workload = workload;
        const auto record = run_beside_holder(plan);
        CHECK(record.inconclusive == "");
        CHECK(duration_of(record) < 30s);
        const auto judgement = model::judge(record);
        CHECK(std::ranges::all_of(judgement.outcomes, [](auto outcome) { return outcome == model::Outcome::intact; }));
    }
}

TEST_CASE("whoever has a copy of a pipe's read end leaves a trial undecided in which nobody was to read it")
{
    auto plan = plan_for("last-reader-dies", "3x1");
    plan.containment.commons = plan.containment.pipe = true;
    plan.containment.shared = model::bit_of(model::Medium::channel);
    const auto record = run_beside_holder(plan);
    CHECK(record.inconclusive == "somebody has the read end of the pipe open still");
}

TEST_CASE("a janitor that was killed or stopped is replaced, and keeps nobody waiting for long")
{
    auto experiment = experiment_of("oom-kill", 3, model::Launch::exec);
    model::contain(experiment, run::offer_of_machine());
    if (!experiment.skipped.empty()) {
        MESSAGE("skipped: " << experiment.skipped.front().reason);
        return;
    }
    for (const int signal : {SIGKILL, SIGSTOP}) {
        CAPTURE(signal);
        std::vector<pid_t> first;
        std::vector<pid_t> second;
        AtTrial hits{2, [&](std::optional<run::Onlooker::Step> step) {
                         if (!step) {
                             signal_all(first = children_for("janitor"), signal);
                             for (const pid_t janitor : first)
                                 CHECK(await_change_of(janitor));
                         } else if (step == run::Onlooker::Step::steady)
                             second = children_for("janitor");
                     }};
        auto options = options_with();
        options.onlooker = &hits;
        const auto began = sys::monotonic_ns();
        const auto records = run_all(experiment, options);
        CHECK(std::chrono::nanoseconds{sys::monotonic_ns() - began} < 60s);
        REQUIRE(records.size() == 4);
        for (const auto& record : records)
            CHECK(record.inconclusive == "");
        REQUIRE(second.size() == 1);
        CHECK(second != first);
    }
}
