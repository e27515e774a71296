#pragma once

#include "harness/cli/exit.hpp"
#include "harness/model/experiment.hpp"
#include "harness/store/store.hpp"

#include <filesystem>
#include <optional>

namespace bulkhead::cli {

/// A results file and the experiment that its text describes.
struct Recorded {
    store::Reader reader;
    model::Experiment experiment;
};

/// Opens a results file; nullopt, with the reason on stderr, when that cannot be done or it is of no use.
std::optional<Recorded> open_recorded(const std::filesystem::path& path);

/// The trial of that number; nullopt, with what there is on stderr, when the file has none.
std::optional<model::TrialRecord> find_trial(const Recorded& recorded, std::uint32_t id);

} // namespace bulkhead::cli
