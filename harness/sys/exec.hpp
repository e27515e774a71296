#pragma once

#include "harness/sys/pidfd.hpp"

#include <chrono>
#include <span>
#include <string>
#include <sys/types.h>

namespace bulkhead::sys {

inline constexpr pid_t own_session = 0; ///< a session and a process group of its own
inline constexpr pid_t own_group = 1;   ///< a process group of its own, in the caller's session

/// What a child is to be: a program in a session or process group of its own, that gets SIGKILL when the calling thread
/// ends, with default signal handling, no core files, /dev/null as 0, 1 and 2, and no other descriptors than those
/// named.
struct ExecRequest {
    const char* program = nullptr;           ///< path
    char* const* arguments = nullptr;        ///< as execve(2) takes them
    char* const* environment = nullptr;      ///< as execve(2) takes them
    int null = -1;                           ///< becomes 0, 1, 2
    std::span<const int> passed;             ///< become 3, 4, ...; at most max_passed
    pid_t group = own_session;               ///< the process group to join, or one of the two above
    std::chrono::milliseconds limit{10'000}; ///< a child that has not become the program by then is killed
};

inline constexpr std::size_t max_passed = 248;

/// Starts the program. Costs the same whatever the size of the caller: clone(2) with CLONE_VM | CLONE_VFORK, and only
/// system calls in the child. When the child cannot become what is asked, it is reaped, and std::system_error names the
/// stage: "execve PROGRAM", "prctl", ... The caller does not wait for longer than the limit, even if somebody stops the
/// child; but for a child that sleeps uninterruptibly, as where the program's file system does not answer, it waits as
/// long as that takes: no signal ends such a sleep.
Pidfd execute(const ExecRequest& request);

/// The calling process gets SIGKILL after so long, stopped or not, unless it executes a program before:
/// timer_create(2). False when there is no such timer. Only system calls.
bool die_after(std::chrono::milliseconds limit) noexcept;

} // namespace bulkhead::sys
