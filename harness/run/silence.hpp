#pragma once

#include "harness/run/pool.hpp"
#include "harness/sys/proc.hpp"

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace bulkhead::run {

/// Tells a stall from a lost processor: looks, as the scheduler sees them, at workers that were challenged and owe an
/// answer.
class Silence {
public:
    Silence(Lane& lane, const model::TrialPlan& plan, Pool& pool)
        : lane_(lane), plan_(plan), pool_(pool), seen_(plan.shape.workers())
    {}

    /// The time between two looks: long enough for whoever is paced to have had its turn, and to have moved on those
    /// who wait for it.
    [[nodiscard]] std::chrono::nanoseconds interval() const;
    /// How long nobody may be called stalled, however silent; at most half the window, so that there is a look before
    /// it ends.
    [[nodiscard]] std::chrono::nanoseconds patience() const;

    /// How long somebody has to sleep on, without once being given a processor, to be called asleep. One interval is
    /// not enough on a busy machine: a virtual processor that its own machine does not run wakes nobody, and a worker
    /// that is only paced then looks like one that waits for ever.
    [[nodiscard]] std::chrono::nanoseconds long_sleep() const;

    /// Looks once, and notes in the record who sleeps. True when all who owe an answer have slept for so long, and
    /// nobody else is runnable for whom they could be waiting.
    bool all_sleep(model::TrialRecord& record);
    /// False when somebody for whom the silent ones could be waiting is runnable, or waits for a disk.
    [[nodiscard]] bool nobody_runs(const model::TrialRecord& record);
    /// Notes in the record who owes an answer and was hardly run since the first look, though it is runnable; or has
    /// completed ops meanwhile and does not sleep on; or was stopped by somebody else than the fault; or may be waiting
    /// for somebody who waits for a disk.
    void note_starved(model::TrialRecord& record);

private:
    /// True when the fault stops this host.
    [[nodiscard]] bool fault_stops(std::uint32_t host) const;
    /// True when a thread that the silent ones could be waiting for is in one of these states of /proc/PID/stat.
    [[nodiscard]] bool any_in(std::string_view states, const model::TrialRecord& record);
    template <typename Action>
    void for_each_silent(model::TrialRecord& record, Action&& action);

    Lane& lane_;
    const model::TrialPlan& plan_;
    Pool& pool_;
    /// What was seen of a worker that owed an answer.
    struct Seen {
        std::optional<sys::ThreadLook> first;
        std::uint64_t first_ops = 0;
        std::optional<sys::ThreadLook> latest;
        model::Stamp unchanged_since = 0;
    };

    std::vector<Seen> seen_; ///< of each worker
    model::Stamp first_look_at_ = 0;
    std::uint32_t silent_ = 0;                 ///< workers that owed an answer at the latest look
    std::optional<model::Stamp> at_disk_seen_; ///< the latest time that somebody waited for a disk
};

} // namespace bulkhead::run
