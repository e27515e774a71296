#pragma once

#include "harness/model/shape.hpp"
#include "harness/model/trial.hpp"

#include <cstdint>
#include <optional>

namespace bulkhead::store {

/// PRAGMA application_id of every results file, "BLKH": tells it from other SQLite files.
inline constexpr std::int64_t application_id = 0x424c4b48;
/// PRAGMA user_version: the version of the tables below. A file of another version is refused, not guessed at.
inline constexpr std::int64_t schema_version = 5;

/// Hosts, and workers, that one trial can have: the key `place` of the rows of a trial is this times its sequence, and
/// up.
inline constexpr std::uint64_t places_per_trial = 1024;
static_assert(places_per_trial >= model::max_hosts && places_per_trial >= model::max_workers);

/// Stamps are kept as the time since the trial's start: shorter, and readable. Any two stamps go there and back,
/// because both ways wrap around.
constexpr model::Stamp since(model::Stamp start, model::Stamp stamp)
{
    return static_cast<model::Stamp>(static_cast<std::uint64_t>(stamp) - static_cast<std::uint64_t>(start));
}
constexpr model::Stamp stamp_at(model::Stamp start, model::Stamp since_start)
{
    return static_cast<model::Stamp>(static_cast<std::uint64_t>(start) + static_cast<std::uint64_t>(since_start));
}
constexpr std::optional<model::Stamp> since(model::Stamp start, std::optional<model::Stamp> stamp)
{
    return stamp ? std::optional(since(start, *stamp)) : std::nullopt;
}

/// The column `measures`: a bit each.
constexpr std::uint32_t number_of(const model::Measures& measures)
{
    return (measures.throughput ? 1U : 0U) | (measures.memory ? 2U : 0U) | (measures.anatomy ? 4U : 0U) |
           (measures.round_trip ? 8U : 0U) | (measures.context_switch ? 16U : 0U);
}
constexpr model::Measures measures_of(std::uint32_t number)
{
    return {(number & 1U) != 0, (number & 2U) != 0, (number & 4U) != 0, (number & 8U) != 0, (number & 16U) != 0};
}

/// The statements that make the tables and views of an empty results file.
extern const char* const schema;

} // namespace bulkhead::store
