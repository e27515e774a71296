#pragma once

#include "harness/cli/commands.hpp"

#include <CLI/CLI.hpp>

namespace bulkhead::cli {

/// All that may be said to `run`.
void declare_run(CLI::App& run, RunCommand& command);

} // namespace bulkhead::cli
