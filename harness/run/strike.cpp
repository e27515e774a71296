#include "harness/run/strike.hpp"

#include "harness/run/channel_scene.hpp"
#include "harness/run/limits.hpp"
#include "harness/run/measure.hpp"
#include "harness/sys/proc.hpp"

#include <csignal>

namespace bulkhead::run {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

/// How often to ask after an end that no descriptor announces: a stop, a new program image, the end of a main thread
/// that leaves its process alive, and on kernels before 6.9 the end of any thread.
constexpr milliseconds ask_interval{1};
constexpr milliseconds slack{1000}; ///< beyond the window, for a victim that is slow to end on a busy machine

} // namespace

Striker::Striker(Lane& lane, const model::TrialPlan& plan, Pool& pool)
    : lane_(lane), plan_(plan), pool_(pool), nature_(model::nature_of(plan.fault, plan.containment)),
      agent_(model::row_of(plan.fault).agent)
{}

bool Striker::strike(Struck& struck)
{
    struck_ = &struck;
    const pid_t pid = host().record.pid;
    if (const std::string missing = missing_limit(lane_, plan_, pid); !missing.empty())
        throw CannotJudge{"refused to commit " + to_string(plan_.fault) + ": " + missing};
    if (model::is_ring(plan_.variant.workload))
        settle_messages(lane_, pool_, plan_);
    if (const std::string missing = set_channel_scene(lane_, pool_, plan_); !missing.empty())
        throw CannotJudge{"the scene of " + to_string(plan_.fault) + " could not be set: " + missing};
    const bool counts_oom_kills = lane_.memory_cage().holds(plan_);
    const auto oom_kills = [&] { return lane_.memory_cage().oom_kills(plan_, plan_.victim.host); };
    const std::uint64_t oom_kills_before = counts_oom_kills ? oom_kills() : 0;
    tid_ = seat().tid(plan_.victim.thread);
    pool_.look(); // who has ended by now was not ended by the fault
    struck.ordered = sys::monotonic_ns();
    if (agent_ == model::Agent::victim) {
        order();
    } else {
        complete_ops();
        if (agent_ == model::Agent::nobody)
            return true;
        send_signals();
        if (std::holds_alternative<model::GoesOn>(nature_.end))
            return true;
    }
    const bool seen = await_end();
    if (counts_oom_kills)
        struck.oom_kills = oom_kills() - oom_kills_before;
    if (seen && !struck.did_not_take && model::breaks_pipe(plan_.fault) && !pool_.handed().is_unread(slack))
        throw CannotJudge{"somebody has the read end of the pipe open still"};
    return seen && !struck.did_not_take;
}

/// To the victim, which commits the fault itself.
void Striker::order()
{
    const pid_t pid = host().record.pid;
    if (std::holds_alternative<model::ImageReplaced>(nature_.end)) { // nothing else compares it, and it is a long call
        if (const std::string program = sys::program_of(pid); !program.empty())
            program_ = program;
    }
    // Since Linux 6.15 the main thread's descriptor tells only of the end of the whole process.
    if (watches_thread_end() && tid_ != pid)
        pool_.watch_thread(plan_.victim.host, tid_);
    seat().call(plan_.victim.thread, workers::CallKind::strike, plan_.after_ops);
}

/// The ops before a fault that comes from outside, or before the one that a golden run does not have.
void Striker::complete_ops()
{
    if (pool_.engagement() != nullptr) {
        complete_pieces();
        return;
    }
    pool_.challenge(plan_.victim.host, {plan_.victim.thread}, plan_.after_ops);
    if (!pool_.wait(end_deadline(), [this] { return pool_.quiet(); }))
        throw CannotJudge{"the victim did not complete its ops before the fault"};
    if (agent_ == model::Agent::nobody)
        return;
    const auto answer = seat().answer(plan_.victim.thread, *struck_->ordered);
    if (!answer)
        throw CannotJudge{"the victim was gone before the fault"};
    struck_->fired_at_op = answer->ops;
    struck_->fired = sys::monotonic_ns();
}

/// Of work that comes from outside, which the victim goes on with.
void Striker::complete_pieces()
{
    const std::uint32_t victim = model::index_of(plan_.victim, plan_.shape);
    const auto complete = [&] { return pool_.engagement()->pieces_of(victim) >= plan_.after_ops; };
    const bool in_time = pool_.wait(end_deadline(), [&] { return complete() || !pool_.alive(plan_.victim.host); });
    if (agent_ == model::Agent::nobody && !pool_.alive(plan_.victim.host))
        return; // a loss, of which the rest of the golden run tells
    if (!in_time || !complete())
        throw CannotJudge{"the victim did not complete its pieces of work before the fault"};
    if (agent_ == model::Agent::nobody)
        return;
    struck_->fired_at_op = seat().ops(plan_.victim.thread);
    struck_->fired = sys::monotonic_ns();
}

void Striker::send_signals()
{
    const sys::Pidfd& process = host().process;
    switch (agent_) {
    case model::Agent::nobody:
    case model::Agent::victim: return;
    case model::Agent::supervisor_to_host: process.signal(plan_.fault.signal); return;
    case model::Agent::supervisor_to_thread: sys::signal_thread(host().record.pid, tid_, plan_.fault.signal); return;
    case model::Agent::supervisor_to_group: {
        const bool one_group = shares(plan_.containment, model::Medium::group);
        const bool sent = one_group ? pool_.signal_group(plan_.fault.signal) : process.signal_group(plan_.fault.signal);
        if (!sent)
            throw CannotJudge{"the process group was gone before the signal"};
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
void Striker::thaw(const sys::Pidfd& process)
{
    model::HostRecord& record = host().record;
    const auto stopped = [&] { return record.end_seen || record.stopped; };
    while (!stopped() && sys::monotonic_ns() < end_deadline())
        if (!pool_.wait(sys::monotonic_in(ask_interval), stopped))
            record.stopped = process.stopped();
    process.signal(SIGCONT);
}

model::Stamp Striker::end_deadline() const
{
    return *struck_->ordered + nanoseconds{model::row_of(plan_.fault).takes + plan_.window + slack}.count();
}

bool Striker::watches_thread_end() const
{
    return std::holds_alternative<model::WorkerEnds>(nature_.end) && plan_.shape.threads > 1;
}

bool Striker::await_end()
{
    const bool asks = std::holds_alternative<model::ImageReplaced>(nature_.end) ||
                      std::holds_alternative<model::ProcessStops>(nature_.end) ||
                      (watches_thread_end() && !pool_.watches_thread());
    const auto deadline = end_deadline();
    const auto ended = [this] { return has_ended(); };
    while (asks && !ended() && sys::monotonic_ns() < deadline)
        if (!pool_.wait(sys::monotonic_in(ask_interval), ended))
            ask_after_end();
    const bool seen = pool_.wait(deadline, ended);
    if (agent_ == model::Agent::victim)
        note_its_words();
    return seen;
}

/// What the victim said by itself.
void Striker::note_its_words()
{
    if (const auto firing = seat().fired(plan_.victim.thread, *struck_->ordered)) {
        struck_->fired = firing->at;
        struck_->fired_at_op = firing->ops;
    }
    const workers::State state = seat().state(plan_.victim.thread);
    struck_->did_not_take = pool_.alive(plan_.victim.host) && state == workers::State::did_not_take;
    struck_->went_on = pool_.alive(plan_.victim.host) && state == workers::State::went_on;
}

/// True when the victim has ended in any way, or says that it goes on.
bool Striker::has_ended()
{
    if (host().record.end_seen)
        struck_->end_seen = host().record.end_seen;
    else if (pool_.thread_end_seen())
        struck_->end_seen = struck_->thread_end_seen = pool_.thread_end_seen();
    if (struck_->end_seen)
        return true;
    const workers::State state = seat().state(plan_.victim.thread);
    return agent_ == model::Agent::victim &&
           (state == workers::State::went_on || state == workers::State::did_not_take ||
            (std::holds_alternative<model::WorkerStalls>(nature_.end) &&
             seat().fired(plan_.victim.thread, *struck_->ordered)));
}

void Striker::ask_after_end()
{
    model::HostRecord& record = host().record;
    const bool ends_worker = std::holds_alternative<model::WorkerEnds>(nature_.end);
    if (record.end_seen)
        return;
    if (std::holds_alternative<model::ImageReplaced>(nature_.end)) {
        const std::string program = sys::program_of(record.pid);
        record.image_replaced = !program.empty() && program != program_;
    } else if (std::holds_alternative<model::ProcessStops>(nature_.end)) {
        record.stopped = host().process.stopped();
    } else if (ends_worker && !sys::thread_runs(record.pid, tid_)) {
        struck_->thread_end_seen = sys::monotonic_ns();
    }
    if (record.image_replaced || record.stopped || struck_->thread_end_seen)
        struck_->end_seen = sys::monotonic_ns();
}

} // namespace bulkhead::run
