#pragma once

#include "harness/model/judge.hpp"
#include "harness/model/sequential.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace bulkhead::model {

/// Counts of trials of one cell, as stop rules need them.
struct LookAtCell {
    std::uint32_t judged = 0;
    std::uint32_t as_predicted = 0;
    std::uint32_t broken = 0; ///< not judged, or with a worker lost
    std::array<std::uint64_t, outcome_count> siblings{};
    std::array<Unanimity, outcome_count> unanimity{};
    std::map<std::string, std::uint64_t> victim_ends{};

    void operator+=(const LookAtCell& more);
};

/// How far the sequential test of an expectation had come.
struct LookAtTest {
    Decision decision = Decision::go_on;
    std::uint32_t rounds = 0; ///< that decided, or that there were
    std::uint64_t trials = 0; ///< in these
    double hits = 0;
};

/// What the trials of the first so many rounds come to for the rules that may stop a campaign, while none of them
/// held: whoever has this needs those trials no more (see Stopping).
struct Look {
    std::uint32_t rounds = 0;
    std::vector<LookAtCell> cells;       ///< by cell
    std::vector<std::uint64_t> refuting; ///< by expectation: trials whose figure refutes it
    std::vector<LookAtTest> tests;       ///< by expectation
};

} // namespace bulkhead::model
