#include "harness/texts/texts.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

namespace bulkhead::texts {
namespace {

/// A piece of a format: what stands there as it is, then a place, unless the format ends there.
struct Piece {
    std::string_view literal;
    bool has_place = false;
    bool is_number = false; ///< the place takes digits only
    bool is_word = false;   ///< the place takes what has no blank in it
    std::size_t place = 0;  ///< the number that it has, or else how many came before it
};

std::vector<Piece> pieces_of(std::string_view format)
{
    std::vector<Piece> pieces;
    while (true) {
        const std::size_t open = format.find('{');
        const std::size_t close = format.find('}', open == std::string_view::npos ? 0 : open);
        if (open == std::string_view::npos || close == std::string_view::npos) {
            pieces.push_back({format});
            return pieces;
        }
        const std::string_view inside = format.substr(open + 1, close - open - 1);
        Piece piece{format.substr(0, open), true, inside.ends_with(":d"), inside.ends_with(":w"), pieces.size()};
        if (!inside.empty() && std::isdigit(static_cast<unsigned char>(inside.front())) != 0) {
            piece.place = static_cast<std::size_t>(inside.front() - '0');
        }
        pieces.push_back(piece);
        format.remove_prefix(close + 1);
    }
}

bool can_stand(const Piece& piece, std::string_view text)
{
    if (piece.is_number) {
        const auto is_digit = [](char letter) { return std::isdigit(static_cast<unsigned char>(letter)) != 0; };
        return !text.empty() && std::ranges::all_of(text, is_digit);
    }
    return !text.empty() && (!piece.is_word || text.find(' ') == std::string_view::npos);
}

/// True when the text has this format; `found` is then what stood in its places, one after the other. Each takes as
/// little as it can.
bool fits(std::string_view text, const std::vector<Piece>& pieces, std::size_t first,
          std::vector<std::string_view>& found)
{
    const Piece& piece = pieces[first];
    if (!text.starts_with(piece.literal)) {
        return false;
    }
    text.remove_prefix(piece.literal.size());
    if (!piece.has_place) {
        return text.empty();
    }
    const std::string_view next = pieces[first + 1].literal;
    for (std::size_t end = 1; end <= text.size(); ++end) {
        end = next.empty() ? text.size() : std::min(text.find(next, end), text.size());
        found.push_back(text.substr(0, end));
        if (can_stand(piece, found.back()) && fits(text.substr(end), pieces, first + 1, found)) {
            return true;
        }
        found.pop_back();
    }
    return false;
}

/// The format with texts in its places.
std::string filled(std::string_view format, const std::vector<std::string>& texts)
{
    std::string result;
    for (const Piece& piece : pieces_of(format)) {
        result += piece.literal;
        if (piece.has_place && piece.place < texts.size()) {
            result += texts[piece.place];
        }
    }
    return result;
}

} // namespace

std::string say_composed(Language language, std::string_view english)
{
    constexpr std::size_t longest = 1000; // bytes; no sentence of the model's is longer
    const std::string_view whole = say(language, english);
    if (language == Language::english || whole != english || english.size() > longest) {
        return std::string(whole);
    }
    for (const std::span<const Translation> formats : {trials(), sentences()}) {
        for (const Translation& sentence : formats) {
            std::vector<std::string_view> found;
            if (!fits(english, pieces_of(sentence.english), 0, found)) {
                continue;
            }
            std::vector<std::string> parts;
            for (const std::string_view part : found) {
                parts.push_back(part.size() < english.size() ? say_composed(language, part) : std::string(part));
            }
            return filled(sentence.korean, parts);
        }
    }
    return std::string(english);
}

} // namespace bulkhead::texts
