#pragma once

#include "harness/run/lane.hpp"
#include "harness/run/pool.hpp"

#include <set>
#include <string>
#include <vector>

namespace bulkhead::run {

/// What the kernel does not confirm of the limits that the fault of this plan must not be committed without, in the
/// host of that pid; empty when all of them are in force, or none is needed.
std::string missing_limit(const Lane& lane, const model::TrialPlan& plan, pid_t victim_host);

/// Whether what a fault used up of a limit on threads stays used up. RLIMIT_NPROC counts all threads of the user, which
/// come and go outside the pool too; and a thread that has ended is counted until the kernel has taken it down.
class CountedThreads {
public:
    /// Looks at them once the fault was committed. Nothing, when it uses up something else.
    CountedThreads(const model::TrialPlan& plan, const Pool& pool);

    /// True when the limit was not reached when they were looked at, or any of them has ended since.
    [[nodiscard]] bool left_room() const;

private:
    [[nodiscard]] std::set<pid_t> look() const;

    std::vector<pid_t> hosts_; ///< in the victim's cgroup; empty where the user is counted
    std::set<pid_t> threads_;
    bool counts_ = false;
    bool had_room_ = false;
};

} // namespace bulkhead::run
