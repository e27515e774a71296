#include "workers/faults/dying.hpp"
#include "workers/faults/faults.hpp"

// A failing assertion must fail in every build type: this file is compiled with -UNDEBUG.
#ifdef NDEBUG
#error "compile this file with -UNDEBUG"
#endif

#include <cassert>
#include <cstdlib>
#include <cstring>
#include <cxxabi.h>
#include <malloc.h>

namespace bulkhead::workers::faults {

Aftermath abort(const Fired& fired)
{
    fired();
    std::abort();
}

// The condition is opaque, so that the call to __assert_fail is not known to be the only way on.
Aftermath assert_failed(const Fired& fired)
{
    const int holds = opaque(0);
    fired();
    assert(holds == 1);
    return Aftermath::did_not_take;
}

namespace {

/// Of no type that anybody catches.
struct NobodyCatchesThis {};

// noinline: a compiler that sees a throw in a noexcept function warns, and calls std::terminate without any throw.
[[gnu::noinline]] void throw_it()
{
    if (opaque(1) == 1) {
        throw NobodyCatchesThis{};
    }
}

[[gnu::noinline]] void promise_not_to_throw() noexcept
{
    throw_it();
}

} // namespace

// A throw has effects of its own and is never dropped. std::terminate is called where the unwinder finds no handler.
Aftermath uncaught_exception(const Fired& fired)
{
    fired();
    throw_it();
    return Aftermath::did_not_take;
}

Aftermath noexcept_throw(const Fired& fired)
{
    fired();
    promise_not_to_throw();
    return Aftermath::did_not_take;
}

namespace {

struct Named final : Dying {
    void last_words() override {}
};

} // namespace

// The destructor is the fault. g++ 12 refers to __cxa_pure_virtual from a table of virtual functions only weakly, which
// brings it into no static program: the call would go to null, a SIGSEGV. The strong reference here brings it in; it
// would be made weak again in the file that holds Dying's table, which is another reason for Dying's own file.
Aftermath pure_virtual_call(const Fired& fired)
{
    if (opaque(&abi::__cxa_pure_virtual) == nullptr) {
        return Aftermath::did_not_take;
    }
    {
        const Named object;
        fired();
    }
    return Aftermath::did_not_take;
}

// glibc finds a second free for certain when the first has put the block into the thread's own cache (tcache), where it
// is marked and nobody else can take it. The cache takes up to 7 blocks of a size. After a free at least one block is
// in it, so the malloc that follows comes from it and leaves at most 6: there is room for the next free, whatever the
// thread's cache and arena held before. Opaque pointers: compilers drop a malloc and free without use in between.
Aftermath double_free(const Fired& fired)
{
    constexpr std::size_t size = 64;
    void* const first = opaque(std::malloc(size));
    std::free(first);
    void* const block = opaque(std::malloc(size));
    if (block == nullptr) {
        return Aftermath::did_not_take;
    }
    fired();
    std::free(opaque(block));
    std::free(opaque(block));
    return Aftermath::did_not_take;
}

// 4 KiB is more than a thread's cache or a fast bin takes (both would free the block without a look at its neighbour)
// and less than what gets a mapping of its own. So free() checks the size in the header behind the block, be that one
// in use, free, or the top of the arena: 0x4141414141414141 is more than any arena has, and says "previous in use", so
// that the size is what it stumbles over. A cell-mate whose malloc() has looked at the top before writes a size that is
// right over it: then it is done once more. The pointer is opaque, so that the overrun is neither seen nor dropped.
Aftermath heap_smash(const Fired& fired)
{
    constexpr std::size_t size = 4096;
    constexpr int tries = 8;
    void* block = opaque(std::malloc(size));
    if (block == nullptr) {
        return Aftermath::did_not_take;
    }
    fired();
    for (int i = 0; i < tries && block != nullptr; ++i) {
        std::memset(opaque(block), 0x41, malloc_usable_size(block) + sizeof(std::size_t));
        std::free(opaque(block));
        block = opaque(std::malloc(size));
    }
    return Aftermath::did_not_take;
}

} // namespace bulkhead::workers::faults
