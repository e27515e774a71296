#pragma once

#include "harness/cli/commands.hpp"

#include <CLI/CLI.hpp>

namespace bulkhead::cli {

/// Declares `generate`, which --help does not show.
void declare_generate(CLI::App& program, GenerateCommand& command);

} // namespace bulkhead::cli
