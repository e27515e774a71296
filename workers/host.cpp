#include "workers/host.hpp"

#include "workers/blackbox.hpp"
#include "workers/checked.hpp"
#include "workers/commons.hpp"
#include "workers/loop.hpp"
#include "workers/neighbours.hpp"
#include "workers/owned_ledger.hpp"

#include <pthread.h>
#include <sched.h>
#include <string_view>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

namespace bulkhead::workers {
namespace {

constexpr std::size_t thread_stack_bytes = 256 * 1024;

/// The mapped black box, when it is one and of our version; an empty span otherwise.
std::span<std::byte> map_box(int descriptor)
{
    const off_t end = ::lseek(descriptor, 0, SEEK_END);
    if (end < static_cast<off_t>(box_size(1)))
        return {};
    const auto bytes = static_cast<std::size_t>(end);
    void* const start = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    ::close(descriptor);
    if (start == MAP_FAILED)
        return {};
    const auto& header = *static_cast<const Header*>(start);
    if (header.magic != box_magic || header.version != box_version ||
        box_size(header.threads, header.commons != 0) > bytes)
        return {};
    return {static_cast<std::byte*>(start), bytes};
}

struct Start {
    std::span<std::byte> box;
    int bell;
    std::uint32_t thread;
    Commons* commons;
    Neighbours* neighbours;
    OwnedLedger* ledger;
};

/// Where the header asks for it, the last thread gets a descriptor table, a working directory, ... of its own.
void leave_cell_mates(const Start& start)
{
    const auto& header = *reinterpret_cast<const Header*>(start.box.data());
    if (header.unshared == 0 || start.thread + 1 != header.threads)
        return;
    const int flags = ((header.unshared & unshared_files) != 0 ? CLONE_FILES : 0) |
                      ((header.unshared & unshared_fs) != 0 ? CLONE_FS : 0) |
                      ((header.unshared & unshared_sysvsem) != 0 ? CLONE_SYSVSEM : 0);
    if (::unshare(flags) != 0)
        ::_exit(exit_no_commons);
}

void* thread_main(void* argument)
{
    const Start start = *static_cast<const Start*>(argument);
    leave_cell_mates(start);
    work(start.box, start.bell, start.thread, start.commons, start.neighbours, start.ledger);
    return nullptr;
}

/// Starts all workers but worker 0. Kept out of a host of one, which then needs no heap: a fresh page is what a launch
/// by zygote costs.
void start_threads(std::span<std::byte> box, int bell, std::uint32_t threads, Commons* commons, Neighbours* neighbours,
                   OwnedLedger* ledger)
{
    auto* const starts = new Start[threads]; // for as long as the process lives
    pthread_attr_t attributes;
    ::pthread_attr_init(&attributes);
    ::pthread_attr_setstacksize(&attributes, thread_stack_bytes);
    for (std::uint32_t i = 1; i < threads; ++i) {
        starts[i] = {box,
                     bell,
                     i,
                     commons,
                     neighbours == nullptr ? nullptr : neighbours + i,
                     ledger == nullptr ? nullptr : ledger + i};
        pthread_t thread{};
        if (::pthread_create(&thread, &attributes, &thread_main, &starts[i]) != 0)
            ::_exit(exit_no_thread);
    }
}

/// Both limits of the resource, so that no thread of the host can raise it again without rights.
void limit(int resource, std::uint64_t value)
{
    const rlimit both{value, value};
    if (value != 0 && ::setrlimit(static_cast<__rlimit_resource>(resource), &both) != 0)
        ::_exit(exit_no_limit);
}

/// Before anything is made that they are to hold down; the supervisor reads them back before the fault.
void set_limits(const Header& header)
{
    limit(RLIMIT_AS, std::uint64_t{header.memory_mib} << 20U);
    limit(RLIMIT_NOFILE, header.nofile);
    limit(RLIMIT_NPROC, header.nproc);
    limit(RLIMIT_CPU, header.cpu_s);
    if (header.nice != 0 && ::setpriority(PRIO_PROCESS, 0, static_cast<int>(header.nice)) != 0)
        ::_exit(exit_no_limit);
}

/// A cell for each worker, a cache line apart; for as long as the process lives.
Cell* heap_cells = nullptr;
std::uint32_t heap_cell_count = 0;

/// Not each thread for itself, whose first allocation would make an arena.
void place_heap_cells(std::uint32_t threads)
{
    constexpr std::size_t cells_in_a_line = cache_line / sizeof(Cell);
    if (heap_cell_count < threads)
        heap_cells = new Cell[threads * cells_in_a_line];
    for (std::uint32_t thread = 0; thread < threads; ++thread)
        checked_states[thread].heap.store(&heap_cells[thread * cells_in_a_line], std::memory_order_relaxed);
}

/// Of each thread. Opened before there are threads, because what opening changes (O_NONBLOCK) is the process's, and a
/// worker that was probed before would see it as a change. For as long as the process lives: when a thread ends alone,
/// its ends stay open, as descriptors do that nobody closes.
template <typename Place>
Place* open_channels(const Header& header, std::span<std::byte> box)
{
    auto* const slots = reinterpret_cast<Slot*>(box.data() + sizeof(Header));
    auto* const places = new std::vector<Place>;
    places->reserve(header.threads);
    for (std::uint32_t thread = 0; thread < header.threads; ++thread)
        places->emplace_back(header, slots[thread], thread);
    return places->data();
}

} // namespace

void reserve_heap_cells(std::uint32_t threads)
{
    place_heap_cells(threads);
    heap_cell_count = threads;
}

int run_host(int box_number, int bell)
{
    const auto box = map_box(box_number);
    if (box.empty())
        return exit_bad_box;
    const auto& header = *reinterpret_cast<const Header*>(box.data());
    if (::getppid() != header.supervisor)
        return exit_supervisor_gone;

    set_limits(header);
    Commons* const commons = header.commons == 0 ? nullptr : new Commons(header, header.threads);
    place_heap_cells(header.threads);
    // First without the library's functions, whose pages would be others to fetch at each start.
    const bool has_owner = header.workload[0] != '\0' && std::string_view{header.workload} == "owned-ledger";
    OwnedLedger* const ledger = has_owner ? open_channels<OwnedLedger>(header, box) : nullptr;
    Neighbours* const neighbours =
        header.first_end == 0 || has_owner ? nullptr : open_channels<Neighbours>(header, box);
    if (header.threads > 1)
        start_threads(box, bell, header.threads, commons, neighbours, ledger);
    return work(box, bell, 0, commons, neighbours, ledger);
}

} // namespace bulkhead::workers
