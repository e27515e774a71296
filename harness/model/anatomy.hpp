#pragma once

#include "harness/model/experiment.hpp"
#include "harness/model/judge.hpp"
#include "harness/sys/kcmp.hpp"
#include "harness/sys/maps.hpp"
#include "harness/sys/process.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What a live pool is made of: its processes and threads as the kernel shows them, where in their address spaces the
// parts of each worker lie, and what any two of the workers have in common.

namespace bulkhead::model {

/// A part of an address space of which a worker has something.
enum class Part : std::uint8_t { code, global, heap, stack, thread_local_storage, segment };
inline constexpr std::size_t part_count = 6;
inline constexpr std::array<Part, part_count> all_parts{
    Part::code, Part::global, Part::heap, Part::stack, Part::thread_local_storage, Part::segment};
std::string_view to_string(Part part); // "code", "global", "heap", "stack", "thread_local", "segment"

/// Of a pool that is looked at: each pair of its workers is.
inline constexpr std::uint32_t most_workers_of_anatomy = 64;

inline constexpr std::size_t resource_count = 6;
inline constexpr std::array<sys::Resource, resource_count> all_resources{sys::Resource::vm, sys::Resource::files,
                                                                         sys::Resource::fs, sys::Resource::sighand,
                                                                         sys::Resource::io, sys::Resource::sysvsem};
std::string_view to_string(sys::Resource resource); // "vm", "files", "fs", "sighand", "io", "sysvsem"
/// What a thread may stop sharing with its cell-mates: unshare(2).
inline constexpr std::array<sys::Resource, 3> unshareable{sys::Resource::files, sys::Resource::fs,
                                                          sys::Resource::sysvsem};

/// Something of a worker's, and the line of its host's /proc/PID/maps in which it lies.
struct Address {
    Part part = Part::code;
    std::uint64_t value = 0;
    std::optional<sys::MapsLine> mapping{}; ///< nullopt: nothing is mapped there, or the kernel does not tell
    /// The control of the write test: seen from its own address space, it did not hold what was to be written before
    /// the write, and did after it. nullopt where nothing was written (code), or nobody may look.
    std::optional<bool> control_holds{};
    bool operator==(const Address&) const = default;
};

struct WorkerAnatomy {
    WorkerId id;
    std::int32_t tid = 0;
    std::optional<sys::Schedule> schedule{};
    std::vector<Address> addresses{};
    bool operator==(const WorkerAnatomy&) const = default;
};

/// nullptr: it has no such part.
const Address* address_of(const WorkerAnatomy& worker, Part part);

struct HostAnatomy {
    std::uint32_t number = 0;
    std::int32_t pid = 0;
    std::optional<sys::ProcessStatus> status{};
    std::optional<std::uint64_t> proportional_kib{}; ///< of its memory (PSS)
    std::vector<sys::Descriptor> descriptors{};
    std::string why_no_descriptors{}; ///< they may not be looked at; empty: they are all of them
    bool operator==(const HostAnatomy&) const = default;
};

/// The kernel's word for whether two have the very same thing.
enum class Common : std::uint8_t { unknown, yes, no };

/// What lies at a worker's address in the address space in which another one lives.
enum class Sight : std::uint8_t {
    unknown,
    seen,          ///< what the worker wrote: it is the same memory
    other_memory,  ///< something, and the worker's write did not change it
    nothing_there, ///< nothing is mapped at this address
    same_file      ///< the same page of the same file, read-only: it is never written
};

/// What one worker has in common with another, and what the other sees of its writes.
struct Pair {
    WorkerId writer;
    WorkerId reader;
    std::array<Common, resource_count> resources{}; ///< by sys::Resource
    std::array<Sight, part_count> parts{};          ///< by Part
    std::vector<std::string> why_unknown{};         ///< where something is; each reason once
    bool operator==(const Pair&) const = default;
};

/// Adds the reason, unless it is there.
void note_unknown(Pair& pair, std::string why);

struct Anatomy {
    Shape shape;
    Launch launch = Launch::exec;
    Containment containment{};
    /// What the last thread of each host was to keep for itself by unshare(2).
    std::vector<sys::Resource> unshared{};
    std::vector<HostAnatomy> hosts{};     ///< by number
    std::vector<WorkerAnatomy> workers{}; ///< in pool order
    std::vector<Pair> pairs{};            ///< each with each, both ways
    /// A host that was killed and not yet reaped; nullopt when none was.
    std::optional<HostAnatomy> remains{};
};

/// What was found at an address in somebody's address space: a worker's cell is two words, the second one inverted.
struct Glance {
    std::uint64_t value = 0;
    std::uint64_t inverted = 0;
    bool is_mapped = false;
    std::string refused{}; ///< why nobody may look there; empty: one may
};

/// What a look before a write and one after it say together. `seen` only if memory changed from something else to
/// exactly what was written; unknown if it changed to anything else.
Sight sight_of(const Glance& before, const Glance& after, std::uint64_t written);

/// The same for code, which is never written: what the maps say of both.
Sight sight_of_code(const std::optional<sys::MapsLine>& writer, const std::optional<sys::MapsLine>& reader);

/// How many of the pairs in this relation answered so.
std::uint32_t count(const Anatomy& anatomy, Relation relation, sys::Resource resource, Common answer);
std::uint32_t count(const Anatomy& anatomy, Relation relation, Part part, Sight answer);
std::uint32_t count_pairs(const Anatomy& anatomy, Relation relation);

/// Addresses whose control holds, of how many that were written to.
std::pair<std::uint32_t, std::uint32_t> controls_that_hold(const Anatomy& anatomy);

/// Named figures that follow from it; one that cannot be known is left out.
///
///   seen_by_cell_mates.PART, seen_by_other_hosts.PART              share of pairs that see a write; PART but code
///   shared_with_cell_mates.RESOURCE, shared_with_other_hosts.RESOURCE   share of pairs; RESOURCE, or code
///   placed.*                                                       share of workers; see the figure catalogue
///   pss_kib_per_worker, rss_kib_per_worker, threads_per_host, descriptors_per_host
///   known.id, known.state (share of hosts), known.priority (share of workers)
///   zombie.id, zombie.state (1: it has), zombie.memory (KiB), zombie.threads, zombie.descriptors
std::vector<std::pair<std::string, double>> anatomy_figures(const Anatomy& anatomy);

} // namespace bulkhead::model
