#pragma once

#include "harness/model/judge.hpp"
#include "harness/model/trial.hpp"
#include "harness/report/chronicle.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bulkhead::report {

/// What a worker is at during a stretch of its life.
enum class Being : std::uint8_t {
    starting,  ///< launched, and has not completed its first ops
    working,   ///< its ops were counted
    uncounted, ///< it works, and nobody counted its ops: it took another's place
    silent     ///< it completes nothing: after the fault, or while it owes an answer that never came
};
struct Stretch {
    model::Stamp from = 0;
    model::Stamp to = 0;
    Being being = Being::starting;
    bool operator==(const Stretch&) const = default;
};

enum class Mark : std::uint8_t {
    fault,    ///< committed by, or on, this worker
    answered, ///< it has proven that it works
    asleep,   ///< it was seen to wait for what never comes
    died,     ///< its end was seen: of itself
    ended,    ///< the same: its supervisor ended it because of another
    stopped   ///< the same: the trial was over
};
struct Moment {
    model::Stamp at = 0;
    Mark mark = Mark::fault;
    bool operator==(const Moment&) const = default;
};

/// At this moment it had completed so many ops.
struct OpsAt {
    model::Stamp at = 0;
    std::uint64_t ops = 0;
    bool operator==(const OpsAt&) const = default;
};

/// One worker from its launch to its end.
struct Lifeline {
    model::WorkerId worker;
    bool victim = false;
    std::vector<Stretch> stretches; ///< by time; in between there was nobody
    std::vector<OpsAt> ops;         ///< by time; what lies between two counts was completed evenly, for all we know
    std::vector<Moment> moments;    ///< by time
    std::optional<model::Outcome> outcome; ///< nullopt while, or where, there is none
    std::optional<model::Stamp> decided;   ///< when the outcome was known
    std::string end;                       ///< "SIGSEGV", "exit 3", "(thread)": how it ended of itself; or empty
};

/// A part of a trial that has a name. Together they are the time axis: each is drawn in a width of its own, since what
/// matters most (until a death is noticed) is over soonest.
struct Phase {
    enum class Kind : std::uint8_t { launch, steady, noticing, repair, proof, teardown };
    Kind kind = Kind::launch;
    model::Stamp from = 0;
    model::Stamp to = 0;
};
std::string_view to_string(Phase::Kind kind);  // "launch", "steady state", "proof of life", ...
std::string_view short_name(Phase::Kind kind); // "start", "steady", "proof", ...

/// A trial as it is drawn: all of it, or as much as is known of one that runs.
struct Picture {
    model::TrialPlan plan{};
    std::vector<Lifeline> lifelines{}; ///< in pool order
    std::vector<Phase> phases{};       ///< one after the other, without a gap; at least one
    std::vector<Event> events{};       ///< by time
    std::string result{};              ///< what came of it, in a sentence; empty while it runs
    bool surprising = false;           ///< not as predicted, or inconclusive
};
Picture picture_of(const model::TrialRecord& record);

/// Ops that it had completed at that moment; nullopt before the first count and where there was nobody.
std::optional<std::uint64_t> ops_at(const Lifeline& lifeline, model::Stamp at);

} // namespace bulkhead::report
