#pragma once

#include "harness/run/lane.hpp"
#include "harness/run/pool.hpp"

#include <map>
#include <string>

namespace bulkhead::run {

/// What the kernel does not confirm of the limits that the fault of this plan must not be committed without, in the
/// host of that pid; empty when all of them are in force, or none is needed.
std::string missing_limit(const Lane& lane, const model::TrialPlan& plan, pid_t victim_host);

/// Whether what a fault used up by RLIMIT_NPROC stays used up: the kernel counts all threads of the user, and those
/// outside the pool come and go.
class UserThreads {
public:
    /// Counts them once the fault was committed. Nothing, when it uses up something else.
    UserThreads(const model::TrialPlan& plan, const Pool& pool);

    /// True when the limit was not reached when they were counted, or others than the pool's have ended since.
    [[nodiscard]] bool left_room() const;

private:
    std::map<pid_t, std::size_t> others_; ///< threads of each process that is not the pool's
    bool counts_ = false;
    bool had_room_ = false;
};

} // namespace bulkhead::run
