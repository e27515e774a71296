#include "workers/faults/faults.hpp"

// The stack protector must be there for every function of this file.
#ifndef __SSP_ALL__
#error "compile this file with -fstack-protector-all"
#endif

#include <cstddef>

namespace bulkhead::workers::faults {
namespace {

// In a function of its own, so that neither the counter nor the return address that it needs is overrun. The writes are
// volatile, so that they are not dropped with the array that nobody reads.
[[gnu::noinline]] void fill(volatile unsigned char* bytes, std::size_t size)
{
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = 0x41;
    }
}

// The canary lies behind the array, before the return address: 64 bytes cover both in every frame layout, and stay far
// from the end of any stack. It is checked when this function returns.
[[gnu::noinline]] void overrun()
{
    volatile unsigned char array[16];
    fill(opaque(&array[0]), opaque(std::size_t{64}));
}

} // namespace

Aftermath stack_smash(const Fired& fired)
{
    fired();
    overrun();
    return Aftermath::did_not_take;
}

} // namespace bulkhead::workers::faults
