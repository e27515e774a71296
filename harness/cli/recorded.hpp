#pragma once

#include "harness/cli/exit.hpp"
#include "harness/model/experiment.hpp"
#include "harness/model/shard.hpp"
#include "harness/store/store.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace bulkhead::cli {

/// A results file and the experiment that its text describes.
struct Recorded {
    store::Reader reader;
    model::Experiment experiment;
    std::optional<model::Shard> shard{}; ///< the part that the file has; nullopt: it is of the whole campaign
};

/// Name of the fact that tells which part of a campaign a results file has: "3/8".
inline constexpr const char* shard_fact = "shard";
std::optional<model::Shard> shard_of(const std::vector<store::Fact>& facts);

/// Opens a results file; nullopt, with the reason on stderr, when that cannot be done or it is of no use.
std::optional<Recorded> open_recorded(const std::filesystem::path& path);

/// The trial of that number; nullopt, with what there is on stderr, when the file has none.
std::optional<model::TrialRecord> find_trial(const Recorded& recorded, std::uint32_t id);

} // namespace bulkhead::cli
