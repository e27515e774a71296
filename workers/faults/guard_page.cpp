// This file is compiled with -fno-stack-clash-protection, which some systems' compilers have on: it touches a large
// frame page by page, and so the guard page too.

#include "workers/faults/cell_mates.hpp"
#include "workers/faults/faults.hpp"

#include <cstddef>
#include <cstdint>

namespace bulkhead::workers::faults {
namespace {

/// Where the frame of the function that asks begins; what that calls lies below.
[[gnu::always_inline]] inline std::uintptr_t own_frame()
{
    return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
}

/// Takes a frame that reaches from here down to the cell, and writes to its lowest bytes. In between lie the rest of
/// this stack, the guard page, and whatever else is there; none of it is touched, since nothing is called and nothing
/// else is written while the frame is there. noinline: the frame must be gone when this returns. The size is opaque
/// and the write volatile, so that the compiler has to move the stack pointer, and knows of no other use.
[[gnu::noinline]] void write_from_frame(Cell& cell)
{
    const auto address = reinterpret_cast<std::uintptr_t>(&cell);
    const std::size_t bytes = opaque(own_frame() - address);
    auto* const frame = opaque(static_cast<volatile unsigned char*>(__builtin_alloca(bytes)));
    const std::size_t first = address - reinterpret_cast<std::uintptr_t>(frame);
    for (std::size_t i = first; i < first + sizeof(Cell); ++i) {
        frame[i] = broken_byte;
    }
}

/// A place of the worker's that a frame can reach: its stack, where it lies below this one, as those of threads that
/// were started later do; else its heap state, which does where that lies in the program's first heap (brk); or else
/// its globals, below which there is nothing.
Cell* place_below(Checked& checked, std::uintptr_t here)
{
    constexpr std::size_t at_least = 8192; // more than a guard page
    for (Cell* const cell : {checked.stack.load(), checked.heap.load(), &checked.globals}) {
        const auto address = reinterpret_cast<std::uintptr_t>(cell);
        if (address < here && here - address > at_least) {
            return cell;
        }
    }
    return nullptr;
}

} // namespace

Aftermath guard_page_jump(const Fired& fired)
{
    auto targets = targets_of(fired.scene());
    for (Target& target : targets) {
        target.cell = place_below(checked_states[target.thread], own_frame());
        if (target.cell == nullptr) {
            return Aftermath::did_not_take;
        }
    }
    fired();
    break_cells(targets, fired.scene(), [](const Target& target) { write_from_frame(*target.cell); });
    return Aftermath::goes_on;
}

} // namespace bulkhead::workers::faults
