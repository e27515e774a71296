#include "harness/cli/output.hpp"

#include "harness/report/text.hpp"
#include "harness/spec/text.hpp"
#include "harness/sys/terminal.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>

namespace bulkhead::cli {
namespace {

/// https://no-color.org: set to anything but an empty string.
bool colour_forbidden()
{
    const char* value = std::getenv("NO_COLOR");
    return value != nullptr && *value != '\0';
}

} // namespace

report::Style style_of_stdout(texts::Language language)
{
    report::Style style;
    style.language = language;
    style.colour = sys::is_terminal(sys::Stream::out) && !colour_forbidden();
    if (const auto columns = sys::terminal_columns(sys::Stream::out); columns > 0) {
        style.width = std::clamp(columns, 60U, 120U);
    }
    return style;
}

bool colour_wanted_on_stderr()
{
    return sys::is_terminal(sys::Stream::err) && !colour_forbidden();
}

void print(std::string_view text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
}

void to_stderr(std::string_view text)
{
    std::fwrite(text.data(), 1, text.size(), stderr);
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent)
{
    std::string result;
    std::size_t column = indent;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        if (column > indent && column + 1 + report::columns(word) > width) {
            result += '\n' + std::string(indent, ' ');
            column = indent;
        } else if (column > indent) {
            result += ' ';
            ++column;
        }
        result += word;
        column += report::columns(word);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return result;
}

std::string quoted(const std::string& word)
{
    const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || std::string_view("/._-:=,+@%").find(static_cast<char>(c)) != std::string::npos;
    });
    if (plain) {
        return word;
    }
    std::string result = "'";
    for (const char c : word) {
        result += c == '\'' ? "'\\''" : std::string(1, c);
    }
    return result + "'";
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates)
{
    const std::string asked = spec::did_you_mean(word, candidates);
    return asked.empty() ? "" : "; " + asked.substr(0, asked.find_last_not_of(' ') + 1);
}

std::string counted(std::uint64_t number, std::string_view noun)
{
    return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

} // namespace bulkhead::cli
