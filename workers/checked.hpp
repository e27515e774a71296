#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace bulkhead::workers {

/// A value kept twice, once inverted, so that whoever reads it sees whether something else has written there.
struct Cell {
    volatile std::uint64_t value = 0; // volatile: what counts is what memory holds, not what the compiler knows
    volatile std::uint64_t inverted = ~std::uint64_t{0};

    [[nodiscard]] bool holds() const { return inverted == ~value; }
    void set(std::uint64_t next)
    {
        value = next;
        inverted = ~next;
    }
};

/// Where the checked state of one worker lies. Each op reads and writes all three places; faults look here for what
/// they are to break.
struct alignas(64) Checked {
    std::atomic<Cell*> stack = nullptr; ///< null: there is no such worker
    std::atomic<Cell*> heap = nullptr;
    Cell globals;
    /// Memory that another thread hands over: the worker moves its heap state there at its next op.
    std::atomic<Cell*> offered = nullptr;
};

inline constexpr std::size_t most_workers_of_a_host = 1024;

/// Of every worker of this host, by thread.
inline std::array<Checked, most_workers_of_a_host> checked_states;

} // namespace bulkhead::workers
