#pragma once

#include <array>
#include <cstddef>
#include <cstdlib>
#include <malloc.h>

namespace bulkhead::workers::faults {

/// So many blocks of this size, each right behind the one before, found by trying, since cell-mates allocate meanwhile;
/// what does not fit is kept, so that the next try goes on from there. `size` must be one that glibc gives exactly: 8
/// more than a multiple of 16. The first is null when it cannot be had.
template <std::size_t Count>
std::array<std::byte*, Count> side_by_side(std::size_t size)
{
    constexpr int tries = 10'000;
    std::array<std::byte*, Count> blocks{};
    std::size_t found = 0;
    for (int i = 0; i < tries && found < Count; ++i) {
        auto* const next = static_cast<std::byte*>(std::malloc(size));
        if (next == nullptr) {
            return {};
        }
        // Between the end of one block and the start of the next there is nothing but the next one's size.
        if (found > 0 && next != blocks[found - 1] + malloc_usable_size(blocks[found - 1]) + sizeof(std::size_t)) {
            found = 0;
        }
        blocks[found++] = next;
    }
    return found == Count ? blocks : std::array<std::byte*, Count>{};
}

} // namespace bulkhead::workers::faults
