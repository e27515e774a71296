#include "harness/cli/toml_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

namespace bulkhead::cli {
namespace {

/// Takes the TOML value off the front of a sentence: a string, a list, or a word.
std::string_view take_value(std::string_view& text)
{
    std::size_t end = 0;
    if (text.starts_with('"')) {
        end = text.find('"', 1);
        end = end == std::string_view::npos ? text.size() : end + 1;
    } else if (text.starts_with('[')) {
        int depth = 0;
        do {
            depth += text[end] == '[' ? 1 : text[end] == ']' ? -1 : 0;
        } while (++end < text.size() && depth > 0);
    } else {
        end = std::min(text.find_first_of(" ,;:)"), text.size());
    }
    const std::string_view value = text.substr(0, end);
    text.remove_prefix(end);
    return value;
}

/// As it is written after an option: 10..100 for [10, 100], and 8x1,1x8 for ["8x1", "1x8"]; empty when it cannot be.
std::string option_value(std::string_view value)
{
    const bool is_list = value.starts_with('[');
    const bool is_range = is_list && value.find('"') == std::string_view::npos;
    std::string result;
    for (const char c : is_list ? value.substr(1, value.size() - 2) : value) {
        if (c == '[' || c == '{') {
            return "";
        }
        if (c == ',') {
            result += is_range ? ".." : ",";
        } else if (c != '"' && c != ' ') {
            result += c;
        }
    }
    return result;
}

/// The rest of a sentence after its key: one value, or several with "or" between them, and the table, which no option
/// has.
std::string take_values(std::string_view& text, const OptionOfKey& option)
{
    constexpr std::string_view other = " or \"";
    constexpr std::string_view in_table = " in [";
    const std::string_view first = take_value(text);
    const std::string word = option_value(first);
    if (word.empty()) {
        return fmt::format("{} = {} in an experiment file", option.key, first);
    }
    std::string result = fmt::format("{} {}", option.option, word);
    while (text.starts_with(other)) {
        text.remove_prefix(other.size() - 1);
        result += fmt::format(" or {} {}", option.option, option_value(take_value(text)));
    }
    if (text.starts_with(in_table)) {
        text.remove_prefix(std::min(text.find(']'), text.size() - 1) + 1);
    }
    return result;
}

} // namespace

std::string in_options(std::string_view text, const std::vector<OptionOfKey>& options)
{
    std::string result;
    while (!text.empty()) {
        const bool begins_word = result.empty() || result.back() == ' ';
        const auto found = std::find_if(options.begin(), options.end(), [&](const OptionOfKey& option) {
            return begins_word && text.starts_with(option.key) && text.substr(option.key.size()).starts_with(" = ");
        });
        if (found == options.end()) {
            result += text.front();
            text.remove_prefix(1);
        } else {
            text.remove_prefix(found->key.size() + std::string_view(" = ").size());
            result += take_values(text, *found);
        }
    }
    return result;
}

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
