#pragma once

#include "harness/model/supervision.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bulkhead::model {

/// What a fault's effect can travel through from one worker to another. Cell-mates have all of it in common; hosts of
/// one pool have what the pool shares, and what nobody can keep apart.
enum class Medium : std::uint8_t {
    process,     ///< address space, descriptor table, signal dispositions, credentials, ...: never shared by hosts
    segment,     ///< a shared memory segment, a file behind it
    lock,        ///< a process-shared mutex
    description, ///< an open file description
    disk,        ///< a small file system
    channel,     ///< a pipe
    group,       ///< the process group
    cgroup,      ///< the cgroup that holds their limits
    threads,     ///< the limit on the number of threads
    processors   ///< the time of the processors
};

/// What an experiment can let the hosts of its pool share, by the word of the file.
inline constexpr Medium shareable[] = {Medium::segment, Medium::lock,  Medium::description, Medium::disk,
                                       Medium::channel, Medium::group, Medium::cgroup};

/// What stands in the way of a fault in the victim's own thread.
enum class Guard : std::uint8_t {
    none,
    catch_all, ///< try/catch at the thread's top
    siglongjmp ///< a handler for SIGSEGV, SIGBUS and SIGFPE on an alternate stack, that jumps back into the loop
};
inline constexpr Guard guards[] = {Guard::none, Guard::catch_all, Guard::siglongjmp};

/// Where, seen from the victim, the one worker is on whom all others wait for each op.
enum class Owner : std::uint8_t { nobody, victim, cell_mate, other_host };

/// How the number of a pool's threads is held down.
enum class ThreadLimit : std::uint8_t {
    none,
    nproc, ///< RLIMIT_NPROC: counts every thread of the user, whichever process it is in
    pids   ///< a pids cgroup for each host
};

/// Limits of each host; 0: not set.
struct Limits {
    std::uint32_t memory_mib = 0; ///< RLIMIT_AS; with via = cgroup the limit of a memory cgroup
    std::uint32_t nofile = 0;     ///< RLIMIT_NOFILE
    std::uint32_t threads = 0;    ///< beyond those that the pool has when it is ready
    std::uint32_t cpu_s = 0;      ///< RLIMIT_CPU, seconds
    bool via_cgroup = false;      ///< memory and threads by cgroups, not by setrlimit(2)
    bool operator==(const Limits&) const = default;
};

/// What the hosts of a pool share, as a value of its own: a bit for each medium.
struct SharedMedia {
    std::uint32_t bits = 0;
    bool operator==(const SharedMedia&) const = default;
};

/// Everything that separates workers beside the shape, and everything that connects them.
struct Containment {
    /// The workers of a host hold things in common (a segment, a lock, an open file, a pipe), which they use in every
    /// op, and their process-wide state is probed before and after the fault. Without it they only count.
    bool commons = false;
    bool pipe = false;        ///< every op also writes to a pipe that one worker reads; see uses_pipe
    bool disk = false;        ///< each host has a small disk
    std::uint32_t shared = 0; ///< media that hosts share, a bit each: see `shares`
    bool unlocked = false;    ///< no lock is taken: nothing that was written in common is checked
    bool robust_lock = false;
    bool repairs = false; ///< whoever takes a robust lock over also mends what its dead owner left half-done
    Guard guard = Guard::none;
    Limits limits{};
    ThreadLimit thread_limit = ThreadLimit::none; ///< what the machine offers, where a fault needs it
    /// The kernel gives each session its own share of the processors (sched(7), "autogroup"), and so each host.
    bool processors_by_host = false;
    /// A supervisor that ends some because of another connects them, however little else they share.
    Supervision supervision{};
    Owner owner = Owner::nobody; ///< nobody: no worker waits on another
    bool operator==(const Containment&) const = default;
};

constexpr std::uint32_t bit_of(Medium medium)
{
    return 1U << static_cast<std::uint32_t>(medium);
}

/// True when the workers of two hosts have this in common.
bool shares(const Containment& containment, Medium medium);

std::string_view to_string(Medium medium);
std::string_view to_string(Guard guard);           // "none", "catch", "siglongjmp"
std::string_view to_string(ThreadLimit limit);     // "none", "nproc", "pids"
std::string_view to_string(Owner owner);           // "nobody", "victim", "cell-mate", "other-host"
std::string describe(const Limits& limits);        // "memory = 64MiB, nofile = 64, via cgroup"; empty: none
std::string describe_shared(std::uint32_t shared); // "segment, lock"; "nothing"
std::string to_string(SharedMedia shared);         // "segment,lock"; "nothing"
/// Reads what to_string wrote; nullopt for anything else.
std::optional<SharedMedia> parse_shared(std::string_view text);

std::string to_string(const Limits& limits); // "memory=64MiB,nofile=64,via-cgroup"; "none"
/// Reads what to_string wrote; nullopt for anything else.
std::optional<Limits> parse_limits(std::string_view word);

/// One line that holds all of it, as the results file keeps it: "commons share=segment,lock lock=robust guard=catch".
std::string to_string(const Containment& containment);
/// Reads what to_string wrote; nullopt for anything else.
std::optional<Containment> parse_containment(std::string_view text);

} // namespace bulkhead::model
