#pragma once

#include "harness/sys/pidfd.hpp"

#include <array>
#include <string>
#include <vector>

namespace bulkhead::sys {

/// What a child is to be: a program in a session of its own, that gets SIGKILL when the calling thread ends, with
/// default signal handling, no core files, /dev/null as 0, 1 and 2, and no other descriptors than those named.
struct ExecRequest {
    const char* program = nullptr;      ///< path
    char* const* arguments = nullptr;   ///< as execve(2) takes them
    char* const* environment = nullptr; ///< as execve(2) takes them
    int null = -1;                      ///< becomes 0, 1, 2
    std::array<int, 2> passed{-1, -1};  ///< become 3, 4; -1: not there
};

/// Starts the program. Costs the same whatever the size of the caller: clone(2) with CLONE_VM | CLONE_VFORK, and only
/// system calls in the child. When the child cannot become what is asked, it is reaped, and std::system_error names the
/// stage: "execve PROGRAM", "prctl", ...
Pidfd execute(const ExecRequest& request);

} // namespace bulkhead::sys
