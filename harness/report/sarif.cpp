#include "harness/report/json_parts.hpp"
#include "harness/report/suite.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

// SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0). One run, for all campaigns are of one program. Whoever reads it
// takes every result for something to mend, whatever its kind: so an expectation that is upheld has a rule and no
// result, and what was skipped, or went wrong apart from the verdicts, is a notification.

namespace bulkhead::report {
namespace {

constexpr std::size_t most_named = 10; ///< cells in the message of a result

/// RFC 3986: what may stand in a path is kept, every other byte is escaped.
std::string uri_of(std::string_view path)
{
    std::string uri = path.starts_with('/') ? "file://" : "";
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        const bool kept = std::isalnum(byte) != 0 || std::string_view("/-._~").find(c) != std::string_view::npos;
        uri += kept ? std::string(1, c) : fmt::format("%{:02X}", byte);
    }
    return uri;
}

std::string rule_id(const Suite& suite, const Expected& expected)
{
    return suite.name + "/" + expected.id;
}

Json rule_of(const Suite& suite, const Expected& expected)
{
    return {{"id", rule_id(suite, expected)},
            {"shortDescription", {{"text", expected.says}}},
            {"fullDescription", {{"text", suite.question.empty() ? expected.says : suite.question}}},
            {"defaultConfiguration", {{"level", "error"}}}};
}

Json locations_of(const Suite& suite, std::uint32_t line)
{
    if (suite.file.empty()) {
        return Json::array();
    }
    Json place{{"artifactLocation", {{"uri", uri_of(suite.file)}}}};
    if (line > 0) {
        place["region"] = {{"startLine", line}};
    }
    return Json::array({{{"physicalLocation", place}}});
}

std::string message_of(const Expected& expected)
{
    std::string text = fmt::format("{} is {}: {}", expected.says, to_string(expected.result), expected.reason);
    std::size_t named = 0;
    std::size_t more = 0;
    for (const Case& each : expected.cases) {
        if (each.cell.empty() || each.result == Result::upheld || each.result == Result::skipped) {
            continue;
        }
        if (++named > most_named) {
            ++more;
            continue;
        }
        text += fmt::format("\n{} for {}: {}", to_string(each.result), each.cell, each.reason);
        text += each.look.empty() ? "" : " (" + each.look + ")";
    }
    return text + (more == 0 ? "" : fmt::format("\nand {} more", more));
}

Json result_of(const Suite& suite, const Expected& expected, std::size_t rule)
{
    Json result{{"ruleId", rule_id(suite, expected)},
                {"ruleIndex", rule},
                {"kind", "fail"},
                {"level", expected.result == Result::refuted ? "error" : "warning"},
                {"message", {{"text", message_of(expected)}}}};
    if (Json locations = locations_of(suite, expected.line); !locations.empty()) {
        result["locations"] = std::move(locations);
    }
    result["partialFingerprints"] = {{"expectation/v1", rule_id(suite, expected)}};
    return result;
}

Json notification_of(const Suite& suite, const char* level, const std::string& text)
{
    Json notification{{"level", level}, {"message", {{"text", suite.name + ": " + text}}}};
    if (Json locations = locations_of(suite, 0); !locations.empty()) {
        notification["locations"] = std::move(locations);
    }
    return notification;
}

Json invocation_of(const Suite& suite)
{
    Json notifications = Json::array();
    if (!suite.trouble.empty()) {
        notifications.push_back(notification_of(suite, "error", suite.trouble));
    }
    for (const Expected& expected : suite.expected) {
        for (const Case& each : expected.cases) {
            if (each.result == Result::skipped) {
                notifications.push_back(notification_of(suite, "note", each.cell + ": " + each.reason));
            }
        }
    }
    Json properties{{"experiment", suite.name}, {"ended", suite.ended}};
    for (const auto& [name, value] : suite.facts) {
        properties[name] = value;
    }
    Json invocation{{"executionSuccessful", suite.ended == "complete"}};
    if (!suite.started.empty()) {
        invocation["startTimeUtc"] = suite.started + "Z";
    }
    invocation["toolExecutionNotifications"] = std::move(notifications);
    invocation["properties"] = std::move(properties);
    return invocation;
}

} // namespace

std::string sarif_json(const std::vector<Suite>& suites)
{
    Json rules = Json::array();
    Json results = Json::array();
    Json invocations = Json::array();
    for (const Suite& suite : suites) {
        for (const Expected& expected : suite.expected) {
            const Json rule = rule_of(suite, expected);
            const auto known = std::ranges::find(rules, rule); // files of one name may say the same
            if (expected.result == Result::refuted || expected.result == Result::inconclusive) {
                results.push_back(result_of(suite, expected, static_cast<std::size_t>(known - rules.begin())));
            }
            if (known == rules.end()) {
                rules.push_back(rule);
            }
        }
        invocations.push_back(invocation_of(suite));
    }
    const Json driver{{"name", "bulkhead"}, {"version", BULKHEAD_VERSION}, {"rules", rules}};
    return print({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                  {"version", "2.1.0"},
                  {"runs", Json::array({{{"tool", {{"driver", driver}}},
                                         {"invocations", invocations},
                                         {"columnKind", "unicodeCodePoints"},
                                         {"results", results}}})}});
}

} // namespace bulkhead::report
