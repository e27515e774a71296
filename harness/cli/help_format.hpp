#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace bulkhead::cli {

/// --help in at most 80 columns: CLI11's own formatter breaks no line.
class HelpFormat : public CLI::Formatter {
public:
    HelpFormat();

    std::string make_option_desc(const CLI::Option* option) const override;
    std::string make_subcommand(const CLI::App* command) const override;
    /// A group of options has its name as a heading, as other options have.
    std::string make_expanded(const CLI::App* part) const override;
    /// Paragraphs are filled; lines that begin with a blank stay as they are.
    std::string make_footer(const CLI::App* command) const override;
};

} // namespace bulkhead::cli
