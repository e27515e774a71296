#pragma once

#include "harness/model/shape.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace bulkhead::model {

struct TrialPlan;

/// What became of a job that did not simply get done. A job has one: what is also done twice says so by its effects.
enum class JobFate : std::uint8_t {
    lost,    ///< its effect was never done, and it is not handed out again
    unknown, ///< its effect was done, its result was never told, and it is not handed out again
    doubled  ///< its result was told, and its effect was done more than once
};
inline constexpr JobFate job_fates[] = {JobFate::lost, JobFate::unknown, JobFate::doubled};
std::string_view to_string(JobFate fate); // "lost", "unknown", "doubled"

/// A job that was lost, doubled, or of which it is unknown whether it was done. Facts only.
struct JobRecord {
    std::uint32_t number = 0;
    WorkerId worker; ///< the last one that had it and did not tell a result
    JobFate fate = JobFate::lost;
    std::uint32_t handed = 0;  ///< times that it was handed out
    std::uint32_t effects = 0; ///< times that its effect was done
    bool operator==(const JobRecord&) const = default;
};

/// "job 17 was handed to p2t0, which did it and told no result: unknown".
std::string describe(const JobRecord& job);

/// How many jobs a trial has: as many for each worker, and for each strike those that the victim does before it.
std::uint32_t jobs_of(const TrialPlan& plan);

} // namespace bulkhead::model
