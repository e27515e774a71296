#include "harness/report/xml.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace bulkhead::report {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd"; // U+FFFD

/// Bytes of the character that the text begins with; 0 when they are no UTF-8 (RFC 3629, section 4).
std::size_t length_of(std::string_view text)
{
    const auto byte = [text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char lead = byte(0);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (length == 0 || lead > 0xf4 || length > text.size()) {
        return 0;
    }
    for (std::size_t at = 1; at < length; ++at) {
        if ((byte(at) & 0xc0U) != 0x80U) {
            return 0;
        }
    }
    const bool overlong = (lead == 0xe0 && byte(1) < 0xa0) || (lead == 0xf0 && byte(1) < 0x90);
    const bool surrogate = lead == 0xed && byte(1) >= 0xa0;
    const bool too_large = lead == 0xf4 && byte(1) >= 0x90;
    return overlong || surrogate || too_large ? 0 : length;
}

std::string_view escaped(std::string_view character)
{
    if (character.size() > 1) { // U+FFFE and U+FFFF are no characters: XML 1.0, production 2
        return character == "\xef\xbf\xbe" || character == "\xef\xbf\xbf" ? replacement : character;
    }
    switch (character.front()) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\t': return "&#9;"; // or an attribute's reader would make blanks of these three
    case '\n': return "&#10;";
    case '\r': return "&#13;";
    default: return static_cast<unsigned char>(character.front()) < 0x20 ? replacement : character;
    }
}

} // namespace

std::string xml(std::string_view text)
{
    std::string result;
    while (!text.empty()) {
        const std::size_t length = length_of(text);
        result += length == 0 ? replacement : escaped(text.substr(0, length));
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return result;
}

} // namespace bulkhead::report
