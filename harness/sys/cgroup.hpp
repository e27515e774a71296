#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace bulkhead::sys {

enum class Controller : std::uint8_t { memory, pids };

/// Where the cgroup of that name is, or would be: so that a janitor can know of it before it is made. Throws
/// std::system_error where no hierarchy has the controller.
std::filesystem::path path_of_cgroup(Controller controller, std::string_view name);

/// A cgroup without children, for one controller: cgroup v1 or v2, whichever has it. Made and removed by its owner; a
/// supervisor that is killed leaves it behind. Every call throws std::system_error with the file in question.
class Cgroup {
public:
    /// In v1 a child of the caller's own cgroup. In v2 a child or a sibling of it: there a cgroup that holds processes
    /// cannot pass a controller on to children.
    Cgroup(Controller controller, std::string_view name);
    Cgroup(const Cgroup&) = delete;
    Cgroup& operator=(const Cgroup&) = delete;
    /// Removes it. Waits for members that are just being reaped, but not long; one that still has members stays.
    ~Cgroup();

    /// Bytes, of memory and swap together, in whole pages; or the number of processes and threads.
    void limit(std::uint64_t value) const;
    /// The limit as the kernel tells it; the greatest number for none.
    [[nodiscard]] std::uint64_t limit_read_back() const;
    /// Moves a process there, with all its threads. Memory that it has already stays charged to where it was.
    void add(pid_t pid) const;
    /// The kernel's own count of processes that it killed there for want of memory. Of a memory cgroup only.
    [[nodiscard]] std::uint64_t oom_kills() const;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    Controller controller_;
    bool v2_ = false;
    std::filesystem::path path_;
};

/// Makes a cgroup, limits it, moves a process there and removes it again. Empty when all that works; else what did not,
/// in words.
std::string why_no_cgroup(Controller controller);

} // namespace bulkhead::sys
