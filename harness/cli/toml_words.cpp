#include "harness/cli/toml_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

namespace bulkhead::cli {

std::string toml_string(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            result += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        } else {
            result += c;
        }
    }
    return result + "\"";
}

std::string toml_list(const std::vector<std::string>& words)
{
    std::string result;
    for (const std::string& word : words) {
        result += (result.empty() ? "" : ", ") + toml_string(word);
    }
    return "[" + result + "]";
}

std::string decimal(double number)
{
    std::array<char, 400> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed).ptr;
    return {text.data(), end};
}

std::string toml_float(double number)
{
    const std::string text = decimal(number);
    return text.find('.') == std::string::npos ? text + ".0" : text;
}

std::string ops_as_toml(const std::string& text)
{
    const auto is_number = [](std::string_view part) {
        return !part.empty() && part.size() < 19 && part.find_first_not_of("0123456789") == std::string::npos;
    };
    const auto plain = [](std::string_view part) { // TOML forbids leading zeros
        const auto first = std::min(part.find_first_not_of('0'), part.size() - 1);
        return std::string(part.substr(first));
    };
    if (is_number(text)) {
        return plain(text);
    }
    if (const auto dots = text.find(".."); dots != std::string::npos) {
        const std::string_view low = std::string_view(text).substr(0, dots);
        const std::string_view high = std::string_view(text).substr(dots + 2);
        if (is_number(low) && is_number(high)) {
            return fmt::format("[{}, {}]", plain(low), plain(high));
        }
    }
    return toml_string(text);
}

bool is_ops(const std::string& text)
{
    return !ops_as_toml(text).starts_with('"');
}

std::string line_unless_empty(std::string_view key, const std::string& word)
{
    return word.empty() ? "" : fmt::format("{} = {}\n", key, toml_string(word));
}

} // namespace bulkhead::cli
