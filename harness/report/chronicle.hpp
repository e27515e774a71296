#pragma once

#include "harness/model/trial.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace bulkhead::report {

/// One thing that happened in a trial.
struct Event {
    model::Stamp at = 0;
    std::string name; ///< "steady", "FIRED", "answered", ...
    std::string text;
};

/// Everything in the record that bears a stamp, by time; what happened at one stamp stays in the order of a trial's
/// course. Where many workers or hosts did the same, the first, the median and the last stand for them.
std::vector<Event> chronicle_of(const model::TrialRecord& record);

/// From one stamp to the other. A stamp that a host has written may be anything: the difference stays within the
/// type's range.
std::chrono::nanoseconds between(model::Stamp from, model::Stamp to);
/// From the trial's start to the stamp, in nanoseconds.
model::Stamp since_start(const model::TrialRecord& record, model::Stamp stamp);

/// "killed by SIGSEGV", "exited with code 0 when told to stop": all that was seen of
/// the host.
std::string end_of_host(const model::HostRecord& host);

} // namespace bulkhead::report
