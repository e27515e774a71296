#pragma once

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

/// What can be told of a Korean text without reading it.
namespace korean {
inline bool is_letter(char letter)
{
    return std::isalpha(static_cast<unsigned char>(letter)) != 0;
}

inline bool has_hangul(std::string_view text)
{
    // U+AC00 to U+D7A3 are EA B0 80 to ED 9E A3.
    return std::ranges::any_of(text, [](char byte) {
        const auto lead = static_cast<unsigned char>(byte);
        return lead >= 0xea && lead <= 0xed;
    });
}

/// The first small word of English in it ("the", "of", ...); empty: there is none. Names of calls, files and options
/// are no English.
inline std::string_view english_in(std::string_view text)
{
    static constexpr auto small = std::to_array<std::string_view>(
        {"the",   "of",   "is",    "are",   "its", "with", "to",    "by",    "that", "an",
         "at",    "has",  "was",   "for",   "no",  "not",  "and",   "or",    "from", "does",
         "other", "each", "every", "which", "it",  "them", "hosts", "trials"});
    for (std::size_t i = 0; i < text.size();) {
        if (!is_letter(text[i])) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < text.size() && is_letter(text[end])) {
            ++end;
        }
        const bool in_a_name =
            (i > 0 && std::string_view("_-./:").find(text[i - 1]) != std::string_view::npos) ||
            (end < text.size() && std::string_view("_-/(").find(text[end]) != std::string_view::npos);
        const std::string_view word = text.substr(i, end - i);
        if (!in_a_name && std::ranges::find(small, word) != small.end()) {
            return word;
        }
        i = end;
    }
    return {};
}

/// The first particle behind a place of a format ("{}") whose form depends on what will stand there; empty: there is
/// none.
inline std::string_view particle_behind_place(std::string_view format)
{
    static constexpr auto particles =
        std::to_array<std::string_view>({"은", "는", "이", "가", "을", "를", "과", "와", "으로", "로"});
    for (std::size_t at = format.find('}'); at != std::string_view::npos; at = format.find('}', at + 1)) {
        const std::string_view rest = format.substr(at + 1);
        for (const std::string_view particle : particles) {
            const std::string_view next = rest.substr(std::min(particle.size(), rest.size()));
            if (rest.starts_with(particle) && (next.empty() || !has_hangul(next.substr(0, 3)))) {
                return particle;
            }
        }
    }
    return {};
}

} // namespace korean
