#include "harness/run/silence.hpp"

#include <algorithm>
#include <utility>

namespace bulkhead::run {

std::chrono::nanoseconds Silence::interval() const
{
    constexpr std::chrono::nanoseconds least = std::chrono::milliseconds{10};
    return std::max<std::chrono::nanoseconds>(least, 2 * plan_.pace);
}

std::chrono::nanoseconds Silence::patience() const
{
    return std::min<std::chrono::nanoseconds>(std::max(lane_.patience(), interval()), plan_.window / 2);
}

std::chrono::nanoseconds Silence::long_sleep() const
{
    return std::max(interval(), patience() / 2);
}

template <typename Action>
void Silence::for_each_silent(model::TrialRecord& record, Action&& action)
{
    for (std::uint32_t number = 0; number < plan_.shape.hosts; ++number) {
        if (!pool_.alive(number) || pool_.host(number).cannot_be_asked)
            continue;
        for (const std::uint32_t thread : pool_.called(number)) {
            const std::uint32_t index = model::index_of({number, thread}, plan_.shape);
            if (!lane_.seat(number).answered(thread))
                action(record.workers[index], index);
        }
    }
}

bool Silence::fault_stops(std::uint32_t host) const
{
    const model::FaultNature nature = model::nature_of(plan_.fault, plan_.containment);
    return std::holds_alternative<model::ProcessStops>(nature.end) &&
           (host == plan_.victim.host ||
            (nature.reach == model::Reach::sharers && shares(plan_.containment, model::row_of(plan_.fault).medium)));
}

bool Silence::all_sleep(model::TrialRecord& record)
{
    bool all = true;
    const std::uint32_t silent_before = std::exchange(silent_, 0);
    if (first_look_at_ == 0)
        first_look_at_ = sys::monotonic_ns();
    for_each_silent(record, [&](model::WorkerRecord& worker, std::uint32_t index) {
        Seen& seen = seen_[index];
        const auto look = sys::look_at_thread(pool_.host(worker.id.host).record.pid, worker.tid);
        const model::Stamp now = sys::monotonic_ns();
        if (!seen.first) {
            seen.first = look;
            seen.first_ops = lane_.seat(worker.id.host).ops(worker.id.thread);
        }
        if (!look || look != seen.latest)
            seen.unchanged_since = now;
        seen.latest = look;
        const bool sleeps = look && (look->state == 'S' || (look->state == 'T' && fault_stops(worker.id.host))) &&
                            now - seen.unchanged_since >= long_sleep().count();
        worker.asleep_seen = sleeps ? std::optional(now) : std::nullopt;
        all = all && sleeps;
        ++silent_;
    });
    // An answer since the look before may have been what the others are waiting for.
    return all && silent_ == silent_before && nobody_runs(record);
}

bool Silence::nobody_runs(const model::TrialRecord& record)
{
    return !any_in("RD", record);
}

// Somebody who has answered, or a thread that a worker has started, may be what the silent ones wait for, and may have
// lost its processor meanwhile.
bool Silence::any_in(std::string_view states, const model::TrialRecord& record)
{
    const auto end = model::nature_of(plan_.fault, plan_.containment).end;
    const bool victim_works = std::holds_alternative<model::GoesOn>(end);
    const pid_t victim = record.workers[model::index_of(plan_.victim, plan_.shape)].tid;
    for (const Pool::Host& host : pool_.hosts()) {
        if (host.record.end_seen || host.cannot_be_asked)
            continue;
        for (const pid_t thread : sys::threads_of(host.record.pid)) {
            const bool may_spin = !victim_works && host.record.number == plan_.victim.host && thread == victim;
            const auto look = may_spin ? std::nullopt : sys::look_at_thread(host.record.pid, thread);
            if (look && look->state == 'D')
                at_disk_seen_ = sys::monotonic_ns();
            if (look && states.find(look->state) != std::string_view::npos)
                return true;
        }
    }
    return false;
}

void Silence::note_starved(model::TrialRecord& record)
{
    // Who spins on something gets a good part of the time; a fifth of it is more than a lost processor gives.
    const auto enough_ns = static_cast<std::uint64_t>(sys::monotonic_ns() - first_look_at_) / 5;
    // For whom the silent ones may be waiting; who reads many pages is not at it at every moment.
    const bool any_at_disk =
        any_in("D", record) || (at_disk_seen_ && sys::monotonic_ns() - *at_disk_seen_ <= long_sleep().count());
    for_each_silent(record, [&](model::WorkerRecord& worker, std::uint32_t index) {
        const auto look = sys::look_at_thread(pool_.host(worker.id.host).record.pid, worker.tid);
        const Seen& seen = seen_[index];
        const bool moved_on = !worker.asleep_seen && lane_.seat(worker.id.host).ops(worker.id.thread) > seen.first_ops;
        const bool hardly_run = look && (!seen.first || look->run_ns - seen.first->run_ns < enough_ns);
        // 'D': it waits for a disk, for a page of its own text, say. No fault leaves anybody so. Nor does any but one
        // that stops leave somebody in 'T', and none in 't', which is a debugger's doing.
        const bool is_stopped = look && look->state == 'T';
        const bool by_the_fault = is_stopped && fault_stops(worker.id.host);
        const bool by_others = (is_stopped && !by_the_fault) || (look && look->state == 't');
        worker.starved = (any_at_disk && !by_the_fault) || by_others || moved_on ||
                         (hardly_run && (look->state == 'R' || look->state == 'D'));
    });
}

} // namespace bulkhead::run
