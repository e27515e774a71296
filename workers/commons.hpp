#pragma once

#include "workers/blackbox.hpp"
#include "workers/checked.hpp"
#include "workers/ledger.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <pthread.h>
#include <span>

namespace bulkhead::workers {

/// In the order of model::Place.
inline constexpr std::uint32_t shared_record_is_broken = 1U << 4U;

/// The lock, in memory of its own: hosts may share it and nothing else.
struct LockPage {
    std::atomic<std::uint32_t> ready; ///< 0: not yet, 1: somebody is at it, 2: the mutex can be used
    pthread_mutex_t mutex;
};

/// The segment: a record that everybody updates under the lock, and a record for each worker of the pool.
struct Segment {
    Cell shared_record;
    Ledger ledger;
    std::uint64_t scratch[2]; ///< for probes: the kernel is asked to write here
    std::array<Cell, most_workers_of_a_host> own_records;
};

/// What the workers of a host have in common, and use in every op: a segment, a lock, an open file with a record lock
/// on it, the heap; and in some trials a pipe and a small disk. Made by the host, or handed over by the supervisor
/// where the hosts of the pool share it.
class Commons {
public:
    /// Ends the process with exit_no_commons when something cannot be made.
    Commons(const Header& header, std::uint32_t most_threads);

    /// A worker's use of all of it, once in each op. Gives the places that failed a check, a bit each (model::Place).
    std::uint32_t use(std::uint32_t thread);

    // What faults take for themselves, and probes look at.
    void take_lock();
    void release_lock();
    /// In the segment where the hosts share one, else on the heap.
    [[nodiscard]] Ledger& ledger() const { return *ledger_; }
    [[nodiscard]] HostLocking ledger_locking() const { return ledger_locking_; }
    [[nodiscard]] bool keeps_ledger() const { return keeps_ledger_; } ///< it is the workload
    [[nodiscard]] Segment& segment() const { return *segment_; }
    [[nodiscard]] std::size_t segment_bytes() const;
    /// Counts the worker's ops.
    [[nodiscard]] Cell& own_record(std::uint32_t thread) const { return segment_->own_records[first_record_ + thread]; }
    [[nodiscard]] int segment_file() const { return segment_file_; }
    [[nodiscard]] int file() const { return file_; }
    [[nodiscard]] std::uint32_t file_lock_place() const { return host_; } ///< byte that this host has locked
    [[nodiscard]] int pipe_write_end() const { return pipe_[1]; }         ///< -1: no pipe
    [[nodiscard]] int disk() const { return disk_; }                      ///< a folder, O_PATH; -1: none
    [[nodiscard]] bool reads_pipe(std::uint32_t thread) const { return pipe_[0] >= 0 && thread == pipe_reader_; }

private:
    void map_segment(const Header& header, int& next);
    void map_lock(const Header& header, int& next);
    void open_file(const Header& header, int& next);
    void open_pipe(const Header& header, int& next);
    std::uint32_t update_shared_record();
    void use_heap() const;
    void use_pipe(std::uint32_t thread) const;

    Segment* segment_ = nullptr;
    Ledger* ledger_ = nullptr;
    HostLocking ledger_locking_ = HostLocking::plain;
    bool keeps_ledger_ = false;
    LockPage* lock_ = nullptr;
    int segment_file_ = -1;
    int file_ = -1;
    std::array<int, 2> pipe_{-1, -1};
    int disk_ = -1;
    std::uint32_t host_ = 0;
    std::uint32_t first_record_ = 0; ///< of this host in the segment
    std::uint32_t pipe_reader_ = 0;
};

/// So small that what a whole pool of 1,024 workers writes between two turns of the reader fits into a pipe (64 KiB):
/// who waits to write waits for a reader that has stopped, not for one that is paced.
inline constexpr std::size_t pipe_message_bytes = 4;

/// How the file looks that every host has open: so many bytes, and its offset stands here.
inline constexpr std::size_t file_bytes = 4096;
inline constexpr std::size_t file_offset = 128;

} // namespace bulkhead::workers
