#include "harness/sys/captured.hpp"
#include "harness/sys/clock.hpp"
#include "harness/sys/line.hpp"
#include "tests/live/stand_in.hpp"
#include "tests/live/trials.hpp"
#include "tests/temp_folder.hpp"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include <doctest/doctest.h>

// Limits on the time of a trial and of a campaign, with hosts that never answer.

using namespace bulkhead;
using namespace std::chrono_literals;

namespace {

/// It never becomes a host, and SIGTERM does not end it.
constexpr const char* hung = "trap '' TERM; while :; do sleep 60; done";

bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

model::TrialPlan hung_plan()
{
    model::TrialPlan plan = test::plan_for("none", "2x1");
    plan.launch = model::Launch::exec;
    return plan;
}

/// An eu-stack of the test's own.
class FirstInPath {
public:
    FirstInPath(const tests::TempFolder& folder, const std::string& script)
    {
        std::ofstream{folder / "eu-stack"} << "#!/bin/sh\nPATH=/bin:/usr/bin\n" << script << '\n';
        std::filesystem::permissions(folder / "eu-stack", std::filesystem::perms::owner_all);
        ::setenv("PATH", (folder.path().string() + ":" + before_).c_str(), 1);
    }
    ~FirstInPath() { ::setenv("PATH", before_.c_str(), 1); }
    FirstInPath(const FirstInPath&) = delete;
    FirstInPath& operator=(const FirstInPath&) = delete;

private:
    std::string before_ = ::getenv("PATH");
};

/// Open for both directions, so that neither side waits for the other to open it.
sys::Fd make_fifo(const std::filesystem::path& path)
{
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    sys::Fd fifo{::open(path.c_str(), O_RDWR | O_CLOEXEC)};
    REQUIRE(static_cast<bool>(fifo));
    return fifo;
}

rlimit open_files()
{
    rlimit limit{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &limit) == 0);
    return limit;
}

/// Yama keeps a debugger that is no ancestor of the traced process from it, unless it has CAP_SYS_PTRACE.
bool may_trace()
{
    int scope = 0;
    std::ifstream{"/proc/sys/kernel/yama/ptrace_scope"} >> scope;
    return scope == 0 || (scope == 1 && ::geteuid() == 0);
}

bool can_look_at_stacks()
{
    return !sys::find_program("gdb").empty() || !sys::find_program("eu-stack").empty();
}

} // namespace

TEST_CASE("a trial that hangs is ended after its limit, by SIGKILL if need be, and tells who had not answered")
{
    const test::StandIn host{hung};
    auto options = test::options_with(host.path());
    options.steady_limit = 60s;
    options.trial_limit = 200ms;
    const model::TrialRecord record = run::run_trial(hung_plan(), options);
    CHECK(record.inconclusive == "it took longer than a trial may (200 ms); hosts that had not answered: p0, p1");
    CHECK(record.finished - record.started < std::chrono::nanoseconds{30s}.count());
    REQUIRE(record.hosts.size() == 2);
    for (const model::HostRecord& each : record.hosts) {
        REQUIRE(each.termination.has_value());
        CHECK(*each.termination == sys::Termination{sys::Signaled{SIGKILL, false}});
        CHECK(each.ended_in_teardown);
        if (can_look_at_stacks())
            CHECK_MESSAGE(!each.stack.empty(), "stacks, or why they could not be had");
        if (can_look_at_stacks() && may_trace())
            CHECK_MESSAGE(contains(each.stack, "#0"), each.stack);
    }
}

TEST_CASE("with no descriptors left no debugger can be started, and the trial is recorded with the reason")
{
    if (!can_look_at_stacks()) {
        MESSAGE("skipped: neither eu-stack nor gdb is there");
        return;
    }
    const rlimit before = open_files();
    // From its first moment on, the one who launched it gets no further descriptor.
    const test::StandIn host{std::string{"prlimit --pid $PPID --nofile=3:\n"} + hung};
    model::TrialPlan plan = test::plan_for("none", "1x2");
    plan.launch = model::Launch::exec;
    auto options = test::options_with(host.path());
    options.steady_limit = 60s;
    options.trial_limit = 2s;
    const model::TrialRecord record = run::run_trial(plan, options);
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
    CHECK(contains(record.inconclusive, "it took longer than a trial may (2000 ms)"));
    REQUIRE(record.hosts.size() == 1);
    CHECK(contains(record.hosts[0].stack, "no stacks could be taken: pipe2"));
}

TEST_CASE("stacks are not waited for beyond the campaign's deadline")
{
    const tests::TempFolder folder;
    const FirstInPath debugger{folder, "sleep 60"};
    const test::StandIn host{hung};
    auto options = test::options_with(host.path());
    options.steady_limit = 60s;
    options.trial_limit = 200ms;
    options.deadline = sys::monotonic_ns() + std::chrono::nanoseconds{1s}.count();
    const model::TrialRecord record = run::run_trial(hung_plan(), options);
    CHECK(contains(record.inconclusive, "it took longer than a trial may (200 ms)"));
    REQUIRE(record.hosts.size() == 2);
    CHECK(contains(record.hosts[0].stack, "it took too long, and was ended"));
    CHECK(record.hosts[1].stack.empty()); // five seconds for each would have been there otherwise
}

TEST_CASE("no further stacks are taken once the campaign is to stop")
{
    const tests::TempFolder folder;
    const sys::Fd at_work = make_fifo(folder / "at-work");
    const sys::Fd go_on = make_fifo(folder / "go-on");
    const FirstInPath debugger{folder,
                               "folder=" + folder.path().string() +
                                   "; echo >> $folder/calls; echo > $folder/at-work; read word < $folder/go-on"};
    const test::StandIn host{hung};
    model::Experiment experiment;
    experiment.shapes = {{2, 1}};
    experiment.faults = {model::parse_fault("abort").value()};
    auto options = test::options_with(host.path());
    options.steady_limit = 60s;
    options.trial_limit = 200ms;
    run::Stop stop;
    bool was_at_work = false;
    std::thread asking{[&] {
        was_at_work = sys::await_readable(at_work, 60s);
        stop.request();
        CHECK(::write(go_on.number(), "on\n", 3) == 3);
    }};
    const auto end = run::run_campaign(
        experiment, options, [](const model::TrialRecord&) {}, stop);
    asking.join();
    CHECK(was_at_work);
    CHECK(end.interrupted);
    CHECK(std::filesystem::file_size(folder / "calls") == 1); // of two hosts that hung
}

TEST_CASE("a trial that goes as it should does not notice its limit")
{
    auto options = test::options_with();
    options.trial_limit = 60s;
    options.deadline = sys::monotonic_ns() + std::chrono::nanoseconds{60s}.count();
    const model::TrialRecord record = run::run_trial(test::plan_for("abort", "2x2"), options);
    CHECK(record.inconclusive == "");
    CHECK(model::judge(record).as_predicted);
    for (const model::HostRecord& host : record.hosts)
        CHECK(host.stack.empty());
}

TEST_CASE("at its deadline a campaign gives up the trial under way and begins no other")
{
    const test::StandIn host{hung};
    model::Experiment experiment;
    experiment.shapes = {{2, 1}};
    experiment.faults = {model::parse_fault("abort").value()};
    auto options = test::options_with(host.path());
    options.steady_limit = 60s;
    run::Stop stop;
    int trials = 0;
    const auto count = [&trials](const model::TrialRecord&) { ++trials; };
    for (const auto left : {300ms, 0ms}) {
        const auto began = sys::monotonic_ns();
        options.deadline = began + std::chrono::nanoseconds{left}.count();
        const auto end = run::run_campaign(experiment, options, count, stop);
        CHECK(end.out_of_time);
        CHECK(end.interrupted);
        CHECK(end.finished == 0);
        CHECK(sys::monotonic_ns() - began < std::chrono::nanoseconds{30s}.count());
    }
    CHECK(trials == 0);
    experiment.trials = 1;
    options.lanes = 4; // more than there are trials: none is taken for done because another lane looked for it
    const auto end = run::run_campaign(experiment, options, count, stop);
    CHECK(end.out_of_time);
    CHECK(end.interrupted);
}

TEST_CASE("what a program writes is captured up to a limit, and one that takes too long is ended")
{
    const sys::Fd null = sys::open_null();
    const sys::Captured both = sys::capture({"/bin/sh", "-c", "echo out; echo err >&2"}, null, 10s, 100);
    CHECK(both.text == "out\nerr\n");
    CHECK(both.in_time);
    CHECK_FALSE(both.cut);
    const sys::Captured long_text = sys::capture({"/bin/sh", "-c", "echo 0123456789"}, null, 10s, 4);
    CHECK(long_text.text == "0123");
    CHECK(long_text.cut);
    const sys::Captured late = sys::capture({"/bin/sh", "-c", "echo soon; sleep 60; echo late"}, null, 300ms, 100);
    CHECK(late.text == "soon\n");
    CHECK_FALSE(late.in_time);
    CHECK(contains(sys::find_program("sh"), "/sh"));
    CHECK(sys::find_program("no-such-program").empty());
}
