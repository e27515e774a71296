#include "harness/run/supervise.hpp"

#include <algorithm>

namespace bulkhead::run {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr milliseconds start_slack{1000}; ///< beyond the window, for hosts that are slow to start on a busy machine

} // namespace

void note_final_state(model::WorkerRecord& worker, const Seat& seat)
{
    worker.ops_final = seat.ops(worker.id.thread);
    worker.check_failures = seat.check_failures(worker.id.thread);
    worker.broken = seat.broken(worker.id.thread);
}

bool Supervise::repair(std::uint32_t strike)
{
    if (plan_.containment.supervision.strategy == model::Strategy::never)
        return false;
    while (const auto ended = next_ended()) {
        ends_.push_back(*pool_.host(*ended).record.end_seen);
        if (gives_up(plan_.containment.supervision, ends_)) {
            give_up();
            return false;
        }
        replace(*ended, strike);
        if (!await_ready())
            return false;
    }
    const Place& victim = places_[plan_.victim.host];
    return victim.restart && record_.restarts[*victim.restart].strike == strike;
}

/// Of the hosts that have ended and were not replaced yet, the one whose end was seen first.
std::optional<std::uint32_t> Supervise::next_ended() const
{
    std::optional<std::uint32_t> first;
    for (const Pool::Host& host : pool_.hosts()) {
        const auto& end = host.record.end_seen;
        if (end && (!first || *end < *pool_.hosts()[*first].record.end_seen))
            first = host.record.number;
    }
    return first;
}

void Supervise::replace(std::uint32_t ended, std::uint32_t strike)
{
    std::vector<std::uint32_t> collateral;
    std::vector<std::uint32_t> all;
    for (std::uint32_t host = 0; host < plan_.shape.hosts; ++host) {
        if (!restarts(plan_.containment.supervision.strategy, host, ended))
            continue;
        all.push_back(host);
        if (pool_.alive(host))
            collateral.push_back(host);
    }
    pool_.end_early(collateral);
    for (const std::uint32_t host : all)
        put_away(host);
    for (const std::uint32_t host : all)
        launch(host, strike, std::ranges::find(collateral, host) != collateral.end());
}

/// Keeps what is known of a host that has ended, before another takes its place.
void Supervise::put_away(std::uint32_t host)
{
    Place& place = places_[host];
    model::HostRecord& ended = pool_.host(host).record;
    const Seat& seat = lane_.seat(host);
    for (std::uint32_t thread = 0; thread < plan_.shape.threads; ++thread)
        transfers_ += seat.count(thread, workers::Count::transfers);
    if (place.restart) {
        model::Restart& restart = record_.restarts[*place.restart];
        restart.pid = ended.pid;
        restart.termination = ended.termination;
        restart.end_seen = ended.end_seen;
        restart.ended_in_teardown = ended.ended_in_teardown;
        if (!ended.stack.empty()) // the trial ends with these, so that there are no others of this place
            place.first->stack = "(of its replacement, pid " + std::to_string(ended.pid) + ")\n" + ended.stack;
        return;
    }
    for (model::WorkerRecord& worker : record_.workers)
        if (worker.id.host == host)
            note_final_state(worker, seat);
    ended.box_spoiled = seat.spoiled();
    place.first = ended;
}

void Supervise::launch(std::uint32_t host, std::uint32_t strike, bool collateral)
{
    places_[host].restart = record_.restarts.size();
    record_.restarts.push_back(
        {.strike = strike, .host = host, .collateral = collateral, .launched = sys::monotonic_ns()});
    pool_.launch_anew(host);
}

/// Until all that were launched have proven themselves, or one has ended. False when that takes too long, or a check
/// does not hold: whoever is not ready then is ended.
bool Supervise::await_ready()
{
    const auto deadline = sys::monotonic_in(plan_.window + start_slack);
    pool_.wait(deadline, [this] { return pool_.quiet() || next_ended(); });
    std::vector<std::uint32_t> late;
    for (std::uint32_t host = 0; host < plan_.shape.hosts; ++host) {
        const auto& restart = places_[host].restart;
        if (!restart)
            continue;
        note_ready(host);
        if (!record_.restarts[*restart].ready && pool_.alive(host))
            late.push_back(host);
    }
    if (late.empty() || next_ended())
        return true;
    pool_.end_early(late);
    return false;
}

void Supervise::note_ready(std::uint32_t host)
{
    model::Restart& restart = record_.restarts[*places_[host].restart];
    if (restart.ready || !pool_.host(host).answered)
        return;
    model::Stamp last = restart.launched;
    for (std::uint32_t thread = 0; thread < plan_.shape.threads; ++thread) {
        const auto answer = lane_.seat(host).answer(thread, restart.launched);
        if (!answer || !answer->check_holds)
            return;
        last = std::max(last, answer->at);
    }
    restart.ready = last;
}

void Supervise::give_up()
{
    record_.given_up = sys::monotonic_ns();
    std::vector<std::uint32_t> living;
    for (std::uint32_t host = 0; host < plan_.shape.hosts; ++host)
        if (pool_.alive(host))
            living.push_back(host);
    pool_.end_early(living);
}

void Supervise::conclude()
{
    for (std::uint32_t host = 0; host < plan_.shape.hosts; ++host)
        if (places_[host].restart)
            put_away(host);
    // One that could not be launched was none.
    std::erase_if(record_.restarts, [](const model::Restart& restart) { return restart.pid == 0; });
}

} // namespace bulkhead::run
