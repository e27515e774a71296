#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <system_error>
#include <variant>
#include <vector>

namespace bulkhead::sys {

/// What /proc/PID/status says of a process (proc(5)). A zombie still has one, without memory.
struct ProcessStatus {
    std::string name{};
    char state = '?';                   ///< R, S, D, T, t, Z, X
    pid_t parent = 0;                   ///< 0: outside of this PID namespace
    std::uint32_t threads = 0;          ///< of a zombie 1: what is left of the main thread
    std::uint32_t descriptor_slots = 0; ///< size of the descriptor table; 0: there is none
    std::optional<std::uint64_t> size_kib{};
    std::optional<std::uint64_t> resident_kib{};
    bool operator==(const ProcessStatus&) const = default;
};
/// nullopt for what is no such text.
std::optional<ProcessStatus> parse_status(std::string_view text);
/// nullopt when there is no such process.
std::optional<ProcessStatus> status_of(pid_t pid);

/// An open descriptor, and what it refers to: "/dev/null", "pipe:[4711]", "anon_inode:[eventfd]".
struct Descriptor {
    int number = 0;
    std::string target;
    bool operator==(const Descriptor&) const = default;
};
/// By number; or why they may not be looked at.
std::variant<std::vector<Descriptor>, std::error_code> descriptors_of(pid_t pid);

/// How a thread is scheduled: /proc/PID/task/TID/stat.
struct Schedule {
    char state = '?';
    int priority = 0; ///< the kernel's: 20 + nice for ordinary threads, below 0 for real-time ones
    int nice = 0;
    std::string policy; ///< "SCHED_OTHER", ...
    bool operator==(const Schedule&) const = default;
};
/// nullopt for what is no such text.
std::optional<Schedule> parse_stat(std::string_view text);
/// nullopt when there is no such thread.
std::optional<Schedule> schedule_of(pid_t pid, pid_t tid);

} // namespace bulkhead::sys
