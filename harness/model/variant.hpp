#pragma once

#include "harness/model/channel.hpp"
#include "harness/model/containment.hpp"
#include "harness/model/supervision.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::model {

/// What workers do while nothing is wrong.
enum class Workload : std::uint8_t {
    counter,       ///< each computes a sequence of its own
    ledger,        ///< all move money between accounts whose sum stays the same
    compute,       ///< each computes without a pause, on memory of its own
    allocate,      ///< each maps, touches and unmaps memory
    false_sharing, ///< each adds to a counter of its own, which lies in one cache line with the others'
    ring,          ///< each sends messages to the next one, the last to the first
    jobs,          ///< each does the jobs that the supervisor hands to it, and tells their results
    serve,         ///< all answer the requests of clients outside the pool
    owned_ledger   ///< as the ledger, but only one worker reaches the accounts, and the others ask it by messages
};
inline constexpr Workload workloads[] = {Workload::counter,  Workload::ledger,        Workload::compute,
                                         Workload::allocate, Workload::false_sharing, Workload::ring,
                                         Workload::jobs,     Workload::serve,         Workload::owned_ledger};

/// A host of the ring gets two descriptors for each of its threads, and so many go in one message (SCM_RIGHTS takes
/// 253, unix(7)).
inline constexpr std::uint32_t most_ring_threads = 120;

/// A host with the owner of the ledger gets two descriptors for each client of the pool, and two more for each of its
/// own threads that is one: threads and workers together.
inline constexpr std::uint32_t most_owner_threads_and_workers = most_ring_threads + 2;

/// How the ledger's accounts are kept from being changed by two workers at once.
enum class Locking : std::uint8_t {
    none,
    plain,
    robust, ///< the next owner takes over from one that died, and looks at nothing
    repair  ///< it also finishes the transfer that the dead owner had begun
};
inline constexpr Locking lockings[] = {Locking::none, Locking::plain, Locking::robust, Locking::repair};

/// How often a job may be handed out.
enum class Delivery : std::uint8_t {
    at_most_once, ///< once: what its worker had at its death is not handed out again
    at_least_once ///< until somebody has told its result
};
inline constexpr Delivery deliveries[] = {Delivery::at_most_once, Delivery::at_least_once};

/// Where in its turn the victim commits the fault.
enum class InjectionPoint : std::uint8_t { between_ops, inside_op };
inline constexpr InjectionPoint injection_points[] = {InjectionPoint::between_ops, InjectionPoint::inside_op};
std::string_view to_string(InjectionPoint point); // "between-ops", "inside-op"

/// What separates and connects the hosts of a cell, and where its victim fails, as the file says it.
struct Surroundings {
    SharedMedia shared{}; ///< with the lock that a segment brings
    Guard guard = Guard::none;
    Limits limits{};
    InjectionPoint at = InjectionPoint::between_ops;
    bool operator==(const Surroundings&) const = default;
};

/// What varies between the cells of an experiment beside the shape and the fault. What may be missing is there only
/// where the experiment has several of it, and where it is not what is usual (nothing, none, between ops), as with
/// locks: a value that is added to a file leaves the names and the seeds of its other cells as they were.
struct Variant {
    Workload workload = Workload::counter;
    Locking locking = Locking::plain;           ///< of the ledger
    ChannelKind channel = ChannelKind::pipe;    ///< of the ring, and of the ledger that one owns
    Delivery delivery = Delivery::at_most_once; ///< of the jobs
    Strategy strategy = Strategy::never;
    std::optional<SharedMedia> shared{};
    std::optional<Guard> guard{};
    std::optional<Limits> limits{};
    std::optional<InjectionPoint> at{};
    bool operator==(const Variant&) const = default;
};

/// What a worker of it does in each op.
std::string_view sentence_of(Workload workload);
std::string_view to_string(Workload workload); // "counter", ..., "false-sharing"
std::string_view to_string(Locking locking);   // "none", "plain", "robust", "repair"
std::string_view to_string(Delivery delivery); // "at-most-once", "at-least-once"

/// What an experiment has several of, in the order of the file. Of an empty list `counter`, `plain`, `pipe`,
/// `at-most-once` and `never` is taken; of the last four what the experiment has for all, as where there is but one.
struct Axes {
    std::vector<Workload> workloads{};
    std::vector<Locking> lockings{};
    std::vector<ChannelKind> channels{};
    std::vector<Delivery> deliveries{};
    std::vector<Strategy> strategies{};
    std::vector<SharedMedia> shared{};
    std::vector<Guard> guards{};
    std::vector<Limits> limits{};
    std::vector<InjectionPoint> points{};
};

/// Every workload with every lock, channel and delivery that it has use for, and with every value of the other axes.
std::vector<Variant> variants_of(const Axes& axes);
/// True when it differs from others of its experiment in what its hosts share, or how they are guarded or limited.
bool has_own_surroundings(const Variant& variant);
/// False for a lock that only the ledger knows, or that the workload does not take.
bool has_use_for(Workload workload, Locking locking);
/// True for the workloads that send messages.
bool uses_channels(Workload workload);
/// True for the workload whose workers each send to the next one.
bool is_ring(Workload workload);
/// True for the workload in which everybody waits on one worker, the pool's first, for each op.
bool has_owner(Workload workload);
/// The owner waits for all of its clients at once, which is not to be had of rings in memory.
bool has_use_for(Workload workload, ChannelKind channel);
/// True for the workload that the supervisor hands out.
bool has_jobs(Workload workload);
/// False for those whose workers wait for a job or for a client.
bool works_at_its_pace(Workload workload);

/// "counter", "ledger lock=robust supervise=one-for-all", "ring channel=tcp", "jobs delivery=at-least-once",
/// "counter share=segment,lock guard=catch limits=nofile=64 at=inside-op": only what the workload has use for, and of
/// the last four what the experiment has several of, and is not usual.
std::string to_string(const Variant& variant);
/// Reads what to_string wrote; nullopt for anything else.
std::optional<Variant> parse_variant(std::string_view text);

} // namespace bulkhead::model
