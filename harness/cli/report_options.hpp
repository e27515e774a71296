#pragma once

#include "harness/cli/commands.hpp"

#include <CLI/CLI.hpp>

namespace bulkhead::cli {

// What may be said to the command that makes a page of results.

inline constexpr auto report_summary = "Make a page of results, to be looked at in a browser";
extern const char* const report_examples;
void declare_report(CLI::App& report, ReportCommand& command);

} // namespace bulkhead::cli
