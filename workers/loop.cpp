#include "workers/loop.hpp"

#include "harness/sys/clock.hpp"
#include "harness/sys/futex.hpp"
#include "workers/blackbox.hpp"
#include "workers/counter.hpp"
#include "workers/fault.hpp"

#include <optional>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead::workers {
namespace {

constexpr auto relaxed = std::memory_order_relaxed;
constexpr int main_returns_code = 3;

const FaultFunction* find_fault(const char* id)
{
    for (const FaultFunction& function : fault_functions())
        if (function.id == id)
            return &function;
    return nullptr;
}

class Worker {
public:
    Worker(std::span<std::byte> box, int bell, std::uint32_t thread)
        : box_(box), header_(*reinterpret_cast<Header*>(box.data())),
          slot_(reinterpret_cast<Slot*>(box.data() + sizeof(Header))[thread]), bell_(bell), pace_us_(header_.pace_us),
          counter_(counter_seed(header_.seed, header_.host, thread))
    {
        slot_.tid.store(static_cast<std::int32_t>(::syscall(SYS_gettid)), relaxed);
        slot_.state.store(State::working, relaxed);
    }

    /// Comes back when main() is to return.
    void run()
    {
        for (;;) {
            const std::uint32_t call = slot_.call.load(std::memory_order_acquire);
            if (call != seen_call_) {
                seen_call_ = call;
                if (follow(slot_.call_kind, slot_.call_ops) == Aftermath::main_returns)
                    return;
                continue;
            }
            op([] {});
            if (pace_us_ != 0)
                sys::futex_wait(slot_.call, seen_call_, pace_us_);
        }
    }

    void resume_after_caught_exception() { conclude(Aftermath::goes_on); }

private:
    template <typename Midway>
    void op(Midway&& midway)
    {
        if (!counter_.op(midway))
            slot_.check_failures.store(slot_.check_failures.load(relaxed) + 1, relaxed);
        slot_.ops.store(++ops_, relaxed);
    }

    Aftermath follow(CallKind kind, std::uint64_t ops)
    {
        if (kind == CallKind::stop)
            ::_exit(0);
        const FaultFunction* const fault = kind == CallKind::strike ? find_fault(header_.fault) : nullptr;
        for (; ops > 0; --ops)
            op([] {});
        if (kind == CallKind::prove) {
            answer();
            return Aftermath::goes_on;
        }
        const Aftermath aftermath = fault == nullptr ? Aftermath::did_not_take : strike(*fault);
        conclude(aftermath);
        return aftermath;
    }

    Aftermath strike(const FaultFunction& fault)
    {
        Fired fired{slot_, ops_};
        fired.set_box(box_);
        slot_.state.store(State::striking, relaxed);
        if (header_.at == At::between_ops)
            return fault.commit(fired);
        Aftermath aftermath = Aftermath::did_not_take;
        op([&] { aftermath = fault.commit(fired); });
        return aftermath;
    }

    void answer()
    {
        slot_.answer_ops.store(ops_, relaxed);
        slot_.answer_value.store(counter_.value(), relaxed);
        slot_.answer_at.store(sys::monotonic_ns_by_call(), relaxed);
        slot_.answered.store(seen_call_, std::memory_order_release);
        if (header_.pending.fetch_sub(1, std::memory_order_acq_rel) == 1)
            ring();
    }

    void conclude(Aftermath aftermath)
    {
        if (aftermath == Aftermath::main_returns)
            return;
        slot_.state.store(aftermath == Aftermath::goes_on ? State::went_on : State::did_not_take,
                          std::memory_order_release);
        ring();
    }

    void ring() const
    {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = ::write(bell_, &one, sizeof one);
    }

    std::span<std::byte> box_;
    Header& header_;
    Slot& slot_;
    int bell_;
    std::uint32_t pace_us_;
    Counter counter_;
    std::uint32_t seen_call_ = 0;
    std::uint64_t ops_ = 0;
};

} // namespace

void Fired::operator()() const noexcept
{
    slot_.fired_ops.store(ops_, relaxed);
    slot_.fired_at.store(sys::monotonic_ns_by_call(), std::memory_order_release);
}

int work(std::span<std::byte> box, int bell, std::uint32_t thread)
{
    Worker worker{box, bell, thread};
    for (;;) {
        try {
            worker.run();
            return main_returns_code;
        } catch (const CaughtAtTop&) { // and nothing else: what another exception does is for the experiment to show
            worker.resume_after_caught_exception();
        }
    }
}

} // namespace bulkhead::workers
