#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

namespace bulkhead::spec {

/// A place in a file: line and column, both 1-based; columns count characters, not bytes.
struct Position {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    bool operator==(const Position&) const = default;
};
inline bool is_before(Position a, Position b)
{
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
}

struct Value;
struct Entry;
using Array = std::vector<Value>;
using Table = std::vector<Entry>; ///< in no order that means anything

/// A TOML date or time, which no key of an experiment takes.
struct Moment {};

/// A TOML value and where it begins.
struct Value {
    Position at;
    std::variant<std::string, std::int64_t, double, bool, Moment, Array, Table> content;
};

struct Entry {
    std::string key;
    Position at; ///< of the key
    Value value;
};

/// Why a text is not TOML; the parser stops at the first reason.
struct SyntaxMistake {
    Position at;
    std::string message;
    std::string hint;
};

/// Largest text that is read as an experiment, in bytes.
inline constexpr std::size_t max_document_size = std::size_t{128} * 1024;

/// The text as a tree; its root is a Table. Throws nothing for bad input.
std::variant<Value, SyntaxMistake> read_document(std::string_view toml);

/// "a string", "an integer", "an array", ...: what a message calls the value.
std::string_view kind_of(const Value& value);

} // namespace bulkhead::spec
