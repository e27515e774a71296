#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::store {

/// A value of a JSON text that knows where it stands, so that a mistake in it can be told with its place.
struct LocatedJson {
    enum class Kind : std::uint8_t { null, boolean, number, text, list, object };
    Kind kind = Kind::null;
    std::size_t offset = 0; ///< bytes before it in the text
    double number = 0;      ///< booleans: 0 or 1
    std::string text;
    std::vector<std::string> keys; ///< of an object: one for each of its items
    std::vector<LocatedJson> items;

    /// nullptr: it is no object, or has no such key.
    [[nodiscard]] const LocatedJson* find(std::string_view key) const;
};
std::string_view to_string(LocatedJson::Kind kind); // "a number", "a list", ...

/// What is wrong with a text, and where.
class JsonMistake : public std::runtime_error {
public:
    JsonMistake(std::size_t offset, const std::string& what) : std::runtime_error(what), offset_(offset) {}
    [[nodiscard]] std::size_t offset() const { return offset_; }

private:
    std::size_t offset_;
};

/// Reads a whole JSON text (RFC 8259). Throws JsonMistake; also for a key that an object has twice, and for values
/// nested more than `deepest` deep.
LocatedJson read_json(std::string_view text, std::size_t deepest = 8);

/// 1-based; columns are bytes.
struct TextPlace {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    std::string source; ///< the line, without its end
};
TextPlace place_in(std::string_view text, std::size_t offset);

} // namespace bulkhead::store
