#pragma once

#include "harness/sys/fd.hpp"
#include "harness/sys/pidfd.hpp"

#include <chrono>
#include <filesystem>

namespace bulkhead::run {

/// A process that removes what the supervisor leaves behind when it is killed: cgroups, with whatever is still in them.
/// It outlives the supervisor, for a second at most. See workers/janitor.hpp for what it removes.
class Janitor {
public:
    /// On return it no longer depends on the supervisor's life. Throws std::system_error when it cannot be started.
    Janitor(const std::filesystem::path& host_program, const sys::Fd& null);
    Janitor(const Janitor&) = delete;
    Janitor& operator=(const Janitor&) = delete;
    /// Has what was watched removed, where it is still there, and reaps the process.
    ~Janitor();

    /// Tell it of a cgroup before it is made: then no instant is left at which nobody would remove it. Throws
    /// std::system_error when the janitor is gone, or has not taken it within two seconds.
    void watch(const std::filesystem::path& cgroup);

    /// True when it has ended, or does not hear: another is to be started, and told of everything. One that is stopped
    /// once counts as deaf from then on.
    [[nodiscard]] bool is_lost();
    [[nodiscard]] pid_t pid() const { return process_.pid(); }

private:
    sys::Fd stream_;    ///< it acts when this closes
    bool deaf_ = false; ///< somebody keeps it from reading, or has done so
    sys::Pidfd process_;
};

} // namespace bulkhead::run
