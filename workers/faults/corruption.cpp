// Faults that leave everybody alive, and wrong. Cells are volatile, so that no write is dropped or put off.
//
// In a host of one, the victim's own state is what they break. If that happens inside an op, the op itself then writes
// the right value over it, and nobody sees anything.

#include "workers/commons.hpp"
#include "workers/faults/cell_mates.hpp"
#include "workers/faults/faults.hpp"

#include <cstddef>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead::workers::faults {

Aftermath wild_write(const Fired& fired)
{
    auto targets = targets_of(fired.scene());
    for (Target& target : targets) {
        target.cell = opaque(checked_states[target.thread].heap.load());
    }
    fired();
    break_cells(targets, fired.scene(), [](const Target& target) { overwrite(*target.cell); });
    return Aftermath::goes_on;
}

Aftermath stack_scribble(const Fired& fired)
{
    auto targets = targets_of(fired.scene());
    for (Target& target : targets) {
        target.cell = opaque(checked_states[target.thread].stack.load());
    }
    fired();
    break_cells(targets, fired.scene(), [](const Target& target) { overwrite(*target.cell); });
    return Aftermath::goes_on;
}

// Again only where the cell holds, which it does not while the bit is wrong: it is never flipped back.
Aftermath bit_flip(const Fired& fired)
{
    constexpr std::uint64_t bit = std::uint64_t{1} << 41;
    auto targets = targets_of(fired.scene());
    for (Target& target : targets) {
        target.cell = opaque(&checked_states[target.thread].globals);
    }
    fired();
    break_cells(targets, fired.scene(), [](const Target& target) { target.cell->value = target.cell->value ^ bit; });
    return Aftermath::goes_on;
}

// A write that falls into somebody's update, between the check and the write, is lost, and in other hosts nobody can be
// watched; hence many passes. What an op finds broken it leaves alone, so one pass that is seen is enough.
Aftermath segment_scribble(const Fired& fired)
{
    constexpr std::int64_t for_ns = 20'000'000;
    const Commons* const commons = fired.scene().commons;
    if (commons == nullptr) {
        return Aftermath::did_not_take;
    }
    auto* const bytes = opaque(reinterpret_cast<volatile unsigned char*>(&commons->segment()));
    const std::size_t size = commons->segment_bytes();
    fired();
    const Patience patience{for_ns};
    do {
        for (std::size_t i = 0; i < size; ++i) {
            bytes[i] = broken_byte;
        }
    } while (patience.nap());
    return Aftermath::goes_on;
}

namespace {

/// Releases the lock when the stack is unwound, as a std::lock_guard does.
class LockHeld {
public:
    explicit LockHeld(Commons& commons) : commons_(commons) { commons.take_lock(); }
    ~LockHeld() { commons_.release_lock(); }
    LockHeld(const LockHeld&) = delete;
    LockHeld& operator=(const LockHeld&) = delete;

private:
    Commons& commons_;
};

/// Ends the thread half-way through a transfer. Without unwinding, so that a robust lock passes on with EOWNERDEAD; by
/// unwinding, so that a plain one is released.
[[noreturn]] void tear_transfer(Commons& commons, const Fired& fired)
{
    constexpr std::int64_t amount = 7;
    const auto end = [] { ::syscall(SYS_exit, 0); };
    const auto unwind = [] { pthread_exit(nullptr); };
    switch (commons.ledger_locking()) {
    case HostLocking::none: break;
    case HostLocking::plain: {
        const LockHeld held{commons};
        fired();
        commons.ledger().transfer(0, 1, amount, unwind);
        break;
    }
    case HostLocking::robust:
    case HostLocking::repair: commons.take_lock(); break;
    }
    fired();
    commons.ledger().transfer(0, 1, amount, end);
    __builtin_unreachable();
}

} // namespace

// pthread_exit unwinds: the destructor runs, and whoever waits for the lock gets it.
Aftermath torn_update(const Fired& fired)
{
    Commons* const commons = fired.scene().commons;
    if (commons == nullptr) {
        return Aftermath::did_not_take;
    }
    if (commons->keeps_ledger())
        tear_transfer(*commons, fired);
    const LockHeld held{*commons};
    Cell& record = commons->segment().shared_record;
    const std::uint64_t next = record.value + 1;
    fired();
    record.value = next;
    pthread_exit(nullptr);
}

} // namespace bulkhead::workers::faults
