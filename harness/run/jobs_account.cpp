// What came of the jobs of a trial.

#include "harness/run/jobs.hpp"

#include "workers/job.hpp"

#include <algorithm>

namespace bulkhead::run {

/// False when the record says what no worker writes: an effect of a job that nobody was handed, a result without one.
bool Jobs::read_effects()
{
    const auto* const counts = reinterpret_cast<const workers::EffectCount*>(effects_.bytes().data());
    for (std::uint32_t number = 0; number < jobs_.size(); ++number) {
        Job& job = jobs_[number];
        job.effects = counts[number].load(std::memory_order_acquire);
        if (job.effects > job.handed || (job.told && job.effects == 0))
            return false;
    }
    return true;
}

/// nullopt: it is done, or waits to be handed out.
std::optional<model::JobFate> Jobs::fate_of(const Job& job) const
{
    if (job.told)
        return job.effects > 1 ? std::optional(model::JobFate::doubled) : std::nullopt;
    if (job.waits)
        return std::nullopt;
    return job.effects == 0 ? model::JobFate::lost : model::JobFate::unknown;
}

model::JobRecord Jobs::record_of(std::uint32_t number) const
{
    const Job& job = jobs_[number];
    return {.number = number,
            .worker = model::worker_at(job.had_by, plan_.shape),
            .fate = *fate_of(job),
            .handed = job.handed,
            .effects = job.effects};
}

std::string Jobs::note_in(model::TrialRecord& record)
{
    for (Place& place : places_) // whoever is silent still has it
        if (place.holds)
            jobs_[place.holds->job].had_by = static_cast<std::uint32_t>(&place - places_.data());
    if (!read_effects())
        return "the record of what jobs were done holds what no worker writes";
    for (std::uint32_t number = 0; number < jobs_.size(); ++number)
        if (fate_of(jobs_[number]))
            record.jobs.push_back(record_of(number));
    const auto of_fate = [&](model::JobFate fate) {
        return static_cast<double>(std::ranges::count(record.jobs, fate, &model::JobRecord::fate));
    };
    const auto of_jobs = [&](auto&& is) { return static_cast<double>(std::ranges::count_if(jobs_, is)); };
    record.figures.push_back({"jobs_done", of_jobs([](const Job& job) { return job.told; })});
    record.figures.push_back({"jobs_lost", of_fate(model::JobFate::lost)});
    record.figures.push_back({"jobs_doubled", of_jobs([](const Job& job) { return job.effects > 1; })});
    record.figures.push_back({"jobs_unknown", of_fate(model::JobFate::unknown)});
    record.figures.push_back({"jobs_left", of_jobs([](const Job& job) { return job.waits && !job.told; })});
    record.figures.push_back({"jobs_refused", static_cast<double>(refused_)});
    return "";
}

} // namespace bulkhead::run
