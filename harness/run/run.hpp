#pragma once

#include "harness/model/experiment.hpp"
#include "harness/model/order.hpp"
#include "harness/model/trial.hpp"
#include "harness/sys/fd.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace bulkhead::run {

class Onlooker;

struct Options {
    std::filesystem::path host; ///< the bulkhead-host binary
    std::uint32_t lanes = 1;    ///< trials that run side by side, each lane with pools of its own
    /// How long a pool may take to start and reach steady state; then the trial is inconclusive.
    std::chrono::milliseconds steady_limit{10'000};
    /// How long a whole trial may take; nullopt: model::default_limit. One that takes longer is inconclusive.
    std::optional<std::chrono::milliseconds> trial_limit{};
    std::optional<model::Stamp> deadline{}; ///< of the campaign: then trials under way are given up
    Onlooker* onlooker = nullptr;           ///< null: nobody looks on
};

/// Asks a campaign to stop. `request` may be called from any thread, and from a signal handler.
class Stop {
public:
    Stop();

    void request() noexcept;
    [[nodiscard]] bool requested() const noexcept { return requested_.load(std::memory_order_relaxed); }
    /// Waits until it is requested; false when the limit comes first.
    [[nodiscard]] bool comes_within(std::chrono::milliseconds limit) const;
    [[nodiscard]] int descriptor() const noexcept { return descriptor_.number(); } ///< readable once requested

private:
    std::atomic<bool> requested_ = false;
    sys::Fd descriptor_;
};

struct CampaignEnd {
    std::uint32_t finished = 0; ///< trials that were run and handed over
    bool interrupted = false;   ///< ended before the plan was done: on request, or at the deadline
    bool out_of_time = false;   ///< at the deadline
};

/// Called for each finished trial, from its lane but never from two lanes at once; that lane's next trial starts
/// only when it returns. An exception from it ends the campaign, and comes out of run_campaign. A thread or process
/// that it starts may run where its lane may: one of several lanes may be kept on a part of the processors.
using OnTrial = std::function<void(const model::TrialRecord&)>;

/// Asked before each trial, never from two lanes at once: false ends the campaign, as if there were no more trials.
using GoesOn = std::function<bool(const model::Turn&)>;

/// Runs every trial of the experiment in the order of model::TrialOrder, but those whose id is marked in `finished`.
/// A trial that the environment refuses is recorded as inconclusive, with the reason; it does not end the campaign.
CampaignEnd run_campaign(const model::Experiment& experiment, const Options& options, const OnTrial& on_trial,
                         const Stop& stop, const std::vector<bool>& finished = {}, const GoesOn& goes_on = {});

/// Runs one trial, in a lane of its own.
model::TrialRecord run_trial(const model::TrialPlan& plan, const Options& options);

/// The bulkhead-host to use: $BULKHEAD_HOST, else the one beside the running program, else the installed one (a
/// relative path is taken from the running program's folder). Throws std::runtime_error that says where it was looked
/// for when there is none that can be executed.
std::filesystem::path find_host(const std::filesystem::path& installed);

} // namespace bulkhead::run
