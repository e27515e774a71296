#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace bulkhead::model {

/// What became of a worker, by severity.
enum class Outcome : std::uint8_t { intact, contaminated, degraded, stalled, corrupted, died };

inline constexpr std::size_t outcome_count = 6;
inline constexpr std::array<Outcome, outcome_count> all_outcomes{
    Outcome::intact, Outcome::contaminated, Outcome::degraded, Outcome::stalled, Outcome::corrupted, Outcome::died};

constexpr std::string_view to_string(Outcome outcome)
{
    switch (outcome) {
    case Outcome::intact: return "intact";
    case Outcome::contaminated: return "contaminated";
    case Outcome::degraded: return "degraded";
    case Outcome::stalled: return "stalled";
    case Outcome::corrupted: return "corrupted";
    case Outcome::died: return "died";
    }
    return "?";
}

} // namespace bulkhead::model
