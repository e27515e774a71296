#pragma once

#include "harness/model/random.hpp"

/// What samples are made of, from fixed seeds.
namespace bulkhead::tests {

/// Uniform in [0, 1).
inline double uniform(model::Random& random)
{
    return static_cast<double>(random.next() >> 11U) * 0x1p-53;
}

/// So many trials, each of which has the chance `share` to count.
inline double hits_of(model::Random& random, int trials, double share)
{
    double hits = 0;
    for (int i = 0; i < trials; ++i)
        hits += uniform(random) < share ? 1 : 0;
    return hits;
}

} // namespace bulkhead::tests
