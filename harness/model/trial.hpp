#pragma once

#include "harness/model/experiment.hpp"
#include "harness/model/figure.hpp"
#include "harness/model/job.hpp"
#include "harness/model/restart.hpp"
#include "harness/model/stamp.hpp"
#include "harness/sys/termination.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::model {

/// An answer to a challenge: the worker completed the asked number of ops, all begun after the challenge.
struct Answer {
    std::uint64_t ops = 0; ///< ops completed by then
    bool check_holds = false;
    Stamp at = 0;
    bool operator==(const Answer&) const = default;
};

/// A part of the process-wide state of a worker, as a probe saw it before the fault and after.
struct Change {
    std::string what; ///< "working directory", "descriptor 5", "limit NOFILE", ...
    std::string before;
    std::string after;
    bool operator==(const Change&) const = default;
};

/// What differs between two probes of one worker, in the order of their lines; each line is "what=how it is".
std::vector<Change> changes_between(std::string_view before, std::string_view after);

/// Where a worker's checked state lies; a bit each in WorkerRecord::broken.
enum class Place : std::uint8_t { stack, heap, globals, segment, shared_record };
inline constexpr std::size_t place_count = 5;
std::string_view to_string(Place place);
/// "its stack and its heap".
std::string describe_places(std::uint32_t broken);

/// What was seen of one worker. Facts only; `judge` makes an Outcome of them.
struct WorkerRecord {
    WorkerId id;
    std::int32_t tid = 0;                ///< 0 when it never started
    std::uint64_t ops_final = 0;         ///< ops completed when the trial was over
    std::optional<Answer> before{};      ///< answer to the challenge at steady state
    std::optional<Answer> after{};       ///< answer to the challenge after the fault; nullopt when there was none
    std::uint64_t check_failures = 0;    ///< ops whose own check did not hold
    std::uint32_t broken = 0;            ///< places that failed a check, a bit each
    std::vector<Change> changes{};       ///< of its process-wide state, between the two answers
    bool probed = false;                 ///< both probes were taken
    std::optional<double> rate_before{}; ///< ops per second at full speed
    std::optional<double> rate_after{};
    /// It was challenged, did not answer, and slept without once being run meanwhile: it waits for what never comes. A
    /// worker that is runnable and not run has lost its processor, which is no stall.
    std::optional<Stamp> asleep_seen{};
    /// It did not answer, and was runnable at the end of the window.
    bool starved = false;
    /// What it was shown by its channels when they were no longer what they should be: by the one that it receives
    /// from, and by the one that it sends to.
    std::optional<Passage> receiving{};
    std::optional<Passage> sending{};
    std::optional<Stamp> thread_end_seen{}; ///< its thread was seen to be gone, though its host was not
    bool operator==(const WorkerRecord&) const = default;
};

/// What was seen of one host. Where the supervisor has launched another in its place it is the first one that is told
/// of here, and so are its workers: see Restart for those that came after it.
struct HostRecord {
    std::uint32_t number = 0;
    std::int32_t pid = 0;
    std::optional<sys::Termination> termination; ///< the whole wait status; nullopt when it could not be reaped
    std::optional<Stamp> end_seen;               ///< when the supervisor knew
    bool ended_in_teardown = false;              ///< it lived until it was told to stop
    bool image_replaced = false;                 ///< the pid was seen to run another program
    bool stopped = false;                        ///< it was seen to be stopped by a signal (WIFSTOPPED)
    bool box_spoiled = false; ///< its black box holds what no host writes: nothing it says is believed
    std::string stack{};      ///< of its threads when the trial had taken too long, as a debugger told; or empty
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
    bool went_on = false;                     ///< its word that the fault came back as it should
    std::optional<Stamp> end_seen;            ///< the victim's end was seen
    std::optional<Stamp> challenged;          ///< the siblings were challenged
    std::optional<Stamp> settled;             ///< every sibling's fate was certain, or the window ended
    bool window_ended = false;
    std::optional<std::uint64_t> oom_kills; ///< the kernel's own count for the victim's cgroup; nullopt: none was used
    Stamp finished = 0;                     ///< everything was reaped
    std::vector<HostRecord> hosts;          ///< by number
    std::vector<WorkerRecord> workers;      ///< in pool order
    std::vector<Figure> figures{};          ///< that were measured; see figures_of for all of them
    std::vector<Strike> further_strikes{};  ///< the second, the third, ...; the first is told by the stamps above
    std::vector<Restart> restarts{};        ///< in their order
    std::vector<JobRecord> jobs{};          ///< that did not simply get done, by number
    std::optional<Stamp> given_up{};        ///< the supervisor saw one end too many, and ended everything
    bool operator==(const TrialRecord&) const = default;
};

} // namespace bulkhead::model
