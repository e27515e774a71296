#include "workers/faults/faults.hpp"

#include <cstddef>
#include <cstdint>

namespace bulkhead::workers::faults {

// Several passes, so that what cell-mates write meanwhile is spoiled too. The stamp is spoiled with the rest. Volatile
// writes: earlier passes are not dropped for the sake of the last. The numbers are the same in each trial (xorshift).
Aftermath scribble_black_box(const Fired& fired)
{
    constexpr int passes = 4;
    const auto box = fired.scene().box;
    if (box.empty()) {
        return Aftermath::did_not_take;
    }
    std::uint64_t noise = 0x9e3779b97f4a7c15;
    fired();
    for (int pass = 0; pass < passes; ++pass) {
        for (std::byte& byte : box) {
            noise ^= noise << 13;
            noise ^= noise >> 7;
            noise ^= noise << 17;
            *const_cast<volatile std::byte*>(&byte) = static_cast<std::byte>(noise >> 32);
        }
    }
    return Aftermath::goes_on;
}

} // namespace bulkhead::workers::faults
