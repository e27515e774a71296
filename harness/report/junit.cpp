#include "harness/report/suite.hpp"
#include "harness/report/xml.hpp"

#include <algorithm>
#include <fmt/format.h>

// As the schema of Jenkins' xUnit plugin (junit-10.xsd) has it:
//
//   testsuites > testsuite (a campaign) > properties > property (seed, kernel, ...)
//                                       > testcase (an expectation in a cell) > failure | error | skipped
//
// The class of a test case is "EXPERIMENT.EXPECTATION", so that what Jenkins calls a package is the experiment. A
// campaign that is no success for another reason than a verdict has one more test case, an error, that says so.

namespace bulkhead::report {
namespace {

std::string seconds(std::chrono::nanoseconds duration)
{
    return fmt::format("{:.3f}", std::chrono::duration<double>(duration).count());
}

/// A dot would end the name of a package.
std::string without_dots(std::string text)
{
    std::ranges::replace(text, '.', '_');
    return text;
}

std::string place_of(const Suite& suite, const Expected& expected)
{
    if (suite.file.empty()) {
        return "";
    }
    return suite.file + (expected.line == 0 ? "" : ":" + std::to_string(expected.line));
}

/// What to read when it failed: the claim, where it stands, what was measured, and what to do next.
std::string details_of(const Suite& suite, const Expected& expected, const Case& each)
{
    std::string text = expected.says + "\n";
    if (const std::string place = place_of(suite, expected); !place.empty()) {
        text += "stated in " + place + "\n";
    }
    text += std::string(to_string(each.result)) + (each.cell.empty() ? "" : " for " + each.cell) + ": " + each.reason;
    return text + (each.look.empty() ? "" : "\nto see such a trial: " + each.look) + "\n";
}

/// The element inside a test case; empty for one that passed.
std::string outcome_of(Result result, const std::string& reason, const std::string& details)
{
    switch (result) {
    case Result::upheld: return "";
    case Result::skipped: return fmt::format("      <skipped message=\"{}\"/>\n", xml(reason));
    case Result::refuted:
    case Result::inconclusive: break;
    }
    const char* const element = result == Result::refuted ? "failure" : "error";
    return fmt::format("      <{0} type=\"{1}\" message=\"{2}\">{3}</{0}>\n", element, to_string(result), xml(reason),
                       xml(details));
}

std::string testcase(const std::string& classname, const std::string& name, const std::string& outcome)
{
    const std::string head = fmt::format("    <testcase classname=\"{}\" name=\"{}\"", xml(classname), xml(name));
    return outcome.empty() ? head + "/>\n" : head + ">\n" + outcome + "    </testcase>\n";
}

std::string cases_of(const Suite& suite)
{
    const std::string package = without_dots(suite.name);
    std::string text;
    for (const Expected& expected : suite.expected) {
        for (const Case& each : expected.cases) {
            text += testcase(package + "." + without_dots(expected.id),
                             (each.cell.empty() ? "" : each.cell + ": ") + expected.claim,
                             outcome_of(each.result, each.reason, details_of(suite, expected, each)));
        }
    }
    if (!suite.trouble.empty()) {
        text += testcase(package + ".campaign", "the campaign as a whole",
                         outcome_of(Result::inconclusive, suite.trouble, suite.trouble + "\n"));
    }
    return text;
}

std::string properties_of(const Suite& suite)
{
    std::string text;
    const auto add = [&text](std::string_view name, std::string_view value) {
        text += fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", xml(name), xml(value));
    };
    add("question", suite.question);
    for (const auto& [name, value] : suite.facts) {
        add(name, value);
    }
    add("trials", fmt::format("{} of {}", suite.finished, suite.planned));
    add("ended", suite.ended);
    if (!suite.results.empty()) {
        add("results", suite.results);
    }
    return "    <properties>\n" + text + "    </properties>\n";
}

std::string attribute_unless_empty(const char* name, const std::string& value)
{
    return value.empty() ? "" : fmt::format(" {}=\"{}\"", name, xml(value));
}

std::string testsuite(const Suite& suite)
{
    const Counts counts = count_cases(suite);
    return fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{}\""
                       "{}{}>\n{}{}  </testsuite>\n",
                       xml(suite.name), counts.all, counts.refuted, counts.inconclusive, counts.skipped,
                       seconds(suite.took), attribute_unless_empty("timestamp", suite.started),
                       attribute_unless_empty("file", suite.file), properties_of(suite), cases_of(suite));
}

} // namespace

std::string junit_xml(const std::vector<Suite>& suites)
{
    Counts counts;
    std::chrono::nanoseconds took{0};
    std::string text;
    for (const Suite& suite : suites) {
        counts = counts + count_cases(suite);
        took += suite.took;
        text += testsuite(suite);
    }
    return fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                       "<testsuites name=\"bulkhead\" tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"{}\">\n{}"
                       "</testsuites>\n",
                       counts.all, counts.refuted, counts.inconclusive, seconds(took), text);
}

} // namespace bulkhead::report
