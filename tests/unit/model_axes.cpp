#include "harness/model/experiment.hpp"
#include "harness/model/judge.hpp"
#include "tests/unit/model_records.hpp"

#include <algorithm>

#include <doctest/doctest.h>
#include <rapidcheck.h>

// What hosts share, their guard, their limits and the injection point, where an experiment has several of them.

namespace {

using namespace bulkhead;
using model::bit_of;
using model::Guard;
using model::InjectionPoint;
using model::Limits;
using model::Medium;
using model::SharedMedia;
using model::Variant;

const SharedMedia nothing{};
const SharedMedia segment{bit_of(Medium::segment)};

model::Experiment experiment_with(const model::Axes& axes)
{
    model::Experiment experiment;
    experiment.shapes = {tests::shape("4x2")};
    experiment.faults = {tests::fault("segv-null")};
    experiment.variants = model::variants_of(axes);
    return experiment;
}

} // namespace

TEST_CASE("a variant with surroundings of its own reads back from its words")
{
    CHECK(rc::check([] {
        Variant variant;
        if (*rc::gen::arbitrary<bool>())
            variant.shared = nothing;
        for (const Medium medium : model::shareable)
            if (variant.shared && *rc::gen::arbitrary<bool>())
                variant.shared->bits |= bit_of(medium);
        if (*rc::gen::arbitrary<bool>())
            variant.guard = model::guards[*rc::gen::inRange(0, 3)];
        if (*rc::gen::arbitrary<bool>())
            variant.limits = Limits{.memory_mib = *rc::gen::arbitrary<std::uint32_t>(),
                                    .nofile = *rc::gen::arbitrary<std::uint32_t>(),
                                    .threads = *rc::gen::arbitrary<std::uint32_t>(),
                                    .cpu_s = *rc::gen::arbitrary<std::uint32_t>(),
                                    .via_cgroup = *rc::gen::arbitrary<bool>()};
        if (*rc::gen::arbitrary<bool>())
            variant.at = model::injection_points[*rc::gen::inRange(0, 2)];
        RC_ASSERT(model::parse_variant(to_string(variant)) == variant);
    }));
    const Variant all{.shared = SharedMedia{bit_of(Medium::segment) | bit_of(Medium::lock)},
                      .guard = Guard::catch_all,
                      .limits = Limits{.memory_mib = 64, .nofile = 32, .via_cgroup = true},
                      .at = InjectionPoint::inside_op};
    CHECK(to_string(all) ==
          "counter share=segment,lock guard=catch limits=memory=64MiB,nofile=32,via-cgroup at=inside-op");
    CHECK(to_string(Variant{.shared = nothing, .limits = Limits{}}) == "counter share=nothing limits=none");
    for (const char* text : {"counter share=", "counter share=heap", "counter share=lock,segment", "counter guard=all",
                             "counter limits=", "counter limits=nofile", "counter limits=nofile=64,nofile=64",
                             "counter limits=memory=64", "counter at=op", "counter at=inside-op guard=catch"}) {
        CAPTURE(text);
        CHECK_FALSE(model::parse_variant(text).has_value());
    }
}

TEST_CASE("one value of an axis is the experiment's, and makes no other cells; several make the product")
{
    CHECK(model::variants_of(
              {.shared = {segment}, .guards = {Guard::catch_all}, .points = {InjectionPoint::inside_op}}) ==
          std::vector{Variant{}});
    const auto product = model::variants_of({.shared = {nothing, segment}, .guards = {Guard::none, Guard::siglongjmp}});
    CHECK(product == std::vector<Variant>{{}, // what is usual goes without a name
                                          {.guard = Guard::siglongjmp},
                                          {.shared = segment},
                                          {.shared = segment, .guard = Guard::siglongjmp}});
}

TEST_CASE("each cell has the surroundings of its variant, and does the work of all of them")
{
    auto experiment = experiment_with({.shared = {nothing, segment}, .guards = {Guard::none, Guard::siglongjmp}});
    experiment.containment.limits.nofile = 64;
    contain(experiment, {});
    const auto cells = model::expand(experiment);
    REQUIRE(cells.size() == 8); // with golden runs
    for (const model::Cell& cell : cells) {
        const bool shares_all = cell.said.shared == segment;
        CHECK(shares(cell.containment, Medium::segment) == shares_all);
        CHECK(shares(cell.containment, Medium::lock) == shares_all); // the segment brings it
        CHECK(cell.containment.guard == cell.variant.guard.value_or(Guard::none));
        CHECK(cell.containment.guard == cell.said.guard);
        CHECK(cell.containment.limits.nofile == 64);
        CHECK(cell.containment.commons); // of all, or the cells could not be compared
    }
    // What each has of its own is not said of all.
    CHECK(experiment.containment.shared == 0);
    CHECK(experiment.containment.guard == Guard::none);
    CHECK(experiment.containment.limits.nofile == 64);
}

TEST_CASE("a guard decides what a cell's siblings are predicted to come to")
{
    auto experiment = experiment_with({.guards = {Guard::none, Guard::siglongjmp}});
    contain(experiment, {});
    const auto cells = model::expand(experiment);
    REQUIRE(cells.size() == 4);
    const auto cell_mate_of = [](const model::Cell& cell) {
        return predict(cell.fault, cell.shape, model::Relation::cell_mate, cell.containment);
    };
    CHECK(cell_mate_of(cells[1]) == model::Outcome::died);
    CHECK(cell_mate_of(cells[3]) == model::Outcome::intact);
}

TEST_CASE("limits of one variant are not those of another, and what a fault needs is added to each")
{
    auto experiment = experiment_with({.limits = {Limits{}, Limits{.nofile = 32}}});
    contain(experiment, {});
    auto cells = model::expand(experiment);
    CHECK(cells[1].containment.limits == Limits{});
    CHECK(cells[3].containment.limits == Limits{.nofile = 32});
    experiment.faults.push_back(tests::fault("fd-leak"));
    contain(experiment, {});
    cells = model::expand(experiment);
    REQUIRE(cells.size() == 6);
    CHECK(cells[2].containment.limits.nofile == 64);
    CHECK(cells[5].containment.limits.nofile == 32);
    CHECK(cells[5].containment.limits.memory_mib == cells[2].containment.limits.memory_mib);
}

TEST_CASE("the injection point of a trial is its variant's, or else the experiment's")
{
    auto experiment = experiment_with({});
    experiment.at = InjectionPoint::inside_op;
    CHECK(model::plan_trial(experiment, model::expand(experiment)[1], 0).at == InjectionPoint::inside_op);
    experiment.at = InjectionPoint::between_ops; // no file says one for all and several
    experiment.variants = model::variants_of({.points = {InjectionPoint::inside_op, InjectionPoint::between_ops}});
    const auto cells = model::expand(experiment);
    CHECK(model::plan_trial(experiment, cells[1], 0).at == InjectionPoint::inside_op);
    CHECK(model::plan_trial(experiment, cells[3], 0).at == InjectionPoint::between_ops);
    CHECK(model::plan_trial(experiment, cells[1], 0).seed != model::plan_trial(experiment, cells[3], 0).seed);
}

TEST_CASE("what is skipped with one variant is run with another")
{
    auto experiment = experiment_with({.limits = {Limits{}, Limits{.memory_mib = 64, .via_cgroup = true}}});
    model::Offer offer;
    offer.why_no_memory_cgroup = "no memory cgroup";
    contain(experiment, offer);
    const auto cells = model::expand(experiment);
    REQUIRE(cells.size() == 4);
    CHECK(cells[1].skipped == "");
    CHECK(cells[1].trials == experiment.trials);
    CHECK(cells[0].trials > 0);
    CHECK(cells[3].skipped == "no memory cgroup");
    CHECK(cells[3].trials == 0);
    CHECK(cells[2].trials == 0); // nothing to compare its golden runs with
    CHECK(cells[2].skipped == "no memory cgroup");
    REQUIRE(experiment.skipped.size() == 1);
    CHECK(experiment.skipped[0].variant == cells[3].variant);
}

TEST_CASE("a campaign that is gone on with has the surroundings that its cells had, whatever the machine offers now")
{
    model::Offer offer;
    offer.processors_by_host = true;
    offer.why_no_memory_cgroup = "no memory cgroup";
    const model::Axes axes{.strategies = {model::Strategy::one_for_one},
                           .shared = {segment, nothing, SharedMedia{bit_of(Medium::group)}},
                           .limits = {Limits{}, Limits{.via_cgroup = true}}};
    auto first = experiment_with(axes);
    contain(first, offer);
    const auto cells = model::expand(first);
    auto again = experiment_with(axes);
    contain_as(again, cells);
    CHECK(again.containment == first.containment);
    const auto resumed = model::expand(again);
    REQUIRE(resumed.size() == cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        CHECK(resumed[i].containment == cells[i].containment);
        CHECK(resumed[i].skipped == cells[i].skipped);
        CHECK(resumed[i].trials == cells[i].trials);
        CHECK(resumed[i].first_id == cells[i].first_id);
    }
}

TEST_CASE("an expectation picks cells by what only some of them have")
{
    auto experiment = experiment_with(
        {.shared = {nothing, segment}, .points = {InjectionPoint::between_ops, InjectionPoint::inside_op}});
    const model::Selection wanted{.shared = {segment}, .points = {InjectionPoint::inside_op}};
    std::vector<Variant> selected;
    for (const model::Cell& cell : model::expand(experiment))
        if (matches(wanted, cell))
            selected.push_back(cell.variant);
    CHECK(selected == std::vector<Variant>{{.shared = segment, .at = InjectionPoint::inside_op}});
    CHECK(describe(wanted) == "every shape, share segment, at inside-op, every fault");
    experiment.variants = {Variant{}};
    CHECK_FALSE(matches(wanted, model::expand(experiment)[1]));
    experiment.said = {.shared = segment, .at = InjectionPoint::inside_op}; // for all cells
    CHECK(matches(wanted, model::expand(experiment)[1]));
}

TEST_CASE("a value that is added leaves the seeds of the other cells as they were")
{
    const auto before = model::plan_trial(experiment_with({}), model::expand(experiment_with({}))[1], 0);
    const auto more =
        experiment_with({.guards = {Guard::siglongjmp, Guard::none}, .limits = {Limits{.nofile = 64}, {}}});
    const auto cells = model::expand(more);
    REQUIRE(cells.size() == 8);
    CHECK(cells[7].variant == Variant{});
    CHECK(model::plan_trial(more, cells[7], 0).seed == before.seed);
    CHECK(model::plan_trial(more, cells[1], 0).seed != before.seed);
}
