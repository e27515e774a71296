#include "workers/faults/cell_mates.hpp"

#include "harness/sys/clock.hpp"
#include "workers/blackbox.hpp"

#include <algorithm>
#include <unistd.h>

namespace bulkhead::workers::faults {
namespace {

std::uint64_t noticed_by(std::uint32_t thread, const Scene& scene)
{
    const auto* const slots = reinterpret_cast<const Slot*>(scene.box.data() + sizeof(Header));
    return slots[thread].check_failures.load(std::memory_order_relaxed);
}

/// The worker takes the offer in one op, and writes there in the same. Until then the cell does not hold.
bool has_moved(const Target& target)
{
    const Checked& checked = checked_states[target.thread];
    return checked.offered.load(std::memory_order_acquire) == nullptr && checked.heap.load() == target.cell &&
           target.cell->holds();
}

} // namespace

std::vector<Target> targets_of(const Scene& scene)
{
    std::vector<Target> targets;
    for (std::uint32_t thread = 0; thread < scene.threads; ++thread) {
        const bool is_there = checked_states[thread].stack.load() != nullptr;
        if (is_there && (thread != scene.thread || scene.threads == 1)) {
            targets.push_back({thread, nullptr, noticed_by(thread, scene)});
        }
    }
    return targets;
}

// The victim's own state it moves itself: in an op, what that op writes goes to the old place, and the next op looks at
// the new one.
bool move_heap_states(const std::vector<Target>& targets, const Scene& scene)
{
    constexpr std::int64_t most_ns = 2'000'000'000;
    for (const Target& target : targets) {
        Checked& checked = checked_states[target.thread];
        target.cell->value = 0;
        target.cell->inverted = 0;
        if (target.thread == scene.thread) {
            target.cell->set(checked.heap.load()->value);
            checked.heap.store(target.cell);
        } else {
            checked.offered.store(target.cell, std::memory_order_release);
        }
    }
    const Patience patience{most_ns};
    bool moved = false;
    do {
        moved = std::ranges::all_of(targets, &has_moved);
    } while (!moved && patience.nap());
    if (!moved) {
        for (const Target& target : targets) {
            checked_states[target.thread].offered.store(nullptr);
        }
    }
    return moved;
}

Patience::Patience(std::int64_t ns) : end_(sys::monotonic_ns() + ns) {}

bool Patience::nap() const
{
    constexpr useconds_t moment_us = 200;
    ::usleep(moment_us);
    return sys::monotonic_ns() < end_;
}

bool has_noticed(const Target& target, const Scene& scene)
{
    return noticed_by(target.thread, scene) != target.failures;
}

} // namespace bulkhead::workers::faults
