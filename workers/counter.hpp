#pragma once

#include <cstdint>

namespace bulkhead::workers {

/// The workload `counter`: value(n+1) = a * value(n) + c mod 2^64, with the multiplier of Knuth's MMIX generator. Each
/// op depends on all before it, and value(n) has a closed form, so that who knows the seed can check a worker after any
/// number of ops.
inline constexpr std::uint64_t counter_multiplier = 6364136223846793005U;
inline constexpr std::uint64_t counter_increment = 1442695040888963407U;

constexpr std::uint64_t counter_next(std::uint64_t value)
{
    return counter_multiplier * value + counter_increment;
}

/// value(ops) of a counter that began with `seed`, in O(log ops) steps (F. Brown, "Random number generation with
/// arbitrary strides", 1994).
constexpr std::uint64_t counter_value(std::uint64_t seed, std::uint64_t ops)
{
    std::uint64_t multiplier = 1;
    std::uint64_t increment = 0;
    std::uint64_t step_multiplier = counter_multiplier;
    std::uint64_t step_increment = counter_increment;
    for (; ops > 0; ops >>= 1U) {
        if ((ops & 1U) != 0) {
            multiplier *= step_multiplier;
            increment = increment * step_multiplier + step_increment;
        }
        step_increment = (step_multiplier + 1) * step_increment;
        step_multiplier *= step_multiplier;
    }
    return multiplier * seed + increment;
}

/// Each worker counts from a value of its own, so that one worker's state cannot pass for another's.
constexpr std::uint64_t counter_seed(std::uint64_t trial_seed, std::uint32_t host, std::uint32_t thread)
{
    return trial_seed ^ ((std::uint64_t{host} << 32U | thread) + 1) * counter_multiplier;
}

} // namespace bulkhead::workers
