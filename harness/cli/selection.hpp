#pragma once

#include "harness/cli/commands.hpp"
#include "harness/model/experiment.hpp"
#include "harness/spec/spec.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::cli {

/// The files that are meant: each folder stands for the *.toml in it and below it, in alphabetical order.
std::vector<std::filesystem::path> experiment_files(const std::vector<std::filesystem::path>& named);

/// Those below ./experiments, or else the installed ones.
std::vector<std::filesystem::path> known_experiments();
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

std::uint32_t count_trials(const std::vector<model::Cell>& cells);

} // namespace bulkhead::cli
