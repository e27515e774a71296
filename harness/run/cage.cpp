#include "harness/run/cage.hpp"

#include "harness/sys/proc.hpp"

#include <atomic>
#include <string>

namespace bulkhead::run {
namespace {

constexpr std::uint64_t mib = 1024 * 1024;
constexpr std::uint64_t default_memory_mib = 64; ///< for oom-kill, which is soon there

/// Which of the cage's groups the host is in.
std::size_t group_of(const model::TrialPlan& plan, std::uint32_t host)
{
    return shares(plan.containment, model::Medium::cgroup) ? 0 : host;
}

std::string next_name()
{
    static std::atomic<std::uint64_t> next{0};
    return "bulkhead-" + std::to_string(sys::own_pid()) + "-" + std::to_string(next++);
}

} // namespace

bool Cage::holds(const model::TrialPlan& plan) const
{
    const model::Limits& limits = plan.containment.limits;
    const model::Need needs = model::row_of(plan.fault).needs;
    switch (controller_) {
    case sys::Controller::memory:
        return needs == model::Need::memory_cgroup || (limits.via_cgroup && limits.memory_mib != 0);
    case sys::Controller::pids:
        return (needs == model::Need::thread_limit && plan.containment.thread_limit == model::ThreadLimit::pids) ||
               (limits.via_cgroup && limits.threads != 0);
    }
    return false;
}

std::uint64_t Cage::limit_for(const model::TrialPlan& plan) const
{
    const model::Limits& limits = plan.containment.limits;
    const bool one_for_all = shares(plan.containment, model::Medium::cgroup);
    switch (controller_) {
    case sys::Controller::memory:
        return (limits.via_cgroup && limits.memory_mib != 0 ? limits.memory_mib : default_memory_mib) * mib;
    case sys::Controller::pids: // a probe starts a thread, one at a time in each host
        return limits.threads + (one_for_all ? plan.shape.workers() + plan.shape.hosts : plan.shape.threads + 1);
    }
    return 0;
}

void Cage::take_in(const model::TrialPlan& plan, std::uint32_t host, pid_t pid, Janitor& janitor)
{
    const std::size_t group = group_of(plan, host);
    if (groups_.size() <= group)
        groups_.resize(group + 1);
    auto& cgroup = groups_[group];
    if (!cgroup) {
        const std::string name = next_name();
        janitor.watch(sys::path_of_cgroup(controller_, name)); // first, so that no instant is left unwatched
        cgroup = std::make_unique<sys::Cgroup>(controller_, name);
    }
    cgroup->limit(limit_for(plan));
    cgroup->add(pid);
}

void Cage::tell(Janitor& janitor) const
{
    for (const auto& cgroup : groups_)
        if (cgroup)
            janitor.watch(cgroup->path());
}

bool Cage::is_limited(const model::TrialPlan& plan, std::uint32_t host) const
{
    const std::size_t group = group_of(plan, host);
    return group < groups_.size() && groups_[group] && groups_[group]->limit_read_back() == limit_for(plan);
}

std::uint64_t Cage::oom_kills(const model::TrialPlan& plan, std::uint32_t host) const
{
    return groups_.at(group_of(plan, host))->oom_kills();
}

} // namespace bulkhead::run
