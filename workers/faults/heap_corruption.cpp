// Corruption by way of the allocator: the victim does nothing to its cell-mates' objects but what a mistake with its
// own memory does. Every pointer is opaque, so that the compiler knows neither what was freed nor where a block ends.

#include "workers/faults/cell_mates.hpp"
#include "workers/faults/faults.hpp"
#include "workers/faults/heap_blocks.hpp"

#include <cstddef>
#include <cstdlib>
#include <malloc.h>
#include <new>
#include <vector>

namespace bulkhead::workers::faults {
namespace {

constexpr std::size_t block_bytes = 72; // of a chunk of 80 bytes

/// The same address twice: once freed, once allocated anew.
struct Reused {
    void* stale;
    void* block; ///< null where memory is short
};

/// What the thread has freed last is what its cache (tcache) gives first. Where the block went back to the arena
/// instead, another thread may have been quicker: then with another one.
Reused reuse_a_block()
{
    constexpr int tries = 1000;
    for (int i = 0; i < tries; ++i) {
        void* const first = opaque(std::malloc(block_bytes));
        void* const stale = opaque(first);
        std::free(first);
        void* const second = opaque(std::malloc(block_bytes));
        if (second == nullptr || second == stale) {
            return {stale, second};
        }
    }
    return {};
}

} // namespace

// The write goes through the stale pointer; that the cell-mate was given the other one makes no difference to memory.
Aftermath use_after_free(const Fired& fired)
{
    auto targets = targets_of(fired.scene());
    for (Target& target : targets) {
        const Reused reused = reuse_a_block();
        if (reused.block == nullptr) {
            return Aftermath::did_not_take;
        }
        new (reused.block) Cell;
        target.cell = opaque(static_cast<Cell*>(reused.stale));
    }
    if (!move_heap_states(targets, fired.scene())) {
        return Aftermath::did_not_take;
    }
    fired();
    break_cells(targets, fired.scene(), [](const Target& target) { overwrite(*target.cell); });
    return Aftermath::goes_on;
}

namespace {

/// The block that lies right before a target's cell, and ends where that one's header begins.
std::byte* block_before(const Cell* cell)
{
    return const_cast<std::byte*>(reinterpret_cast<const std::byte*>(cell)) - block_bytes - sizeof(std::size_t);
}

/// Writes to a block as if it were larger: over its end, the header of the next block, and the cell in that.
void overrun(std::byte* block)
{
    constexpr std::size_t size = block_bytes + sizeof(std::size_t) + sizeof(Cell);
    auto* const bytes = opaque(reinterpret_cast<volatile unsigned char*>(block));
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = broken_byte;
    }
}

} // namespace

// Neither block is ever freed: free() would find the header broken, which is another fault.
Aftermath overflow_into_neighbour(const Fired& fired)
{
    auto targets = targets_of(fired.scene());
    for (Target& target : targets) {
        const auto blocks = side_by_side<2>(block_bytes);
        if (blocks[0] == nullptr) {
            return Aftermath::did_not_take;
        }
        target.cell = new (blocks[1]) Cell;
    }
    if (!move_heap_states(targets, fired.scene())) {
        return Aftermath::did_not_take;
    }
    fired();
    break_cells(targets, fired.scene(), [](const Target& target) { overrun(block_before(target.cell)); });
    return Aftermath::goes_on;
}

} // namespace bulkhead::workers::faults
