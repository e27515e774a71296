#include "harness/model/job.hpp"

#include "harness/model/judge.hpp"

#include <algorithm>

namespace bulkhead::model {

std::string_view to_string(JobFate fate)
{
    switch (fate) {
    case JobFate::lost: return "lost";
    case JobFate::unknown: return "unknown";
    case JobFate::doubled: return "doubled";
    }
    return "?";
}

std::string describe(const JobRecord& job)
{
    const std::string times = job.handed == 1 ? "" : " (handed out " + std::to_string(job.handed) + " times)";
    std::string text = "job " + std::to_string(job.number) + " was handed to " + to_string(job.worker);
    switch (job.fate) {
    case JobFate::lost: return text + ", and was never done: lost" + times;
    case JobFate::unknown: return text + ", which did it and told no result: unknown" + times;
    case JobFate::doubled:
        return text + ", which told no result; done " + std::to_string(job.effects) + " times: doubled" + times;
    }
    return text;
}

std::uint32_t jobs_of(const TrialPlan& plan)
{
    // Whoever works beside the victim is to have a job when it is struck, though some are faster than it.
    constexpr std::uint32_t least = 32;
    const auto before_a_strike = static_cast<std::uint32_t>(plan.after_ops) + 1;
    const std::uint32_t each_worker = std::max(least, 2 * before_a_strike * planned_strikes(plan));
    return each_worker * plan.shape.workers() + before_a_strike * planned_strikes(plan);
}

} // namespace bulkhead::model
