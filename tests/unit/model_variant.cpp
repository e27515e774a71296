#include "harness/model/experiment.hpp"
#include "harness/model/judge.hpp"
#include "tests/unit/model_records.hpp"

#include <algorithm>
#include <doctest/doctest.h>

namespace {

using namespace bulkhead;
using model::Locking;
using model::Variant;
using model::Workload;

} // namespace

TEST_CASE("every variant reads back from its own words, and nothing else is one")
{
    for (const Workload workload : model::workloads)
        for (const Locking locking : model::lockings) {
            const Variant variant{workload, locking};
            CHECK(model::parse_variant(to_string(variant)) == variant);
        }
    for (const model::ChannelKind channel : model::channel_kinds) {
        const Variant variant{.workload = Workload::ring, .channel = channel};
        CHECK(model::parse_variant(to_string(variant)) == variant);
    }
    CHECK(to_string(Variant{.workload = Workload::ring}) == "ring channel=pipe");
    for (const char* text : {"", "ledgers", "ledger lock=", "ledger lock=soft", "ledger  lock=none", "ring",
                             "ring channel=tube", "ledger channel=tcp", "ring channel=tcp lock=none"}) {
        CAPTURE(text);
        CHECK_FALSE(model::parse_variant(text).has_value());
    }
}

TEST_CASE("a workload is varied only by the locks that it has use for")
{
    const auto variants = model::variants_of({.workloads = {Workload::ledger, Workload::compute},
                                              .lockings = {Locking::none, Locking::plain, Locking::repair}});
    CHECK(variants == std::vector<Variant>{{Workload::ledger, Locking::none},
                                           {Workload::ledger, Locking::plain},
                                           {Workload::ledger, Locking::repair},
                                           {Workload::compute, Locking::plain}});
    CHECK(model::variants_of({}) == std::vector<Variant>{Variant{}});
}

TEST_CASE("only the ring is varied by the channels")
{
    const auto variants = model::variants_of({.workloads = {Workload::ring, Workload::compute},
                                              .channels = {model::ChannelKind::tcp, model::ChannelKind::ring}});
    CHECK(variants == std::vector<Variant>{{Workload::ring, Locking::plain, model::ChannelKind::tcp},
                                           {Workload::ring, Locking::plain, model::ChannelKind::ring},
                                           {Workload::compute}});
}

TEST_CASE("a channel that is asked for selects cells of the ring alone")
{
    model::Experiment experiment;
    experiment.shapes = {tests::shape("8x1")};
    experiment.faults = {tests::fault("abort")};
    experiment.variants = model::variants_of({.workloads = {Workload::ring, Workload::counter},
                                              .channels = {model::ChannelKind::pipe, model::ChannelKind::tcp}});
    const model::Selection pipes{.channels = {model::ChannelKind::pipe}};
    std::vector<Variant> selected;
    for (const model::Cell& cell : model::expand(experiment))
        if (matches(pipes, cell))
            selected.push_back(cell.variant);
    CHECK(selected == std::vector<Variant>{{.workload = Workload::ring}});
    CHECK(describe(pipes) == "every shape, channel pipe, every fault");
}

TEST_CASE("each variant of each shape has golden runs of its own, and the lock that it names")
{
    model::Experiment experiment;
    experiment.shapes = {tests::shape("8x1"), tests::shape("1x8")};
    experiment.faults = {tests::fault("segv-null")};
    experiment.variants = model::variants_of(
        {.workloads = {Workload::ledger}, .lockings = {Locking::plain, Locking::robust, Locking::repair}});
    const auto cells = model::expand(experiment);
    CHECK(cells.size() == 12);
    CHECK(std::ranges::count_if(cells, [](const model::Cell& cell) { return is_golden(cell.fault); }) == 6);
    for (const model::Cell& cell : cells) {
        CHECK(cell.containment.robust_lock == (cell.variant.locking != Locking::plain));
        CHECK(cell.containment.repairs == (cell.variant.locking == Locking::repair));
    }
}

TEST_CASE("the trials of another variant are drawn from other seeds, and those of the counter stay as they were")
{
    model::Experiment experiment;
    experiment.shapes = {tests::shape("2x1")};
    experiment.faults = {tests::fault("segv-null")};
    const auto before = model::plan_trial(experiment, model::expand(experiment)[1], 0);
    experiment.variants = model::variants_of({.workloads = {Workload::counter, Workload::ledger}});
    const auto cells = model::expand(experiment);
    CHECK(model::plan_trial(experiment, cells[1], 0).seed == before.seed);
    CHECK(model::plan_trial(experiment, cells[3], 0).seed != before.seed);
}

TEST_CASE("a torn update of the ledger reaches nobody when the next owner of the lock mends it")
{
    model::Containment containment;
    containment.shared = bit_of(model::Medium::segment) | bit_of(model::Medium::lock);
    const model::Fault torn = tests::fault("torn-update");
    CHECK(predict(torn, model::Relation::other_host, containment) == model::Outcome::corrupted);
    containment.robust_lock = true;
    CHECK(predict(torn, model::Relation::other_host, containment) == model::Outcome::corrupted);
    containment.repairs = true;
    CHECK(predict(torn, model::Relation::other_host, containment) == model::Outcome::intact);
    CHECK(predict(torn, model::Relation::cell_mate, containment) == model::Outcome::intact);
}
