#include "harness/model/experiment.hpp"

#include "tests/unit/model_records.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace bulkhead::model;
using bulkhead::tests::fault;
using bulkhead::tests::shape;
using namespace std::chrono_literals;

namespace {

Experiment experiment_of(const std::vector<std::string>& shapes, const std::vector<std::string>& faults,
                         std::uint32_t trials)
{
    Experiment experiment;
    for (const std::string& text : shapes)
        experiment.shapes.push_back(shape(text));
    for (const std::string& text : faults)
        experiment.faults.push_back(fault(text));
    experiment.trials = trials;
    return experiment;
}

std::uint32_t golden_trials(const std::vector<std::string>& faults, std::uint32_t trials, double share)
{
    Experiment experiment = experiment_of({"2x1"}, faults, trials);
    experiment.golden_share = share;
    return expand(experiment).front().trials;
}

std::uint32_t total_of(const std::vector<Cell>& cells)
{
    return std::accumulate(cells.begin(), cells.end(), 0U,
                           [](std::uint32_t sum, const Cell& c) { return sum + c.trials; });
}

template <typename T>
std::vector<T> some_of(std::initializer_list<T> items)
{
    std::vector<T> chosen;
    for (const T& item : items)
        if (*rc::gen::arbitrary<bool>())
            chosen.push_back(item);
    return chosen;
}

Experiment any_experiment()
{
    Experiment experiment;
    experiment.shapes = some_of({Shape{8, 1}, Shape{4, 2}, Shape{1, 8}, Shape{1, 1}, Shape{3, 5}});
    experiment.faults = some_of({fault("none"), fault("segv-null"), fault("main-returns"), fault("kill:TERM")});
    experiment.trials = *rc::gen::inRange<std::uint32_t>(1, 60);
    experiment.seed = *rc::gen::arbitrary<std::uint64_t>();
    experiment.golden_share = *rc::gen::inRange(0, 101) / 100.0;
    return experiment;
}

/// What is drawn for a trial.
auto drawn(const TrialPlan& plan)
{
    return std::tuple(plan.seed, plan.victim, plan.after_ops);
}

} // namespace

TEST_CASE("the words of an experiment are those of its file")
{
    CHECK(to_string(Launch::exec) == "exec");
    CHECK(to_string(Launch::zygote) == "zygote");
    CHECK(to_string(InjectionPoint::between_ops) == "between-ops");
    CHECK(to_string(InjectionPoint::inside_op) == "inside-op");
    CHECK(to_string(Workload::counter) == "counter");
    CHECK(to_string(Comparison::at_least) == ">=");
    CHECK(to_string(Comparison::more_than) == ">");
    CHECK(to_string(Comparison::at_most) == "<=");
    CHECK(to_string(Comparison::less_than) == "<");
}

TEST_CASE("a pool makes at most 2,000 ops a second, whatever its shape")
{
    CHECK(default_pace(shape("1x1")) == 500us);
    CHECK(default_pace(shape("2x1")) == 1000us);
    CHECK(default_pace(shape("8x1")) == 4000us);
    CHECK(default_pace(shape("1x8")) == 4000us);
    CHECK(default_pace(shape("16x16")) == 128'000us);
}

TEST_CASE("an experiment has a cell for each shape and fault, golden runs first, and ids that count on")
{
    const auto cells = expand(experiment_of({"8x1", "1x8"}, {"segv-null", "none", "abort"}, 20));
    const std::vector<std::tuple<std::string, std::string, std::uint32_t, std::uint32_t>> expected = {
        {"8x1", "none", 20, 1},  {"8x1", "segv-null", 20, 21}, {"8x1", "abort", 20, 41},
        {"1x8", "none", 20, 61}, {"1x8", "segv-null", 20, 81}, {"1x8", "abort", 20, 101},
    };
    REQUIRE(cells.size() == expected.size());
    for (std::uint32_t i = 0; i < cells.size(); ++i) {
        CHECK(cells[i].number == i);
        CHECK(std::tuple(to_string(cells[i].shape), to_string(cells[i].fault), cells[i].trials, cells[i].first_id) ==
              expected[i]);
    }
}

TEST_CASE("every shape has golden runs: a share of its other trials, at least one, and all of them if asked for")
{
    CHECK(golden_trials({"segv-null"}, 20, 0.1) == 2);
    CHECK(golden_trials({"segv-null"}, 21, 0.1) == 3);
    CHECK(golden_trials({"segv-null", "abort", "exit"}, 10, 0.1) == 3); // 0.1 * 30 is a little above 3 in binary
    CHECK(golden_trials({"segv-null"}, 100, 0.07) == 7);                // and 0.07 * 100 a little above 7
    CHECK(golden_trials({"segv-null"}, 1, 0.1) == 1);
    CHECK(golden_trials({"segv-null"}, 20, 0.0) == 1);
    CHECK(golden_trials({"segv-null", "none"}, 20, 0.1) == 20);
    CHECK(golden_trials({"segv-null", "abort", "none"}, 20, 1.0) == 40);
    CHECK(golden_trials({"none"}, 7, 0.1) == 7);
    CHECK(golden_trials({}, 7, 0.1) == 1);
}

TEST_CASE("every id that an experiment gives is found again, and no other")
{
    CHECK(rc::check([] {
        const auto cells = expand(any_experiment());
        for (const Cell& cell : cells)
            for (std::uint32_t number = 0; number < cell.trials; ++number)
                RC_ASSERT(address_of(cells, cell.first_id + number) == (TrialAddress{cell.number, number}));
        RC_ASSERT_FALSE(address_of(cells, 0));
        RC_ASSERT_FALSE(address_of(cells, total_of(cells) + 1));
        RC_ASSERT_FALSE(address_of(cells, 0xffffffff));
    }));
}

TEST_CASE("a plan says what the experiment says")
{
    Experiment experiment = experiment_of({"4x2"}, {"segv-null"}, 20);
    experiment.launch = Launch::zygote;
    experiment.at = InjectionPoint::inside_op;
    experiment.window = 750ms;
    experiment.evidence_ops = 17;
    const Cell cell = expand(experiment)[1];
    const TrialPlan plan = plan_trial(experiment, cell, 3);
    CHECK(plan.id == cell.first_id + 3);
    CHECK(plan.cell == 1);
    CHECK(plan.number == 3);
    CHECK(plan.shape == shape("4x2"));
    CHECK(plan.fault == fault("segv-null"));
    CHECK(plan.launch == Launch::zygote);
    CHECK(plan.at == InjectionPoint::inside_op);
    CHECK(plan.window == 750ms);
    CHECK(plan.evidence_ops == 17);
    CHECK(plan.pace == 4000us);
    experiment.pace = 5ms;
    CHECK(plan_trial(experiment, cell, 3).pace == 5ms);
}

TEST_CASE("a plan is drawn within its range, of the workers that may be victims, and the same each time")
{
    CHECK(rc::check([] {
        Experiment experiment = any_experiment();
        experiment.after_ops.low = *rc::gen::inRange<std::uint64_t>(0, 1000);
        experiment.after_ops.high = experiment.after_ops.low + *rc::gen::inRange<std::uint64_t>(0, 1000);
        for (const Cell& cell : expand(experiment)) {
            const auto number = *rc::gen::inRange<std::uint32_t>(0, cell.trials);
            const TrialPlan plan = plan_trial(experiment, cell, number);
            RC_ASSERT(drawn(plan) == drawn(plan_trial(experiment, cell, number)));
            RC_ASSERT(plan.after_ops >= experiment.after_ops.low);
            RC_ASSERT(plan.after_ops <= experiment.after_ops.high);
            RC_ASSERT(index_of(plan.victim, cell.shape) < cell.shape.workers());
            RC_ASSERT(plan.victim.thread < cell.shape.threads);
            RC_ASSERT(may_be_victim(cell.fault, plan.victim));
        }
    }));
}

TEST_CASE("the seed of a trial is the same on every machine and in every version")
{
    const Experiment experiment = experiment_of({"8x1"}, {"segv-null"}, 20);
    const TrialPlan plan = plan_trial(experiment, expand(experiment)[1], 0);
    CHECK(plan.seed == 313306341847038571);
}

TEST_CASE("adding shapes, faults and trials to an experiment leaves what is drawn for the others as it was")
{
    const Experiment small = experiment_of({"1x8"}, {"abort"}, 5);
    const Experiment large = experiment_of({"8x1", "1x8"}, {"none", "segv-null", "abort"}, 50);
    const Cell in_small = expand(small)[1];
    const Cell in_large = expand(large)[5];
    REQUIRE(in_large.shape == in_small.shape);
    REQUIRE(in_large.fault == in_small.fault);
    for (std::uint32_t number = 0; number < 5; ++number)
        CHECK(drawn(plan_trial(small, in_small, number)) == drawn(plan_trial(large, in_large, number)));
}

TEST_CASE("trials of different cells, numbers and experiment seeds have different seeds")
{
    std::set<std::uint64_t> seeds;
    std::size_t trials = 0;
    Experiment experiment = experiment_of({"8x1", "1x8", "4x2", "2x4"}, {"abort", "kill:TERM", "tgkill:TERM"}, 50);
    for (experiment.seed = 0; experiment.seed < 3; ++experiment.seed) {
        for (const Cell& cell : expand(experiment)) {
            for (std::uint32_t number = 0; number < cell.trials; ++number, ++trials)
                seeds.insert(plan_trial(experiment, cell, number).seed);
        }
    }
    CHECK(seeds.size() == trials);
}

TEST_CASE("every worker that may be the victim is drawn about equally often")
{
    Experiment experiment = experiment_of({"4x2"}, {"segv-null", "main-returns"}, 8000);
    experiment.after_ops = {10, 12};
    const auto cells = expand(experiment);
    std::array<int, 8> anyone{};
    std::array<int, 8> main_threads{};
    std::array<int, 3> ops{};
    for (std::uint32_t number = 0; number < 8000; ++number) {
        const TrialPlan plan = plan_trial(experiment, cells[1], number);
        ++anyone[index_of(plan.victim, plan.shape)];
        ++ops[plan.after_ops - 10];
        ++main_threads[index_of(plan_trial(experiment, cells[2], number).victim, plan.shape)];
    }
    // 1000 and 2000 expected; six standard deviations are about 180 and 240.
    for (std::uint32_t index = 0; index < 8; ++index) {
        CHECK(std::abs(anyone[index] - 1000) < 180);
        CHECK(std::abs(main_threads[index] - (index % 2 == 0 ? 2000 : 0)) < (index % 2 == 0 ? 240 : 1));
    }
    for (const int count : ops)
        CHECK(std::abs(count - 2667) < 260);
}

TEST_CASE("a victim that the experiment names is the victim, and the rest of the plan stays as drawn")
{
    Experiment experiment = experiment_of({"4x2"}, {"segv-null"}, 20);
    experiment.after_ops = {10, 100};
    const Cell cell = expand(experiment)[1];
    const TrialPlan free = plan_trial(experiment, cell, 3);
    experiment.victim = WorkerId{3, 1};
    const TrialPlan named = plan_trial(experiment, cell, 3);
    CHECK(named.victim == WorkerId{3, 1});
    CHECK(named.after_ops == free.after_ops);
    CHECK(named.seed == free.seed);
}

TEST_CASE("only main-returns needs the main thread")
{
    CHECK(may_be_victim(fault("main-returns"), WorkerId{3, 0}));
    CHECK_FALSE(may_be_victim(fault("main-returns"), WorkerId{3, 1}));
    CHECK(may_be_victim(fault("segv-null"), WorkerId{3, 1}));
}

TEST_CASE("the order holds every trial exactly once, each cell's in their order, and is the same each time")
{
    CHECK(rc::check([] {
        const Experiment experiment = any_experiment();
        const auto cells = expand(experiment);
        const auto order = order_trials(experiment, cells);
        RC_ASSERT(order == order_trials(experiment, cells));
        RC_ASSERT(order.size() == total_of(cells));
        std::vector<std::uint32_t> next(cells.size(), 0);
        for (const TrialAddress& trial : order)
            RC_ASSERT(trial.number == next.at(trial.cell)++);
        for (const Cell& cell : cells)
            RC_ASSERT(next[cell.number] == cell.trials);
    }));
}

TEST_CASE("another seed gives another order")
{
    Experiment experiment = experiment_of({"8x1", "1x8"}, {"segv-null", "abort"}, 20);
    const auto cells = expand(experiment);
    const auto order = order_trials(experiment, cells);
    experiment.seed = 2;
    CHECK(order != order_trials(experiment, cells));
}

TEST_CASE("no experiment at all has an empty order")
{
    CHECK(order_trials(Experiment{}, {}).empty());
    CHECK(expand(Experiment{}).empty());
}

TEST_CASE("every part of the campaign holds its share of each cell, golden runs included")
{
    const Experiment experiment = experiment_of({"8x1", "1x8"}, {"segv-null", "abort", "exit"}, 100);
    const auto cells = expand(experiment);
    const auto order = order_trials(experiment, cells);
    const std::size_t tenth = order.size() / 10;
    for (std::size_t part = 0; part < 10; ++part) {
        std::vector<double> seen(cells.size(), 0);
        for (std::size_t i = part * tenth; i < (part + 1) * tenth; ++i)
            seen[order[i].cell] += 1;
        for (const Cell& cell : cells) {
            CAPTURE(cell.number);
            CHECK(std::abs(seen[cell.number] - cell.trials / 10.0) <= 2);
        }
    }
}
