// What a campaign hands over, where no process can be started.
#include "harness/run/run.hpp"

#include <doctest/doctest.h>

using namespace bulkhead;

TEST_CASE("a trial that ends when a stop was asked for is given up, for the stop may be what ended it")
{
    model::Experiment experiment;
    experiment.shapes = {{2, 1}};
    experiment.faults = {model::parse_fault("abort").value()};
    run::Options options;
    options.host = "/nonexistent/bulkhead-host"; // each trial is inconclusive at once
    std::uint32_t handed_over = 0;
    const auto count = [&handed_over](const model::TrialRecord&) { ++handed_over; };
    run::Stop stop;
    const auto ask_during_the_third = [&](const model::Turn&) {
        if (handed_over == 2)
            stop.request();
        return true;
    };
    const run::CampaignEnd end = run::run_campaign(experiment, options, count, stop, {}, ask_during_the_third);
    CHECK(handed_over == 2);
    CHECK(end.finished == 2);
    CHECK(end.interrupted);
}
