#include "harness/report/github.hpp"
#include "harness/report/markdown_parts.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <fmt/format.h>

// GitHub's Markdown, which GitLab and others read too (github.github.com/gfm): a heading for each campaign, a table of
// its expectations, a table of the cells that are no success, and the facts.

namespace bulkhead::report {
namespace {

constexpr std::size_t largest_summary = 1024UL * 1024; ///< bytes of a step summary: docs.github.com

std::string cells_of(const Suite& suite)
{
    std::string rows;
    for (const Expected& expected : suite.expected) {
        for (const Case& each : expected.cases) {
            if (each.result == Result::upheld || each.cell.empty()) {
                continue;
            }
            rows += fmt::format("| {} | {} | {} | {} | {} |\n", word_of(each.result), plain(each.cell),
                                plain(expected.claim), plain(each.reason), each.look.empty() ? "" : code(each.look));
        }
    }
    return rows.empty()
               ? ""
               : "| | cell | expected | measured | to see such a trial |\n|---|---|---|---|---|\n" + rows + "\n";
}

std::string facts_of(const Suite& suite)
{
    std::string text = "<details><summary>Facts</summary>\n\n| | |\n|---|---|\n";
    if (!suite.file.empty()) {
        text += fmt::format("| experiment | {} |\n", code(suite.file));
    }
    if (!suite.results.empty()) {
        text += fmt::format("| results | {} |\n", code(suite.results));
    }
    for (const auto& [name, value] : suite.facts) {
        text += fmt::format("| {} | {} |\n", plain(name), plain(value));
    }
    return text + "\n</details>\n\n";
}

std::string head_of(const Suite& suite)
{
    std::string text = fmt::format("## {}\n\n{}\n\n{} of {} in {}.\n\n", plain(suite.name), plain(suite.question),
                                   suite.finished, count(suite.planned, "trial"), describe(suite.took));
    return text + (suite.trouble.empty() ? "" : "**No success:** " + plain(suite.trouble) + ".\n\n");
}

} // namespace

std::string markdown(const std::vector<Suite>& suites)
{
    std::string text;
    for (const Suite& suite : suites) {
        text += head_of(suite) + verdicts_markdown(suite) + cells_of(suite) + facts_of(suite);
    }
    return text;
}

std::string github_summary(const std::vector<Suite>& suites)
{
    std::string text = markdown(suites);
    if (text.size() <= largest_summary) {
        return text;
    }
    Counts counts;
    for (const Suite& suite : suites) {
        counts = counts + count_cases(suite);
    }
    return fmt::format("## bulkhead\n\n{}: {} refuted, {} inconclusive, {} skipped. What more there is to say is more "
                       "than a summary may hold: see the step's log.\n\n",
                       count(counts.all, "case"), counts.refuted, counts.inconclusive, counts.skipped);
}

} // namespace bulkhead::report
