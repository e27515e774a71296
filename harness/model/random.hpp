#pragma once

#include <cstdint>

namespace bulkhead::model {

/// splitmix64's output function (Steele, Lea, Flood, OOPSLA 2014). Written out because a seed must give the same trial
/// on every machine and compiler, which the distributions of <random> do not promise.
constexpr std::uint64_t mix(std::uint64_t x)
{
    x += 0x9e3779b97f4a7c15U;
    x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31U);
}

/// Draws from a seed, one after another.
class Random {
public:
    explicit constexpr Random(std::uint64_t seed) : state_(seed) {}

    constexpr std::uint64_t next() { return mix(state_++ * 0x9e3779b97f4a7c15U); }

    /// Uniform in [0, bound), bound > 0, by Lemire's multiplication; its bias is below bound / 2^64.
    constexpr std::uint64_t below(std::uint64_t bound)
    {
        __extension__ using Wide = unsigned __int128;
        return static_cast<std::uint64_t>((static_cast<Wide>(next()) * bound) >> 64U);
    }

private:
    std::uint64_t state_;
};

} // namespace bulkhead::model
