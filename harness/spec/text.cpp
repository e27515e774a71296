#include "harness/spec/text.hpp"

#include "harness/model/nearest.hpp"

#include <algorithm>

namespace bulkhead::spec {
namespace {

/// Longest word that a message shows whole, and that is compared with others: no valid word is longer.
constexpr std::size_t max_word = 80;
constexpr std::string_view replacement = "\xEF\xBF\xBD"; // U+FFFD

/// Bytes of the UTF-8 sequence at the start of `text`, which is not empty; 0 when there is none (The Unicode Standard,
/// table 3-7).
std::size_t sequence_length(std::string_view text)
{
    const auto byte = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const unsigned first = byte(0);
    if (first < 0x80U)
        return 1;
    if (first < 0xC2U || first > 0xF4U)
        return 0;
    const std::size_t length = first < 0xE0U ? 2 : first < 0xF0U ? 3 : 4;
    const unsigned low = first == 0xE0U ? 0xA0U : first == 0xF0U ? 0x90U : 0x80U;
    const unsigned high = first == 0xEDU ? 0x9FU : first == 0xF4U ? 0x8FU : 0xBFU;
    if (byte(1) < low || byte(1) > high)
        return 0;
    for (std::size_t i = 2; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U)
            return 0;
    }
    return length;
}

/// C0, DEL and C1: a terminal may take them for orders.
bool is_control(std::string_view character)
{
    const auto first = static_cast<unsigned char>(character.front());
    if (first == 0xC2U)
        return static_cast<unsigned char>(character[1]) < 0xA0U;
    return (first < 0x20U && first != '\t') || first == 0x7FU;
}

} // namespace

std::vector<std::string> characters_of(std::string_view text)
{
    std::vector<std::string> characters;
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        const std::string_view character = text.substr(0, std::max<std::size_t>(length, 1));
        characters.emplace_back(length == 0 || is_control(character) ? replacement : character);
        text.remove_prefix(character.size());
    }
    return characters;
}

std::string printable(std::string_view text)
{
    std::string result;
    for (const std::string& character : characters_of(text))
        result += character;
    return result;
}

std::vector<std::string_view> lines_of(std::string_view text)
{
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark))
        text.remove_prefix(byte_order_mark.size());
    std::vector<std::string_view> lines;
    for (;;) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        lines.push_back(line);
        if (end == std::string_view::npos)
            return lines;
        text.remove_prefix(end + 1);
    }
}

std::string in_quotes(std::string_view word)
{
    std::vector<std::string> characters = characters_of(word);
    if (characters.size() > max_word) {
        characters.resize(max_word - 3);
        characters.emplace_back("...");
    }
    std::string result = "\"";
    for (const std::string& character : characters)
        result += character;
    return result + '"';
}

std::string listed(std::span<const std::string> words)
{
    std::string result;
    for (const std::string& word : words)
        result += (result.empty() ? "" : ", ") + word;
    return result;
}

std::vector<std::string> meant_by(std::string_view word, std::span<const std::string> candidates)
{
    if (word.empty() || word.size() > max_word)
        return {};
    return model::all_near(word, candidates);
}

std::string ask_for(std::span<const std::string> meant)
{
    std::string result;
    for (std::size_t i = 0; i < meant.size(); ++i) {
        result += i == 0 ? "did you mean " : i + 1 == meant.size() ? " or " : ", ";
        result += in_quotes(meant[i]);
    }
    return result.empty() ? result : result + "? ";
}

std::string did_you_mean(std::string_view word, std::span<const std::string> candidates)
{
    return ask_for(meant_by(word, candidates));
}

} // namespace bulkhead::spec
