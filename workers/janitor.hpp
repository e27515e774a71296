#pragma once

namespace bulkhead::workers {

inline constexpr int janitor_descriptor = 3; ///< a janitor finds its stream

/// Removes the cgroups that a supervisor leaves behind when it is killed.
///
///   1. It ignores SIGINT, SIGTERM and SIGHUP, asks not to die with its parent, and writes one byte: it can be relied
///   on.
///   2. It reads lines, each the absolute path of a cgroup, until the other end closes, which only the supervisor
///   holds.
///   3. It kills what is in those cgroups and removes them, and ends: after a second at most, done or not.
///
/// It touches only folders in a cgroup file system whose name begins with "bulkhead-".
int run_janitor(int stream);

} // namespace bulkhead::workers
