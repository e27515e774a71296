#pragma once

#include "harness/report/report.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace bulkhead::report {

/// What programs that judge builds make of a verdict: `skipped` is what this machine cannot run.
enum class Result : std::uint8_t { upheld, refuted, inconclusive, skipped };
std::string_view to_string(Result result); // "upheld", "refuted", "inconclusive", "skipped"

/// One expectation in one of its cells: what a test is to others.
struct Case {
    std::string cell; ///< "8x1 segv-null"; empty: it speaks of no cell
    Result result = Result::inconclusive;
    std::string reason;
    std::string look; ///< the command that shows the trial to look at; empty: there is none
};

/// One expectation.
struct Expected {
    std::string id;         ///< model::expectation_ids
    std::string says;       ///< "8x1, every fault: survivors = all"
    std::string claim;      ///< "survivors = all"
    std::uint32_t line = 0; ///< of the file; 0: it stands in none
    Result result = Result::inconclusive;
    std::string reason;
    std::vector<Case> cases; ///< in the order of the cells; at least one
};

/// All that the formats for other programs are made of: a campaign, judged.
struct Suite {
    std::string name;
    std::string question;
    std::string file;                                       ///< the experiment's; empty: there is none
    std::vector<std::pair<std::string, std::string>> facts; ///< the seed, the kernel, the versions, ...
    std::string started;                                    ///< UTC, "2026-11-28T19:30:00"
    std::string results;                                    ///< path of the results file; empty: there is none
    std::chrono::nanoseconds took{0};
    std::uint32_t planned = 0;
    std::uint32_t finished = 0;
    std::string ended;   ///< "complete", "interrupted", ...
    std::string trouble; ///< why the campaign is no success, apart from its verdicts; empty: it may be one
    std::vector<Expected> expected;
};

/// `facts` are what is known of the machine and of the program; the seed is added to them.
Suite suite_of(const ExperimentReport& report, std::vector<std::pair<std::string, std::string>> facts,
               std::string started);

/// How many of something there are: of cases in the suites, and of the troubles among them, which count as one more
/// inconclusive case each.
struct Counts {
    std::uint64_t all = 0;
    std::uint64_t refuted = 0;
    std::uint64_t inconclusive = 0;
    std::uint64_t skipped = 0;
};
Counts count_cases(const Suite& suite);
Counts operator+(const Counts& a, const Counts& b);

/// JUnit's XML as Jenkins, GitLab and others read it: a test suite for each campaign, a test case for each expectation
/// and cell. Refuted is a failure, inconclusive an error.
std::string junit_xml(const std::vector<Suite>& suites);
/// The Test Anything Protocol, version 13: a test point for each expectation and cell.
std::string tap_text(const std::vector<Suite>& suites);
/// SARIF 2.1.0: a rule for each expectation, and a result at its line for each that is not upheld.
std::string sarif_json(const std::vector<Suite>& suites);

} // namespace bulkhead::report
