#pragma once

#include "workers/checked.hpp"
#include "workers/fault.hpp"

#include <cstdint>
#include <vector>

namespace bulkhead::workers::faults {

/// One worker's checked state, and the cell of it that a fault breaks.
struct Target {
    std::uint32_t thread;
    Cell* cell;
    std::uint64_t failures; ///< that the worker had noticed before
};

/// The workers that a fault acts on: every cell-mate of the victim; in a host of one, the victim itself. The cells are
/// still to be chosen.
std::vector<Target> targets_of(const Scene& scene);

/// Makes each target's heap state lie in its `cell`, and waits until the worker has written there. False, and the
/// offers are withdrawn, when one of them has not within two seconds.
bool move_heap_states(const std::vector<Target>& targets, const Scene& scene);

/// What every broken cell looks like: both halves the same, which no cell's are. As a chunk's size it has the bit that
/// says "the block before this one is in use", so that nobody who frees that one looks further.
inline constexpr unsigned char broken_byte = 0x41;
inline constexpr std::uint64_t broken_value = 0x4141414141414141;

inline void overwrite(Cell& cell)
{
    cell.value = broken_value;
    cell.inverted = broken_value;
}

/// False when the time for it is up.
class Patience {
public:
    explicit Patience(std::int64_t ns);
    /// Sleeps for a moment, less than an op's pace.
    [[nodiscard]] bool nap() const;

private:
    std::int64_t end_;
};

bool has_noticed(const Target& target, const Scene& scene);

/// Breaks every target's cell by `write(target)`: a write that falls between a worker's check and its own next write is
/// lost, and done again, until every worker has noticed. A victim alone in its host cannot wait for itself.
template <typename Write>
void break_cells(const std::vector<Target>& targets, const Scene& scene, Write&& write)
{
    constexpr std::int64_t most_ns = 1'000'000'000;
    for (const Target& target : targets) {
        write(target);
    }
    const Patience patience{most_ns};
    for (bool done = scene.threads == 1; !done && patience.nap();) {
        done = true;
        for (const Target& target : targets) {
            if (has_noticed(target, scene)) {
                continue;
            }
            done = false;
            if (target.cell->holds()) {
                write(target);
            }
        }
    }
}

} // namespace bulkhead::workers::faults
