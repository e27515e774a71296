#pragma once

// The black box: one memfd for each host, mapped by that host and by the supervisor, and by nobody else. It outlives
// the host, so that what a worker wrote last can be read after its death.
//
//   1. Before launch the supervisor writes the Header, and the first call (prove) into every Slot.
//   2. A worker that sees a new call number does what is called for: `prove` = complete `call_ops` ops at once, then
//      write the answer; `strike` = complete `call_ops` ops at once, then commit the fault; `stop` = end the host.
//   3. A worker that has answered takes one from `pending`; the one that takes the last rings the bell (an eventfd).
//      So the supervisor is woken once for each host and call.
//   4. In between, a worker completes an op every `pace_us` and sleeps on its call word (a futex) meanwhile.
//
// The host may write anything here at any moment, wrongly too: the supervisor believes nothing without a check.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace bulkhead::workers {

inline constexpr std::uint64_t box_magic = 0x64616568'6b6c7562U; // "bulkhead", little-endian
inline constexpr std::uint32_t box_version = 1;
inline constexpr std::size_t cache_line = 64;
inline constexpr std::size_t max_fault_name = 32;

/// Descriptors that a host finds at its start.
inline constexpr int box_descriptor = 3;
inline constexpr int bell_descriptor = 4;
inline constexpr int zygote_descriptor = 3; ///< a zygote finds its socket

/// What a host says by its exit code when it cannot even start; no workload or fault of ours uses these.
inline constexpr int exit_bad_box = 101;   ///< no black box, or one of another version
inline constexpr int exit_no_thread = 102; ///< a worker's thread could not be started
inline constexpr int exit_supervisor_gone = 103;

enum class CallKind : std::uint32_t { prove, strike, stop };
enum class At : std::uint32_t { between_ops, inside_op };

/// Where a worker is in its life.
enum class State : std::uint32_t {
    absent, ///< its thread has not started
    working,
    striking,    ///< it is about to commit the fault, or has
    went_on,     ///< the fault came back as it should, and the worker took up its work
    did_not_take ///< the fault came back though it should not
};

/// Written by the supervisor before launch. The host only reads it, but for `pending`.
struct alignas(cache_line) Header {
    std::uint64_t magic;
    std::uint32_t version;
    std::uint32_t threads;
    std::uint32_t host;      ///< its number in the pool
    std::int32_t supervisor; ///< pid; a host whose parent is another ends at once
    std::uint32_t pace_us;
    At at;
    std::uint64_t seed;         ///< of the trial; each worker derives its own
    char fault[max_fault_name]; ///< id of the catalogue row that a `strike` commits, zero-terminated
    alignas(cache_line) std::atomic<std::uint32_t> pending;
};

/// One worker's part. Each group of fields that has a writer of its own has cache lines of its own.
struct alignas(cache_line) Slot {
    // Written by the supervisor.
    std::atomic<std::uint32_t> call; ///< number of the latest call; the worker sleeps on this word
    CallKind call_kind;
    std::uint64_t call_ops;
    // Written by the worker at each op.
    alignas(cache_line) std::atomic<std::uint64_t> ops; ///< completed
    std::atomic<std::uint64_t> check_failures;          ///< ops that found the worker's own state broken
    std::atomic<std::int32_t> tid;
    std::atomic<State> state;
    // Written by the worker when it has answered a call.
    alignas(cache_line) std::atomic<std::uint32_t> answered; ///< number of the call; the fields below belong to it
    std::atomic<std::uint64_t> answer_ops;
    std::atomic<std::uint64_t> answer_value; ///< the workload's value after answer_ops ops
    std::atomic<std::int64_t> answer_at;     ///< CLOCK_MONOTONIC, ns
    // Written by the victim right before it commits the fault.
    alignas(cache_line) std::atomic<std::int64_t> fired_at; ///< CLOCK_MONOTONIC, ns; 0 = it has not
    std::atomic<std::uint64_t> fired_ops;
};

static_assert(std::atomic<std::uint64_t>::is_always_lock_free);
static_assert(sizeof(Header) % cache_line == 0 && sizeof(Slot) == 4 * cache_line);

constexpr std::size_t box_size(std::uint32_t threads)
{
    return sizeof(Header) + threads * sizeof(Slot);
}

} // namespace bulkhead::workers
