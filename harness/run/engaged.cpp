#include "harness/run/engaged.hpp"

#include "harness/model/fault.hpp"

#include <variant>

namespace bulkhead::run {

void Engaged::engage(bool strike_follows)
{
    Engagement* const work = pool_.engagement();
    if (work == nullptr)
        return;
    const bool is_ordered = strike_follows && model::row_of(plan_.fault).agent == model::Agent::victim;
    std::vector<std::uint32_t> ready;
    for (std::uint32_t host = 0; host < plan_.shape.hosts; ++host) {
        const Pool::Host& now = pool_.host(host);
        if (!pool_.alive(host) || !now.answered || now.record.pid == pids_[host])
            continue;
        pids_[host] = now.record.pid;
        ready.push_back(host);
        for (std::uint32_t thread = 0; thread < plan_.shape.threads; ++thread)
            if (!is_ordered || model::WorkerId{host, thread} != plan_.victim)
                lane_.seat(host).call(thread, workers::CallKind::engage, 0);
    }
    for (const std::uint32_t host : ready) // when all of the first are at it
        work->on_ready(host);
}

void Engaged::note_end_of_victim()
{
    if (Engagement* const work = pool_.engagement(); work != nullptr)
        work->on_end_of_worker(model::index_of(plan_.victim, plan_.shape));
}

void Engaged::finish(model::TrialRecord& record)
{
    Engagement* const work = pool_.engagement();
    if (work == nullptr)
        return;
    work->on_strikes_over();
    await_done();
    work->close();
    await_answers();
    if (const std::string why = work->note_in(record); !why.empty())
        record.inconclusive = why;
}

/// Each round has done a piece of work or given up somebody who is silent, so that there is a last one.
void Engaged::await_done()
{
    Engagement& work = *pool_.engagement();
    while (!work.done()) {
        const std::uint64_t before = work.progress();
        const auto deadline = sys::monotonic_in(plan_.window);
        const bool gets_on = pool_.wait(deadline, [&] { return work.done() || work.progress() != before; });
        if (!gets_on && !work.on_silence())
            return;
    }
}

/// Whoever does not answer is still to be challenged, and is judged by that.
void Engaged::await_answers()
{
    const bool victim_works =
        std::holds_alternative<model::GoesOn>(model::nature_of(plan_.fault, plan_.containment).end);
    const auto owes = [&](model::WorkerId worker) {
        return pool_.alive(worker.host) && pool_.host(worker.host).record.pid == pids_[worker.host] &&
               (victim_works || worker != plan_.victim) && !lane_.seat(worker.host).answered(worker.thread);
    };
    const auto deadline = sys::monotonic_in(plan_.window);
    pool_.wait(deadline, [&] {
        for (std::uint32_t worker = 0; worker < plan_.shape.workers(); ++worker)
            if (owes(model::worker_at(worker, plan_.shape)))
                return false;
        return true;
    });
}

} // namespace bulkhead::run
