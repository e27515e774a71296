#include "comparison_samples.hpp"

#include "harness/model/side_by_side.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using namespace bulkhead::model;
using bulkhead::tests::made_campaign;
using bulkhead::tests::Nature;

namespace {

const Compared& find(const SideBySide& both, const std::string& cell, const std::string& figure)
{
    const auto found = std::ranges::find_if(
        both.figures, [&](const Compared& each) { return each.cell == cell && each.figure == figure; });
    REQUIRE(found != both.figures.end());
    return *found;
}

bool is_alarm(const Compared& each)
{
    return each.difference == Difference::worse || each.difference == Difference::better ||
           each.difference == Difference::differs;
}

/// One cell of a pool 8x1: so many of its trials lose so many siblings, and are the worse for it.
Sample one_cell(std::map<std::uint32_t, std::uint64_t> survivors, Outcome loss)
{
    Sample sample;
    CellSample& cell = sample.cells.emplace_back();
    cell.shape = "8x1";
    cell.fault = "segv-null";
    cell.variant = "counter";
    cell.survivors = std::move(survivors);
    for (const auto& [number, trials] : cell.survivors) {
        cell.judged += trials;
        cell.worst.at(static_cast<std::size_t>(number == 7 ? Outcome::intact : loss)) += trials;
    }
    return sample;
}

constexpr std::uint64_t few_trials = 12; // an exact test of more takes long, under a sanitizer above all

} // namespace

TEST_CASE("50 comparisons of unchanged builds raise no more false alarms than the stated level")
{
    // Times count and nothing is tolerated: each alarm is chance's. 5% of 50 is 2.5, and more than 5 come in one of 26
    // such series.
    for (const double loses : {0.0, 0.3}) {
        int alarms = 0;
        for (std::uint64_t run = 0; run < 50; ++run) {
            const Nature nature{.loses = loses, .trials = few_trials};
            const SideBySide both = compare(made_campaign(2 * run + 1, nature), made_campaign(2 * run + 2, nature),
                                            {.tolerance = 0, .times = true});
            CHECK(both.tests >= 24);
            alarms += std::ranges::any_of(both.figures, is_alarm) ? 1 : 0;
        }
        CAPTURE(loses);
        CHECK(alarms <= 5);
    }
}

TEST_CASE("with a level of one half unchanged builds do raise alarms: the test above could fail")
{
    int alarms = 0;
    for (std::uint64_t run = 0; run < 50; ++run) {
        const Nature nature{.trials = few_trials};
        const SideBySide both = compare(made_campaign(2 * run + 1, nature), made_campaign(2 * run + 2, nature),
                                        {.tolerance = 0, .confidence = 0.5, .times = true});
        alarms += std::ranges::any_of(both.figures, is_alarm) ? 1 : 0;
    }
    CHECK(alarms >= 10);
    CHECK(alarms <= 35);
}

TEST_CASE("a sibling that is lost in every trial is found with 20 trials, in the cell in which it is lost")
{
    const Sample base = made_campaign(1);
    Sample fresh = made_campaign(2);
    Random random(3);
    fresh.cells[3] = bulkhead::tests::made_cell(random, "8x1", "hold-lock", {.loses = 1});
    settle(fresh);
    const SideBySide both = compare(base, fresh, {});
    CHECK(count_of(both, Difference::worse) == 1);
    const Compared& lost = find(both, "8x1 hold-lock", "sibling_lost");
    CHECK(lost.difference == Difference::worse);
    CHECK(lost.change == 1);
    const SideBySide turned = compare(fresh, base, {});
    CHECK(find(turned, "8x1 hold-lock", "sibling_lost").difference == Difference::better);
    CHECK(count_of(turned, Difference::worse) == 0);
}

TEST_CASE("an amount beyond the tolerance is worse, one within it is the same, and one in between cannot be told")
{
    const Sample base = made_campaign(1);
    const auto memory = [&base](double factor) {
        const SideBySide both = compare(base, made_campaign(2, {.memory = 100 * factor}), {.tolerance = 0.2});
        return find(both, "8x1 segv-null", "memory_per_worker").difference;
    };
    CHECK(memory(1) == Difference::same);
    CHECK(memory(1.1) == Difference::same);
    CHECK(memory(1.2) == Difference::cannot_tell);
    CHECK(memory(1.4) == Difference::worse);
    CHECK(memory(0.7) == Difference::better);
}

TEST_CASE("a time is worse only where times count, and differs otherwise")
{
    const Sample base = made_campaign(1);
    const Sample slow = made_campaign(2, {.detection = 5});
    CHECK(find(compare(base, slow, {}), "4x2 abort", "detection").difference == Difference::differs);
    CHECK(find(compare(base, slow, {.times = true}), "4x2 abort", "detection").difference == Difference::worse);
    CHECK(find(compare(slow, base, {.times = true}), "4x2 abort", "detection").difference == Difference::better);
}

TEST_CASE("siblings of one trial are one observation: 7 lost in one trial of 20 prove nothing")
{
    const SideBySide both = compare(one_cell({{7, 20}}, Outcome::died), one_cell({{7, 19}, {0, 1}}, Outcome::died), {});
    CHECK(count_of(both, Difference::worse) == 0);
    CHECK(find(both, "8x1 segv-null", "sibling_lost").chance == doctest::Approx(1));
}

TEST_CASE("more siblings lost in each trial is worse, though the share of trials that lose one is the same")
{
    const SideBySide both = compare(one_cell({{6, 20}}, Outcome::died), one_cell({{2, 20}}, Outcome::died), {});
    CHECK(find(both, "8x1 segv-null", "sibling_lost").difference != Difference::worse);
    CHECK(find(both, "8x1 segv-null", "survivors").difference == Difference::worse);
}

TEST_CASE("a worse end of as many siblings is worse")
{
    const SideBySide both = compare(one_cell({{0, 20}}, Outcome::stalled), one_cell({{0, 20}}, Outcome::died), {});
    CHECK(find(both, "8x1 segv-null", "sibling_died").difference == Difference::worse);
    CHECK(count_of(both, Difference::worse) == 1);
    CHECK(count_of(compare(one_cell({{0, 20}}, Outcome::died), one_cell({{0, 20}}, Outcome::stalled), {}),
                   Difference::better) == 1);
}

TEST_CASE("trials that can no longer be judged are worse, also when there is nothing else left to compare")
{
    const Sample base = one_cell({{7, 20}}, Outcome::died);
    Sample fresh = one_cell({}, Outcome::died);
    fresh.cells[0].inconclusive = 20;
    const SideBySide both = compare(base, fresh, {});
    CHECK(both.figures.size() == 1);
    CHECK(find(both, "8x1 segv-null", "no_verdict").difference == Difference::worse);
}

TEST_CASE("many trials without a loss on either side are the same, few cannot be told")
{
    const auto lost = [](std::uint64_t trials) {
        const Sample sample = one_cell({{7, trials}}, Outcome::died);
        const SideBySide both = compare(sample, sample, {});
        CHECK(both.tests == 0); // nothing could have been found in them
        return find(both, "8x1 segv-null", "sibling_lost").difference;
    };
    CHECK(lost(20) == Difference::cannot_tell);
    CHECK(lost(40) == Difference::same);
}

TEST_CASE("cells that only one side has, or has run, are named and not compared")
{
    const Sample base = made_campaign(1);
    Sample fresh = made_campaign(2);
    fresh.cells[0].shape = "2x2";
    fresh.cells[1] = CellSample{.shape = "8x1", .fault = "segv-null", .variant = "counter"};
    const SideBySide both = compare(base, fresh, {});
    CHECK(both.cells == 10);
    CHECK(both.only_base == std::vector<std::string>{"golden runs at 8x1", "8x1 segv-null"});
    CHECK(both.only_fresh == std::vector<std::string>{"golden runs at 2x2"});
    CHECK(compare(base, Sample{}, {}).figures.empty());
}

TEST_CASE("what availability lacks of 1 is what is tolerated, not availability itself")
{
    Sample base = one_cell({{7, 20}}, Outcome::died);
    Sample fresh = base;
    for (int i = 0; i < 20; ++i) {
        base.cells[0].figures["availability"].push_back(0.999 + i * 1e-5);
        fresh.cells[0].figures["availability"].push_back(0.99 + i * 1e-4);
    }
    settle(base);
    settle(fresh);
    const Demands demands{.times = true};
    CHECK(find(compare(base, fresh, demands), "8x1 segv-null", "availability").difference == Difference::worse);
    CHECK(find(compare(fresh, base, demands), "8x1 segv-null", "availability").difference == Difference::better);
    CHECK(find(compare(base, base, demands), "8x1 segv-null", "availability").difference == Difference::same);
}

TEST_CASE("availability that was whole is not the same when it is not, however few trials there are")
{
    Sample base = one_cell({{7, 5}}, Outcome::died);
    Sample fresh = base;
    base.cells[0].figures["availability"] = {1, 1, 1, 1, 1};
    fresh.cells[0].figures["availability"] = {0.70, 0.72, 0.74, 0.76, 0.78};
    for (const char* figure : {"memory_per_worker", "unique_per_worker", "lost_updates", "sum_error"}) // more tests
        base.cells[0].figures[figure] = fresh.cells[0].figures[figure] = {1, 2, 3, 4, 5};
    const Difference found = find(compare(base, fresh, {.times = true}), "8x1 segv-null", "availability").difference;
    CHECK((found == Difference::cannot_tell || found == Difference::worse));
}

TEST_CASE("a figure that some trials do not have is neither better nor the same, and one that none has is named")
{
    Sample base = one_cell({{7, 20}}, Outcome::died);
    Sample fresh = base;
    base.cells[0].figures["memory_per_worker"] = std::vector<double>(20, 100.0);
    fresh.cells[0].figures["memory_per_worker"] = std::vector<double>(10, 10.0);
    fresh.cells[0].having["memory_per_worker"] = 10;
    base.cells[0].figures["lost_updates"] = std::vector<double>(20, 3.0);
    const SideBySide both = compare(base, fresh, {});
    CHECK(find(both, "8x1 segv-null", "memory_per_worker").difference == Difference::cannot_tell);
    CHECK(both.only_base == std::vector<std::string>{"lost_updates of 8x1 segv-null"});
    CHECK(both.only_fresh.empty());
    CHECK_MESSAGE(find(compare(fresh, base, {}), "8x1 segv-null", "memory_per_worker").difference == Difference::worse,
                  "more than ten of the others have is worse than they, whatever the rest would be");
}

TEST_CASE("a figure that some trials do not have is told from one that all have, however many there are")
{
    const bulkhead::model::Cell cell{.shape = {8, 1}, .fault = bulkhead::model::parse_fault("none").value()};
    bulkhead::model::TrialRecord record;
    record.plan.shape = {8, 1};
    record.plan.fault = cell.fault;
    bulkhead::model::TrialJudgement judgement;
    judgement.outcomes.assign(8, Outcome::intact);
    Sample sample;
    sample.cells.push_back(sample_of(cell));
    for (int i = 0; i < 700; ++i) {
        record.figures = {{"requests", 500.0}};
        if (i % 2 == 0)
            record.figures.push_back({"request_p50", 100.0 + i});
        add(sample.cells[0], record, judgement);
    }
    settle(sample);
    CHECK(sample.cells[0].figures.at("request_p50").size() == most_values);
    CHECK(sample.cells[0].having == std::map<std::string, std::uint64_t>{{"request_p50", 350}});
    settle(sample);
    CHECK(sample.cells[0].having == std::map<std::string, std::uint64_t>{{"request_p50", 350}});
    const SideBySide both = compare(sample, sample, {.times = true});
    CHECK(find(both, "golden runs at 8x1", "request_p50").difference == Difference::cannot_tell);
    CHECK(find(both, "golden runs at 8x1", "requests").difference == Difference::same);
}

TEST_CASE("values are rounded alike on both sides, and thinned evenly")
{
    Sample sample;
    CellSample& cell = sample.cells.emplace_back();
    for (int i = 1000; i > 0; --i)
        cell.figures["memory_per_worker"].push_back(i + 0.123456);
    cell.figures["startup"] = {std::nan(""), 1.0 / 3, HUGE_VAL};
    settle(sample);
    const auto& values = sample.cells[0].figures["memory_per_worker"];
    CHECK(values.size() == most_values);
    CHECK(values.front() == 1.123);
    CHECK(values.back() == 1000);
    CHECK(values[150] == doctest::Approx(502).epsilon(0.01));
    CHECK(sample.cells[0].figures["startup"] == std::vector<double>{0.3333});
    Sample again = sample;
    settle(again);
    CHECK(again == sample);
}

TEST_CASE("golden runs that lost a worker or could not be judged speak against their campaign, cell by cell")
{
    Sample sample = made_campaign(1);
    CHECK(control_arm_failures(sample, sample).empty());
    for (CellSample& cell : sample.cells) {
        if (cell.fault != "none") { // these may
            ++cell.inconclusive;
        } else if (cell.shape == "8x1") {
            --cell.worst.at(static_cast<std::size_t>(Outcome::intact));
            ++cell.worst.at(static_cast<std::size_t>(Outcome::stalled));
        } else if (cell.shape == "1x8") {
            cell.inconclusive = 2;
        }
    }
    CHECK(control_arm_failures(sample, sample) ==
          std::vector<std::string>{"1 of 20 golden runs at 8x1 lost a worker, though nothing was done to it",
                                   "2 of 22 golden runs at 1x8 could not be judged"});
    Sample other = made_campaign(2);
    std::erase_if(other.cells, [](const CellSample& cell) { return cell.shape == "8x1"; });
    CHECK(control_arm_failures(sample, other) ==
          std::vector<std::string>{"2 of 22 golden runs at 1x8 could not be judged"});
}

TEST_CASE("golden runs that were planned and not made speak against a campaign that has run the rest")
{
    const Sample all = made_campaign(1);
    Sample part = all;
    for (CellSample& cell : part.cells) {
        const bool not_run = cell.shape == "1x8" || (cell.shape == "8x1" && cell.fault == "none");
        if (not_run)
            cell = {.shape = cell.shape, .fault = cell.fault, .variant = cell.variant};
    }
    CHECK(control_arm_failures(part, all) == std::vector<std::string>{"no golden runs at 8x1 were made"});
    CHECK(control_arm_failures(all, part).empty());
}

TEST_CASE("a golden run whose would-be victim came to harm is one that lost somebody")
{
    TrialRecord record;
    record.plan.shape = parse_shape("1x1").value();
    record.plan.fault = parse_fault("none").value();
    TrialJudgement judgement;
    judgement.outcomes = {Outcome::died};
    CellSample golden;
    add(golden, record, judgement);
    CHECK(golden.worst.at(static_cast<std::size_t>(Outcome::died)) == 1);
    record.plan.fault = parse_fault("segv-null").value();
    CellSample struck;
    add(struck, record, judgement);
    CHECK(struck.worst.at(static_cast<std::size_t>(Outcome::intact)) == 1);
}
