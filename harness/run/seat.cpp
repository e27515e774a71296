#include "harness/run/seat.hpp"

#include "harness/sys/clock.hpp"
#include "harness/sys/futex.hpp"
#include "harness/sys/proc.hpp"
#include "workers/counter.hpp"

#include <algorithm>
#include <cstring>

namespace bulkhead::run {

using std::memory_order_acquire;
using std::memory_order_relaxed;
using std::memory_order_release;

Seat::Seat(std::uint32_t threads)
    : threads_(threads), box_(sys::memfd("bulkhead-black-box", workers::box_size(threads))),
      mapping_(box_, workers::box_size(threads)), bell_(sys::eventfd()), calls_(threads, 0)
{}

workers::Header& Seat::header() const
{
    return *reinterpret_cast<workers::Header*>(mapping_.bytes().data());
}

workers::Slot& Seat::slot(std::uint32_t thread) const
{
    return reinterpret_cast<workers::Slot*>(mapping_.bytes().data() + sizeof(workers::Header))[thread];
}

void Seat::prepare(const model::TrialPlan& plan, std::uint32_t host)
{
    std::memset(mapping_.bytes().data(), 0, mapping_.bytes().size());
    sys::eventfd_clear(bell_);
    host_ = host;
    seed_ = plan.seed;
    workers::Header& header = this->header();
    header.magic = workers::box_magic;
    header.version = workers::box_version;
    header.threads = threads_;
    header.host = host;
    header.supervisor = sys::own_pid();
    header.pace_us = static_cast<std::uint32_t>(plan.pace.count());
    header.at = plan.at == model::InjectionPoint::inside_op ? workers::At::inside_op : workers::At::between_ops;
    header.seed = plan.seed;
    const std::string_view fault = model::row_of(plan.fault).id;
    std::copy_n(fault.data(), std::min(fault.size(), workers::max_fault_name - 1), header.fault);
    header.pending.store(threads_, memory_order_relaxed);
    for (std::uint32_t i = 0; i < threads_; ++i) {
        slot(i).call_kind = workers::CallKind::prove;
        slot(i).call_ops = plan.evidence_ops;
        slot(i).call.store(calls_[i] = 1, memory_order_relaxed);
    }
}

void Seat::expect_answers(std::uint32_t answers)
{
    header().pending.store(answers, memory_order_relaxed);
}

void Seat::call(std::uint32_t thread, workers::CallKind kind, std::uint64_t ops)
{
    workers::Slot& slot = this->slot(thread);
    slot.call_kind = kind;
    slot.call_ops = ops;
    slot.call.store(++calls_[thread], memory_order_release);
    sys::futex_wake_all(slot.call);
}

bool Seat::answered(std::uint32_t thread) const
{
    return slot(thread).answered.load(memory_order_acquire) == calls_[thread];
}

std::optional<model::Answer> Seat::answer(std::uint32_t thread, model::Stamp since) const
{
    if (!answered(thread))
        return std::nullopt;
    const workers::Slot& slot = this->slot(thread);
    model::Answer answer;
    answer.ops = slot.answer_ops.load(memory_order_relaxed);
    answer.at = slot.answer_at.load(memory_order_relaxed);
    if (answer.at < since || answer.at > sys::monotonic_ns())
        return std::nullopt;
    const auto seed = workers::counter_seed(seed_, host_, thread);
    answer.check_holds = slot.answer_value.load(memory_order_relaxed) == workers::counter_value(seed, answer.ops);
    return answer;
}

std::optional<Seat::Firing> Seat::fired(std::uint32_t thread, model::Stamp since) const
{
    const Firing firing{slot(thread).fired_at.load(memory_order_acquire),
                        slot(thread).fired_ops.load(memory_order_relaxed)};
    if (firing.at < since || firing.at > sys::monotonic_ns())
        return std::nullopt;
    return firing;
}

workers::State Seat::state(std::uint32_t thread) const
{
    return slot(thread).state.load(memory_order_acquire);
}

std::int32_t Seat::tid(std::uint32_t thread) const
{
    return slot(thread).tid.load(memory_order_relaxed);
}

std::uint64_t Seat::ops(std::uint32_t thread) const
{
    return slot(thread).ops.load(memory_order_relaxed);
}

std::uint64_t Seat::check_failures(std::uint32_t thread) const
{
    return slot(thread).check_failures.load(memory_order_relaxed);
}

bool Seat::spoiled() const
{
    const workers::Header& header = this->header();
    if (header.magic != workers::box_magic || header.version != workers::box_version || header.threads != threads_ ||
        header.host != host_ || header.seed != seed_)
        return true;
    for (std::uint32_t i = 0; i < threads_; ++i)
        if (slot(i).call.load(memory_order_relaxed) != calls_[i] ||
            slot(i).answered.load(memory_order_relaxed) > calls_[i] || state(i) > workers::State::did_not_take)
            return true;
    return false;
}

} // namespace bulkhead::run
