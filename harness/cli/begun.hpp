#pragma once

#include "harness/model/experiment.hpp"
#include "harness/store/store.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

namespace bulkhead::cli {

/// How far a recorded campaign has come, told without judging any of its trials.
struct Begun {
    std::vector<bool> finished;       ///< by id
    std::uint32_t trials = 0;         ///< that are finished
    std::uint32_t rounds = 0;         ///< of which one was
    std::chrono::nanoseconds took{0}; ///< by the clock, each time that it was at work
};

/// Throws std::runtime_error when a trial is none of the experiment's.
Begun begun_in(const store::Reader& reader, const model::Experiment& experiment, const std::vector<model::Cell>& cells);

} // namespace bulkhead::cli
