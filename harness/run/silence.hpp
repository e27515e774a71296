#pragma once

#include "harness/run/pool.hpp"
#include "harness/sys/proc.hpp"

#include <optional>
#include <vector>

namespace bulkhead::run {

/// Tells a stall from a lost processor: looks, as the scheduler sees them, at workers that were challenged and owe an
/// answer.
class Silence {
public:
    Silence(Lane& lane, const model::TrialPlan& plan, Pool& pool)
        : lane_(lane), plan_(plan), pool_(pool), looks_(plan.shape.workers())
    {}

    /// Looks once, and notes in the record who sleeps. True when all who owe an answer sleep, were given no processor
    /// since the look before, and nobody else is runnable for whom they could be waiting.
    bool all_sleep(model::TrialRecord& record);
    /// Notes in the record who owes an answer and is runnable, and was hardly run since the last look.
    void note_starved(model::TrialRecord& record);

private:
    [[nodiscard]] bool nobody_runs(const model::TrialRecord& record) const;
    template <typename Action>
    void for_each_silent(model::TrialRecord& record, Action&& action);

    Lane& lane_;
    const model::TrialPlan& plan_;
    Pool& pool_;
    std::vector<std::optional<sys::ThreadLook>> looks_; ///< the latest of each worker that owed an answer
};

} // namespace bulkhead::run
