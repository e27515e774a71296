#pragma once

#include "harness/spec/spec.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace bulkhead::spec::test {

/// A valid file; a case puts other text in the place of one of its lines.
inline std::string file_with(std::size_t number, std::string_view text)
{
    std::array<std::string_view, 12> lines{
        "schema = 1",                                // 1
        "name = \"x\"",                              // 2
        "[pool]",                                    // 3
        R"(shapes = ["8x1", "4x2", "1x8"])",         // 4
        "[fault]",                                   // 5
        R"(kinds = ["none", "segv-null", "abort"])", // 6
        "[observe]",                                 // 7
        "",                                          // 8
        "[trials]",                                  // 9
        "",                                          // 10
        "[[expect]]",                                // 11
        "survivors = \"all\"",                       // 12
    };
    if (number > 0)
        lines.at(number - 1) = text;
    std::string file;
    for (const std::string_view line : lines)
        file.append(line).append("\n");
    return file;
}

/// An experiment with one fault, and these lines at the head of its [pool].
inline std::string experiment_of(std::string_view pool, std::string_view fault)
{
    std::string file = file_with(6, "kinds = [\"" + std::string(fault) + "\"]");
    const std::string_view head = "[pool]\n";
    return file.insert(file.find(head) + head.size(), pool);
}

inline Diagnostics mistakes_in(std::string_view toml)
{
    const auto result = parse(toml, "x.toml");
    const auto* found = std::get_if<Diagnostics>(&result);
    return found != nullptr ? *found : Diagnostics{};
}

inline model::Experiment experiment_in(std::string_view toml)
{
    const auto result = parse(toml, "x.toml");
    if (const auto* found = std::get_if<Diagnostics>(&result)) {
        for (const Diagnostic& diagnostic : *found)
            MESSAGE(render(diagnostic));
        FAIL("the file was refused");
    }
    return std::get<model::Experiment>(result);
}

/// One line of the valid file, or several in its place, and the one mistake that they make.
struct Case {
    std::size_t line;
    std::string_view text;
    std::uint32_t column;
    std::string_view message;
    std::string_view hint;   ///< a part of it
    std::uint32_t below = 0; ///< which line of `text` has the mistake
};

inline std::string_view line_in(std::string_view text, std::uint32_t number)
{
    for (; number > 0; --number)
        text.remove_prefix(text.find('\n') + 1);
    return text.substr(0, text.find('\n'));
}

inline void check_case(const Case& expected)
{
    CAPTURE(expected.text);
    const Diagnostics found = mistakes_in(file_with(expected.line, expected.text));
    for (const Diagnostic& diagnostic : found)
        CAPTURE(render(diagnostic));
    REQUIRE(found.size() == 1);
    CHECK(found[0].message == expected.message);
    CHECK(found[0].line == expected.line + expected.below);
    CHECK(found[0].column == expected.column);
    CHECK(found[0].source == line_in(expected.text, expected.below));
    CHECK_MESSAGE(found[0].hint.find(expected.hint) != std::string::npos, found[0].hint);
}

} // namespace bulkhead::spec::test
