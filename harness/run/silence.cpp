#include "harness/run/silence.hpp"

namespace bulkhead::run {

template <typename Action>
void Silence::for_each_silent(model::TrialRecord& record, Action&& action)
{
    for (std::uint32_t number = 0; number < plan_.shape.hosts; ++number) {
        if (!pool_.alive(number) || pool_.host(number).cannot_be_asked)
            continue;
        for (const std::uint32_t thread : pool_.called(number)) {
            const std::uint32_t index = model::index_of({number, thread}, plan_.shape);
            if (!lane_.seat(number).answered(thread))
                action(record.workers[index], looks_[index]);
        }
    }
}

bool Silence::all_sleep(model::TrialRecord& record)
{
    bool all = true;
    for_each_silent(record, [&](model::WorkerRecord& worker, std::optional<sys::ThreadLook>& before) {
        const auto look = sys::look_at_thread(pool_.host(worker.id.host).record.pid, worker.tid);
        const bool sleeps = look && look == before && (look->state == 'S' || look->state == 'T');
        worker.asleep_seen = sleeps ? std::optional(sys::monotonic_ns()) : std::nullopt;
        before = look;
        all = all && sleeps;
    });
    return all && nobody_runs(record);
}

/// Somebody who has answered, or a thread that a worker has started, may be what the silent ones wait for, and may have
/// lost its processor meanwhile.
bool Silence::nobody_runs(const model::TrialRecord& record) const
{
    const pid_t victim = record.workers[model::index_of(plan_.victim, plan_.shape)].tid;
    for (const Pool::Host& host : pool_.hosts()) {
        if (host.record.end_seen || host.cannot_be_asked)
            continue;
        for (const pid_t thread : sys::threads_of(host.record.pid)) {
            const bool is_victim = host.record.number == plan_.victim.host && thread == victim;
            const auto look = is_victim ? std::nullopt : sys::look_at_thread(host.record.pid, thread);
            if (look && look->state == 'R')
                return false;
        }
    }
    return true;
}

void Silence::note_starved(model::TrialRecord& record)
{
    constexpr std::uint64_t enough_ns = 10'000'000;
    for_each_silent(record, [&](model::WorkerRecord& worker, const std::optional<sys::ThreadLook>& before) {
        const auto look = sys::look_at_thread(pool_.host(worker.id.host).record.pid, worker.tid);
        worker.starved = look && look->state == 'R' && before && look->run_ns - before->run_ns < enough_ns;
    });
}

} // namespace bulkhead::run
