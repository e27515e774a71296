#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace bulkhead::model {

/// Reads a whole number from 0 in its one usual spelling: no sign, no space, no leading zero; nullopt for all else.
inline std::optional<std::uint32_t> parse_natural(std::string_view text)
{
    if (text.size() > 1 && text.front() == '0') {
        return std::nullopt;
    }
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

} // namespace bulkhead::model
