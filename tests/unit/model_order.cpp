#include "harness/model/order.hpp"

#include "tests/unit/model_records.hpp"

#include <doctest/doctest.h>

// In which order trials are run, and how they are dealt out to rounds.

using namespace bulkhead;
using namespace bulkhead::model;
using namespace bulkhead::tests;

namespace {

Experiment three_by_two(std::uint32_t trials)
{
    Experiment experiment;
    experiment.shapes = {shape("8x1"), shape("4x2"), shape("1x8")};
    experiment.faults = {fault("segv-null"), fault("abort")};
    experiment.trials = trials;
    return experiment;
}

std::vector<Turn> turns_of(const Experiment& experiment, const std::vector<Cell>& cells)
{
    std::vector<Turn> turns;
    TrialOrder order(experiment, cells);
    while (const auto turn = order.next())
        turns.push_back(*turn);
    return turns;
}

} // namespace

TEST_CASE("in every round each cell with a fault has one trial")
{
    Experiment experiment = three_by_two(7);
    for (const double golden : {0.0, 0.1, 1.0}) { // one golden run for a shape, two, and two in each round
        experiment.golden_share = golden;
        const auto cells = expand(experiment);
        std::vector<std::vector<int>> seen(7, std::vector<int>(cells.size()));
        for (const Turn& turn : turns_of(experiment, cells))
            ++seen.at(turn.round).at(turn.trial.cell);
        for (const auto& round : seen)
            for (const Cell& cell : cells)
                CHECK((is_golden(cell.fault) || round[cell.number] == 1));
    }
}

TEST_CASE("the round of a trial is the one in which it is run, in every order")
{
    for (const Order order : orders) {
        Experiment experiment = three_by_two(50);
        experiment.order = order;
        experiment.golden_share = 0.33;
        const auto cells = expand(experiment);
        const Rounds rounds(experiment, cells);
        CHECK(rounds.count() == 50);
        std::size_t trials = 0;
        for (const Turn& turn : turns_of(experiment, cells)) {
            ++trials;
            CHECK(rounds.round_of(turn.trial) == turn.round);
            CHECK(rounds.trials_in_first(turn.round, turn.trial.cell) <= turn.trial.number);
            CHECK(rounds.trials_in_first(turn.round + 1, turn.trial.cell) > turn.trial.number);
        }
        CHECK(trials == 3 * (2 * 50 + 33));
    }
}

TEST_CASE(
    "by cell, each cell is done before the next is begun; as written, each round has the cells as the file has them")
{
    Experiment experiment = three_by_two(20);
    const auto cells = expand(experiment);
    experiment.order = Order::by_cell;
    TrialAddress last;
    for (const Turn& turn : turns_of(experiment, cells)) {
        CHECK(turn.trial >= last);
        last = turn.trial;
    }
    CHECK(last == TrialAddress{.cell = 8, .number = 19});
    experiment.order = Order::as_written;
    Turn before;
    for (const Turn& turn : turns_of(experiment, cells)) {
        CHECK((turn.round > before.round || turn.trial >= before.trial));
        before = turn;
    }
}

TEST_CASE("where a campaign may stop early, every shape has its golden runs from the first round on")
{
    Experiment experiment = three_by_two(1000);
    experiment.golden_share = 0; // one for each shape
    experiment.stop.until_refuted = true;
    const auto cells = expand(experiment);
    const Rounds rounds(experiment, cells);
    for (const Cell& cell : cells)
        CHECK(rounds.trials_in_first(1, cell.number) == 1);
}

TEST_CASE("the order of a million trials is worked out in no time")
{
    Experiment experiment = three_by_two(150'000);
    const auto cells = expand(experiment);
    TrialOrder order(experiment, cells);
    std::uint32_t trials = 0;
    while (order.next())
        ++trials;
    CHECK(trials == 3 * (2 * 150'000 + 30'000));
}
