#pragma once

#include "harness/cli/commands.hpp"

#include <CLI/CLI.hpp>

namespace bulkhead::cli {

/// --live and --pace.
void declare_live(CLI::App& run, RunCommand& command);

} // namespace bulkhead::cli
