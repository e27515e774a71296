#include "workers/checked.hpp"
#include "workers/counter.hpp"
#include "workers/workload.hpp"

#include <atomic>
#include <sys/mman.h>
#include <unistd.h>

// Workloads for what isolation costs: they need nothing of each other, and differ in what they cannot help sharing.

namespace bulkhead::workers::workloads {
namespace {

constexpr int steps = 1000; ///< of an op; some microseconds
constexpr std::size_t mapped_bytes = 256 * 1024;
constexpr std::size_t page_bytes = 4096;

struct alignas(64) OwnLine {
    volatile std::uint64_t value;
};
std::array<OwnLine, most_workers_of_a_host> own_lines;

/// Eight of them in each cache line. Atomic, as counters for statistics are: each addition has to own the line, while
/// plain stores wait in the store buffer until it comes by, and hide most of what the sharing costs.
alignas(64) std::array<std::atomic<std::uint64_t>, most_workers_of_a_host> shared_lines;

void step(volatile std::uint64_t& value)
{
    for (int i = 0; i < steps; ++i)
        value = counter_next(value);
}

} // namespace

void compute(Workplace& place)
{
    step(own_lines[place.thread].value);
}

void share_line(Workplace& place)
{
    for (int i = 0; i < steps; ++i)
        shared_lines[place.thread].fetch_add(1, std::memory_order_relaxed);
}

/// Each page is a fault, and each call changes the address space; both take its lock (mmap_lock).
void allocate(Workplace& /*place*/)
{
    void* const start =
        ::mmap(nullptr, mapped_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (start == MAP_FAILED)
        return;
    for (std::size_t offset = 0; offset < mapped_bytes; offset += page_bytes)
        static_cast<volatile char*>(start)[offset] = 1;
    ::munmap(start, mapped_bytes);
}

} // namespace bulkhead::workers::workloads
