#pragma once

#include "harness/cli/recorded.hpp"
#include "harness/run/run.hpp"

#include <filesystem>

namespace bulkhead::cli {

/// False, with the reasons on stderr, when the trials that a results file does not have yet would not be of the same
/// campaign.
bool may_go_on(const Recorded& recorded, const std::filesystem::path& results, const run::Options& options);

/// The results file at `path`, to be gone on with as this experiment, or as this shard of it; nullopt, with the reasons
/// on stderr, when it is of another, or cannot be gone on with.
std::optional<Recorded> take_up(const std::filesystem::path& path, const model::Experiment& experiment,
                                const std::optional<model::Shard>& shard, const run::Options& options);

} // namespace bulkhead::cli
