#pragma once

// The black box: one memfd for each host, mapped by that host and by the supervisor, and by nobody else. It outlives
// the host, so that what a worker wrote last can be read after its death.
//
//   1. Before launch the supervisor writes the Header, and the first call (prove) into every Slot.
//   2. A worker that sees a new call number does what is called for: `prove` = complete `call_ops` ops at once, then
//      write the answer; `strike` = complete `call_ops` ops at once, then commit the fault; `stop` = end the host.
//   3. A worker that has answered takes one from `pending`; the one that takes the last rings the bell (an eventfd), if
//      the supervisor has set `awaited`. Who waits for several hosts sets it for one after the other, and looks at each
//      again thereafter: so it is not woken by each of them.
//   4. With `commons` a worker also writes a probe of its process-wide state into its part behind the slots, before
//      it answers a `prove`. A `burst` is answered after ops without a pause until `call_ops` (CLOCK_MONOTONIC,
//      ns), the same moment for all: who gets a processor late must not have it for longer than the others.
//   5. An `audit` is answered with what the worker's host keeps for all of its workers (Count). Nobody there may be at
//      an op that was called for.
//   6. In between, a worker completes an op every `pace_us` and sleeps on its call word (a futex) meanwhile. One that
//      has answered completes an op before it sleeps.
//   7. A worker tells once, before its first answer, where its parts lie in its address space.
//   8. A worker of the ring gives in its answer to an `audit` what it has had of its neighbours, after it has waited
//   for
//      the `call_ops` messages that the one before says it has sent. A `trip` is answered after `call_ops` round trips.
//   9. Around a fault in a channel its neighbours are called, too. `hush`: receive nothing more until the next `prove`.
//      `listen`: wait until the channel shows something else than a message. `press`: send until it shows something
//      else than that it has room. Whoever waits says so in `waits` and rings; it gives up when the supervisor has set
//      `let_off`.
//  10. Workers of a workload whose work comes from outside are engaged: `engage` = take one piece of work after
//  another,
//      each with an op, until the pool closes, which a socket tells that all its hosts were handed an end of; then
//      answer. There a `strike` counts pieces, and whoever comes back from the fault works on until the pool closes,
//      and answers. Each of these answers rings the bell and takes nothing from `pending`.
//
// The host may write anything here at any moment, wrongly too: the supervisor believes nothing without a check.

#include "harness/model/channel.hpp"
#include "harness/model/variant.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace bulkhead::workers {

inline constexpr std::uint64_t box_magic = 0x64616568'6b6c7562U; // "bulkhead", little-endian
inline constexpr std::uint32_t box_version = 5;
inline constexpr std::size_t cache_line = 64;
inline constexpr std::size_t max_fault_name = 32;

/// Descriptors that a host finds at its start.
inline constexpr int box_descriptor = 3;
inline constexpr int bell_descriptor = 4;
/// From here on come the things that the hosts share, in the order of Shared.
inline constexpr int first_shared_descriptor = 5;
inline constexpr std::size_t most_shared_descriptors = 6;
/// Then come the ends of channels: for each thread the one that it receives from, and the one that it sends to. Where
/// work comes from outside there is the socket that tells of the closing instead, and behind it what the workload has.
inline constexpr std::size_t most_descriptors =
    first_shared_descriptor - box_descriptor + most_shared_descriptors + 2 * model::most_ring_threads;
inline constexpr int zygote_descriptor = 3; ///< a zygote finds its socket
/// Hosts that a zygote forks for one request, and descriptors that they have together when they are more than one: each
/// child has to close those of the others.
inline constexpr std::uint32_t most_forked_at_once = 8;
inline constexpr std::size_t most_descriptors_at_once = 16;
static_assert(most_descriptors_at_once <= most_descriptors);

/// What a host says by its exit code when it cannot even start; no workload or fault of ours uses these.
inline constexpr int exit_bad_box = 101;   ///< no black box, or one of another version
inline constexpr int exit_no_thread = 102; ///< a worker's thread could not be started
inline constexpr int exit_supervisor_gone = 103;
inline constexpr int exit_no_commons = 104; ///< what the workers are to have in common could not be made
inline constexpr int exit_no_limit = 105;   ///< a limit could not be set

enum class CallKind : std::uint32_t { prove, strike, stop, burst, audit, trip, hush, listen, press, engage };
enum class At : std::uint32_t { between_ops, inside_op };

/// What a host was handed by the supervisor, a bit each in Header::handed, because the hosts of the pool share it; what
/// it was not handed it makes for itself. The pipe takes two descriptors.
enum Shared : std::uint32_t {
    shared_segment = 1,
    shared_lock = 2,
    shared_file = 4,
    shared_pipe = 8,
    shared_disk = 16 ///< always handed over where there is one, for it takes rights to make
};

/// model::Locking, of the ledger.
enum class HostLocking : std::uint32_t { none, plain, robust, repair };

/// What workers count, by its place in Slot::counts.
enum class Count : std::uint32_t {
    transfers, ///< as the worker goes; the next three by an audit, of the host
    repairs,
    sum,
    changes,
    sent, ///< messages to the next worker, as this one goes
    came, ///< by an audit, of the worker before: different messages; then such as the figures of these names count
    duplicated,
    torn,
    reordered,
    refused,
    receiving, ///< as it goes: 1 + model::Passage that its channel from the worker before has shown; 0: nothing unusual
    sending,   ///< the same of its channel to the next worker
    trip_p50,  ///< by a trip, of the first worker: nanoseconds
    trip_p99,
    shared_word, ///< picoseconds; 0: it was not measured
    ahead,       ///< by a flood: messages that went before there was no room
    trip_alone   ///< by a trip, of the first worker: nanoseconds of two messages to itself
};
inline constexpr std::size_t count_kinds = 17;

/// What a thread can take out of what it shares with its cell-mates by unshare(2), a bit each in Header::unshared.
enum Unshared : std::uint32_t { unshared_files = 1, unshared_fs = 2, unshared_sysvsem = 4 };

enum class HostGuard : std::uint32_t { none, catch_all, siglongjmp };

/// Where a worker is in its life.
enum class State : std::uint32_t {
    absent, ///< its thread has not started
    working,
    striking,    ///< it is about to commit the fault, or has
    went_on,     ///< the fault came back as it should, and the worker took up its work
    did_not_take ///< the fault came back though it should not
};

/// Written by the supervisor before launch, and `awaited` later. The host only reads it, but for `pending`.
struct alignas(cache_line) Header {
    std::uint64_t magic;
    std::uint32_t version;
    std::uint32_t threads;
    std::uint32_t host;      ///< its number in the pool
    std::int32_t supervisor; ///< pid; a host whose parent is another ends at once
    std::uint32_t pace_us;
    At at;
    std::uint64_t seed;        ///< of the trial; each worker derives its own
    std::uint32_t commons;     ///< 1: the workers use what they have in common, and are probed
    std::uint32_t handed;      ///< see Shared
    std::uint32_t robust_lock; ///< 1: the lock is robust
    HostLocking ledger_locking;
    std::uint32_t uses_pipe;   ///< 1: every op writes to the pipe, and one worker reads it
    std::uint32_t pipe_reader; ///< thread that does; no thread's number: it is in another host
    HostGuard guard;
    std::uint32_t memory_mib; ///< RLIMIT_AS; 0: none
    std::uint32_t nofile;     ///< RLIMIT_NOFILE; 0: none
    std::uint32_t nproc;      ///< RLIMIT_NPROC; 0: none
    std::uint32_t cpu_s;      ///< RLIMIT_CPU; 0: none
    std::uint32_t nice;       ///< added to the nice value
    std::uint32_t unshared;   ///< what its last thread does not share with the others: see Unshared
    std::uint32_t first_end;  ///< descriptor of the first end of a channel; 0: the workers have no channels
    std::uint32_t closing;    ///< descriptor that is hung up once the pool closes; 0: no work comes from outside
    std::uint32_t workers;    ///< of the whole pool
    model::ChannelKind channel;
    char workload[max_fault_name]; ///< what workers do in each op, zero-terminated; empty: they only count
    char fault[max_fault_name];    ///< id of the catalogue row that a `strike` commits, zero-terminated
    alignas(cache_line) std::atomic<std::uint32_t> pending;
    std::atomic<std::uint32_t> awaited; ///< 1: the bell is to be rung when nothing is pending any more
};

/// What a worker tells the address of, in the order of model::Part. Each op writes its value to all but the code, a
/// Cell each; the segment counts ops.
enum Part : std::uint32_t {
    part_code,
    part_global,
    part_heap,
    part_stack,
    part_thread_local,
    part_segment,
    part_count
};

/// One worker's part. Each group of fields that has a writer of its own has cache lines of its own.
struct alignas(cache_line) Slot {
    // Written by the supervisor.
    std::atomic<std::uint32_t> call; ///< number of the latest call; the worker sleeps on this word
    CallKind call_kind;
    std::uint64_t call_ops;
    std::atomic<std::uint32_t> let_off; ///< 1: whoever listens or presses need not wait any longer
    // Written by the worker at each op.
    alignas(cache_line) std::atomic<std::uint64_t> ops; ///< completed
    std::atomic<std::uint64_t> check_failures;          ///< ops that found the worker's own state broken
    std::atomic<std::int32_t> tid;
    std::atomic<State> state;
    std::atomic<std::uint32_t> waits;  ///< 1: it listens, or presses and has no room
    std::atomic<std::uint32_t> broken; ///< places that failed a check, a bit each: model::Place
    // Written by the worker when it has answered a call.
    alignas(cache_line) std::atomic<std::uint32_t> answered; ///< number of the call; the fields below belong to it
    std::atomic<std::uint64_t> answer_ops;
    std::atomic<std::uint64_t> answer_value; ///< the workload's value after answer_ops ops
    std::atomic<std::int64_t> answer_at;     ///< CLOCK_MONOTONIC, ns
    // Written by the victim right before it commits the fault.
    alignas(cache_line) std::atomic<std::int64_t> fired_at; ///< CLOCK_MONOTONIC, ns; 0 = it has not
    std::atomic<std::uint64_t> fired_ops;
    // Written by the worker as it goes.
    alignas(cache_line) std::array<std::atomic<std::uint64_t>, count_kinds> counts; ///< see Count
    // Written by the worker once: by Part; 0: it has no such part.
    std::array<std::atomic<std::uint64_t>, part_count> addresses;
};

static_assert(std::atomic<std::uint64_t>::is_always_lock_free);
static_assert(sizeof(Header) % cache_line == 0 && sizeof(Slot) == 7 * cache_line);

/// One worker's latest probe: lines "what=how it is".
struct Probe {
    std::atomic<std::uint32_t> bytes;
    char text[16 * 1024 - sizeof(std::uint32_t)];
};

constexpr std::size_t box_size(std::uint32_t threads, bool commons = false)
{
    return sizeof(Header) + threads * (sizeof(Slot) + (commons ? sizeof(Probe) : 0));
}

} // namespace bulkhead::workers
