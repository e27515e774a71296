#include "report_samples.hpp"

#include "harness/report/chronicle.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <limits>

using namespace bulkhead;
using samples::lines_of;
using samples::says;

namespace {

constexpr report::Style plain{.colour = false, .width = 80};

std::string text_of(const model::TrialRecord& record, report::Style style = plain)
{
    return report::trial_text(record, "first-look", style);
}

/// The names of the time line's events, in their order.
std::vector<std::string> names_of(const model::TrialRecord& record)
{
    std::vector<std::string> names;
    for (const report::Event& event : report::chronicle_of(record)) {
        names.push_back(event.name);
    }
    return names;
}

model::TrialRecord unsteady()
{
    model::TrialRecord record = samples::trial(
        samples::plan("abort", "8x1"),
        {.a_sibling_dies = false, .a_sibling_stalls = false, .inconclusive = "no steady state within 2 s"});
    record.steady = record.ordered = record.fired = record.end_seen = record.challenged = record.settled = std::nullopt;
    record.workers.at(3).before.reset();
    return record;
}

} // namespace

TEST_CASE("the time line is sorted by time")
{
    for (const std::string fault : {"abort", "thread-exit", "exec-replace", "kill:SIGSTOP", "none"}) {
        const model::TrialRecord record = samples::trial(samples::plan(fault, "4x2"));
        CHECK(std::ranges::is_sorted(report::chronicle_of(record), {}, &report::Event::at));
    }
}

TEST_CASE("the time line tells a trial from its start to its end")
{
    const model::TrialRecord record = samples::trial(samples::plan("abort", "2x2"));
    const std::vector<std::string> course{"started",  "steady",   "ordered", "FIRED",      "end seen", "challenged",
                                          "answered", "answered", "settled", "host ended", "finished"};
    CHECK(names_of(record) == course);
    const std::string text = text_of(record);
    CHECK(says(text, "first-look, trial 3: abort at 2x2"));
    CHECK(says(text, "killed by SIGABRT, "));
    CHECK(says(text, " us after the fault"));
    CHECK(says(text, "itself, "));
    CHECK(says(text, "+4.420 ms FIRED"));
}

TEST_CASE("a signal from outside is the supervisor's doing")
{
    const model::TrialPlan plan = samples::plan("tgkill:SIGTERM", "2x2");
    CHECK(says(text_of(samples::trial(plan)),
               "by the supervisor (signal to the thread of " + to_string(plan.victim) + ")"));
}

TEST_CASE("each worker's outcome stands beside the predicted one, and a difference is marked without colour")
{
    const model::TrialPlan plan = samples::plan("abort", "8x1");
    CHECK(text_of(samples::trial(plan)).find(" ! ") == std::string::npos);
    CHECK(says(text_of(samples::trial(plan)), "7 of 7 siblings survived, as predicted (other hosts intact)"));

    const std::string text =
        text_of(samples::trial(plan, {.a_sibling_dies = true, .a_sibling_stalls = false, .inconclusive = ""}));
    CHECK(text.find("died    ! intact") != std::string::npos);
    CHECK(text.find("intact  = intact") != std::string::npos);
    CHECK(says(text, "6 of 7 siblings survived (6 intact, 1 died); NOT as predicted: 7 were to survive"));
    CHECK(says(text, "killed by SIGTERM"));
    CHECK(text.find("> " + to_string(plan.victim)) != std::string::npos);
}

TEST_CASE("a trial that cannot be judged begins with the reason and shows no outcome")
{
    const std::string text = text_of(unsteady());
    CHECK(text.starts_with("INCONCLUSIVE  no steady state within 2 s\n"));
    CHECK(says(text, "not steady 7 of 8 workers had answered"));
    CHECK(text.find(" = intact") == std::string::npos);
}

TEST_CASE("a golden run that lost a sibling is told loudly")
{
    const std::string text = text_of(samples::trial(
        samples::plan("none", "2x2"), {.a_sibling_dies = true, .a_sibling_stalls = false, .inconclusive = ""}));
    CHECK(says(text, "!! THIS GOLDEN RUN LOST A SIBLING"));
    CHECK(text.find("FIRED") == std::string::npos);
    CHECK(text_of(samples::trial(samples::plan("none", "2x2"))).find("LOST") == std::string::npos);
}

TEST_CASE("each host's end is told in words, with what else was seen of it")
{
    model::TrialRecord record = samples::trial(samples::plan("abort", "4x1"));
    record.hosts.at(0).termination = sys::Signaled{11, true};
    record.hosts.at(0).ended_in_teardown = false;
    record.hosts.at(1).box_spoiled = true;
    record.hosts.at(2).termination.reset();
    record.hosts.at(3).stopped = true;
    const std::string text = text_of(record);
    CHECK(says(text, "killed by SIGSEGV (core dumped)"));
    CHECK(says(text, "its black box was spoiled, and is not believed"));
    CHECK(says(text, "could not be reaped"));
    CHECK(says(text, "it was stopped by a signal"));
}

TEST_CASE("the text of a trial stays within the terminal and holds no escape byte without colour")
{
    const samples::Mishap stall{.a_sibling_dies = false, .a_sibling_stalls = true, .inconclusive = ""};
    for (const model::TrialRecord& record :
         {samples::trial(samples::plan("kill:SIGSTOP", "4x2")), samples::trial(samples::plan("abort", "16x64")),
          samples::trial(samples::plan("exec-replace", "1x16"), stall), unsteady()}) {
        for (const std::uint32_t width : {60U, 80U, 120U}) {
            const std::string text = text_of(record, {.colour = false, .width = width});
            CHECK(text.find('\x1b') == std::string::npos);
            CHECK(lines_of(text_of(record, {.colour = true, .width = width})) == lines_of(text));
            for (const std::string& line : lines_of(text)) {
                CAPTURE(line);
                CHECK(report::columns(line) <= width);
            }
        }
    }
}

TEST_CASE("a pool of 1024 workers is told in less than 60 lines")
{
    for (const std::string shape : {"1x1024", "1024x1", "32x32", "512x2"}) {
        model::TrialRecord record = samples::trial(samples::plan("abort", shape));
        CAPTURE(shape);
        CHECK(lines_of(text_of(record)).size() < 60);
        for (std::size_t index = 0; index < record.workers.size(); index += 2) {
            record.workers[index].after.reset();
        }
        for (std::size_t host = 0; host < record.hosts.size(); host += 2) {
            record.hosts[host].termination = sys::Signaled{9, false};
            record.hosts[host].ended_in_teardown = false;
        }
        record.window_ended = true;
        const std::string text = text_of(record, {.colour = false, .width = 100});
        CHECK(lines_of(text).size() < 60);
        CHECK(says(text, "> " + to_string(record.plan.victim)));
    }
}

TEST_CASE("neighbours that fared alike share a line that names the first and the last")
{
    const model::TrialPlan plan = samples::plan("none", "256x4");
    const std::string text = text_of(samples::trial(plan));
    CHECK(says(text, "p0t0..p255t3 (1024)"));
    CHECK(says(text, "first of 1024: "));
    CHECK(says(text, "median of 1024: "));
    CHECK(says(text, "last of 1024: "));
    CHECK(says(text, "0..255 exited with code 0 when told to stop"));
}

TEST_CASE("a stamp that a spoiled black box holds does not break the time line")
{
    model::TrialRecord record = samples::trial(samples::plan("abort", "2x2"));
    record.fired = std::numeric_limits<model::Stamp>::min();
    record.workers.at(0).before->at = std::numeric_limits<model::Stamp>::max();
    record.workers.at(0).before->ops = std::numeric_limits<std::uint64_t>::max();
    CHECK(std::ranges::is_sorted(report::chronicle_of(record), {}, &report::Event::at));
    for (const std::string& line : lines_of(text_of(record))) {
        CHECK(report::columns(line) <= 80);
    }
}

TEST_CASE("a record without hosts and workers can be shown")
{
    model::TrialRecord record;
    record.plan = samples::plan("abort", "2x2");
    record.inconclusive = "launch: fork: no processes left";
    CHECK(text_of(record).starts_with("INCONCLUSIVE  launch: fork: no processes left\n"));
}
