#pragma once

#include "harness/model/judge.hpp"
#include "harness/run/offer.hpp"
#include "harness/run/run.hpp"

#include <algorithm>
#include <string>

namespace bulkhead::test {

/// What an experiment with this fault would have, on this machine.
inline model::Containment containment_for(model::Fault fault, const model::Containment& wanted = {})
{
    model::Experiment experiment;
    experiment.faults = {fault};
    experiment.containment = wanted;
    model::contain(experiment, run::offer_of_machine());
    return experiment.containment;
}

/// Why this machine cannot run it; empty when it can.
inline std::string why_skipped(model::Fault fault)
{
    model::Experiment experiment;
    experiment.faults = {fault};
    model::contain(experiment, run::offer_of_machine());
    return experiment.skipped.empty() ? "" : experiment.skipped.front().reason;
}

/// How long a worker may be silent in a test before it counts as stalled. What is not lively sleeps, and is known by
/// that at once; so only a machine that gives a worker no processor for so long makes a trial inconclusive.
inline constexpr std::chrono::milliseconds patience{10'000};

/// A plan for one trial; change what the test is about.
inline model::TrialPlan plan_for(std::string_view fault, std::string_view shape,
                                 const model::Containment& containment = {})
{
    model::TrialPlan plan;
    plan.shape = model::parse_shape(shape).value();
    plan.fault = model::parse_fault(fault).value();
    plan.victim = {plan.shape.hosts / 2, model::row_of(plan.fault).main_thread_only ? 0 : plan.shape.threads - 1};
    plan.after_ops = 25;
    plan.seed = 4711;
    plan.launch = model::Launch::zygote;
    if (model::row_of(plan.fault).in_channel != model::InChannel::nothing)
        plan.variant.workload = model::Workload::ring;
    plan.pace = model::default_pace(plan.shape);
    plan.containment = containment_for(plan.fault, containment);
    if (model::nature_of(plan.fault).effect == model::Effect::degrades)
        plan.burst = std::chrono::milliseconds{200};
    plan.window = patience;
    plan.degraded_below = 0.45; // what a loaded machine does to a worker by chance stays above it
    return plan;
}

inline run::Options options_with(std::string host = BULKHEAD_HOST_BINARY)
{
    run::Options options;
    options.host = std::move(host);
    options.steady_limit = std::chrono::seconds{60};
    return options;
}

/// A worker's outcome in words, for messages.
inline std::string outcome_of(const model::TrialJudgement& judgement, std::size_t worker)
{
    return worker < judgement.outcomes.size() ? std::string{to_string(judgement.outcomes[worker])} : "none";
}

/// -1: the trial does not have it.
inline double figure_of(const model::TrialRecord& record, std::string_view name)
{
    const auto figures = model::figures_of(record);
    const auto found = std::ranges::find(figures, name, &model::Figure::name);
    return found == figures.end() ? -1 : found->value;
}

} // namespace bulkhead::test
