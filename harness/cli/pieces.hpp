#pragma once

#include "harness/cli/commands.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <vector>

namespace bulkhead::cli {

// What `bulkhead report` makes beside the page: the report as Markdown, and single pictures.

/// Adds --format, --view and --trial.
void declare_pieces(CLI::App& report, ReportCommand& command);

/// Makes what the command asks for, which is no page, of these results files: to standard output, or into its file.
Exit make_piece(const ReportCommand& command, const std::vector<std::filesystem::path>& files);

} // namespace bulkhead::cli
