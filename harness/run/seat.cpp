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

Seat::Seat(std::uint32_t threads, bool commons)
    : threads_(threads), commons_(commons), box_(sys::memfd("bulkhead-black-box", bytes())), mapping_(box_, bytes()),
      bell_(sys::eventfd()), calls_(threads, 0)
{}

namespace {

workers::HostGuard guard_of(model::Guard guard)
{
    switch (guard) {
    case model::Guard::none: return workers::HostGuard::none;
    case model::Guard::catch_all: return workers::HostGuard::catch_all;
    case model::Guard::siglongjmp: return workers::HostGuard::siglongjmp;
    }
    return workers::HostGuard::none;
}

workers::HostLocking locking_of(model::Locking locking)
{
    switch (locking) {
    case model::Locking::none: return workers::HostLocking::none;
    case model::Locking::plain: return workers::HostLocking::plain;
    case model::Locking::robust: return workers::HostLocking::robust;
    case model::Locking::repair: return workers::HostLocking::repair;
    }
    return workers::HostLocking::plain;
}

} // namespace

workers::Header& Seat::header() const
{
    return *reinterpret_cast<workers::Header*>(mapping_.bytes().data());
}

workers::Slot& Seat::slot(std::uint32_t thread) const
{
    return reinterpret_cast<workers::Slot*>(mapping_.bytes().data() + sizeof(workers::Header))[thread];
}

void Seat::prepare(const model::TrialPlan& plan, std::uint32_t host, const HostSetup& setup)
{
    std::memset(mapping_.bytes().data(), 0, workers::box_size(threads_));
    for (std::uint32_t i = 0; commons_ && i < threads_; ++i)
        probe_area(i).bytes.store(0, memory_order_relaxed);
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
    write_containment(plan, setup);
    const bool only_counts = plan.variant.workload == model::Workload::counter;
    const std::string_view workload = only_counts ? "" : to_string(plan.variant.workload);
    std::copy_n(workload.data(), std::min(workload.size(), workers::max_fault_name - 1), header.workload);
    const std::string_view fault = model::row_of(plan.fault).id;
    std::copy_n(fault.data(), std::min(fault.size(), workers::max_fault_name - 1), header.fault);
    header.pending.store(threads_, memory_order_relaxed);
    bell_awaited_ = false;
    for (std::uint32_t i = 0; i < threads_; ++i) {
        slot(i).call_kind = workers::CallKind::prove;
        slot(i).call_ops = plan.evidence_ops;
        slot(i).call.store(calls_[i] = 1, memory_order_relaxed);
    }
}

void Seat::write_containment(const model::TrialPlan& plan, const HostSetup& setup)
{
    const model::Containment& containment = plan.containment;
    const model::Limits& limits = containment.limits;
    workers::Header& header = this->header();
    header.commons = containment.commons ? 1 : 0;
    header.handed = setup.handed;
    header.robust_lock = containment.robust_lock ? 1 : 0;
    header.ledger_locking = locking_of(plan.variant.locking);
    header.uses_pipe = model::uses_pipe(plan) ? 1 : 0;
    // Each host's pipe has a reader in that host; a pipe of the whole pool has one.
    const bool reads = (setup.handed & workers::shared_pipe) == 0 || host_ == plan.victim.host;
    header.pipe_reader = reads ? plan.victim.thread : plan.shape.threads;
    header.guard = guard_of(containment.guard);
    header.memory_mib = limits.via_cgroup ? 0 : limits.memory_mib;
    header.nofile = limits.nofile;
    header.nproc = setup.nproc;
    header.unshared = setup.unshared;
    header.first_end = setup.first_end;
    header.closing = setup.closing;
    header.workers = plan.shape.workers();
    header.channel = plan.variant.channel;
    header.cpu_s = limits.cpu_s;
    // A burst that shows who is degraded takes what is left, and nothing from the rest of the machine.
    constexpr std::uint32_t burst_nice = 5;
    header.nice = plan.burst.count() > 0 && !plan.measures.throughput ? burst_nice : 0;
}

void Seat::expect_answers(std::uint32_t answers)
{
    header().awaited.store(0, memory_order_relaxed);
    header().pending.store(answers, memory_order_relaxed);
    bell_awaited_ = false;
}

void Seat::await_bell()
{
    bell_awaited_ = true;
    header().awaited.store(1, memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_seq_cst); // pairs with the one of a worker that answers
}

bool Seat::all_answered(const std::vector<std::uint32_t>& threads) const
{
    // Below 0: somebody answered what he was called for before.
    if (static_cast<std::int32_t>(header().pending.load(memory_order_acquire)) > 0)
        return false;
    return std::ranges::all_of(threads, [this](std::uint32_t thread) { return answered(thread); });
}

void Seat::call(std::uint32_t thread, workers::CallKind kind, std::uint64_t ops)
{
    workers::Slot& slot = this->slot(thread);
    slot.call_kind = kind;
    slot.call_ops = ops;
    slot.call.store(++calls_[thread], memory_order_release);
    sys::futex_wake_all(slot.call);
}

void Seat::let_off(std::uint32_t thread)
{
    slot(thread).let_off.store(1, memory_order_release);
}

bool Seat::waits(std::uint32_t thread) const
{
    return slot(thread).waits.load(memory_order_acquire) != 0;
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
    answer.check_holds = slot.answer_value.load(memory_order_relaxed) == value_after(thread, answer.ops);
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

std::uint64_t Seat::count(std::uint32_t thread, workers::Count what) const
{
    return slot(thread).counts[static_cast<std::size_t>(what)].load(memory_order_relaxed);
}

std::optional<model::Passage> Seat::passage(std::uint32_t thread, workers::Count direction) const
{
    const std::uint64_t word = count(thread, direction);
    return word == 0 || word > model::passages.size() ? std::nullopt : std::optional(model::passages[word - 1]);
}

std::uint32_t Seat::broken(std::uint32_t thread) const
{
    return slot(thread).broken.load(memory_order_relaxed) & ((1U << model::place_count) - 1);
}

std::uint64_t Seat::address(std::uint32_t thread, workers::Part part) const
{
    return slot(thread).addresses.at(part).load(memory_order_relaxed);
}

std::uint64_t Seat::value_after(std::uint32_t thread, std::uint64_t ops) const
{
    return workers::counter_value(workers::counter_seed(seed_, host_, thread), ops);
}

workers::Probe& Seat::probe_area(std::uint32_t thread) const
{
    return reinterpret_cast<workers::Probe*>(mapping_.bytes().data() + workers::box_size(threads_))[thread];
}

std::string Seat::probe(std::uint32_t thread) const
{
    if (!commons_)
        return {};
    const workers::Probe& probe = probe_area(thread);
    const std::size_t bytes = std::min<std::size_t>(probe.bytes.load(memory_order_acquire), sizeof probe.text);
    std::string text(probe.text, bytes);
    for (char& c : text)
        if (c != '\n' && (c < ' ' || c > '~'))
            c = '?';
    return text;
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
