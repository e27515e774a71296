#pragma once

#include "harness/report/suite.hpp"
#include "report_samples.hpp"

#include <string>

/// Suites made by hand, for the formats that other programs read.
namespace bulkhead::samples {

/// One upheld, one refuted at 1x2, one that is inconclusive because trials are missing, and one skipped.
inline report::Suite suite()
{
    report::Suite suite;
    suite.name = "first.look";
    suite.question = "Does a < b & \"c\"?";
    suite.file = "experiments/first look.toml";
    suite.facts = {{"seed", "7"}, {"kernel", "Linux 6.1"}};
    suite.started = "2026-11-28T19:30:00";
    suite.results = "r.db";
    suite.took = std::chrono::milliseconds(1500);
    suite.planned = 44;
    suite.finished = 44;
    suite.ended = "complete";
    const auto add = [&suite](const std::string& cell, report::Result result, const std::string& reason) {
        report::Expected& made = suite.expected.emplace_back();
        made.id = cell.substr(0, cell.find(' ')) + "-every-fault-survivors-at-least-0.5";
        made.claim = "survivors >= 0.5";
        made.says = cell + ": " + made.claim;
        made.line = static_cast<std::uint32_t>(10 * suite.expected.size());
        made.result = result;
        made.reason = reason;
        made.cases = {{.cell = cell, .result = result, .reason = reason, .look = ""}};
    };
    add("8x1 abort", report::Result::upheld, "0 of 7 lost");
    add("1x2 abort", report::Result::refuted, "1 of 1 lost");
    add("4x2 abort", report::Result::inconclusive, "3 of 20 trials not run");
    add("2x2 oom-kill", report::Result::skipped, "skipped on this machine: no # cgroup");
    suite.expected.at(1).cases.front().look = "bulkhead show r.db 17";
    return suite;
}

} // namespace bulkhead::samples
