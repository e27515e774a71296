#pragma once

#include "harness/cli/commands.hpp"

#include <CLI/CLI.hpp>

namespace bulkhead::cli {

// What may be said to the commands that compare results. --format is added by whoever declares them.

inline constexpr auto compare_summary = "Say what got worse from one campaign to another";
extern const char* const compare_examples;
void declare_compare(CLI::App& compare, CompareCommand& command);

inline constexpr auto baseline_summary = "Keep campaigns for others to be compared with";
extern const char* const baseline_examples;
/// The parsers of `save` and `list`, which belong to `baseline`.
struct BaselineParsers {
    CLI::App* save = nullptr;
    CLI::App* list = nullptr;
};
BaselineParsers declare_baseline(CLI::App& baseline, BaselineSaveCommand& save, BaselineListCommand& list);

} // namespace bulkhead::cli
