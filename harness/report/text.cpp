#include "harness/report/text.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <span>

namespace bulkhead::report {
namespace {

/// One character of UTF-8 text: its bytes, and what it stands for; U+FFFD for a byte that is no UTF-8.
struct Character {
    std::string_view bytes;
    char32_t code = 0;
};

std::size_t length_by_lead(unsigned char lead)
{
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xc2 && lead < 0xe0) {
        return 2;
    }
    if (lead >= 0xe0 && lead < 0xf0) {
        return 3;
    }
    return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

Character first_character(std::string_view text)
{
    constexpr char32_t replacement = 0xfffd;
    constexpr std::array<unsigned, 5> lead_bits{0, 0x7f, 0x1f, 0x0f, 0x07};
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = length_by_lead(lead);
    if (length == 0 || length > text.size()) {
        return {text.substr(0, 1), replacement};
    }
    char32_t code = lead & lead_bits.at(length);
    for (std::size_t i = 1; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xc0U) != 0x80U) {
            return {text.substr(0, 1), replacement};
        }
        code = (code << 6U) | (byte & 0x3fU);
    }
    return {text.substr(0, length), code};
}

struct CodeRange {
    char32_t first;
    char32_t last;
};
bool is_within(std::span<const CodeRange> ranges, char32_t code)
{
    return std::ranges::any_of(ranges,
                               [code](const CodeRange& range) { return code >= range.first && code <= range.last; });
}

/// The columns of a character: two for those that Unicode's EastAsianWidth.txt (UAX #11) calls wide or fullwidth, by
/// blocks; none for combining marks, and for the vowels and final consonants of Hangul that join the letter before
/// them. wcwidth(3) would depend on the locale.
std::size_t columns_of(char32_t code)
{
    static constexpr auto wide = std::to_array<CodeRange>({{0x1100, 0x115f},
                                                           {0x2e80, 0x303e},
                                                           {0x3041, 0xa4cf},
                                                           {0xa960, 0xa97c},
                                                           {0xac00, 0xd7a3},
                                                           {0xf900, 0xfaff},
                                                           {0xfe30, 0xfe6f},
                                                           {0xff00, 0xff60},
                                                           {0xffe0, 0xffe6},
                                                           {0x1f300, 0x1faff},
                                                           {0x20000, 0x3fffd}});
    static constexpr auto none = std::to_array<CodeRange>(
        {{0x300, 0x36f}, {0x1160, 0x11ff}, {0x200b, 0x200f}, {0x20d0, 0x20ff}, {0xd7b0, 0xd7ff}, {0xfe00, 0xfe0f}});
    if (is_within(none, code)) {
        return 0;
    }
    return is_within(wide, code) ? 2 : 1;
}

/// Characters that steer a terminal, or the direction in which it writes.
bool is_control(char32_t code)
{
    static constexpr auto controls = std::to_array<CodeRange>(
        {{0, 0x1f}, {0x7f, 0x9f}, {0x2028, 0x202e}, {0x2066, 0x2069}, {0xfeff, 0xfeff}, {0xe0000, 0xe007f}});
    return is_within(controls, code);
}

/// The longest beginning of the text that fits, and its width.
std::string_view beginning(std::string_view text, std::size_t width)
{
    std::size_t used = 0;
    std::size_t taken = 0;
    while (taken < text.size()) {
        const Character next = first_character(text.substr(taken));
        used += columns_of(next.code);
        if (used > width) {
            break;
        }
        taken += next.bytes.size();
    }
    return text.substr(0, taken);
}

} // namespace

std::size_t columns(std::string_view text)
{
    std::size_t sum = 0;
    while (!text.empty()) {
        const Character next = first_character(text);
        sum += columns_of(next.code);
        text.remove_prefix(next.bytes.size());
    }
    return sum;
}

std::string clean(std::string_view text)
{
    std::string cleaned;
    while (!text.empty()) {
        const Character next = first_character(text);
        if (is_control(next.code)) {
            cleaned += ' ';
        } else if (next.code == 0xfffd) {
            cleaned += '?';
        } else {
            cleaned += next.bytes;
        }
        text.remove_prefix(next.bytes.size());
    }
    return cleaned;
}

std::string fitted(std::string_view text, std::size_t width)
{
    if (columns(text) <= width) {
        return std::string(text);
    }
    constexpr std::string_view mark = "..";
    if (width <= mark.size()) {
        return std::string(beginning(text, width));
    }
    return std::string(beginning(text, width - mark.size())).append(mark);
}

std::string left(std::string_view text, std::size_t width)
{
    const std::size_t used = columns(text);
    return std::string(text).append(used < width ? width - used : 0, ' ');
}

std::string right(std::string_view text, std::size_t width)
{
    const std::size_t used = columns(text);
    return std::string(used < width ? width - used : 0, ' ').append(text);
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width)
{
    std::vector<std::string> lines{""};
    const std::string whole = clean(text);
    std::string_view rest = whole;
    while (!rest.empty()) {
        const std::size_t blank = std::min(rest.find(' '), rest.size());
        std::string_view word = rest.substr(0, blank);
        rest.remove_prefix(std::min(blank + 1, rest.size()));
        const std::string& line = lines.back(); // of no column, yet not empty, where it holds a mark with no letter
        if (!word.empty() && !line.empty() && columns(line) + 1 + columns(word) > width) {
            lines.emplace_back();
        }
        while (columns(word) > std::max<std::size_t>(width, 2)) {
            const std::string_view piece = beginning(word, std::max<std::size_t>(width, 2));
            lines.back() = piece;
            lines.emplace_back();
            word.remove_prefix(piece.size());
        }
        if (!word.empty()) {
            lines.back().append(lines.back().empty() ? "" : " ").append(word);
        }
    }
    return lines;
}

std::string count(std::uint64_t number, std::string_view singular)
{
    std::string text = std::to_string(number).append(" ").append(singular);
    return number == 1 ? text : text + 's';
}

std::string rounded(double number)
{
    struct Unit {
        std::string_view name;
        double size;
    };
    static constexpr auto units = std::to_array<Unit>({{"", 1.0}, {" k", 1e3}, {" M", 1e6}, {" G", 1e9}});
    for (const Unit& unit : units) {
        const double value = number / unit.size;
        if (value < 999.5) {
            const int decimals = unit.size == 1.0 ? 0 : (value < 9.995 ? 2 : (value < 99.95 ? 1 : 0));
            return fmt::format("{:.{}f}{}", value, decimals, unit.name);
        }
    }
    return fmt::format("{:.3g}", number);
}

std::string shell_word(std::string_view word)
{
    constexpr std::string_view harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@%+,";
    if (!word.empty() && word.find_first_not_of(harmless) == std::string_view::npos) {
        return std::string(word);
    }
    std::string quoted = "'";
    for (const char letter : word) {
        quoted += letter == '\'' ? std::string_view("'\\''") : std::string_view(&letter, 1);
    }
    return quoted + '\'';
}

} // namespace bulkhead::report
