#pragma once

#include "harness/cli/commands.hpp"

#include <variant>

namespace bulkhead::cli {

using Command = std::variant<RunCommand, ValidateCommand, ListCommand, ExplainCommand, ShowCommand, ReplayCommand,
                             ResumeCommand, JudgeCommand, ExportCommand, MergeCommand, SubmitSlurmCommand,
                             AnatomyCommand, LabCommand, CompareCommand, BaselineSaveCommand, BaselineListCommand,
                             DoctorCommand, ReportCommand, GenerateCommand>;

struct CommandLine {
    Command command;
    std::int64_t verbosity = 0; ///< -v counts up, -q down
};

/// Reads the command line. Gives an Exit when there is nothing left to do: help and version are printed to stdout, a
/// mistake is explained on stderr.
std::variant<CommandLine, Exit> read_command_line(int argc, char** argv);

/// "bulkhead 0.1.0", and what it was built with.
std::string version_text();

} // namespace bulkhead::cli
