// Lifelines and the frames of the live view: what is drawn of a record at a moment.
#include "harness/report/scene.hpp"
#include "harness/report/text.hpp"
#include "tests/unit/model_records.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <limits>

namespace bulkhead::tests {
namespace {

using report::Axis;
using report::Picture;
using report::Stage;

/// A trial in milliseconds, as long as one really is.
model::TrialRecord trial_of(const std::string& fault_name, const std::string& shape_name,
                            model::WorkerId victim_id = {})
{
    model::TrialRecord record = quiet_record(fault_name, shape_name, victim_id);
    if (!model::is_golden(record.plan.fault)) {
        record.fired = fired_at;
        record.fired_at_op = 40;
        end_victim(record, model::nature_of(record.plan.fault).end);
        if (const model::HostRecord& host = victim_host(record); !host.ended_in_teardown && host.end_seen) {
            record.end_seen = host.end_seen;
        } else {
            record.end_seen = victim(record).thread_end_seen;
        }
    }
    const auto scale = [](auto& stamp) { stamp = stamp * 1'000 + 5'000'000'000; };
    const auto scale_if = [&scale](auto& stamp) {
        if (stamp) {
            scale(*stamp);
        }
    };
    scale(record.started);
    scale(record.finished);
    for (auto* stamp :
         {&record.steady, &record.ordered, &record.fired, &record.end_seen, &record.challenged, &record.settled}) {
        scale_if(*stamp);
    }
    for (model::HostRecord& host : record.hosts) {
        scale_if(host.end_seen);
    }
    for (model::WorkerRecord& worker : record.workers) {
        scale(worker.before->at);
        scale_if(worker.thread_end_seen);
        if (worker.after) {
            scale(worker.after->at);
        }
    }
    return record;
}

std::string text_of(const report::Line& line)
{
    std::string text;
    for (const report::Ink& ink : line) {
        text += ink.text;
    }
    return text;
}

/// The rows of the workers as text, at a moment from 0 to 1.
std::vector<std::string> rows_of(const model::TrialRecord& record, double progress, Stage stage = {})
{
    const Picture picture = report::picture_of(record);
    const Axis axis(picture.phases, stage.width - report::margins_of(picture, stage));
    std::vector<std::string> rows;
    for (const report::Line& line :
         report::lifeline_rows(picture, axis, progress * static_cast<double>(axis.width()), stage, 64)) {
        rows.push_back(text_of(line));
    }
    rows.erase(rows.begin(), rows.begin() + 2); // what names the phases
    return rows;
}

bool has(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

std::size_t rows_with(const std::vector<std::string>& rows, std::string_view part)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(rows, [part](const std::string& row) { return has(row, part); }));
}

std::vector<report::Line> scene_at(const Picture& picture, double progress, const Stage& stage,
                                   const report::Scores* scores = nullptr)
{
    return report::scene_of(picture, progress, {.title = "a title", .status = "a status", .scores = scores}, stage);
}

} // namespace

TEST_CASE("the lifelines of a thread pool all end with the victim's, those of a process pool go on")
{
    const auto threads = rows_of(trial_of("segv-null", "1x8", {0, 3}), 1);
    CHECK(rows_with(threads, "✖") == 8);
    CHECK(rows_with(threads, "died SIGSEGV") == 8);
    CHECK(rows_with(threads, "✸") == 1);
    CHECK(has(threads[3], "✸"));

    const auto processes = rows_of(trial_of("segv-null", "8x1", {3, 0}), 1);
    CHECK(rows_with(processes, "✖") == 1);
    CHECK(has(processes[3], "✖"));
    CHECK(rows_with(processes, "✔") == 7);
    CHECK(rows_with(processes, "intact") == 7);

    const auto hybrid = rows_of(trial_of("segv-null", "4x2", {1, 0}), 1);
    CHECK(rows_with(hybrid, "✖") == 2);
    CHECK(has(hybrid[2], "✖"));
    CHECK(has(hybrid[3], "✖"));
}

TEST_CASE("a thread that ends alone leaves the lifelines of its cell-mates going on")
{
    const auto rows = rows_of(trial_of("thread-exit", "1x4", {0, 1}), 1);
    CHECK(rows_with(rows, "✖") == 1);
    CHECK(has(rows[1], "died (thread)"));
    CHECK(rows_with(rows, "intact") == 3);
}

TEST_CASE("who is in one process is bracketed together")
{
    const auto rows = rows_of(trial_of("none", "2x3"), 1);
    REQUIRE(rows.size() == 6);
    CHECK(has(rows[0], "p0 ┌t0"));
    CHECK(has(rows[1], "│t1"));
    CHECK(has(rows[2], "└t2"));
    CHECK(has(rows[3], "p1 ┌t0"));
}

TEST_CASE("a frame shows nothing of what comes after its moment")
{
    const auto record = trial_of("segv-null", "4x2", {1, 0});
    const auto at_launch = rows_of(record, 0);
    CHECK(rows_with(at_launch, "starting") == 8);
    CHECK(rows_with(at_launch, "✸") + rows_with(at_launch, "✔") + rows_with(at_launch, "✖") == 0);

    const Picture picture = report::picture_of(record);
    const Axis axis(picture.phases, 54);
    const auto progress_at = [&](model::Stamp at) { return (static_cast<double>(axis.column_of(at)) + 0.5) / 54; };
    const auto struck = rows_of(record, progress_at(*record.fired), {.width = 54 + report::margins_of(picture, {})});
    CHECK(rows_with(struck, "✸") == 1);
    CHECK(rows_with(struck, "FAULT") == 1);
    CHECK(rows_with(struck, "✖") + rows_with(struck, "died") == 0);
    CHECK(rows_with(struck, "works") == 7);
}

TEST_CASE("ops are drawn where they were completed")
{
    report::Lifeline line;
    line.ops = {{100, 0}, {200, 10}, {300, 10}, {400, 30}};
    CHECK(!report::ops_at(line, 99));
    CHECK(report::ops_at(line, 150) == 5);
    CHECK(report::ops_at(line, 250) == 10);
    CHECK(report::ops_at(line, 350) == 20);
    CHECK(report::ops_at(line, 900) == 30);
}

TEST_CASE("a sibling that owes its answer is silent, and stalled once that is certain")
{
    model::TrialRecord record = trial_of("die-holding-lock", "2x1", {0, 0});
    const auto rows = [&] {
        model::WorkerRecord& sibling = record.workers[1];
        sibling.after.reset();
        sibling.asleep_seen = *record.challenged + 500'000;
        sibling.ops_final = 100;
        return rows_of(record, 1);
    }();
    CHECK(has(rows[1], "┄"));
    CHECK(has(rows[1], "z"));
    CHECK(has(rows[1], "stalled"));
    CHECK(has(report::lifelines_text(record, {.width = 80}, true), "z asleep"));
    CHECK_FALSE(has(report::lifelines_text(trial_of("segv-null", "2x1"), {.width = 80}, true), "asleep"));
}

TEST_CASE("a host that was launched anew has a lifeline after the gap")
{
    model::TrialRecord record = trial_of("segv-null", "2x1", {0, 0});
    record.plan.variant.strategy = model::Strategy::one_for_one;
    record.plan.containment.supervision.strategy = model::Strategy::one_for_one;
    record.restarts.push_back({.strike = 1,
                               .host = 0,
                               .pid = 200,
                               .launched = *record.end_seen + 200'000,
                               .ready = *record.end_seen + 600'000,
                               .termination = sys::Exited{0},
                               .end_seen = record.finished - 500'000,
                               .ended_in_teardown = true});
    const Picture picture = report::picture_of(record);
    const report::Lifeline& line = picture.lifelines[0];
    REQUIRE(line.stretches.size() >= 4);
    CHECK(line.stretches[line.stretches.size() - 2].being == report::Being::starting);
    CHECK(line.stretches.back() ==
          report::Stretch{*record.end_seen + 600'000, record.finished - 500'000, report::Being::uncounted});
    CHECK(std::ranges::count(picture.phases, report::Phase::Kind::repair, &report::Phase::kind) == 1);
    CHECK(has(rows_of(record, 1)[0], "═"));
}

TEST_CASE("a frame fills its stage and never exceeds it, whatever its size and the pool's")
{
    for (const char* const name : {"1x1", "8x1", "1x8", "4x2", "64x4", "1x1024", "1024x1"}) {
        const auto record = trial_of("segv-null", name);
        const Picture picture = report::picture_of(record);
        report::Scores scores({{.shape = record.plan.shape, .fault = record.plan.fault}});
        scores.add(record.plan, model::judge(record));
        for (const auto& size : std::vector<std::pair<std::size_t, std::size_t>>{
                 {40, 14}, {60, 16}, {80, 24}, {100, 30}, {211, 60}, {10, 3}, {1, 1}}) {
            const std::size_t width = size.first; // clang 14 captures no structured binding
            const std::size_t height = size.second;
            for (const double progress : {0.0, 0.3, 0.5, 0.77, 1.0}) {
                CAPTURE(name);
                CAPTURE(width);
                CAPTURE(height);
                const auto lines = scene_at(picture, progress, {.width = width, .height = height}, &scores);
                CHECK(lines.size() == height);
                CHECK(std::ranges::all_of(
                    lines, [width](const report::Line& line) { return report::columns(line) <= width; }));
            }
        }
    }
}

TEST_CASE("without UTF-8 a frame has ASCII characters only")
{
    for (const char* const fault_name : {"segv-null", "thread-exit", "none"}) {
        const Picture picture = report::picture_of(trial_of(fault_name, "4x2"));
        for (const auto& line : scene_at(picture, 1, {.unicode = false})) {
            CHECK(std::ranges::all_of(text_of(line), [](char c) { return c >= ' ' && c <= '~'; }));
        }
    }
}

TEST_CASE("a frame tells the phases, the latest event, what came of the trial, and the tally")
{
    const auto record = trial_of("segv-null", "1x8", {0, 3});
    const Picture picture = report::picture_of(record);
    report::Scores scores({{.shape = record.plan.shape, .fault = record.plan.fault}});
    scores.add(record.plan, model::judge(record));
    const auto lines = scene_at(picture, 1, {.width = 100, .height = 30}, &scores);
    std::string all;
    for (const auto& line : lines) {
        all += text_of(line) + "\n";
    }
    CAPTURE(all);
    const std::string heading = text_of(lines[2]); // below the title and the legend
    CHECK(has(heading, "launch"));
    CHECK(has(heading, "end"));
    CHECK(has(all, "finished"));
    CHECK(has(all, "0 of 7 siblings survived, as predicted"));
    CHECK(has(all, "> segv-null"));
    CHECK(has(all, "0/7"));
    CHECK(has(all, "a status"));
}

TEST_CASE("an event that is too long for its line goes on in the next one, where the older one was")
{
    Picture picture = report::picture_of(trial_of("segv-null", "1x8", {0, 3}));
    picture.events.back().text = "a text of which one line of eighty columns has no room for more than the first part";
    std::string all;
    for (const auto& line : scene_at(picture, 1, {.width = 80, .height = 24})) {
        all += text_of(line) + "\n";
    }
    CAPTURE(all);
    CHECK(has(all, " a text of which one line of eighty columns has no\n"));
    CHECK(has(all, "\n" + std::string(28, ' ') + "room for more than the first part\n"));
    CHECK_FALSE(has(all, "..\n"));
}

TEST_CASE("the axis takes the whole width, goes forward only, and leaves no phase without a column")
{
    const Picture picture = report::picture_of(trial_of("segv-null", "8x1"));
    for (std::size_t width = 20; width < 200; width += 7) {
        const Axis axis(picture.phases, width);
        CHECK(axis.parts().back().first + axis.parts().back().width == width);
        CHECK(std::ranges::all_of(axis.parts(), [](const Axis::Part& part) { return part.width >= 3; }));
        for (std::size_t column = 1; column <= width; ++column) {
            CHECK(axis.time_at(static_cast<double>(column)) >= axis.time_at(static_cast<double>(column - 1)));
        }
        CHECK(axis.time_at(static_cast<double>(width)) == picture.phases.back().to);
        for (const report::Phase& phase : picture.phases) {
            CHECK(axis.part_at(static_cast<double>(axis.column_of(phase.from))).phase.from == phase.from);
        }
    }
}

TEST_CASE("stamps and counts that no trial has draw a picture of the usual size")
{
    constexpr auto most = std::numeric_limits<model::Stamp>::max();
    constexpr auto least = std::numeric_limits<model::Stamp>::min();
    for (const model::Stamp wild : {most, least, model::Stamp{0}}) {
        model::TrialRecord record = trial_of("segv-null", "2x2");
        record.fired = wild;
        record.challenged = wild;
        record.fired_at_op = std::numeric_limits<std::uint64_t>::max();
        record.workers[1].before->at = wild;
        record.workers[1].before->ops = std::numeric_limits<std::uint64_t>::max();
        record.hosts[1].end_seen = wild;
        for (const auto& line : scene_at(report::picture_of(record), 1, {})) {
            CHECK(report::columns(line) <= 80);
        }
        record.started = most;
        record.finished = least;
        CHECK(scene_at(report::picture_of(record), 1, {}).size() == 24);
    }
}

TEST_CASE("the tally marks what did not end as predicted, and keeps the row that is shown in sight")
{
    std::vector<model::Cell> cells;
    for (const model::FaultRow& row : model::catalogue()) {
        if (const auto each = model::parse_fault(row.id)) {
            cells.push_back({.shape = shape("4x1"), .fault = *each});
        }
    }
    report::Scores scores(cells);
    model::TrialPlan plan = quiet_record("thread-exit", "4x1").plan;
    scores.add(plan, {.inconclusive = "", .outcomes = {}, .siblings = 3, .survivors = 2, .as_predicted = false});
    const auto lines = scores.lines(plan, 60, 5);
    REQUIRE(lines.size() == 5);
    const auto row =
        std::ranges::find_if(lines, [](const report::Line& line) { return has(text_of(line), "> thread-exit"); });
    REQUIRE(row != lines.end());
    CHECK(has(text_of(*row), "!2/3"));
    CHECK(scores.trials_of(plan) == 1);
}

} // namespace bulkhead::tests
