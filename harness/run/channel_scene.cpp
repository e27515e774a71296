#include "harness/run/channel_scene.hpp"

#include "harness/model/shown.hpp"
#include "harness/sys/proc.hpp"

namespace bulkhead::run {
namespace {

using model::InChannel;
using model::Neighbour;
using std::chrono::nanoseconds;
using workers::CallKind;

/// What the kernel tells of an end that is gone has been told long before.
constexpr std::chrono::milliseconds a_while{100};
constexpr std::chrono::milliseconds limit{5000};

model::WorkerId neighbour(Neighbour which, const model::TrialPlan& plan)
{
    return model::worker_at(model::position_of(which, plan.victim, plan.shape), plan.shape);
}

/// It answers at once.
bool hush(Pool& pool, model::WorkerId worker)
{
    pool.challenge(worker.host, {worker.thread}, 0, CallKind::hush);
    return pool.wait(sys::monotonic_in(limit), [&] { return pool.quiet(); });
}

/// True when the worker has gone to sleep; it has said that it is about to.
bool sleeps(const Lane& lane, Pool& pool, model::WorkerId worker)
{
    const auto look = sys::look_at_thread(pool.host(worker.host).record.pid, lane.seat(worker.host).tid(worker.thread));
    return look && look->state == 'S';
}

/// It answers when it has been shown something. That it sleeps no descriptor tells.
bool set_waiting(Lane& lane, Pool& pool, model::WorkerId worker, CallKind kind)
{
    pool.challenge(worker.host, {worker.thread}, 0, kind);
    const model::Stamp deadline = sys::monotonic_in(limit);
    if (!pool.wait(deadline, [&] { return pool.any_ended() || lane.seat(worker.host).waits(worker.thread); }))
        return false;
    while (!sleeps(lane, pool, worker) && sys::monotonic_ns() < deadline)
        pool.wait(sys::monotonic_in(std::chrono::milliseconds{1}), [] { return false; });
    return sys::monotonic_ns() < deadline;
}

/// Who waits while the fault is committed; nullopt: nobody.
std::optional<model::WorkerId> who_waits(const model::TrialPlan& plan)
{
    switch (model::row_of(plan.fault).in_channel) {
    case InChannel::nothing:
    case InChannel::flood: return std::nullopt;
    case InChannel::half_message:
    case InChannel::writer_gone:
    case InChannel::garbage: return neighbour(Neighbour::next, plan);
    case InChannel::reader_gone: return neighbour(Neighbour::before, plan);
    }
    return std::nullopt;
}

} // namespace

std::string set_channel_scene(Lane& lane, Pool& pool, const model::TrialPlan& plan)
{
    if (model::breaks_pipe(plan.fault))
        pool.handed().stop_reading();
    const InChannel fault = model::row_of(plan.fault).in_channel;
    if (fault == InChannel::nothing || !model::is_ring(plan.variant.workload))
        return {};
    if (plan.shape.workers() == 1)
        return "its only worker has no neighbour";
    if (fault == InChannel::flood)
        return hush(pool, neighbour(Neighbour::next, plan)) ? "" : "the next worker did not answer";
    if (fault == InChannel::reader_gone && !hush(pool, plan.victim))
        return "the victim did not answer";
    const CallKind kind = fault == InChannel::reader_gone ? CallKind::press : CallKind::listen;
    return set_waiting(lane, pool, *who_waits(plan), kind) ? "" : "the victim's neighbour did not come to wait";
}

void end_channel_scene(Lane& lane, Pool& pool, const model::TrialPlan& plan)
{
    const auto waiting = model::is_ring(plan.variant.workload) ? who_waits(plan) : std::nullopt;
    if (!waiting || !pool.alive(waiting->host))
        return;
    const auto has_answered = [&] { return !pool.alive(waiting->host) || pool.host(waiting->host).answered; };
    if (pool.wait(sys::monotonic_in(a_while), has_answered))
        return;
    lane.seat(waiting->host).let_off(waiting->thread);
    pool.wait(sys::monotonic_in(limit), has_answered);
}

} // namespace bulkhead::run
