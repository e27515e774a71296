#pragma once

#include "harness/cli/commands.hpp"

#include <CLI/CLI.hpp>

namespace bulkhead::cli {

inline constexpr auto lab_summary = "A course in twelve lessons: predict, run, see and understand";
extern const char* const lab_examples;
void declare_lab(CLI::App& lab, LabCommand& command);

} // namespace bulkhead::cli
