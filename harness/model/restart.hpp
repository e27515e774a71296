#pragma once

#include "harness/model/stamp.hpp"
#include "harness/sys/termination.hpp"

#include <cstdint>
#include <optional>

namespace bulkhead::model {

struct TrialRecord;

/// The fault, committed once more: on the worker that has taken the victim's place.
struct Strike {
    Stamp ordered = 0;
    std::optional<Stamp> fired{}; ///< as in TrialRecord
    std::optional<std::uint64_t> fired_at_op{};
    std::optional<Stamp> end_seen{};
    bool operator==(const Strike&) const = default;
};

/// A host that the supervisor launched in the place of one that had ended.
struct Restart {
    std::uint32_t strike = 1; ///< the one that it followed
    std::uint32_t host = 0;
    bool collateral = false; ///< the one before it had not ended: the supervisor ended it because of another
    std::int32_t pid = 0;
    Stamp launched = 0;
    std::optional<Stamp> ready{}; ///< all of its workers had completed their first ops, and their checks held
    std::optional<sys::Termination> termination{};
    std::optional<Stamp> end_seen{};
    bool ended_in_teardown = false; ///< it lived until it was told to stop
    bool operator==(const Restart&) const = default;
};

/// What the repairs of a trial have cost.
struct Repairs {
    std::uint32_t restarts = 0;
    std::uint32_t collateral = 0;
    std::optional<std::int64_t> longest_ns{}; ///< from a strike until the victim's host was replaced and ready
    /// Nanoseconds that each worker was down, summed over the workers: from its host's end until all workers of the
    /// replacement had completed their first ops. nullopt when somebody was never replaced.
    std::optional<double> down_ns{};
    std::optional<double> span_ns{}; ///< from the first strike to the last repair; nullopt: as `down_ns`
};
Repairs repairs_of(const TrialRecord& record);

} // namespace bulkhead::model
