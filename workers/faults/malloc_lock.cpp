// Faults inside malloc, with the arena's lock held. That needs a crash in the one part of malloc that runs under the
// lock, at a place that no other thread comes by, so that it is the victim who crashes and nobody else.
//
// malloc.c of glibc 2.36: a request below 1024 bytes that the thread's own cache (tcache, 7 blocks of a size) cannot
// serve takes the lock and looks into the small bin of exactly its size; if there is a block, it reads the `fd` of the
// block that this one's `bk` points to. A `bk` that points to nowhere is thus a trap for the victim alone: in their ops
// cell-mates ask for larger blocks only, and those do not come by there.

#include "workers/faults/faults.hpp"
#include "workers/faults/heap_blocks.hpp"

#include <array>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead::workers::faults {
namespace {

/// Of a chunk of 1008 bytes, which is the largest that has a small bin.
constexpr std::size_t block_bytes = 1000;
constexpr std::size_t cached_blocks = 7;

/// What malloc keeps in a free block: malloc_chunk::fd and bk.
struct Links {
    void* next;
    void* previous;
};

// Not declared as what never throws, as malloc is: an asynchronous cancel unwinds the stack out of it, and a frame that
// expects nothing of the kind calls std::terminate.
using Allocate = void* (*)(std::size_t);

/// A free block in the small bin; null where memory is short. It has neighbours in use, or it would be joined to them.
/// It is not the cache that takes it, for that is full by then; a large request sorts it into its bin; and then the
/// cache is emptied, so that the next request looks there.
volatile Links* block_in_small_bin()
{
    constexpr std::size_t large_and_odd = 50'000; // below what gets a mapping of its own (128 KiB)
    const auto blocks = side_by_side<3>(block_bytes);
    if (blocks[0] == nullptr) {
        return nullptr;
    }
    std::array<void*, cached_blocks> cached{};
    for (void*& block : cached) {
        block = opaque(std::malloc(block_bytes));
    }
    for (void* const block : cached) {
        std::free(block);
    }
    auto* const links = opaque(reinterpret_cast<volatile Links*>(blocks[1])); // used after free, on purpose
    std::free(blocks[1]);
    if (opaque(std::malloc(large_and_odd)) == nullptr) {
        return nullptr;
    }
    for (void*& block : cached) {
        block = opaque(std::malloc(block_bytes));
    }
    return links;
}

/// An address where nothing is mapped: see segv_unmapped.
void* nowhere()
{
    constexpr std::uintptr_t address = std::uintptr_t{1} << 20;
    return opaque(reinterpret_cast<void*>(address));
}

} // namespace

// The write is volatile and the pointer opaque: the compiler knows neither that the block is free nor that malloc reads
// there. A malloc whose result nobody wants may be dropped; a call through an opaque pointer may not.
Aftermath segv_inside_malloc(const Fired& fired)
{
    volatile Links* const links = block_in_small_bin();
    if (links == nullptr) {
        return Aftermath::did_not_take;
    }
    const auto allocate = opaque(static_cast<Allocate>(&std::malloc));
    fired();
    links->previous = nowhere();
    allocate(block_bytes);
    return Aftermath::did_not_take;
}

namespace {

struct sigaction disposition_before {}; // read by the handler

/// Runs on top of malloc's frames. A cancel of the calling thread itself acts at once where cancellation is
/// asynchronous.
void cancel_here(int signal)
{
    ::sigaction(signal, &disposition_before, nullptr); // the process's, which is not what this fault is to change
    pthread_cancel(pthread_self());
}

/// glibc's own farewell comes after the clean-up handlers; in all threads but the main thread it frees what tcache
/// holds, waits for the arena's lock, which is the thread's own, and never ends (malloc.c: tcache_thread_shutdown).
void end_thread(void* /*nothing*/)
{
    syscall(SYS_exit, 0);
}

/// In a static program the first unwinding allocates, to sort its tables (libgcc: unwind-dw2-fde.c); that would be
/// inside malloc, which would wait for itself. Before the trap is laid, for a smaller request may take its block.
[[gnu::noinline]] void unwind_once()
{
    try {
        throw opaque(1);
    } catch (int) {
    }
}

bool cancel_on_segv()
{
    struct sigaction action {};
    action.sa_handler = &cancel_here;
    return pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, nullptr) == 0 &&
           pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, nullptr) == 0 &&
           ::sigaction(SIGSEGV, &action, &disposition_before) == 0;
}

void undo_cancel_on_segv()
{
    pthread_setcanceltype(PTHREAD_CANCEL_DEFERRED, nullptr);
    ::sigaction(SIGSEGV, &disposition_before, nullptr);
}

} // namespace

// The moment of an asynchronous cancel is left to chance; here the crash inside malloc makes it the one that matters.
// The unwinder goes through the frames of the signal and of malloc to the clean-up handler in this one.
Aftermath cancel_inside_malloc(const Fired& fired)
{
    unwind_once();
    volatile Links* const links = block_in_small_bin();
    const auto allocate = opaque(static_cast<Allocate>(&std::malloc));
    if (links == nullptr || !cancel_on_segv()) {
        return Aftermath::did_not_take;
    }
    pthread_cleanup_push(&end_thread, nullptr);
    fired();
    links->previous = nowhere();
    allocate(block_bytes);
    pthread_cleanup_pop(0);
    undo_cancel_on_segv();
    return Aftermath::did_not_take;
}

} // namespace bulkhead::workers::faults
