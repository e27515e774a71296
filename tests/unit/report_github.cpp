#include "harness/report/github.hpp"
#include "report_suite_samples.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace bulkhead;
using report::Result;

namespace {

/// So many refuted expectations after so many inconclusive ones.
report::Suite many(std::size_t inconclusive, std::size_t refuted)
{
    report::Suite suite = samples::suite();
    const report::Expected undecided = suite.expected.at(2);
    const report::Expected no = suite.expected.at(1);
    suite.expected.assign(inconclusive, undecided);
    suite.expected.insert(suite.expected.end(), refuted, no);
    return suite;
}

} // namespace

TEST_CASE("GitHub is told the file and the line of each expectation that is not upheld, the refuted ones first")
{
    const auto lines = samples::lines_of(report::github_annotations({samples::suite()}));
    REQUIRE(lines.size() == 2);
    CHECK(lines[0] == "::error file=experiments/first look.toml,line=20,title=first.look%3A refuted::"
                      "1x2 abort: survivors >= 0.5%0A1 of 1 lost%0Abulkhead show r.db 17");
    CHECK(
        lines[1].starts_with("::warning file=experiments/first look.toml,line=30,title=first.look%3A inconclusive::"));
}

TEST_CASE("no text of ours begins another workflow command")
{
    report::Suite suite = many(0, 1);
    suite.name = "a,b:c\n::error::d";
    suite.expected.front().reason = "100%\r\n::set-output name=x::y";
    const std::string text = report::github_annotations({suite});
    CHECK(std::count(text.begin(), text.end(), '\n') == 1);
    CHECK(text.find("title=a%2Cb%3Ac %3A%3Aerror") != std::string::npos);
    CHECK(text.find("100%25") != std::string::npos);
}

TEST_CASE("there are ten annotations at most, and what is left out is counted")
{
    CHECK(samples::lines_of(report::github_annotations({many(0, 10)})).size() == 10);
    const auto lines = samples::lines_of(report::github_annotations({many(4, 12)}));
    REQUIRE(lines.size() == 10);
    CHECK(lines.back() == "::error title=bulkhead%3A and 7 more::3 of them refuted, 4 inconclusive; the step's log and "
                          "summary name them");
}

TEST_CASE("in Markdown nothing that the experiment says is markup, or ends a cell of the table")
{
    report::Suite suite = many(0, 1);
    suite.question = "a | b <img src=x> [c](d) `e`";
    suite.expected.front().cases.front().look = "bulkhead show 'a|`b.db' 1";
    const std::string text = report::markdown({suite});
    CHECK(text.find("a \\| b \\<img src=x\\> \\[c\\]\\(d\\) \\`e\\`") != std::string::npos);
    CHECK(text.find("`bulkhead show 'a\\|'b.db' 1`") != std::string::npos);
    CHECK(text.find("| **refuted** | 1x2 abort: survivors \\>= 0.5 (line 20) | 1 of 1 lost |") != std::string::npos);
}

TEST_CASE("a step summary stays below what GitHub takes")
{
    report::Suite suite = many(0, 2000);
    for (report::Expected& expected : suite.expected) {
        expected.reason = std::string(1000, 'x');
    }
    CHECK(report::markdown({suite}).size() > 1024UL * 1024);
    const std::string summary = report::github_summary({suite});
    CHECK(summary.size() < 1024UL * 1024);
    CHECK(summary.find("2000 refuted") != std::string::npos);
}
