#pragma once

#include "harness/cli/glimpse.hpp"
#include "harness/cli/playing.hpp"
#include "harness/model/judge.hpp"
#include "harness/report/scene.hpp"
#include "harness/run/run.hpp"
#include "harness/sys/screen.hpp"
#include "harness/texts/texts.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace bulkhead::cli {

/// Shows on the terminal what a campaign does, while it does it: trials in slow motion, and the running tally. It draws
/// in a thread of its own, and no trial waits for it. A campaign is too fast to be watched, so it shows one trial after
/// the other of those that have just ended; with a `pace` it shows all of them, and the next one begins only when the
/// last was shown for that long. No trial waits for a picture, but pictures take a processor's time.
class LiveView {
public:
    struct Settings {
        std::string name; ///< of the experiment
        std::uint32_t planned = 0;
        std::uint32_t before = 0; ///< trials that were finished before this began
        std::optional<std::chrono::nanoseconds> pace{};
        std::optional<model::Stamp> deadline{}; ///< of the campaign: then nobody waits for what is shown
        texts::Language language = texts::Language::english;
    };
    /// In the thread that starts the campaign, and ended there: signals are kept from it meanwhile, and come to the
    /// thread that draws.
    LiveView(Settings settings, const std::vector<model::Cell>& cells, const run::Stop& stop);
    /// The trial that is shown is shown to its end, at its usual speed at least, unless a stop was asked for or the
    /// time is up.
    ~LiveView();
    LiveView(const LiveView&) = delete;
    LiveView& operator=(const LiveView&) = delete;

    /// A trial has finished; called for one after the other. Waits for what is shown with a pace only.
    void show(const model::TrialRecord& record, const model::TrialJudgement& judgement, std::uint32_t finished,
              std::uint32_t inconclusive);

    /// To be told of what happens in trials as they run.
    [[nodiscard]] run::Onlooker& onlooker() { return glimpse_; }

    /// The person has left it; it shows nothing any more.
    [[nodiscard]] bool left() const { return left_; }

private:
    using Clock = std::chrono::steady_clock;

    void draw_all();
    void draw_on_screen();
    [[nodiscard]] bool take_next();
    [[nodiscard]] bool goes_on();
    [[nodiscard]] bool is_ending();
    [[nodiscard]] bool is_out_of_time() const;
    [[nodiscard]] report::Scores tally(bool end_is_shown);
    void end_trial();
    void count_shown();
    [[nodiscard]] bool is_worth_more(const model::TrialRecord& record, bool surprising) const;
    [[nodiscard]] bool a_long_trial_runs();
    [[nodiscard]] std::vector<report::Line> frame(const report::Stage& stage, bool has_keys);
    [[nodiscard]] std::string title(const model::TrialPlan& plan, bool runs) const;
    [[nodiscard]] std::string status(bool has_keys, std::size_t width);

    Settings settings_;
    const run::Stop& stop_;
    std::atomic<bool> left_ = false;

    Glimpse glimpse_;

    std::mutex mutex_;
    std::condition_variable shown_;
    // Guarded by the mutex.
    report::Scores scores_;
    std::optional<model::TrialRecord> waiting_; ///< to be shown next
    bool waiting_surprises_ = false;
    /// With a pace: the trial that is not in the tally yet, which must not tell its end before it is shown.
    std::optional<std::pair<model::TrialPlan, model::TrialJudgement>> uncounted_;
    std::map<std::uint32_t, std::uint32_t> times_shown_; ///< by cell
    std::uint64_t handed_ = 0;                           ///< trials that came
    std::uint64_t done_with_ = 0;                        ///< of these, so many need no longer be waited for
    std::uint32_t finished_;
    std::uint32_t inconclusive_ = 0;
    bool ending_ = false;

    // The drawing thread's own.
    Playing playing_;
    std::uint64_t shown_number_ = 0;
    Clock::time_point started_ = Clock::now();

    sys::SignalsElsewhere elsewhere_;
    std::thread thread_; ///< the last, so that it finds all else
};

} // namespace bulkhead::cli
