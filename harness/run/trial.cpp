#include "harness/run/trial.hpp"

#include "harness/model/judge.hpp"
#include "harness/run/channel_scene.hpp"
#include "harness/run/engaged.hpp"
#include "harness/run/limits.hpp"
#include "harness/run/measure.hpp"
#include "harness/run/onlooker.hpp"
#include "harness/run/pool.hpp"
#include "harness/run/rates.hpp"
#include "harness/run/refusal.hpp"
#include "harness/run/silence.hpp"
#include "harness/run/stacks.hpp"
#include "harness/run/strike.hpp"
#include "harness/run/supervise.hpp"
#include "harness/sys/proc.hpp"

#include <algorithm>
#include <numeric>

namespace bulkhead::run {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

/// What a probe has found of an ability; empty when it had no room to say.
std::string_view found_of(std::string_view probe, std::string_view ability)
{
    const auto line = probe.find("\n" + std::string{ability} + "=");
    if (line == std::string_view::npos)
        return {};
    const auto start = line + ability.size() + 2;
    return probe.substr(start, probe.find('\n', start) - start);
}

class Trial {
public:
    Trial(Lane& lane, const model::TrialPlan& plan)
        : lane_(lane), plan_(plan), nature_(model::nature_of(plan.fault, plan.containment)), pool_(lane, plan),
          striker_(lane, plan, pool_), supervise_(lane, plan, pool_, record_), engaged_(lane, plan, pool_),
          silence_(lane, plan, pool_)
    {
        record_.plan = plan;
        record_.lane = lane.number();
        record_.workers.resize(plan.shape.workers());
        for (std::uint32_t i = 0; i < record_.workers.size(); ++i)
            record_.workers[i].id = model::worker_at(i, plan.shape);
    }

    model::TrialRecord run()
    {
        record_.started = sys::monotonic_ns();
        if (Onlooker* const onlooker = lane_.options().onlooker)
            onlooker->begun(lane_.number(), plan_, record_.started);
        const milliseconds limit = lane_.options().trial_limit.value_or(model::default_limit(plan_));
        lane_.limit_trial(limit);
        try {
            pool_.launch();
            launched_ = true;
            await_steady_state();
            engaged_.engage(true);
            if (striker_.strike(struck_)) {
                counted_threads_.emplace(plan_, pool_);
                end_channel_scene(lane_, pool_, plan_);
                supervise();
                note_strike(); // what came of the work depends on when it was
                engaged_.finish(record_);
                observe();
                pool_.look(); // who ends by himself is not to be taken for one of those whom the teardown ends
            }
        } catch (const CannotJudge& why) {
            record_.inconclusive = why.reason;
        } catch (const Overdue&) {
            give_up_after(limit);
        } catch (const std::system_error& refused) {
            record_.inconclusive = describe_refusal(refused);
        }
        lane_.lift_limits(); // each step of what follows has a limit of its own
        conclude();
        record_.finished = sys::monotonic_ns();
        return std::move(record_);
    }

private:
    /// The stacks are taken first: what comes next ends those who have them.
    void give_up_after(milliseconds limit)
    {
        record_.inconclusive = "it took longer than a trial may (" + std::to_string(limit.count()) + " ms)";
        std::string silent;
        for (const Pool::Host& host : pool_.hosts())
            if (host.process && !host.answered && !host.record.end_seen)
                silent += (silent.empty() ? "p" : ", p") + std::to_string(host.record.number);
        record_.inconclusive += silent.empty() ? "" : "; hosts that had not answered: " + silent;
        record_.inconclusive += pool_.zygote_owes() ? "; the zygote had not said what became of the others" : "";
        note_stacks(pool_, lane_);
    }

    /// Collects what there is to know, and ends everything; a refusal in between keeps the trial from being judged.
    void conclude()
    {
        note_strike();
        try {
            if (launched_)
                collect_answers();
            if (plan_.measures.anatomy && record_.settled)
                note(measure_remains(pool_));
            pool_.end();
        } catch (const std::system_error& refused) {
            record_.inconclusive = describe_refusal(refused);
            launched_ = false;
            pool_.end();
        }
        note_unended();
        supervise_.conclude();
        record_final_state();
    }

    /// What hangs in the kernel is no verdict on anything.
    void note_unended()
    {
        for (const Pool::Host& host : pool_.hosts())
            if (host.process)
                record_.inconclusive += (record_.inconclusive.empty() ? "host p" : "; host p") +
                                        std::to_string(host.record.number) + " had not ended " +
                                        std::to_string(sys::kill_limit.count()) +
                                        " ms after SIGKILL: it hangs in the kernel, or is traced";
    }

    void note_strike()
    {
        record_.ordered = struck_.ordered;
        record_.fired = struck_.fired;
        record_.fired_at_op = struck_.fired_at_op;
        record_.did_not_take = struck_.did_not_take;
        record_.went_on = struck_.went_on;
        record_.end_seen = struck_.end_seen;
        record_.oom_kills = struck_.oom_kills;
        if (struck_.thread_end_seen)
            worker(plan_.victim).thread_end_seen = struck_.thread_end_seen;
    }

    /// Has the strategy carried out, and the victim's replacement struck, as often as the plan says.
    void supervise()
    {
        const std::uint32_t strikes = model::planned_strikes(plan_);
        if (struck_.thread_end_seen && pool_.alive(plan_.victim.host))
            engaged_.note_end_of_victim();
        for (std::uint32_t strike = 1; supervise_.repair(strike) && strike < strikes; ++strike) {
            engaged_.engage(true);
            Struck struck;
            const bool seen = striker_.strike(struck);
            record_.further_strikes.push_back({.ordered = struck.ordered.value_or(0),
                                               .fired = struck.fired,
                                               .fired_at_op = struck.fired_at_op,
                                               .end_seen = struck.end_seen});
            if (!seen)
                return;
        }
        engaged_.engage(false);
    }

    [[nodiscard]] model::HostRecord& victim_host() { return pool_.host(plan_.victim.host).record; }
    [[nodiscard]] model::WorkerRecord& worker(model::WorkerId id)
    {
        return record_.workers[model::index_of(id, plan_.shape)];
    }

    void note_first_answer(model::WorkerRecord& worker) const
    {
        const Seat& seat = lane_.seat(worker.id.host);
        worker.before = seat.answer(worker.id.thread, record_.started);
        worker.tid = seat.tid(worker.id.thread);
    }

    [[nodiscard]] std::string why_unsteady(model::WorkerId id) const
    {
        return "no steady state: worker " + to_string(id) + " had not completed its first " +
               std::to_string(plan_.evidence_ops) + " ops within " +
               std::to_string(lane_.options().steady_limit.count()) + " ms";
    }

    /// Of a pool that had not settled at the limit; what it has come to since does not count.
    [[nodiscard]] std::string why_unsettled() const
    {
        if (pool_.zygote_owes())
            return "no steady state: the zygote had not launched all hosts within " +
                   std::to_string(lane_.options().steady_limit.count()) + " ms";
        std::optional<model::WorkerId> late;
        for (const model::WorkerRecord& worker : record_.workers) {
            if (pool_.hosts()[worker.id.host].answered)
                continue;
            if (!worker.before)
                return why_unsteady(worker.id);
            late = late.value_or(worker.id);
        }
        return why_unsteady(late.value_or(record_.workers.front().id));
    }

    void await_steady_state()
    {
        const auto deadline = record_.started + nanoseconds{lane_.options().steady_limit}.count();
        const bool settled = pool_.wait(
            deadline, [this] { return pool_.quiet() || pool_.any_ended(); }, Pool::Wakes::when_all_have);
        if (!settled) {
            std::ranges::for_each(record_.workers, [this](model::WorkerRecord& worker) { note_first_answer(worker); });
            const std::string reason = why_unsettled(); // first: while stacks are taken, hosts may get on
            note_stacks(pool_, lane_);
            throw CannotJudge{reason};
        }
        for (const Pool::Host& host : pool_.hosts())
            if (host.record.termination)
                throw CannotJudge{"no steady state: host p" + std::to_string(host.record.number) +
                                  " ended at its start: " + describe_host_end(*host.record.termination)};
        for (model::WorkerRecord& worker : record_.workers) {
            note_first_answer(worker);
            if (!worker.before)
                throw CannotJudge{why_unsteady(worker.id)};
            if (!worker.before->check_holds)
                throw CannotJudge{"no steady state: the check of worker " + to_string(worker.id) + " does not hold"};
        }
        record_.steady = sys::monotonic_ns();
        if (Onlooker* const onlooker = lane_.options().onlooker)
            onlooker->reached(lane_.number(), Onlooker::Step::steady, *record_.steady);
        take_probes(probes_before_);
        expect_abilities();
        if (plan_.measures.memory)
            note(measure_memory(pool_, plan_));
        if (plan_.measures.anatomy)
            note(measure_anatomy(pool_, lane_, plan_));
        if (plan_.measures.round_trip || plan_.measures.context_switch)
            note(measure_round_trip(lane_, pool_, plan_));
        if (plan_.burst.count() > 0)
            note(measure_rates(lane_, pool_, record_, &model::WorkerRecord::rate_before,
                               std::vector(plan_.shape.hosts, all_threads())));
    }

    void take_probes(std::vector<std::string>& probes)
    {
        if (!plan_.containment.commons)
            return;
        probes.clear();
        for (const model::WorkerRecord& worker : record_.workers)
            probes.push_back(lane_.seat(worker.id.host).probe(worker.id.thread));
    }

    /// What a worker could not do before the fault, the fault did not take from it.
    void expect_abilities() const
    {
        for (std::uint32_t i = 0; i < probes_before_.size(); ++i) {
            for (const char* const ability : {"opening a file", "allocating", "starting a thread"}) {
                const std::string_view found = found_of(probes_before_[i], ability);
                if (!found.empty() && found != "works")
                    throw CannotJudge{"no steady state: worker " + to_string(record_.workers[i].id) + " failed at " +
                                      ability + ": " + std::string{found}};
            }
        }
    }

    [[nodiscard]] bool any_starts_threads() const
    {
        for (std::uint32_t i = 0; i < probes_after_.size(); ++i) // what has not answered was probed before
            if (record_.workers[i].after && found_of(probes_after_[i], "starting a thread") == "works")
                return true;
        return false;
    }

    [[nodiscard]] std::vector<std::uint32_t> all_threads() const
    {
        std::vector<std::uint32_t> threads(plan_.shape.threads);
        std::iota(threads.begin(), threads.end(), 0U);
        return threads;
    }

    /// By host: those that were called last.
    [[nodiscard]] std::vector<std::vector<std::uint32_t>> called_threads() const
    {
        std::vector<std::vector<std::uint32_t>> threads;
        for (std::uint32_t number = 0; number < plan_.shape.hosts; ++number)
            threads.push_back(pool_.called(number));
        return threads;
    }

    /// Challenges everyone who may still work, and waits until every fate is certain.
    void observe()
    {
        record_.challenged = sys::monotonic_ns();
        const bool victim_works = std::holds_alternative<model::GoesOn>(nature_.end);
        const std::vector<std::uint32_t> everyone = all_threads();
        for (std::uint32_t number = 0; number < plan_.shape.hosts; ++number) {
            if (!pool_.alive(number) || supervise_.was_replaced(number))
                continue;
            auto threads = everyone;
            if (number == plan_.victim.host && !victim_works)
                threads.erase(threads.begin() + plan_.victim.thread);
            if (number == plan_.victim.host && (victim_host().image_replaced || threads.empty()))
                pool_.host(number).cannot_be_asked = true;
            else
                pool_.challenge(number, threads, plan_.evidence_ops);
        }
        if (Onlooker* const onlooker = lane_.options().onlooker)
            onlooker->reached(lane_.number(), Onlooker::Step::challenged, *record_.challenged);
        await_fates();
        record_.settled = sys::monotonic_ns();
        // Before a burst, whose answers are of another kind; and the answer first, which comes after its probe.
        for (model::WorkerRecord& worker : record_.workers)
            worker.after = lane_.seat(worker.id.host).answer(worker.id.thread, *record_.challenged);
        take_probes(probes_after_);
        if (any_starts_threads() && counted_threads_->left_room())
            throw CannotJudge{"there was room for more threads: others ended meanwhile"};
        if (pool_.quiet() && judges_rates(plan_))
            measure_rates(lane_, pool_, record_, &model::WorkerRecord::rate_after, called_threads());
        if (plan_.variant.workload == model::Workload::ledger)
            note(audit_ledger(lane_, pool_, plan_, supervise_.transfers_of_replaced()));
        if (model::has_owner(plan_.variant.workload))
            note(audit_owned_ledger(lane_, pool_, plan_));
        if (model::is_ring(plan_.variant.workload))
            note(audit_messages(lane_, pool_, plan_));
    }

    void note(std::vector<model::Figure> figures)
    {
        record_.figures.insert(record_.figures.end(), std::make_move_iterator(figures.begin()),
                               std::make_move_iterator(figures.end()));
    }

    /// Until everybody has answered or ended, or whoever has not is seen to sleep on. At the latest the window ends it;
    /// it is given once more where somebody runs at its end for whom the silent ones may be waiting.
    void await_fates()
    {
        const model::Stamp deadline = *record_.challenged + nanoseconds{plan_.window + extra_for_bursts(plan_)}.count();
        bool are_certain = await_fates_until(deadline);
        if (!are_certain && !silence_.nobody_runs(record_))
            are_certain = await_fates_until(deadline + nanoseconds{plan_.window}.count());
        record_.window_ended = !are_certain;
        if (record_.window_ended)
            silence_.note_starved(record_);
    }

    bool await_fates_until(model::Stamp deadline)
    {
        const auto quiet = [this] { return pool_.quiet(); };
        auto next_look = std::max(*record_.challenged + silence_.patience().count(), sys::monotonic_ns());
        while (next_look < deadline) {
            if (pool_.wait(next_look, quiet, Pool::Wakes::when_all_have)) {
                if (plan_.burst.count() == 0) // an answer under a fault that degrades says nothing of other trials
                    lane_.note_answers(nanoseconds{sys::monotonic_ns() - *record_.challenged});
                return true;
            }
            if (silence_.all_sleep(record_)) {
                // Also when nobody is silent any more: then the pool is yet to hear of it.
                pool_.wait(sys::monotonic_ns(), quiet, Pool::Wakes::when_all_have);
                return true;
            }
            next_look = sys::monotonic_in(silence_.interval());
        }
        return pool_.wait(deadline, quiet, Pool::Wakes::when_all_have);
    }

    void collect_answers()
    {
        for (model::WorkerRecord& worker : record_.workers) {
            const model::HostRecord& host = supervise_.first_of(worker.id.host);
            const bool is_silent = record_.challenged && !worker.after && !host.end_seen && !host.image_replaced;
            if (is_silent && worker.tid > 0 && !worker.thread_end_seen && !sys::thread_runs(host.pid, worker.tid))
                worker.thread_end_seen = sys::monotonic_ns();
        }
        for (model::WorkerRecord& worker : record_.workers) { // before the end of each host shows in its channels
            const Seat& seat = lane_.seat(worker.id.host);
            worker.receiving = seat.passage(worker.id.thread, workers::Count::receiving);
            worker.sending = seat.passage(worker.id.thread, workers::Count::sending);
        }
        for (std::uint32_t i = 0; i < record_.workers.size() && i < probes_after_.size(); ++i) {
            model::WorkerRecord& worker = record_.workers[i];
            worker.probed = worker.after && !probes_before_[i].empty() && !probes_after_[i].empty();
            if (worker.probed)
                worker.changes = model::changes_between(probes_before_[i], probes_after_[i]);
        }
        for (std::uint32_t number = 0; number < plan_.shape.hosts; ++number)
            pool_.host(number).record.box_spoiled = lane_.seat(number).spoiled();
    }

    void record_final_state()
    {
        for (std::uint32_t number = 0; number < plan_.shape.hosts; ++number)
            record_.hosts.push_back(supervise_.first_of(number));
        if (!launched_) { // a host that nobody knows of may still have a box
            for (std::uint32_t number = 0; number < plan_.shape.hosts; ++number)
                lane_.give_up_seat(number);
            return;
        }
        for (model::WorkerRecord& worker : record_.workers)
            if (!supervise_.was_replaced(worker.id.host))
                note_final_state(worker, lane_.seat(worker.id.host));
        for (const Pool::Host& host : pool_.hosts())
            if (host.record.box_spoiled || !host.record.termination)
                lane_.give_up_seat(host.record.number);
    }

    Lane& lane_;
    const model::TrialPlan& plan_;
    model::FaultNature nature_;
    model::TrialRecord record_;
    Pool pool_;
    Striker striker_;
    Struck struck_; ///< the first time
    std::optional<CountedThreads> counted_threads_;
    Supervise supervise_;
    Engaged engaged_;
    std::vector<std::string> probes_before_; ///< in pool order; empty without commons
    std::vector<std::string> probes_after_;
    Silence silence_;
    bool launched_ = false;
};

} // namespace

model::TrialRecord run_trial_in(Lane& lane, const model::TrialPlan& plan)
{
    return Trial{lane, plan}.run();
}

model::TrialRecord run_trial(const model::TrialPlan& plan, const Options& options)
{
    sys::raise_open_file_limit();
    sys::take_children_by_default();
    Lane lane{options, nullptr, 0};
    return run_trial_in(lane, plan);
}

} // namespace bulkhead::run
