#include "workers/loop.hpp"

#include "harness/sys/clock.hpp"
#include "harness/sys/futex.hpp"
#include "workers/blackbox.hpp"
#include "workers/checked.hpp"
#include "workers/commons.hpp"
#include "workers/counter.hpp"
#include "workers/fault.hpp"
#include "workers/neighbours.hpp"
#include "workers/owned_ledger.hpp"
#include "workers/probe.hpp"
#include "workers/workload.hpp"

#include <cerrno>
#include <csetjmp>
#include <csignal>
#include <cxxabi.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>

namespace bulkhead::workers {
namespace {

constexpr auto relaxed = std::memory_order_relaxed;
constexpr int main_returns_code = 3;

void ring(int bell)
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(bell, &one, sizeof one);
}

const FaultFunction* find_fault(const char* id)
{
    for (const FaultFunction& function : fault_functions())
        if (function.id == id)
            return &function;
    return nullptr;
}

/// What the latest op wrote, in the storage of the thread. Nothing reads it but who looks for it from outside.
thread_local Cell thread_local_cell;

std::uint64_t address_of(const void* place)
{
    return reinterpret_cast<std::uintptr_t>(place);
}

// Where a fault that the guard catches jumps to. Of each thread; null: there is no guard.
thread_local sigjmp_buf* jump_target = nullptr;
// The worker's ops, and how many it had completed at the last jump: a fault that strikes again before the next op is
// done is not one that a jump helps against.
thread_local const std::atomic<std::uint64_t>* ops_of_jumper = nullptr;
thread_local std::uint64_t ops_at_last_jump = ~std::uint64_t{0};

void jump_out(int /*signal*/)
{
    if (jump_target != nullptr && ops_of_jumper->load(relaxed) != ops_at_last_jump) {
        ops_at_last_jump = ops_of_jumper->load(relaxed);
        ::siglongjmp(*jump_target, 1);
    }
    ::signal(SIGSEGV, SIG_DFL); // it strikes again, and ends the process
    ::signal(SIGBUS, SIG_DFL);
    ::signal(SIGFPE, SIG_DFL);
}

const WorkloadFunction* find_workload(const char* id)
{
    if (*id == '\0') // not even a look at the list, whose pages would be two more to fetch at each start
        return nullptr;
    for (const WorkloadFunction& function : workload_functions())
        if (function.id == id)
            return &function;
    return nullptr;
}

class Worker {
public:
    Worker(std::span<std::byte> box, int bell, std::uint32_t thread, Commons* commons, Neighbours* neighbours,
           OwnedLedger* ledger)
        : header_(*reinterpret_cast<Header*>(box.data())),
          slot_(reinterpret_cast<Slot*>(box.data() + sizeof(Header))[thread]), pace_us_(header_.pace_us),
          checked_(checked_states[thread]), expected_(counter_seed(header_.seed, header_.host, thread)),
          heap_(checked_.heap.load(relaxed)),
          probe_(header_.commons == 0
                     ? nullptr
                     : reinterpret_cast<Probe*>(box.data() + sizeof(Header) + header_.threads * sizeof(Slot)) + thread),
          neighbours_(neighbours), scene_{slot_, box, bell, thread, header_.threads, commons, neighbours},
          workload_(find_workload(header_.workload)), place_{slot_,      thread, commons,
                                                             neighbours, ledger, static_cast<int>(header_.closing),
                                                             expected_}
    {
        stack_.set(expected_);
        heap_->set(expected_);
        checked_.globals.set(expected_);
        checked_.stack.store(&stack_, relaxed);
        tell_addresses();
        slot_.tid.store(static_cast<std::int32_t>(::syscall(SYS_gettid)), relaxed);
        slot_.state.store(State::working, relaxed);
    }

    /// Comes back when main() is to return.
    void run()
    {
        for (;;) {
            if (engaged_) // a fault that came back, by whatever way, is no end of that
                stay_engaged();
            const std::uint32_t call = slot_.call.load(std::memory_order_acquire);
            if (call != seen_call_) {
                seen_call_ = call;
                if (follow(slot_.call_kind, slot_.call_ops) == Aftermath::main_returns)
                    return;
                continue;
            }
            op([] {});
            if (pace_us_ != 0)
                rest();
        }
    }

    /// After a fault that something at the top of the thread has caught.
    void resume() { conclude(Aftermath::goes_on); }

    [[nodiscard]] const std::atomic<std::uint64_t>& ops() const { return slot_.ops; }

private:
    /// Until it is called, or its pace asks for the next op. Whoever has clients serves them meanwhile.
    void rest() const
    {
        const int error = errno; // a control of contamination changes it, and a probe looks whether it did
        if (place_.ledger != nullptr && place_.ledger->is_owner())
            place_.ledger->serve_until_called(slot_.call, seen_call_, std::chrono::microseconds{pace_us_});
        else
            sys::futex_wait(slot_.call, seen_call_, pace_us_);
        errno = error;
    }

    void tell_addresses()
    {
        slot_.addresses[part_code].store(reinterpret_cast<std::uintptr_t>(&work), relaxed);
        slot_.addresses[part_global].store(address_of(&checked_.globals), relaxed);
        slot_.addresses[part_heap].store(address_of(heap_), relaxed);
        slot_.addresses[part_stack].store(address_of(&stack_), relaxed);
        slot_.addresses[part_thread_local].store(address_of(&thread_local_cell), relaxed);
        if (scene_.commons != nullptr)
            slot_.addresses[part_segment].store(address_of(&scene_.commons->own_record(scene_.thread)), relaxed);
    }

    /// One op. `midway` is called when the new value is computed and not yet written.
    template <typename Midway>
    void op(Midway&& midway)
    {
        std::uint32_t broken = broken_places();
        const std::uint64_t next = counter_next(stack_.value);
        midway();
        expected_ = next;
        stack_.set(next);
        heap_->set(next);
        checked_.globals.set(next);
        thread_local_cell.set(next);
        if (scene_.commons != nullptr)
            broken |= scene_.commons->use(scene_.thread);
        if (workload_ != nullptr && workload_->always != nullptr)
            workload_->always(place_);
        note_broken(broken);
        slot_.ops.store(++ops_, relaxed);
    }

    /// A bit for each of its own places (model::Place) that does not hold what the last op wrote there.
    std::uint32_t broken_places()
    {
        const auto is_broken = [this](const Cell& cell) { return !cell.holds() || cell.value != expected_; };
        heap_ = checked_.heap.load(relaxed);
        const std::uint32_t broken =
            (is_broken(stack_) ? 1U : 0U) | (is_broken(*heap_) ? 2U : 0U) | (is_broken(checked_.globals) ? 4U : 0U);
        if (Cell* const offered = checked_.offered.load(std::memory_order_acquire)) {
            heap_ = offered;
            checked_.heap.store(offered, relaxed);
            checked_.offered.store(nullptr, std::memory_order_release);
        }
        return broken;
    }

    Aftermath follow(CallKind kind, std::uint64_t ops)
    {
        switch (kind) {
        case CallKind::stop: ::_exit(0);
        case CallKind::strike: return follow_strike(ops);
        case CallKind::burst: work_until(static_cast<std::int64_t>(ops)); break;
        case CallKind::audit: audit(ops); break;
        case CallKind::trip: neighbours_->make_trips(ops); break;
        case CallKind::hush: neighbours_->hush(); break;
        case CallKind::listen: neighbours_->listen(scene_.bell); break;
        case CallKind::press: neighbours_->press(scene_.bell); break;
        case CallKind::engage: engaged_ = true; return Aftermath::goes_on;
        case CallKind::prove:
            if (neighbours_ != nullptr)
                neighbours_->end_hush();
            for (; ops > 0; --ops)
                called_op();
            if (workload_ != nullptr)
                note_broken(workload_->check(place_));
            if (probe_ != nullptr)
                take_probe(*probe_, *scene_.commons);
            break;
        }
        answer();
        return Aftermath::goes_on;
    }

    /// An op that was called for: with the workload's part.
    void called_op()
    {
        op([] {});
        if (workload_ != nullptr)
            workload_->turn(place_);
    }

    void note_broken(std::uint32_t places)
    {
        if (places == 0)
            return;
        slot_.broken.store(slot_.broken.load(relaxed) | places, relaxed);
        slot_.check_failures.store(slot_.check_failures.load(relaxed) + 1, relaxed);
    }

    void audit(std::uint64_t messages)
    {
        if (neighbours_ != nullptr)
            neighbours_->account(messages);
        if (place_.ledger != nullptr) {
            place_.ledger->account();
            return;
        }
        if (scene_.commons == nullptr)
            return;
        const Ledger& ledger = scene_.commons->ledger();
        const auto write = [this](Count what, std::uint64_t value) {
            slot_.counts[static_cast<std::size_t>(what)].store(value, relaxed);
        };
        write(Count::repairs, ledger.repairs.load(relaxed));
        write(Count::sum, static_cast<std::uint64_t>(ledger.sum()));
        write(Count::changes, ledger.changes());
    }

    /// Without what it has in common with others beside the workload: how fast it computes tells what share of the
    /// processors it gets, how fast it gets a contended lock tells that of nobody.
    void work_until(std::int64_t end)
    {
        Commons* const commons = std::exchange(scene_.commons, nullptr);
        do // one op, however late it gets a processor
            called_op();
        while (sys::monotonic_ns() < end);
        scene_.commons = commons;
    }

    Aftermath follow_strike(std::uint64_t ops)
    {
        const FaultFunction* const fault = find_fault(header_.fault);
        engaged_ = workload_ != nullptr && workload_->outside != nullptr;
        for (; ops > 0; --ops) {
            if (!engaged_)
                op([] {});
            else if (!piece([] {}))
                return Aftermath::goes_on; // it closes before the fault was reached
        }
        const Aftermath aftermath = fault == nullptr ? Aftermath::did_not_take : strike(*fault);
        conclude(aftermath);
        return aftermath;
    }

    Aftermath strike(const FaultFunction& fault)
    {
        const Fired fired{scene_, ops_};
        slot_.state.store(State::striking, relaxed);
        if (header_.at == At::between_ops)
            return fault.commit(fired);
        Aftermath aftermath = Aftermath::did_not_take;
        const auto commit = [&] { aftermath = fault.commit(fired); };
        if (engaged_)
            piece(commit);
        else
            op_in_parts(commit);
        return aftermath;
    }

    template <typename Midway>
    void op_in_parts(Midway&& midway)
    {
        const TwoParts* const parts = workload_ == nullptr ? nullptr : workload_->parts;
        if (parts != nullptr)
            parts->begin(place_);
        op(midway);
        if (parts != nullptr)
            parts->finish(place_);
    }

    /// A piece of work from outside, and the op that counts it. `midway` is called inside both. False when it closes.
    template <typename Midway>
    bool piece(Midway&& midway)
    {
        const OutsideWork& work = *workload_->outside;
        do {
            if (!work.await(place_))
                return false;
        } while (!work.begin(place_));
        piece_is_open_ = true;
        op(midway);
        finish_piece();
        return true;
    }

    void finish_piece()
    {
        if (std::exchange(piece_is_open_, false))
            workload_->outside->finish(place_);
    }

    /// Until the pool closes.
    void stay_engaged()
    {
        finish_piece(); // which a fault has left by a jump or an exception
        while (piece([] {})) {
        }
        engaged_ = false;
        write_answer();
        ring(scene_.bell);
    }

    void answer()
    {
        write_answer();
        const bool is_last = header_.pending.fetch_sub(1, std::memory_order_acq_rel) == 1;
        // Pairs with the fence of Seat::await_bell: either we see that the bell is awaited, or it sees that we
        // answered.
        std::atomic_thread_fence(std::memory_order_seq_cst);
        if (is_last && header_.awaited.load(relaxed) != 0)
            ring(scene_.bell);
    }

    void write_answer()
    {
        slot_.answer_ops.store(ops_, relaxed);
        slot_.answer_value.store(stack_.value, relaxed);
        slot_.answer_at.store(sys::monotonic_ns_by_call(), relaxed);
        slot_.answered.store(seen_call_, std::memory_order_release);
    }

    void conclude(Aftermath aftermath)
    {
        if (aftermath == Aftermath::main_returns)
            return;
        slot_.state.store(aftermath == Aftermath::goes_on ? State::went_on : State::did_not_take,
                          std::memory_order_release);
        ring(scene_.bell);
    }

    Header& header_;
    Slot& slot_;
    std::uint32_t pace_us_;
    Checked& checked_;
    std::uint64_t expected_; ///< what the last op wrote to all three places
    Cell stack_;
    Cell* heap_; ///< made by the host, for as long as the process lives
    Probe* probe_;
    Neighbours* neighbours_; ///< null: the workers have no channels
    Scene scene_;
    const WorkloadFunction* workload_; ///< null: nothing beside the count
    Workplace place_;
    std::uint32_t seen_call_ = 0;
    std::uint64_t ops_ = 0;
    bool engaged_ = false;       ///< it does work from outside
    bool piece_is_open_ = false; ///< it has begun a piece and not told its result
};

int work_unguarded(Worker& worker)
{
    for (;;) {
        try {
            worker.run();
            return main_returns_code;
        } catch (const CaughtAtTop&) { // and nothing else: what another exception does is for the experiment to show
            worker.resume();
        }
    }
}

int work_with_catch(Worker& worker)
{
    for (;;) {
        try {
            worker.run();
            return main_returns_code;
        } catch (const abi::__forced_unwind&) { // pthread_exit and cancellation, which must not be stopped
            throw;
        } catch (...) {
            worker.resume();
        }
    }
}

/// sigaction(2) is the process's, the alternate stack the thread's.
int work_with_jump(Worker& worker)
{
    constexpr std::size_t stack_bytes = 64 * 1024;
    stack_t alternate{};
    alternate.ss_sp = new std::byte[stack_bytes];
    alternate.ss_size = stack_bytes;
    struct sigaction action {};
    action.sa_handler = &jump_out;
    action.sa_flags = SA_ONSTACK;
    if (::sigaltstack(&alternate, nullptr) != 0)
        ::_exit(exit_no_commons);
    for (const int signal : {SIGSEGV, SIGBUS, SIGFPE})
        ::sigaction(signal, &action, nullptr);
    sigjmp_buf target;
    if (sigsetjmp(target, 1) != 0)
        worker.resume();
    ops_of_jumper = &worker.ops();
    jump_target = &target;
    return work_unguarded(worker);
}

} // namespace

void Fired::operator()() const noexcept
{
    scene_.slot.fired_ops.store(ops_, relaxed);
    scene_.slot.fired_at.store(sys::monotonic_ns_by_call(), std::memory_order_release);
}

void Fired::and_tell() const noexcept
{
    (*this)();
    ring(scene_.bell);
}

int work(std::span<std::byte> box, int bell, std::uint32_t thread, Commons* commons, Neighbours* neighbours,
         OwnedLedger* ledger)
{
    Worker worker{box, bell, thread, commons, neighbours, ledger};
    switch (reinterpret_cast<const Header*>(box.data())->guard) {
    case HostGuard::none: break;
    case HostGuard::catch_all: return work_with_catch(worker);
    case HostGuard::siglongjmp: return work_with_jump(worker);
    }
    return work_unguarded(worker);
}

} // namespace bulkhead::workers
