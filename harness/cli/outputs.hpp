#pragma once

#include "harness/cli/commands.hpp"
#include "harness/report/suite.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace bulkhead::cli {

/// False, with the reason on stderr, when one of the files could not be written, or is one of those that the command
/// reads or writes besides: said before anything is run. Makes the folders that they are to lie in.
bool can_be_written(const OutputFiles& outputs, const std::vector<std::filesystem::path>& others);

/// True when somebody wants to have what write_outputs writes.
bool any_wanted(const OutputFiles& outputs);

/// Writes the files, each whole or not at all; and, where GitHub Actions runs this, its annotations to stderr and its
/// step summary. `mistake` when a file could not be written.
Exit write_outputs(const OutputFiles& outputs, const std::vector<report::Suite>& suites);

/// Now, in UTC: "2026-11-28T19:30:00".
std::string utc_now();

} // namespace bulkhead::cli
