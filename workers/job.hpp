#pragma once

#include "workers/counter.hpp"

#include <atomic>
#include <cstdint>

namespace bulkhead::workers {

// How the supervisor hands a job to a worker, and the worker tells its result: by a SOCK_SEQPACKET socket of that
// worker, a message each way, one job at a time. A host finds, behind the descriptor that tells of the closing, the
// record of effects, and then the socket of each thread.

/// A job, as it is handed out.
struct JobOrder {
    std::uint32_t number; ///< of the job in the trial
    std::uint32_t turn;   ///< how often it has been handed out, from 1
    std::uint64_t input;
};

struct JobResult {
    std::uint32_t number;
    std::uint32_t turn;
    std::uint64_t value; ///< job_value(input)
};

/// How often the effect of a job was done: one for each job, in memory that outlives whoever does it.
using EffectCount = std::atomic<std::uint32_t>;
static_assert(EffectCount::is_always_lock_free && sizeof(EffectCount) == sizeof(std::uint32_t));

/// What a job computes: a microsecond or so of work, which nobody can guess.
constexpr std::uint64_t job_value(std::uint64_t input)
{
    constexpr int steps = 200;
    for (int i = 0; i < steps; ++i)
        input = counter_next(input ^ (input >> 29U));
    return input;
}

} // namespace bulkhead::workers
