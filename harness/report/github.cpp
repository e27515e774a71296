#include "harness/report/github.hpp"

#include "harness/report/text.hpp"

#include <algorithm>
#include <fmt/format.h>

// Annotations: docs.github.com, "Workflow commands for GitHub Actions". Whatever a message holds, it stays in its
// command: a line's end would begin the next one.

namespace bulkhead::report {
namespace {

/// As the runner reads it back; in a property ':' and ',' are escaped as well.
std::string escaped(std::string_view text, bool is_property)
{
    std::string result;
    for (const char c : text) {
        const bool is_special = c == '%' || c == '\r' || c == '\n' || (is_property && (c == ':' || c == ','));
        result += is_special ? fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)))
                             : std::string(1, c);
    }
    return result;
}

struct Annotation {
    Result result = Result::inconclusive;
    std::string file;
    std::uint32_t line = 0;
    std::string title;
    std::string message;
};

std::string command(const Annotation& annotation)
{
    std::string properties;
    const auto add = [&properties](std::string_view name, const std::string& value) {
        properties += fmt::format("{}{}={}", properties.empty() ? " " : ",", name, escaped(value, true));
    };
    if (!annotation.file.empty()) {
        add("file", clean(annotation.file));
    }
    if (!annotation.file.empty() && annotation.line > 0) {
        add("line", std::to_string(annotation.line));
    }
    add("title", clean(annotation.title));
    return fmt::format("::{}{}::{}\n", annotation.result == Result::refuted ? "error" : "warning", properties,
                       escaped(annotation.message, false));
}

std::string annotation_of(const Expected& expected)
{
    std::string text = clean(expected.says) + "\n" + clean(expected.reason);
    const auto shown = std::ranges::find_if(
        expected.cases, [&](const Case& each) { return each.result == expected.result && !each.look.empty(); });
    return text + (shown == expected.cases.end() ? "" : "\n" + clean(shown->look));
}

std::vector<Annotation> all_of(const std::vector<Suite>& suites)
{
    std::vector<Annotation> all;
    for (const Suite& suite : suites) {
        for (const Expected& expected : suite.expected) {
            if (expected.result == Result::refuted || expected.result == Result::inconclusive) {
                all.push_back({expected.result, suite.file, expected.line,
                               suite.name + ": " + std::string(to_string(expected.result)), annotation_of(expected)});
            }
        }
        if (!suite.trouble.empty()) {
            all.push_back({Result::inconclusive, suite.file, 0, suite.name + ": no success", clean(suite.trouble)});
        }
    }
    std::ranges::stable_sort(all, {}, [](const Annotation& one) { return one.result != Result::refuted; });
    return all;
}

} // namespace

std::string github_annotations(const std::vector<Suite>& suites)
{
    std::vector<Annotation> all = all_of(suites);
    if (all.size() > most_annotations) {
        const std::size_t left_out = all.size() - (most_annotations - 1);
        const auto first_left_out = all.begin() + static_cast<std::ptrdiff_t>(most_annotations - 1);
        const auto refuted = std::count_if(first_left_out, all.end(),
                                           [](const Annotation& one) { return one.result == Result::refuted; });
        const Result result = refuted > 0 ? Result::refuted : Result::inconclusive;
        all.erase(first_left_out, all.end());
        all.push_back({result, "", 0, "bulkhead: and " + std::to_string(left_out) + " more",
                       fmt::format("{} of them refuted, {} inconclusive; the step's log and summary name them", refuted,
                                   left_out - static_cast<std::size_t>(refuted))});
    }
    std::string text;
    for (const Annotation& annotation : all) {
        text += command(annotation);
    }
    return text;
}

} // namespace bulkhead::report
