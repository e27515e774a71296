// What uses something up is committed only inside limits that the kernel confirms: here they are not in force.

#include "harness/sys/cgroup.hpp"
#include "harness/sys/limits.hpp"
#include "tests/live/ordinary_user.hpp"
#include "tests/live/stand_in.hpp"
#include "tests/live/trials.hpp"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace bulkhead;
using test::host_behind;
using test::options_with;
using test::plan_for;

namespace {

model::TrialPlan plan_to_refuse(std::string_view fault)
{
    auto plan = plan_for(fault, "2x2");
    plan.launch = model::Launch::exec;
    return plan;
}

/// The trial was given up before its fault, for want of that limit; the hosts lived on unharmed until its end.
void check_refused(const model::TrialRecord& record, std::string_view limit)
{
    const std::string fault{model::row_of(record.plan.fault).id};
    CAPTURE(fault);
    CAPTURE(limit);
    CAPTURE(record.inconclusive);
    CHECK(record.inconclusive.starts_with("refused to commit " + fault + ": the limit " + std::string{limit}));
    CHECK(record.inconclusive.ends_with("is not in force"));
    CHECK(model::judge(record).inconclusive == record.inconclusive);
    CHECK(model::judge(record).outcomes.empty());
    CHECK(record.steady.has_value());
    CHECK_FALSE(record.ordered.has_value());
    CHECK_FALSE(record.fired.has_value());
    CHECK_FALSE(record.fired_at_op.has_value());
    CHECK_FALSE(record.went_on);
    CHECK(record.hosts.size() == record.plan.shape.hosts);
    for (const model::HostRecord& host : record.hosts) {
        CHECK(host.ended_in_teardown);
        CHECK(host.termination == sys::Termination{sys::Exited{0}}); // as it was asked to
    }
    CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
}

/// Limits of the test itself, which its hosts inherit, that are as low as those of a plan: then they would be in force.
bool is_limited_already(int resource, std::uint64_t value)
{
    return sys::limit_of(::getpid(), resource).value_or(0) <= value;
}

} // namespace

TEST_CASE("a leak whose host did not take its limit on is not committed")
{
    const auto memory = plan_to_refuse("memory-leak");
    const auto nofile = plan_to_refuse("fd-leak");
    if (is_limited_already(RLIMIT_AS, std::uint64_t{memory.containment.limits.memory_mib} << 20U) ||
        is_limited_already(RLIMIT_NOFILE, nofile.containment.limits.nofile)) {
        MESSAGE("skipped: the test itself has limits as low as those that are to be missing");
        return;
    }
    check_refused(run::run_trial(memory, options_with(host_behind("unlimited memory").path())), "RLIMIT_AS");
    check_refused(run::run_trial(nofile, options_with(host_behind("unlimited nofile").path())), "RLIMIT_NOFILE");
    // Whichever limit it is that is missing, and whichever resource the fault is about.
    check_refused(run::run_trial(memory, options_with(host_behind("unlimited nofile").path())), "RLIMIT_NOFILE");
    check_refused(run::run_trial(nofile, options_with(host_behind("unlimited memory").path())), "RLIMIT_AS");
}

TEST_CASE("a resource fault whose plan has no limit is not committed")
{
    for (const std::string_view fault : {"memory-leak", "fd-leak", "thread-bomb"})
        for (const auto launch : {model::Launch::exec, model::Launch::zygote}) {
            auto plan = plan_to_refuse(fault);
            plan.launch = launch;
            plan.containment.limits.memory_mib = 0;
            check_refused(run::run_trial(plan, options_with()), "RLIMIT_AS");
            plan = plan_to_refuse(fault);
            plan.launch = launch;
            plan.containment.limits.nofile = 0;
            check_refused(run::run_trial(plan, options_with()), "RLIMIT_NOFILE");
        }
}

TEST_CASE("a thread bomb is not committed in a pids cgroup that lost its limit")
{
    const auto plan = plan_to_refuse("thread-bomb");
    if (plan.containment.thread_limit != model::ThreadLimit::pids) {
        MESSAGE("skipped: no pids cgroup holds threads here");
        return;
    }
    const auto folder = sys::path_of_cgroup(sys::Controller::pids, "any").parent_path();
    check_refused(run::run_trial(plan, options_with(host_behind("uncaged " + folder.string()).path())),
                  "of its cgroup");
}

TEST_CASE("a thread bomb of an ordinary user is not committed without RLIMIT_NPROC")
{
    const auto unlimited = host_behind("unlimited nproc");
    auto plan = plan_to_refuse("thread-bomb");
    plan.containment.thread_limit = model::ThreadLimit::nproc;
    model::TrialRecord record;
    std::uint64_t most = 0;
    const bool done = test::as_ordinary_user([&] {
        most = sys::threads_of_user().size() + plan.containment.limits.threads;
        record = run::run_trial(plan, options_with(unlimited.path()));
    });
    if (!done || is_limited_already(RLIMIT_NPROC, most)) {
        MESSAGE("skipped: root's rights cannot be given up here, or the test itself may have few threads");
        return;
    }
    check_refused(record, "RLIMIT_NPROC");
}

TEST_CASE("a thread bomb whose plan has a limit that does not hold its user, or none, is not committed")
{
    auto plan = plan_to_refuse("thread-bomb");
    plan.containment.thread_limit = model::ThreadLimit::none;
    check_refused(run::run_trial(plan, options_with()), "on threads (none)");
    if (sys::is_held_by_nproc()) // as it is set and told, but not heeded, where the user is root
        return;
    plan.containment.thread_limit = model::ThreadLimit::nproc;
    check_refused(run::run_trial(plan, options_with()), "on threads (nproc)");
}
