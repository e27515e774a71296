#include "workers/faults/faults.hpp"

namespace bulkhead::workers::faults {

// Both operands are opaque: 1 / x with a known 1 becomes a comparison, which does not trap. The volatile quotient makes
// the division happen: one whose result nobody wants is dropped. On aarch64 an integer division by zero gives 0 without
// a signal, so there the fault does not take.
Aftermath divide_by_zero(const Fired& fired)
{
    const int dividend = opaque(7);
    const int zero = opaque(0);
    fired();
    [[maybe_unused]] volatile int quotient = opaque(dividend) / opaque(zero);
    return Aftermath::did_not_take;
}

// __builtin_trap would tell the compiler that nothing follows; the asm statement says nothing and is never moved or
// dropped, and so the fault can say that it came back.
Aftermath illegal_instruction(const Fired& fired)
{
    fired();
#if defined(__x86_64__) || defined(__i386__)
    asm volatile("ud2" ::: "memory");
#elif defined(__aarch64__)
    asm volatile("udf #0" ::: "memory");
#else
    __builtin_trap();
#endif
    return Aftermath::did_not_take;
}

// As above. The signal's code is SI_KERNEL on x86, TRAP_BRKPT on aarch64.
Aftermath breakpoint(const Fired& fired)
{
    fired();
#if defined(__x86_64__) || defined(__i386__)
    asm volatile("int3" ::: "memory");
#elif defined(__aarch64__)
    asm volatile("brk #0" ::: "memory");
#else
    __builtin_trap();
#endif
    return Aftermath::did_not_take;
}

} // namespace bulkhead::workers::faults
