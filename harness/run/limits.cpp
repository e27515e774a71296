#include "harness/run/limits.hpp"

#include "harness/sys/limits.hpp"
#include "harness/sys/proc.hpp"

#include <algorithm>
#include <sys/resource.h>

namespace bulkhead::run {
namespace {

bool counts_the_user(const model::TrialPlan& plan)
{
    return plan.containment.thread_limit == model::ThreadLimit::nproc &&
           model::row_of(plan.fault).needs == model::Need::thread_limit;
}

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
    if (counts_the_user(plan) &&
        !is_in_force(victim_host, RLIMIT_NPROC, sys::threads_of_user().size() + limits.threads + plan.shape.hosts))
        return "the limit RLIMIT_NPROC of its host is not in force";
    for (const Cage* const cage : {&lane.memory_cage(), &lane.pids_cage()})
        if (cage->holds(plan) && !cage->is_limited(plan, plan.victim.host))
            return "the limit of its cgroup is not in force";
    return {};
}

CountedThreads::CountedThreads(const model::TrialPlan& plan, const Pool& pool)
    : counts_(model::row_of(plan.fault).needs == model::Need::thread_limit)
{
    if (!counts_)
        return;
    if (!counts_the_user(plan))
        for (const Pool::Host& host : pool.hosts())
            if (host.record.number == plan.victim.host || shares(plan.containment, model::Medium::cgroup))
                hosts_.push_back(host.record.pid);
    threads_ = look();
    const auto limit = sys::limit_of(pool.hosts()[plan.victim.host].record.pid, RLIMIT_NPROC);
    had_room_ = counts_the_user(plan) && (!limit || threads_.size() < *limit);
}

bool CountedThreads::left_room() const
{
    return counts_ && (had_room_ || !std::ranges::includes(look(), threads_));
}

std::set<pid_t> CountedThreads::look() const
{
    if (hosts_.empty())
        return sys::threads_of_user();
    std::set<pid_t> threads;
    for (const pid_t host : hosts_) {
        const std::vector<pid_t> its = sys::threads_of(host);
        threads.insert(its.begin(), its.end());
    }
    return threads;
}

} // namespace bulkhead::run
