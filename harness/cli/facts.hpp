#pragma once

#include "harness/cli/recorded.hpp"
#include "harness/run/run.hpp"

#include <string>
#include <utility>
#include <vector>

namespace bulkhead::cli {

/// Facts as report/ takes them.
using Facts = std::vector<std::pair<std::string, std::string>>;
Facts pairs_of(const std::vector<store::Fact>& facts);

/// What is recorded of the machine and of the program that run a campaign.
std::vector<store::Fact> facts_of(const run::Options& options);

/// Why a campaign that was begun cannot be gone on with here, a line for each thing that has changed: its experiment
/// file, the program, the host binary, the machine. Empty when nothing has that a trial could depend on.
std::vector<std::string> changes_since(const Recorded& recorded, const run::Options& options);

} // namespace bulkhead::cli
