#pragma once

#include "harness/model/judge.hpp"
#include "harness/run/run.hpp"

#include <string>

namespace bulkhead::test {

/// A plan for one trial, with short waits; change what the test is about.
inline model::TrialPlan plan_for(std::string_view fault, std::string_view shape)
{
    model::TrialPlan plan;
    plan.shape = model::parse_shape(shape).value();
    plan.fault = model::parse_fault(fault).value();
    plan.victim = {plan.shape.hosts / 2, model::row_of(plan.fault).main_thread_only ? 0 : plan.shape.threads - 1};
    plan.after_ops = 25;
    plan.seed = 4711;
    plan.launch = model::Launch::zygote;
    plan.pace = model::default_pace(plan.shape);
    return plan;
}

inline run::Options options_with(std::string host = BULKHEAD_HOST_BINARY)
{
    run::Options options;
    options.host = std::move(host);
    return options;
}

/// A worker's outcome in words, for messages.
inline std::string outcome_of(const model::TrialJudgement& judgement, std::size_t worker)
{
    return worker < judgement.outcomes.size() ? std::string{to_string(judgement.outcomes[worker])} : "none";
}

} // namespace bulkhead::test
