#pragma once

#include <string>
#include <vector>

namespace CLI { // NOLINT(readability-identifier-naming): CLI11 calls itself so
class App;
class ParseError;
} // namespace CLI

namespace bulkhead::cli {

/// The words of the command that was chosen: "run", "submit slurm"; empty: none was.
std::string chosen_command(const CLI::App& app);

/// What is wrong with the words behind the program's name, which the parser has refused: what is valid, and the
/// nearest.
std::string explain_usage_mistake(const CLI::App& app, const CLI::ParseError& error,
                                  const std::vector<std::string>& words);

} // namespace bulkhead::cli
