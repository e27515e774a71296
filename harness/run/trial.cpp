#include "harness/run/trial.hpp"

#include "harness/run/limits.hpp"
#include "harness/run/measure.hpp"
#include "harness/run/pool.hpp"
#include "harness/run/refusal.hpp"
#include "harness/run/silence.hpp"
#include "harness/sys/proc.hpp"

#include <csignal>
#include <numeric>

namespace bulkhead::run {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

/// How often to ask after an end that no descriptor announces: a stop, a new program image, the end of a main thread
/// that leaves its process alive, and on kernels before 6.9 the end of any thread.
constexpr milliseconds ask_interval{1};
constexpr milliseconds slack{1000}; ///< beyond the window, for a victim that is slow to end on a busy machine

/// Why the trial cannot be judged.
struct CannotJudge {
    std::string reason;
};

class Trial {
public:
    Trial(Lane& lane, const model::TrialPlan& plan)
        : lane_(lane), plan_(plan), nature_(model::nature_of(plan.fault, plan.containment)),
          agent_(model::row_of(plan.fault).agent), pool_(lane, plan), silence_(lane, plan, pool_)
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
        try {
            pool_.launch();
            launched_ = true;
            await_steady_state();
            if (strike())
                observe();
        } catch (const CannotJudge& why) {
            record_.inconclusive = why.reason;
        } catch (const std::system_error& refused) {
            record_.inconclusive = describe_refusal(refused);
        }
        conclude();
        record_.finished = sys::monotonic_ns();
        return std::move(record_);
    }

private:
    /// Collects what there is to know, and ends everything; a refusal in between keeps the trial from being judged.
    void conclude()
    {
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
        record_final_state();
    }

    [[nodiscard]] Seat& victim_seat() { return lane_.seat(plan_.victim.host); }
    [[nodiscard]] model::HostRecord& victim_host() { return pool_.host(plan_.victim.host).record; }
    [[nodiscard]] model::WorkerRecord& worker(model::WorkerId id)
    {
        return record_.workers[model::index_of(id, plan_.shape)];
    }

    void await_steady_state()
    {
        const auto deadline = record_.started + nanoseconds{lane_.options().steady_limit}.count();
        pool_.wait(deadline, [this] { return pool_.quiet() || pool_.any_ended(); });
        for (const Pool::Host& host : pool_.hosts())
            if (host.record.termination)
                throw CannotJudge{"no steady state: host p" + std::to_string(host.record.number) +
                                  " ended at its start: " + describe_host_end(*host.record.termination)};
        for (model::WorkerRecord& worker : record_.workers) {
            const Seat& seat = lane_.seat(worker.id.host);
            worker.before = seat.answer(worker.id.thread, record_.started);
            worker.tid = seat.tid(worker.id.thread);
            if (!worker.before)
                throw CannotJudge{"no steady state: worker " + to_string(worker.id) + " had not completed its first " +
                                  std::to_string(plan_.evidence_ops) + " ops within " +
                                  std::to_string(lane_.options().steady_limit.count()) + " ms"};
            if (!worker.before->check_holds)
                throw CannotJudge{"no steady state: the check of worker " + to_string(worker.id) + " does not hold"};
        }
        record_.steady = sys::monotonic_ns();
        take_probes(probes_before_);
        if (plan_.measures.memory)
            note(measure_memory(pool_, plan_));
        if (plan_.measures.anatomy)
            note(measure_anatomy(pool_, lane_, plan_));
        if (plan_.burst.count() > 0)
            measure_rates(&model::WorkerRecord::rate_before);
    }

    void take_probes(std::vector<std::string>& probes)
    {
        if (!plan_.containment.commons)
            return;
        probes.clear();
        for (const model::WorkerRecord& worker : record_.workers)
            probes.push_back(lane_.seat(worker.id.host).probe(worker.id.thread));
    }

    /// Lets everybody who can work without pauses at the same time, and notes the ops per second of each.
    void measure_rates(std::optional<double> model::WorkerRecord::*rate)
    {
        std::vector<std::uint64_t> ops;
        for (const model::WorkerRecord& worker : record_.workers)
            ops.push_back(lane_.seat(worker.id.host).ops(worker.id.thread));
        const auto began = sys::monotonic_ns();
        const auto microseconds = std::chrono::microseconds{plan_.burst}.count();
        for (std::uint32_t number = 0; number < plan_.shape.hosts; ++number)
            if (pool_.alive(number) && pool_.host(number).answered)
                pool_.challenge(number, std::vector(pool_.called(number)), static_cast<std::uint64_t>(microseconds),
                                workers::CallKind::burst);
        pool_.wait(began + nanoseconds{plan_.burst + plan_.window + extra_for_bursts()}.count(),
                   [this] { return pool_.quiet(); });
        for (std::uint32_t i = 0; i < record_.workers.size(); ++i) {
            model::WorkerRecord& worker = record_.workers[i];
            const auto answer = lane_.seat(worker.id.host).answer(worker.id.thread, began);
            if (answer && answer->ops > ops[i])
                worker.*rate =
                    static_cast<double>(answer->ops - ops[i]) * 1e9 / static_cast<double>(answer->at - began);
        }
    }

    /// Gives the order and waits for the victim's end. False when there is nothing to observe after it.
    bool strike()
    {
        if (const std::string missing = missing_limit(lane_, plan_, victim_host().pid); !missing.empty())
            throw CannotJudge{"refused to commit " + to_string(plan_.fault) + ": " + missing};
        if (lane_.memory_cage().holds(plan_))
            oom_kills_before_ = lane_.memory_cage().oom_kills(plan_, plan_.victim.host);
        record_.ordered = sys::monotonic_ns();
        if (agent_ == model::Agent::victim) {
            if (const std::string program = sys::program_of(victim_host().pid); !program.empty())
                program_ = program;
            // Since Linux 6.15 the main thread's descriptor tells only of the end of the whole process.
            if (watches_thread_end() && worker(plan_.victim).tid != victim_host().pid)
                pool_.watch_thread(plan_.victim.host, worker(plan_.victim).tid);
            victim_seat().call(plan_.victim.thread, workers::CallKind::strike, plan_.after_ops);
            return await_end();
        }
        pool_.challenge(plan_.victim.host, {plan_.victim.thread}, plan_.after_ops);
        if (!pool_.wait(end_deadline(), [this] { return pool_.quiet(); }))
            throw CannotJudge{"the victim did not complete its ops before the fault"};
        if (agent_ == model::Agent::nobody)
            return true;
        const auto answer = victim_seat().answer(plan_.victim.thread, *record_.ordered);
        if (!answer)
            throw CannotJudge{"the victim was gone before the fault"};
        record_.fired_at_op = answer->ops;
        record_.fired = sys::monotonic_ns();
        send_signals();
        return std::holds_alternative<model::GoesOn>(nature_.end) || await_end();
    }

    void send_signals()
    {
        const sys::Pidfd& process = pool_.host(plan_.victim.host).process;
        switch (agent_) {
        case model::Agent::nobody:
        case model::Agent::victim: return;
        case model::Agent::supervisor_to_host: process.signal(plan_.fault.signal); return;
        case model::Agent::supervisor_to_thread:
            sys::signal_thread(victim_host().pid, worker(plan_.victim).tid, plan_.fault.signal);
            return;
        case model::Agent::supervisor_to_group: {
            const bool one_group = shares(plan_.containment, model::Medium::group);
            pool_.host(one_group ? 0 : plan_.victim.host).process.signal_group(plan_.fault.signal);
            return;
        }
        case model::Agent::supervisor:
            process.signal(SIGSTOP);
            if (std::holds_alternative<model::GoesOn>(nature_.end))
                thaw(process);
            return;
        }
    }

    /// Continues the process once it was seen to be stopped.
    void thaw(const sys::Pidfd& process)
    {
        const auto stopped = [&] { return victim_host().end_seen || victim_host().stopped; };
        while (!stopped() && sys::monotonic_ns() < end_deadline())
            if (!pool_.wait(sys::monotonic_ns() + nanoseconds{ask_interval}.count(), stopped))
                victim_host().stopped = process.stopped();
        process.signal(SIGCONT);
    }

    /// Whoever is degraded answers late, and is to be told from whoever does not answer.
    [[nodiscard]] milliseconds extra_for_bursts() const { return plan_.burst * 25; }

    [[nodiscard]] model::Stamp end_deadline() const
    {
        return *record_.ordered + nanoseconds{model::row_of(plan_.fault).takes + plan_.window + slack}.count();
    }

    [[nodiscard]] bool watches_thread_end() const
    {
        return std::holds_alternative<model::WorkerEnds>(nature_.end) && plan_.shape.threads > 1;
    }

    bool await_end()
    {
        const bool asks = std::holds_alternative<model::ImageReplaced>(nature_.end) ||
                          std::holds_alternative<model::ProcessStops>(nature_.end) ||
                          (watches_thread_end() && !pool_.watches_thread());
        const auto deadline = end_deadline();
        const auto ended = [this] { return victim_ended(); };
        while (asks && !ended() && sys::monotonic_ns() < deadline)
            if (!pool_.wait(sys::monotonic_ns() + nanoseconds{ask_interval}.count(), ended))
                ask_after_end();
        const bool seen = pool_.wait(deadline, ended);
        if (agent_ == model::Agent::victim) {
            if (const auto firing = victim_seat().fired(plan_.victim.thread, *record_.ordered)) {
                record_.fired = firing->at;
                record_.fired_at_op = firing->ops;
            }
            const workers::State state = victim_seat().state(plan_.victim.thread);
            record_.did_not_take = pool_.alive(plan_.victim.host) && state == workers::State::did_not_take;
            record_.went_on = pool_.alive(plan_.victim.host) && state == workers::State::went_on;
        }
        if (lane_.memory_cage().holds(plan_))
            record_.oom_kills = lane_.memory_cage().oom_kills(plan_, plan_.victim.host) - oom_kills_before_;
        return seen && !record_.did_not_take;
    }

    /// True when the victim has ended in any way, or says that it goes on.
    bool victim_ended()
    {
        if (victim_host().end_seen)
            record_.end_seen = victim_host().end_seen;
        else if (pool_.thread_end_seen())
            record_.end_seen = worker(plan_.victim).thread_end_seen = pool_.thread_end_seen();
        if (record_.end_seen)
            return true;
        const workers::State state = victim_seat().state(plan_.victim.thread);
        return agent_ == model::Agent::victim &&
               (state == workers::State::went_on || state == workers::State::did_not_take ||
                (std::holds_alternative<model::WorkerStalls>(nature_.end) &&
                 victim_seat().fired(plan_.victim.thread, *record_.ordered)));
    }

    void ask_after_end()
    {
        model::HostRecord& host = victim_host();
        const bool ends_worker = std::holds_alternative<model::WorkerEnds>(nature_.end);
        if (host.end_seen)
            return;
        if (std::holds_alternative<model::ImageReplaced>(nature_.end)) {
            const std::string program = sys::program_of(host.pid);
            host.image_replaced = !program.empty() && program != program_;
        } else if (std::holds_alternative<model::ProcessStops>(nature_.end)) {
            host.stopped = pool_.host(plan_.victim.host).process.stopped();
        } else if (ends_worker && !sys::thread_runs(host.pid, worker(plan_.victim).tid)) {
            worker(plan_.victim).thread_end_seen = sys::monotonic_ns();
        }
        if (host.image_replaced || host.stopped || worker(plan_.victim).thread_end_seen)
            record_.end_seen = sys::monotonic_ns();
    }

    /// Challenges everyone who may still work, and waits until every fate is certain.
    void observe()
    {
        record_.challenged = sys::monotonic_ns();
        const bool victim_works = std::holds_alternative<model::GoesOn>(nature_.end);
        std::vector<std::uint32_t> everyone(plan_.shape.threads);
        std::iota(everyone.begin(), everyone.end(), 0U);
        for (std::uint32_t number = 0; number < plan_.shape.hosts; ++number) {
            if (!pool_.alive(number))
                continue;
            auto threads = everyone;
            if (number == plan_.victim.host && !victim_works)
                threads.erase(threads.begin() + plan_.victim.thread);
            if (number == plan_.victim.host && (victim_host().image_replaced || threads.empty()))
                pool_.host(number).cannot_be_asked = true;
            else
                pool_.challenge(number, threads, plan_.evidence_ops);
        }
        await_fates();
        record_.settled = sys::monotonic_ns();
        take_probes(probes_after_); // before a burst, whose answers are of another kind
        for (model::WorkerRecord& worker : record_.workers)
            worker.after = lane_.seat(worker.id.host).answer(worker.id.thread, *record_.challenged);
        if (pool_.quiet() && judges_rates(plan_))
            measure_rates(&model::WorkerRecord::rate_after);
        if (plan_.variant.workload == model::Workload::ledger)
            note(audit_ledger(lane_, pool_, plan_));
    }

    void note(std::vector<model::Figure> figures)
    {
        record_.figures.insert(record_.figures.end(), std::make_move_iterator(figures.begin()),
                               std::make_move_iterator(figures.end()));
    }

    /// Until everybody has answered or ended, or whoever has not is seen to sleep on. At the latest the window ends it.
    void await_fates()
    {
        const auto quiet = [this] { return pool_.quiet(); };
        const auto deadline = *record_.challenged + nanoseconds{plan_.window + extra_for_bursts()}.count();
        auto next_look = *record_.challenged + silence_.patience().count();
        while (next_look < deadline) {
            if (pool_.wait(next_look, quiet)) {
                if (plan_.burst.count() == 0) // an answer under a fault that degrades says nothing of other trials
                    lane_.note_answers(nanoseconds{sys::monotonic_ns() - *record_.challenged});
                return;
            }
            if (silence_.all_sleep(record_))
                return;
            next_look = sys::monotonic_ns() + silence_.interval().count();
        }
        record_.window_ended = !pool_.wait(deadline, quiet);
        if (record_.window_ended)
            silence_.note_starved(record_);
    }

    void collect_answers()
    {
        for (model::WorkerRecord& worker : record_.workers) {
            const model::HostRecord& host = pool_.host(worker.id.host).record;
            const bool is_silent = record_.challenged && !worker.after && !host.end_seen && !host.image_replaced;
            if (is_silent && worker.tid > 0 && !worker.thread_end_seen && !sys::thread_runs(host.pid, worker.tid))
                worker.thread_end_seen = sys::monotonic_ns();
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
        for (const Pool::Host& host : pool_.hosts())
            record_.hosts.push_back(host.record);
        if (!launched_) { // a host that nobody knows of may still have a box
            for (std::uint32_t number = 0; number < plan_.shape.hosts; ++number)
                lane_.give_up_seat(number);
            return;
        }
        for (model::WorkerRecord& worker : record_.workers) {
            const Seat& seat = lane_.seat(worker.id.host);
            worker.ops_final = seat.ops(worker.id.thread);
            worker.check_failures = seat.check_failures(worker.id.thread);
            worker.broken = seat.broken(worker.id.thread);
        }
        for (const model::HostRecord& host : record_.hosts)
            if (host.box_spoiled || !host.termination)
                lane_.give_up_seat(host.number);
    }

    Lane& lane_;
    const model::TrialPlan& plan_;
    model::FaultNature nature_;
    model::Agent agent_;
    model::TrialRecord record_;
    Pool pool_;
    std::string program_;                    ///< of the victim's host, before the fault
    std::vector<std::string> probes_before_; ///< in pool order; empty without commons
    std::vector<std::string> probes_after_;
    Silence silence_;
    std::uint64_t oom_kills_before_ = 0;
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
