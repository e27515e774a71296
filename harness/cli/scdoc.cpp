#include "harness/cli/scdoc.hpp"

#include <fmt/format.h>

namespace bulkhead::cli {
namespace {

/// The text with a backslash before each of the characters.
std::string escaped(std::string_view text, std::string_view special)
{
    std::string result;
    for (const char each : text) {
        if (special.find(each) != std::string_view::npos) {
            result += '\\';
        }
        result += each == '\n' ? ' ' : each;
    }
    return result;
}

} // namespace

std::string scdoc_text(std::string_view text, bool begins_line)
{
    std::string result = escaped(text, "\\*_+");
    if (begins_line && !result.empty() &&
        std::string_view("#-.|:[];`").find(result.front()) != std::string_view::npos) {
        result.insert(0, "\\"); // what begins a heading, a list, a table, a comment or a block
    }
    return result;
}

std::string scdoc_bold(std::string_view text)
{
    return text.empty() ? "" : "*" + escaped(text, "\\*_+") + "*";
}

std::string scdoc_italic(std::string_view text)
{
    return text.empty() ? "" : "_" + escaped(text, "\\*_+") + "_";
}

std::string scdoc_literal(std::string_view lines)
{
    std::string text = "```\n";
    for (const char each : lines) {
        text.append(each == '\\' || each == '`' ? "\\" : "").push_back(each);
    }
    return text + (text.ends_with('\n') ? "```\n" : "\n```\n");
}

std::string scdoc_title(std::string_view name, int section)
{
    return fmt::format("{}({}) \"bulkhead {}\" \"Bulkhead\"\n\n", name, section, BULKHEAD_VERSION);
}

} // namespace bulkhead::cli
