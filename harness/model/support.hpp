#pragma once

#include "harness/model/experiment.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace bulkhead::model {

/// What the planned number of trials can support at best, if all of them go as is claimed.
struct Support {
    std::uint32_t line = 0; ///< of the expectation; 0: it is said of each cell
    std::uint64_t trials = 0;
    double otherwise = 1; ///< share of trials that may still be otherwise: one-sided, 95%
    bool enough = true;   ///< false: the expectation cannot be upheld, whatever comes
    std::string text{};   ///< "if none of 30 trials loses a sibling, that shows only: ..."
};

/// Of each cell with a fault, of each expectation, and of the rules that may stop the campaign early.
std::vector<Support> support_of(const Experiment& experiment);

/// True when so many trials uphold a claim about siblings or the victim, if all of them go as is claimed.
bool could_uphold(const Claim& claim, std::uint64_t trials, double confidence);

/// The share of trials that may still be otherwise when none of so many was: one-sided, 95%.
double otherwise_after(std::uint64_t trials, double confidence = default_confidence);

} // namespace bulkhead::model
