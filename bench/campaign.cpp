#include "bench/campaign.hpp"

#include "bench/pairs.hpp"
#include "harness/run/run.hpp"
#include "harness/sys/clock.hpp"
#include "harness/sys/processors.hpp"

#include <array>
#include <fmt/format.h>
#include <fstream>
#include <optional>
#include <unistd.h>
#include <vector>

namespace bulkhead::bench {

model::Experiment experiment_of(const std::string& shape, model::Launch launch, std::uint32_t trials)
{
    model::Experiment experiment;
    experiment.name = "bench";
    experiment.shapes = {model::parse_shape(shape).value()};
    experiment.launch = launch;
    experiment.faults = {model::parse_fault("segv-null").value()};
    experiment.after_ops = {10, 10};
    experiment.trials = trials;
    experiment.golden_share = 0;
    return experiment;
}

std::vector<pid_t> with_fork_server(pid_t supervisor)
{
    std::vector<pid_t> both{supervisor};
    std::ifstream children(fmt::format("/proc/{0}/task/{0}/children", supervisor));
    for (pid_t child = 0; children >> child;)
        both.push_back(child);
    must_hold(both.size() == 2, "the fork server is not the only child between two trials");
    return both;
}

void keep_apart(std::span<const raw_loop> loops)
{
    const auto all = sys::allowed_processors();
    const auto count = static_cast<std::uint32_t>(loops.size());
    for (std::uint32_t i = 0; i < count; ++i)
        sys::keep_on(loops[i].pid, sys::part_of(all, i, count));
}

Figures run_harness(const model::Experiment& experiment, std::uint32_t lanes, store::Writer* writer, std::size_t most,
                    Hosts hosts)
{
    run::Options options;
    options.host = BULKHEAD_HOST_BINARY;
    options.lanes = lanes;
    std::vector<double> periods;
    std::vector<double> detections;
    const std::int64_t begin = sys::monotonic_ns();
    std::int64_t last = begin;
    std::optional<sys::Placement> placement;
    const auto on_trial = [&](const model::TrialRecord& record) {
        must_hold(record.inconclusive.empty(), "a trial was inconclusive: its figures would be worth nothing");
        if (writer != nullptr)
            writer->add(record);
        const std::int64_t now = sys::monotonic_ns();
        periods.push_back(static_cast<double>(now - last) / 1000.0);
        last = now;
        if (record.fired && record.end_seen)
            detections.push_back(static_cast<double>(*record.end_seen - *record.fired) / 1000.0);
        if (hosts == Hosts::apart && !placement)
            placement.emplace(with_fork_server(::gettid()));
    };
    run::Stop stop;
    const auto goes_on = [&](const model::Turn& /*turn*/) { return periods.size() < most; };
    const auto end = run::run_campaign(experiment, options, on_trial, stop, {}, goes_on);
    const double seconds = static_cast<double>(last - begin) / 1e9;
    return {median(periods), median(detections), end.finished / seconds};
}

std::vector<Turn> run_by_turns(const model::Experiment& experiment, store::Writer& writer, std::size_t block,
                               std::size_t trials_of_turn)
{
    run::Options options;
    options.host = BULKHEAD_HOST_BINARY;
    std::vector<Turn> turns;
    std::array<std::vector<double>, 2> periods; // of the turn under way: not recorded, recorded
    std::size_t finished = 0;
    std::int64_t last = sys::monotonic_ns();
    const auto on_trial = [&](const model::TrialRecord& record) {
        must_hold(record.inconclusive.empty(), "a trial was inconclusive: its figures would be worth nothing");
        const bool recorded = finished / block % 2 == 1;
        if (recorded)
            writer.add(record);
        const std::int64_t now = sys::monotonic_ns();
        if (finished % block > 0)
            periods[recorded ? 1 : 0].push_back(static_cast<double>(now - last) / 1000.0);
        if (++finished % trials_of_turn == 0) {
            turns.push_back({median(periods[0]), median(periods[1])});
            periods = {};
        }
        last = sys::monotonic_ns();
    };
    const run::Stop stop;
    run::run_campaign(experiment, options, on_trial, stop, {}, {});
    return turns;
}

} // namespace bulkhead::bench
