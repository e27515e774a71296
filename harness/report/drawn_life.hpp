#pragma once

#include "harness/model/judge.hpp"
#include "harness/model/trial.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bulkhead::report {

/// Ops that were counted between two stamps; when exactly each of them was, nobody knows.
struct DrawnStretch {
    model::Stamp from = 0;
    model::Stamp to = 0;
    std::uint64_t ops = 0;
};

/// A host in the place of the worker's first one.
struct DrawnNextLife {
    model::Stamp launched = 0;
    std::optional<model::Stamp> ready;
    model::Stamp end = 0;
    bool ended_early = false; ///< before it was told to stop
};

/// What is known of one worker along the time of its trial. Every stamp lies between the trial's start and its end,
/// whatever the record says: a host may have written it.
struct DrawnLife {
    model::WorkerId id;
    bool is_victim = false;
    std::vector<DrawnStretch> stretches; ///< in their order, without gaps
    model::Stamp end = 0;                ///< of the worker, as far as it was seen; or of the trial
    bool ended_early = false;            ///< before it was told to stop
    std::optional<model::Stamp> harmed;  ///< from when on it may have been what its outcome says; nullopt: it is intact
    std::optional<model::Outcome> outcome; ///< nullopt in a trial that cannot be judged
    bool as_predicted = true;
    std::vector<DrawnNextLife> later;
};

/// Those of all workers, in pool order.
std::vector<DrawnLife> drawn_lives_of(const model::TrialRecord& record, const model::TrialJudgement& judgement);

} // namespace bulkhead::report
