#include "harness/run/limits.hpp"

#include "harness/sys/limits.hpp"

#include <sys/resource.h>

namespace bulkhead::run {
namespace {

bool is_in_force(pid_t host, int resource, std::uint64_t at_most)
{
    const auto limit = sys::limit_of(host, resource);
    return limit && at_most != 0 && *limit <= at_most;
}

} // namespace

std::string missing_limit(const Lane& lane, const model::TrialPlan& plan, pid_t victim_host)
{
    const model::FaultRow& row = model::row_of(plan.fault);
    const model::Limits& limits = plan.containment.limits;
    constexpr std::uint64_t mib = 1024 * 1024;
    const bool uses_something_up = row.family == model::Family::resource;
    if (uses_something_up && !limits.via_cgroup && !is_in_force(victim_host, RLIMIT_AS, limits.memory_mib * mib))
        return "the limit RLIMIT_AS of its host is not in force";
    if (uses_something_up && !is_in_force(victim_host, RLIMIT_NOFILE, limits.nofile))
        return "the limit RLIMIT_NOFILE of its host is not in force";
    // The kernel confirms RLIMIT_NPROC also to users whom it does not hold by it; and the plan may have been made for
    // another user, or on another machine.
    const model::ThreadLimit thread_limit = plan.containment.thread_limit;
    const bool holds_threads = thread_limit == model::ThreadLimit::pids ||
                               (thread_limit == model::ThreadLimit::nproc && sys::is_held_by_nproc());
    if (row.needs == model::Need::thread_limit && !holds_threads)
        return "the limit on threads (" + std::string{to_string(thread_limit)} + ") is not in force";
    if (row.needs == model::Need::thread_limit && thread_limit == model::ThreadLimit::nproc &&
        !is_in_force(victim_host, RLIMIT_NPROC, sys::threads_of_user() + limits.threads + plan.shape.hosts))
        return "the limit RLIMIT_NPROC of its host is not in force";
    for (const Cage* const cage : {&lane.memory_cage(), &lane.pids_cage()})
        if (cage->holds(plan) && !cage->is_limited(plan, plan.victim.host))
            return "the limit of its cgroup is not in force";
    return {};
}

} // namespace bulkhead::run
