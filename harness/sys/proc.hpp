#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace bulkhead::sys {

/// Children of the calling thread, not of the process's other threads, that have not been reaped:
/// /proc/thread-self/children. Empty where the kernel does not tell (CONFIG_PROC_CHILDREN).
std::vector<pid_t> children_of_thread();

/// What a process was executed with, the program included: /proc/PID/cmdline. Empty when it has ended.
std::vector<std::string> arguments_of(pid_t pid);

/// True while the thread exists and is not a zombie (a main thread that ended before its process is one):
/// /proc/PID/task/TID/stat, proc(5). Throws std::system_error when that cannot be read for another reason.
bool thread_runs(pid_t pid, pid_t tid);

/// How the scheduler sees a thread: /proc/PID/task/TID/stat and schedstat (proc(5), sched-stats.rst).
struct ThreadLook {
    char state = '?';            ///< R, S, D, T, t, Z, X
    std::uint64_t run_ns = 0;    ///< processor time it has had
    std::uint64_t waited_ns = 0; ///< time it was ready to run and did not
    std::uint64_t turns = 0;     ///< times it was given a processor
    bool operator==(const ThreadLook&) const = default;
};
/// nullopt when the thread is gone, or the kernel does not tell.
std::optional<ThreadLook> look_at_thread(pid_t pid, pid_t tid);
/// The memory of a process: /proc/PID/smaps_rollup, proc(5).
struct Memory {
    std::uint64_t proportional_kib = 0; ///< PSS: each page divided by the processes that have it
    std::uint64_t unique_kib = 0;       ///< private pages: free again if the process were gone
};
/// nullopt when the process is gone or is a zombie, or the kernel does not tell.
std::optional<Memory> memory_of(pid_t pid);

/// The threads of a process, by /proc/PID/task; none when it is gone.
std::vector<pid_t> threads_of(pid_t pid);

/// The device and inode of the program that a process runs (/proc/PID/exe); it changes by execve(2). Empty when it
/// cannot be read.
std::string program_of(pid_t pid);

/// The calling process's own pid: getpid(2).
pid_t own_pid() noexcept;

/// True when the caller may execute the file: access(2), X_OK.
bool may_execute(const char* path) noexcept;

/// Whoever started us may have SIGCHLD ignored, and then the kernel reaps children by itself: wait(2), notes.
void take_children_by_default();

/// Raises the soft limit of open files to the hard one, because each host takes three of the supervisor's descriptors.
/// Returns the limit.
std::size_t raise_open_file_limit();

} // namespace bulkhead::sys
