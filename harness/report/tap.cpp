#include "harness/report/json_parts.hpp"
#include "harness/report/suite.hpp"
#include "harness/report/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

// Version 13 (testanything.org/tap-version-13-specification.html). A test point that is no success carries a block of
// YAML; its values are written as JSON strings, which YAML's double-quoted ones include. A campaign that is no success
// for another reason than a verdict has one more test point that says so.

namespace bulkhead::report {
namespace {

/// A description ends at the line's end, and '#' would begin a directive.
std::string described(std::string_view text)
{
    std::string result;
    for (const char c : clean(text)) {
        result += c == '#' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    }
    return result;
}

std::string yaml_line(std::string_view key, std::string_view value)
{
    return value.empty() ? "" : fmt::format("  {}: {}\n", key, Json(clean(value)).dump());
}

std::string point(std::uint64_t number, const std::string& what, Result result, const std::string& reason)
{
    const bool ok = result == Result::upheld || result == Result::skipped;
    const std::string skip = result == Result::skipped ? " # SKIP " + described(reason) : "";
    return fmt::format("{} {} - {}{}\n", ok ? "ok" : "not ok", number, described(what), skip);
}

/// Only of what is no success: of the rest the line says all.
std::string block(const Suite& suite, const Expected& expected, const Case& each)
{
    if (each.result == Result::upheld || each.result == Result::skipped) {
        return "";
    }
    const std::string line = suite.file.empty() || expected.line == 0
                                 ? ""
                                 : fmt::format("  line: {}\n", expected.line); // a number, unlike the others
    return "  ---\n" + yaml_line("verdict", to_string(each.result)) + yaml_line("reason", each.reason) +
           yaml_line("expectation", expected.says) + yaml_line("id", expected.id) + yaml_line("file", suite.file) +
           line + yaml_line("look", each.look) + "  ...\n";
}

std::string fact_comments(const Suite& suite)
{
    std::string text = "# " + clean(suite.name + ": " + suite.question) + "\n";
    for (const auto& [name, value] : suite.facts) {
        text += "# " + clean(name + ": " + value) + "\n";
    }
    return text;
}

} // namespace

std::string tap_text(const std::vector<Suite>& suites)
{
    Counts counts;
    std::string text;
    std::uint64_t number = 0;
    for (const Suite& suite : suites) {
        counts = counts + count_cases(suite);
        text += fact_comments(suite);
        for (const Expected& expected : suite.expected) {
            for (const Case& each : expected.cases) {
                const std::string cell = each.cell.empty() ? "" : each.cell + ": ";
                text += point(++number, suite.name + ": " + cell + expected.claim, each.result, each.reason) +
                        block(suite, expected, each);
            }
        }
        if (!suite.trouble.empty()) {
            text += point(++number, suite.name + ": the campaign as a whole", Result::inconclusive, "") + "  ---\n" +
                    yaml_line("reason", suite.trouble) + "  ...\n";
        }
    }
    const std::string plan = counts.all > 0 ? fmt::format("1..{}\n", counts.all) : "1..0 # SKIP no expectation\n";
    return "TAP version 13\n" + plan + text;
}

} // namespace bulkhead::report
