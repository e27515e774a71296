#pragma once

#include "harness/model/experiment.hpp"
#include "harness/sys/termination.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bulkhead::model {

/// A moment on CLOCK_MONOTONIC in nanoseconds; all stamps of a trial, the supervisor's and the workers', are on it.
using Stamp = std::int64_t;

/// An answer to a challenge: the worker completed the asked number of ops, all begun after the challenge.
struct Answer {
    std::uint64_t ops = 0; ///< ops completed by then
    bool check_holds = false;
    Stamp at = 0;
    bool operator==(const Answer&) const = default;
};

/// What was seen of one worker. Facts only; `judge` makes an Outcome of them.
struct WorkerRecord {
    WorkerId id;
    std::int32_t tid = 0;                 ///< 0 when it never started
    std::uint64_t ops_final = 0;          ///< ops completed when the trial was over
    std::optional<Answer> before;         ///< answer to the challenge at steady state
    std::optional<Answer> after;          ///< answer to the challenge after the fault; nullopt when there was none
    std::uint64_t check_failures = 0;     ///< ops whose own check did not hold
    std::optional<Stamp> thread_end_seen; ///< its thread was seen to be gone, though its host was not
    bool operator==(const WorkerRecord&) const = default;
};

/// What was seen of one host.
struct HostRecord {
    std::uint32_t number = 0;
    std::int32_t pid = 0;
    std::optional<sys::Termination> termination; ///< the whole wait status; nullopt when it could not be reaped
    std::optional<Stamp> end_seen;               ///< when the supervisor knew
    bool ended_in_teardown = false;              ///< it lived until it was told to stop
    bool image_replaced = false;                 ///< the pid was seen to run another program
    bool stopped = false;                        ///< it was seen to be stopped by a signal (WIFSTOPPED)
    bool box_spoiled = false; ///< its black box holds what no host writes: nothing it says is believed
    bool operator==(const HostRecord&) const = default;
};

/// Everything recorded of one trial.
struct TrialRecord {
    TrialPlan plan;
    std::uint32_t lane = 0; ///< the lane that ran it, from 0
    /// Why the trial cannot be judged at all (the environment refused, no steady state, ...); empty when it can.
    std::string inconclusive;
    Stamp started = 0;
    std::optional<Stamp> steady;  ///< every worker had answered the first challenge
    std::optional<Stamp> ordered; ///< the order was given to the victim (golden run: would have been)
    std::optional<Stamp> fired;   ///< the victim's stamp right before the fault, or the supervisor's for a signal
    std::optional<std::uint64_t> fired_at_op; ///< ops the victim had completed then
    bool did_not_take = false;                ///< the victim's own word: the fault came back without an effect
    std::optional<Stamp> end_seen;            ///< the victim's end was seen
    std::optional<Stamp> challenged;          ///< the siblings were challenged
    std::optional<Stamp> settled;             ///< every sibling's fate was certain, or the window ended
    bool window_ended = false;
    Stamp finished = 0;                ///< everything was reaped
    std::vector<HostRecord> hosts;     ///< by number
    std::vector<WorkerRecord> workers; ///< in pool order
    bool operator==(const TrialRecord&) const = default;
};

} // namespace bulkhead::model
