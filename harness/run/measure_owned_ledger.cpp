#include "harness/run/measure.hpp"

#include "harness/model/judge.hpp"

#include <algorithm>
#include <cmath>

namespace bulkhead::run {
namespace {

using workers::Count;

double count(const Lane& lane, model::WorkerId worker, Count what)
{
    return static_cast<double>(lane.seat(worker.host).count(worker.thread, what));
}

/// Asks for its account; false when it does not answer.
bool ask_owner(Lane& lane, Pool& pool, std::chrono::milliseconds limit)
{
    const std::uint32_t host = model::owner_of_pool.host;
    const std::uint32_t thread = model::owner_of_pool.thread;
    const auto& called = pool.called(host);
    const bool can_answer = pool.alive(host) && pool.host(host).answered && !pool.host(host).cannot_be_asked &&
                            lane.seat(host).answered(thread) && std::ranges::find(called, thread) != called.end();
    if (!can_answer)
        return false;
    pool.challenge(host, {thread}, 0, workers::CallKind::audit);
    const auto deadline = sys::monotonic_in(limit);
    return pool.wait(deadline, [&] { return pool.host(host).answered; }) && !lane.seat(host).spoiled();
}

} // namespace

std::vector<model::Figure> audit_owned_ledger(Lane& lane, Pool& pool, const model::TrialPlan& plan)
{
    constexpr model::WorkerId owner = model::owner_of_pool;
    if (!ask_owner(lane, pool, plan.window))
        return {};
    double told = 0;
    double sent = 0;
    for (std::uint32_t index = 0; index < plan.shape.workers(); ++index) {
        const model::WorkerId worker = model::worker_at(index, plan.shape);
        if (lane.seat(worker.host).spoiled()) // what it says is no count
            return {};
        told += count(lane, worker, Count::transfers);
        sent += count(lane, worker, Count::sent);
    }
    const double changes = count(lane, owner, Count::changes);
    const auto sum = static_cast<std::int64_t>(lane.seat(owner.host).count(owner.thread, Count::sum));
    return {{"transfers", told},
            {"lost_updates", std::max(0.0, 2 * told - changes)},
            {"sum_error", std::abs(static_cast<double>(sum))},
            {"transfers_untold", std::max(0.0, changes / 2 - told)},
            {"messages_sent", sent},
            {"messages_lost", std::max(0.0, sent - count(lane, owner, Count::came))},
            {"messages_duplicated", count(lane, owner, Count::duplicated)},
            {"messages_torn", count(lane, owner, Count::torn)},
            {"messages_refused", count(lane, owner, Count::refused)}};
}

} // namespace bulkhead::run
