#include "harness/model/ended_by.hpp"
#include "harness/run/pool.hpp"
#include "harness/run/run.hpp"
#include "harness/run/trial.hpp"
#include "harness/sys/proc.hpp"
#include "harness/sys/processors.hpp"

#include <algorithm>
#include <exception>
#include <mutex>
#include <shared_mutex>
#include <thread>

namespace bulkhead::run {
namespace {

/// Whoever ends a job ends its processes one after the other. The supervisor, if it is one of them, is hit within this.
constexpr std::chrono::milliseconds end_of_job{1000};

/// A trial that takes all processors, or all threads of the user, would reach into those of other lanes; one that
/// measures memory would count theirs, and one with clients would have them wait for theirs.
bool must_be_alone(const model::TrialPlan& plan)
{
    const bool counts_the_user =
        plan.containment.thread_limit == model::ThreadLimit::nproc &&
        (is_golden(plan.fault) || model::row_of(plan.fault).needs == model::Need::thread_limit);
    const bool counts_pages = plan.measures.memory || plan.measures.anatomy; // that hosts of other lanes share
    const bool times_clients = plan.variant.workload == model::Workload::serve;
    return plan.burst.count() > 0 || plan.measures.round_trip || plan.measures.context_switch || counts_the_user ||
           counts_pages || times_clients;
}

/// True when no trial depends on how many processors its pool may use: workers only count, nobody races with another
/// for the same data, no fault looks at the processors, and no rate is measured. All cells or none, so that their times
/// can be compared.
bool is_alike_on_one_processor(const model::Experiment& experiment, const std::vector<model::Cell>& cells)
{
    return std::ranges::all_of(cells, [&experiment](const model::Cell& cell) {
        const model::TrialPlan plan = plan_trial(experiment, cell, 0); // of golden runs, the first measures most
        return plan.variant.workload == model::Workload::counter && !plan.containment.commons &&
               plan.burst.count() == 0 && !plan.measures.round_trip && !plan.measures.context_switch;
    });
}

/// What the lanes of a campaign share.
class Campaign {
public:
    Campaign(const model::Experiment& experiment, const Options& options, const OnTrial& on_trial, const Stop& stop,
             const std::vector<bool>& finished, const GoesOn& goes_on)
        : experiment_(experiment), cells_(expand(experiment)), order_(experiment, cells_), options_(options),
          on_trial_(on_trial), stop_(stop), known_(finished), goes_on_(goes_on)
    {}

    CampaignEnd run()
    {
        std::vector<std::thread> lanes;
        try {
            for (std::uint32_t number = 0; number < std::max(options_.lanes, 1U); ++number)
                lanes.emplace_back([this, number] { run_lane(number); });
        } catch (const std::system_error& error) { // no thread for this lane
            const std::lock_guard hold{mutex_};
            if (!broken_)
                broken_ = std::make_exception_ptr(
                    std::system_error(error.code(), "a lane's thread cannot be started (raise ulimit -u or -v)"));
        }
        for (std::thread& lane : lanes)
            lane.join();
        if (broken_)
            std::rethrow_exception(broken_);
        const bool interrupted = finished_ < taken_ || !exhausted_;
        return {finished_, interrupted, interrupted && is_out_of_time() && !stop_.requested()};
    }

private:
    /// Lanes that keep apart do not take each other's time, and no wake-up crosses to another processor, which is dear.
    void keep_apart(std::uint32_t number) const
    {
        const auto own = sys::part_of(sys::allowed_processors(), number, options_.lanes);
        if (options_.lanes > 1 && !own.empty() && is_alike_on_one_processor(experiment_, cells_))
            sys::keep_on(0, own);
    }

    void run_lane(std::uint32_t number)
    {
        try {
            keep_apart(number);
            Lane lane{options_, &stop_, number};
            while (const auto address = take_next()) {
                const model::TrialPlan plan = plan_trial(experiment_, cells_[address->cell], address->number);
                const bool had_zygote = lane.has_zygote();
                const model::TrialRecord record = run_beside_others(lane, plan);
                if ((had_zygote && !lane.has_zygote()) || model::may_be_ended_from_outside(record))
                    static_cast<void>(stop_.comes_within(end_of_job));
                hand_over(record);
            }
        } catch (const Interrupted&) { // NOLINT: the trial is given up, and what is finished is handed over
        } catch (...) {
            break_off();
        }
    }

    model::TrialRecord run_beside_others(Lane& lane, const model::TrialPlan& plan)
    {
        if (must_be_alone(plan)) {
            const std::unique_lock alone{machine_};
            return run_trial_in(lane, plan);
        }
        const std::shared_lock beside{machine_};
        return run_trial_in(lane, plan);
    }

    /// Keeps the exception under way for run() to throw; no lane starts another trial.
    void break_off()
    {
        const std::lock_guard hold{mutex_};
        if (!broken_)
            broken_ = std::current_exception();
    }

    std::optional<model::TrialAddress> take_next()
    {
        const std::lock_guard hold{mutex_};
        if (exhausted_ || cut_off_ || broken_)
            return std::nullopt;
        // First: a campaign that is done is not interrupted any more.
        const auto turn = next_unknown();
        if (!turn || (goes_on_ && !goes_on_(*turn))) {
            exhausted_ = true;
            return std::nullopt;
        }
        cut_off_ = stop_.requested() || is_out_of_time();
        if (cut_off_)
            return std::nullopt;
        ++taken_;
        return turn->trial;
    }

    [[nodiscard]] bool is_out_of_time() const { return options_.deadline && sys::monotonic_ns() >= *options_.deadline; }

    std::optional<model::Turn> next_unknown()
    {
        auto turn = order_.next();
        while (turn && is_known(turn->trial))
            turn = order_.next();
        return turn;
    }

    [[nodiscard]] bool is_known(model::TrialAddress trial) const
    {
        const std::uint32_t id = cells_[trial.cell].first_id + trial.number;
        return id < known_.size() && known_[id];
    }

    /// Once a stop was asked for, the trial is given up: whoever asked may have asked the hosts, too (a job's time
    /// limit sends SIGTERM to all processes), and what the record shows may be that. Where they are hit before the
    /// supervisor is, it has waited for that.
    void hand_over(const model::TrialRecord& record)
    {
        const std::lock_guard hold{mutex_};
        if (broken_ || stop_.requested())
            return;
        on_trial_(record);
        ++finished_;
    }

    const model::Experiment& experiment_;
    std::vector<model::Cell> cells_;
    model::TrialOrder order_;
    const Options& options_;
    const OnTrial& on_trial_;
    const Stop& stop_;
    const std::vector<bool>& known_; ///< by id: these are not run
    const GoesOn& goes_on_;
    std::shared_mutex machine_; ///< held alone by a trial that must have the machine to itself
    std::mutex mutex_;          ///< guards all below, and calls of on_trial_
    std::uint32_t taken_ = 0;   ///< trials that were begun
    std::uint32_t finished_ = 0;
    bool exhausted_ = false; ///< every trial of the plan is known or was begun, or the rest need not be
    bool cut_off_ = false;   ///< a turn was not used, because of the stop or the deadline; no lane takes another
    std::exception_ptr broken_;
};

} // namespace

CampaignEnd run_campaign(const model::Experiment& experiment, const Options& options, const OnTrial& on_trial,
                         const Stop& stop, const std::vector<bool>& finished, const GoesOn& goes_on)
{
    sys::raise_open_file_limit();
    sys::take_children_by_default();
    return Campaign{experiment, options, on_trial, stop, finished, goes_on}.run();
}

} // namespace bulkhead::run
