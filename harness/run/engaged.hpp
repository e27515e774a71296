#pragma once

#include "harness/run/pool.hpp"

#include <cstdint>
#include <vector>

namespace bulkhead::run {

/// Keeps the workers of a pool at work that comes from outside while the fault is committed and repaired; does nothing
/// in a pool that has no such work.
class Engaged {
public:
    Engaged(Lane& lane, const model::TrialPlan& plan, Pool& pool)
        : lane_(lane), plan_(plan), pool_(pool), pids_(plan.shape.hosts, 0)
    {}

    /// Engages the workers of all hosts that are ready and are not at work yet: at steady state, and after a repair.
    /// Whoever has the victim's place is left to its order, which engages it as well, when a strike is to follow.
    void engage(bool strike_follows);
    /// The victim's thread was seen to end, and its host lives on.
    void note_end_of_victim();
    /// Waits until the work is done or nobody is left who could do it, closes, and notes what came of it. No strike
    /// follows. What can be judged no more is said in the record.
    void finish(model::TrialRecord& record);

private:
    void await_done();
    void await_answers();

    Lane& lane_;
    const model::TrialPlan& plan_;
    Pool& pool_;
    std::vector<pid_t> pids_; ///< of the engaged host in each place
};

} // namespace bulkhead::run
