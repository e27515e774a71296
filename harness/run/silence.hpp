#pragma once

#include "harness/run/pool.hpp"
#include "harness/sys/proc.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace bulkhead::run {

/// Tells a stall from a lost processor: looks, as the scheduler sees them, at workers that were challenged and owe an
/// answer.
class Silence {
public:
    Silence(Lane& lane, const model::TrialPlan& plan, Pool& pool)
        : lane_(lane), plan_(plan), pool_(pool), looks_(plan.shape.workers()), first_looks_(plan.shape.workers())
    {}

    /// The time between two looks: long enough for whoever is paced to have had its turn, and to have moved on those
    /// who wait for it.
    [[nodiscard]] std::chrono::nanoseconds interval() const;
    /// How long nobody may be called stalled, however silent; at most half the window, so that there is a look before
    /// it ends.
    [[nodiscard]] std::chrono::nanoseconds patience() const;

    /// Looks once, and notes in the record who sleeps. True when all who owe an answer sleep, were given no processor
    /// since the look before, and nobody else is runnable for whom they could be waiting.
    bool all_sleep(model::TrialRecord& record);
    /// Notes in the record who owes an answer and is runnable, and was hardly run since the first look.
    void note_starved(model::TrialRecord& record);

private:
    [[nodiscard]] bool nobody_runs(const model::TrialRecord& record) const;
    template <typename Action>
    void for_each_silent(model::TrialRecord& record, Action&& action);

    Lane& lane_;
    const model::TrialPlan& plan_;
    Pool& pool_;
    std::vector<std::optional<sys::ThreadLook>> looks_;       ///< the latest of each worker that owed an answer
    std::vector<std::optional<sys::ThreadLook>> first_looks_; ///< and the first
    model::Stamp first_look_at_ = 0;
    std::uint32_t silent_ = 0; ///< workers that owed an answer at the latest look
};

} // namespace bulkhead::run
