// What workers do beside counting, and what is measured of it.

#include "tests/live/trials.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace bulkhead;
using model::Locking;
using model::Outcome;
using model::Workload;
using test::figure_of;
using test::outcome_of;
using test::plan_for;

namespace {

model::TrialPlan plan_of(Workload workload, Locking locking, std::string_view fault, std::string_view shape,
                         std::uint32_t shared = 0)
{
    model::Experiment experiment;
    experiment.shapes = {model::parse_shape(shape).value()};
    experiment.faults = {model::parse_fault(fault).value()};
    experiment.variants = {{workload, locking}};
    experiment.containment.shared = shared;
    experiment.launch = model::Launch::zygote;
    experiment.window = test::patience;
    experiment.measures.throughput = is_golden(experiment.faults.front());
    model::contain(experiment, run::offer_of_machine());
    const auto cells = model::expand(experiment);
    return model::plan_trial(experiment, cells.back(), 0);
}

constexpr std::uint32_t shared_segment = bit_of(model::Medium::segment);

/// Threads over one heap, and processes over one segment.
struct Setting {
    const char* shape;
    std::uint32_t shared;
};
constexpr Setting settings[] = {{"1x4", 0}, {"4x1", shared_segment}};

} // namespace

TEST_CASE("every workload keeps steady state, is intact in a golden run, and gets on with its ops")
{
    for (const Workload workload : model::workloads)
        for (const char* shape : {"1x1", "2x2", "1x4", "4x1"}) {
            CAPTURE(to_string(workload));
            CAPTURE(shape);
            const auto record = run::run_trial(plan_of(workload, Locking::plain, "none", shape), test::options_with());
            const auto judgement = model::judge(record);
            REQUIRE(judgement.inconclusive == "");
            CHECK(judgement.survivors == judgement.siblings);
            CHECK(figure_of(record, "throughput") > 0);
        }
}

TEST_CASE("workers that share a ledger lose updates without a lock, and none with one")
{
    for (const Setting& setting : settings)
        for (const Locking locking : model::lockings) {
            CAPTURE(setting.shape);
            CAPTURE(to_string(locking));
            const auto plan = plan_of(Workload::ledger, locking, "none", setting.shape, setting.shared);
            auto record = run::run_trial(plan, test::options_with());
            REQUIRE(model::judge(record).inconclusive == "");
            CHECK(figure_of(record, "transfers") > 2.0 * plan.evidence_ops * 4 + static_cast<double>(plan.after_ops));
            if (locking == Locking::none) {
                // Two have to be at it at once, or one to be interrupted in the midst of it.
                for (int more = 0; more < 20 && figure_of(record, "lost_updates") == 0; ++more)
                    record = run::run_trial(plan, test::options_with());
                CHECK(figure_of(record, "lost_updates") > 0);
            } else {
                CHECK(figure_of(record, "lost_updates") == 0);
                CHECK(figure_of(record, "sum_error") == 0);
            }
        }
}

TEST_CASE("workers that each have a ledger of their own lose nothing without a lock")
{
    const auto plan = plan_of(Workload::ledger, Locking::none, "none", "4x1");
    const auto record = run::run_trial(plan, test::options_with());
    REQUIRE(model::judge(record).inconclusive == "");
    CHECK(figure_of(record, "transfers") > 2.0 * plan.evidence_ops * 4 + static_cast<double>(plan.after_ops));
    CHECK(figure_of(record, "lost_updates") == 0);
    CHECK(figure_of(record, "sum_error") == 0);
}

TEST_CASE("whoever ends half-way through a transfer leaves a broken sum, unless the next owner mends it")
{
    for (const Setting& setting : settings)
        for (const Locking locking : {Locking::plain, Locking::robust, Locking::repair}) {
            CAPTURE(setting.shape);
            CAPTURE(to_string(locking));
            const auto plan = plan_of(Workload::ledger, locking, "torn-update", setting.shape, setting.shared);
            const auto record = run::run_trial(plan, test::options_with());
            const auto judgement = model::judge(record);
            REQUIRE(judgement.inconclusive == "");
            const bool mended = locking == Locking::repair;
            for (std::size_t i = 0; i < record.workers.size(); ++i)
                if (record.workers[i].id != plan.victim)
                    CHECK(outcome_of(judgement, i) == to_string(mended ? Outcome::intact : Outcome::corrupted));
            CHECK(judgement.as_predicted);
            CHECK(figure_of(record, "sum_error") == (mended ? 0 : 7));
            CHECK(figure_of(record, "repairs") == (mended ? 1 : 0));
        }
}

TEST_CASE("what other programs took is told beside the throughput, and of a pool at work alone it is not much")
{
    double least = 1;
    for (int trial = 0; trial < 5; ++trial) {
        const auto record =
            run::run_trial(plan_of(Workload::compute, Locking::plain, "none", "1x1"), test::options_with());
        REQUIRE(record.inconclusive == "");
        const double taken = figure_of(record, "processors_taken");
        REQUIRE(taken >= 0);
        least = std::min(least, taken);
    }
    CHECK_MESSAGE(least < 0.5, "a single worker finds a processor");
}

TEST_CASE("memory is measured for each worker, and a thread needs less than a process")
{
    const auto measured = [](const char* shape) {
        auto plan = plan_of(Workload::counter, Locking::plain, "none", shape);
        plan.measures.memory = true;
        return run::run_trial(plan, test::options_with());
    };
    const double of_threads = figure_of(measured("1x8"), "unique_per_worker");
    const double of_processes = figure_of(measured("8x1"), "unique_per_worker");
    CHECK(of_threads > 0);
    CHECK(of_processes > of_threads);
}
