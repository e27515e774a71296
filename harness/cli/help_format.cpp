#include "harness/cli/help_format.hpp"

#include "harness/report/text.hpp"

#include <fmt/ranges.h>
#include <sstream>

namespace bulkhead::cli {
namespace {

constexpr std::size_t width = 80;
constexpr std::size_t names = 28; ///< the column of options and their values

std::string described(const std::string& text)
{
    return fmt::format("{}", fmt::join(report::wrapped(text, width - names), "\n"));
}

} // namespace

HelpFormat::HelpFormat()
{
    column_width(names);
}

std::string HelpFormat::make_option_desc(const CLI::Option* option) const
{
    return described(option->get_description());
}

std::string HelpFormat::make_subcommand(const CLI::App* command) const
{
    std::ostringstream text;
    CLI::detail::format_help(text, command->get_display_name(true), described(command->get_description()), names);
    return text.str();
}

std::string HelpFormat::make_expanded(const CLI::App* part) const
{
    return part->get_name().empty() ? make_group(part->get_group(), false, part->get_options({}))
                                    : Formatter::make_expanded(part);
}

std::string HelpFormat::make_footer(const CLI::App* command) const
{
    std::istringstream lines(command->get_footer());
    std::string text;
    std::string paragraph;
    const auto end_paragraph = [&] {
        for (const std::string& line : report::wrapped(paragraph, width))
            text += paragraph.empty() ? "" : line + "\n";
        paragraph.clear();
    };
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line.front() == ' ') {
            end_paragraph();
            text += line + "\n";
        } else {
            paragraph += (paragraph.empty() ? "" : " ") + line;
        }
    }
    end_paragraph();
    return text;
}

} // namespace bulkhead::cli
