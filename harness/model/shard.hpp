#pragma once

#include "harness/model/experiment.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace bulkhead::model {

/// One part of a campaign that several machines run. Which trials are its own follows from their ids alone, in turn: of
/// each cell, and of the whole, every shard has as many as every other, or one less.
struct Shard {
    std::uint32_t number = 1; ///< 1..count
    std::uint32_t count = 1;
    bool operator==(const Shard&) const = default;

    [[nodiscard]] bool has(std::uint32_t id) const { return (id - 1) % count + 1 == number; }
};

inline constexpr std::uint32_t max_shards = 100'000;

/// "3/8"; nullopt for what is none, such as "0/8" and "9/8".
std::optional<Shard> parse_shard(std::string_view text);
std::string to_string(const Shard& shard); ///< "3/8"

/// The value of an environment variable; nullopt when there is none of that name.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// What --shard says: "3/8", "auto" or "auto/8". Otherwise what is wrong, and what would be right, in words.
///
/// `auto` takes the number from whoever started the job: SLURM_ARRAY_TASK_ID, wherever its array begins and by whatever
/// steps it goes; JOB_COMPLETION_INDEX of an indexed job of Kubernetes, from 0, which has no total; CI_NODE_INDEX of
/// GitLab, from 1, of CI_NODE_TOTAL.
std::variant<Shard, std::string> read_shard(const std::string& word, const Environment& environment);

/// How many of the cell's trials are the shard's.
std::uint32_t trials_of(const Shard& shard, const Cell& cell);
/// How many of all trials.
std::uint32_t trials_of(const Shard& shard, const std::vector<Cell>& cells);

} // namespace bulkhead::model
