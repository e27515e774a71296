#include "harness/spec/document.hpp"

#include "harness/spec/text.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace bulkhead::spec {
namespace {

/// toml++ destroys a tree by recursion, and each dot of a key may nest one level deeper: with 60,000 of them it
/// overruns an 8 MiB stack. Brackets are no concern, as toml++ limits them to 256 itself.
constexpr std::ptrdiff_t max_dots = 2000;

Position position_of(const toml::source_region& region)
{
    return {region.begin.line, region.begin.column};
}

Value value_of(const toml::node& node);

Array elements_of(const toml::array& array)
{
    Array elements;
    for (const toml::node& element : array)
        elements.push_back(value_of(element));
    return elements;
}

Table entries_of(const toml::table& table)
{
    Table entries;
    for (const auto& [key, node] : table)
        entries.push_back({std::string(key.str()), position_of(key.source()), value_of(node)});
    return entries;
}

Value value_of(const toml::node& node)
{
    Value value{position_of(node.source()), Moment{}};
    if (const auto* text = node.as_string())
        value.content = text->get();
    else if (const auto* integer = node.as_integer())
        value.content = integer->get();
    else if (const auto* number = node.as_floating_point())
        value.content = number->get();
    else if (const auto* boolean = node.as_boolean())
        value.content = boolean->get();
    else if (const auto* array = node.as_array())
        value.content = elements_of(*array);
    else if (const auto* table = node.as_table())
        value.content = entries_of(*table);
    return value;
}

/// What would be valid, found by a piece of toml++'s own description.
std::string_view syntax_hint(std::string_view description)
{
    static constexpr auto hints = std::to_array<std::pair<std::string_view, std::string_view>>({
        {"utf-8", "a TOML file is UTF-8 text"},
        {"saw '%'", "a share is a number from 0 to 1, such as 0.1 for 10%"},
        {"escape sequence", R"(in a string "..." a backslash is written \\; in '...' it stands for itself)"},
        {"unicode scalar", R"(in a string "..." a backslash is written \\; in '...' it stands for itself)"},
        {"not representable", "whole numbers go up to 9223372036854775807"},
        {"decimal", "a number is written 20 or 0.5; with a unit it stands in quotes, such as \"500ms\""},
        {"control character", "a string ends on the line it began on; a line break in it is written as an escape, \\n"},
        {"redefine", "each key and each table is written once; only [[expect]] may be repeated"},
        {"table header", "a header is written [pool], or [[expect]] for each expectation"},
        {"parsing boolean", "text is written in quotes, such as \"exec\""},
        {"value type", "text is written in quotes, such as \"exec\""},
        {"parsing string", "a string ends with the quote it began with, on the same line"},
        {"parsing array", "an array is written [\"8x1\", \"1x8\"], with a comma between two elements"},
        {"inline table", "a table on one line is written { shape = \"8x1\", fault = \"abort\" }"},
    });
    for (const auto& [piece, hint] : hints) {
        if (description.find(piece) != std::string_view::npos)
            return hint;
    }
    return "write key = value, one to a line, below the header of its table";
}

/// What to do about [expect] and [[expect]] in one file; nullopt where that is not what is wrong.
std::optional<std::string> expect_hint(std::string_view description, std::string_view toml)
{
    if (description.find("existing array 'expect'") != std::string_view::npos)
        return "write [[expect]] here, too";
    if (description.find("existing table 'expect'") == std::string_view::npos)
        return std::nullopt;
    const auto lines = lines_of(toml);
    const auto first = std::ranges::find_if(lines, [](std::string_view line) {
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        return line.starts_with("[expect]");
    });
    if (first == lines.end())
        return "write [[expect]] above each expectation";
    return "write [[expect]] here and in line " + std::to_string(first - lines.begin() + 1);
}

SyntaxMistake mistake_of(const toml::parse_error& error, std::string_view toml)
{
    std::string_view description = error.description();
    const std::string hint = expect_hint(description, toml).value_or(std::string(syntax_hint(description)));
    constexpr std::string_view opening = "Error while ";
    if (description.starts_with(opening))
        description.remove_prefix(opening.size());
    return {position_of(error.source()), "not valid TOML: " + std::string(description), hint};
}

} // namespace

std::variant<Value, SyntaxMistake> read_document(std::string_view toml)
{
    if (toml.size() > max_document_size)
        return SyntaxMistake{{}, "too large for an experiment", "an experiment has at most 128 KiB"};
    if (std::ranges::count(toml, '.') > max_dots)
        return SyntaxMistake{{}, "too many dots for an experiment", "no key of an experiment needs one"};
    try {
        return value_of(toml::parse(toml));
    } catch (const toml::parse_error& error) {
        return mistake_of(error, toml);
    }
}

std::string_view kind_of(const Value& value)
{
    static constexpr std::array<std::string_view, std::variant_size_v<decltype(Value::content)>> kinds{
        "a string", "an integer", "a number with a fraction", "a boolean", "a date or time", "an array", "a table"};
    return kinds.at(value.content.index());
}

} // namespace bulkhead::spec
