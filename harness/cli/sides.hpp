#pragma once

#include "harness/model/sample.hpp"

#include <filesystem>
#include <optional>

namespace bulkhead::cli {

/// Where baselines are kept unless --folder names another folder.
inline constexpr auto default_baselines = "bulkhead-baselines";

/// One side of a comparison: a results file, or a baseline.
struct Side {
    std::filesystem::path path;
    model::Sample sample; ///< settled
};

/// Reads a results file or a baseline: `named` is the path of either, or the name of a baseline in the folder. nullopt,
/// with the reason on stderr, when it cannot be read.
std::optional<Side> read_side(const std::filesystem::path& named, const std::filesystem::path& folder);

/// Reads a results file and judges its trials; nullopt, with the reason on stderr, when that cannot be done.
std::optional<Side> read_results(const std::filesystem::path& path);

/// By how the file is called or, failing that, by how it begins.
bool is_baseline(const std::filesystem::path& path);

/// The file of the baseline of that name.
std::filesystem::path baseline_file(const std::filesystem::path& folder, const std::string& name);

} // namespace bulkhead::cli
