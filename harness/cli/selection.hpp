#pragma once

#include "harness/cli/commands.hpp"
#include "harness/model/experiment.hpp"
#include "harness/spec/spec.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::cli {

/// The files that are meant: each folder stands for the *.toml in it and below it, in alphabetical order.
std::vector<std::filesystem::path> experiment_files(const std::vector<std::filesystem::path>& named);

/// Those below ./experiments, or else the installed ones.
std::vector<std::filesystem::path> known_experiments();
/// The file of that path below ./experiments, or else below the installed ones; nullopt: it is in neither.
std::optional<std::filesystem::path> known_experiment(const std::filesystem::path& below);
/// Of these, the ones that measure the claim or its boundary.
std::vector<std::filesystem::path> experiments_about(std::string_view claim);

/// What was selected to run, and every mistake found in it.
struct Selection {
    std::vector<model::Experiment> experiments;
    spec::Diagnostics mistakes;
};
Selection select_files(const std::vector<std::filesystem::path>& files, const Overrides& overrides);
Selection select_ad_hoc(const AdHoc& ad_hoc, const Overrides& overrides);

/// Prints every mistake to stderr, and how many there are.
void complain(const spec::Diagnostics& mistakes);

/// False, with the reason on stderr, when a stop rule may end it early, which takes all trials to see, or when there
/// are more shards than trials: some would have nothing to run. An experiment of which this machine can run nothing is
/// another matter.
bool can_be_split(const model::Experiment& experiment, std::uint32_t shards);

std::uint32_t count_trials(const std::vector<model::Cell>& cells);

} // namespace bulkhead::cli
