#pragma once

#include <cstddef>
#include <string>
#include <sys/types.h>

namespace bulkhead::sys {

/// True while the thread exists and is not a zombie (a main thread that ended before its process is one):
/// /proc/PID/task/TID/stat, proc(5).
bool thread_runs(pid_t pid, pid_t tid);

/// The device and inode of the program that a process runs (/proc/PID/exe); it changes by execve(2). Empty when it
/// cannot be read.
std::string program_of(pid_t pid);

/// The calling process's own pid: getpid(2).
pid_t own_pid() noexcept;

/// True when the caller may execute the file: access(2), X_OK.
bool may_execute(const char* path) noexcept;

/// Raises the soft limit of open files to the hard one, because each host takes three of the supervisor's descriptors.
/// Returns the limit.
std::size_t raise_open_file_limit();

} // namespace bulkhead::sys
