// Faults that use up what their process, or several, have only so much of. Where no limit is in force that would stop
// them soon enough, they do not begin, or give up.

#include "harness/sys/clock.hpp"
#include "workers/commons.hpp"
#include "workers/faults/faults.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

namespace bulkhead::workers::faults {
namespace {

bool limited_to(__rlimit_resource resource, rlim_t most)
{
    rlimit limit{};
    return ::getrlimit(resource, &limit) == 0 && limit.rlim_cur <= most;
}

void* pause_for_ever(void* /*nothing*/)
{
    for (;;) {
        ::pause();
    }
}

/// Starts a thread with as little stack as glibc allows everywhere, so that it is not memory that runs out; gives the
/// error, 0 for none.
int start_small(void* (*function)(void*))
{
    constexpr std::size_t stack_bytes = 64 * 1024;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, stack_bytes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_t thread{};
    const int error = pthread_create(&thread, &attributes, function, nullptr);
    pthread_attr_destroy(&attributes);
    return error;
}

} // namespace

// Memory counts when it is touched: volatile writes. It is locked as it is touched, where that is allowed, so that none
// of it goes to a swap device instead. Piece by piece, since a limit on the address space may be in force as well.
Aftermath oom_kill(const Fired& fired)
{
    constexpr std::size_t piece_bytes = std::size_t{4} << 20;
    constexpr int most_pieces = 256;
    const auto page_bytes = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    fired();
    for (int piece = 0; piece < most_pieces; ++piece) {
        void* const start = ::mmap(nullptr, piece_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (start == MAP_FAILED) {
            break;
        }
        ::mlock2(start, piece_bytes, MLOCK_ONFAULT);
        auto* const bytes = static_cast<volatile std::byte*>(start);
        for (std::size_t i = 0; i < piece_bytes; i += page_bytes) {
            bytes[i] = std::byte{1};
        }
    }
    return Aftermath::did_not_take;
}

// Ever smaller blocks, each size until it is refused: what is left then has no room for the smallest, neither in the
// address space nor in malloc's free lists, which all threads of a host with commons have in common (M_ARENA_MAX).
// Opaque: a malloc whose result nobody wants is dropped, and taken for one that succeeds.
Aftermath memory_leak(const Fired& fired)
{
    constexpr std::size_t most_bytes = std::size_t{4} << 30;
    constexpr std::size_t largest = std::size_t{16} << 20;
    constexpr std::size_t smallest = 4096;
    if (!limited_to(RLIMIT_AS, most_bytes)) {
        return Aftermath::did_not_take;
    }
    std::size_t taken = 0;
    fired();
    for (std::size_t size = largest; size >= smallest; size /= 2) {
        for (; opaque(std::malloc(size)) != nullptr; taken += size) {
            if (taken > most_bytes) {
                return Aftermath::did_not_take;
            }
        }
    }
    return Aftermath::goes_on;
}

Aftermath fd_leak(const Fired& fired)
{
    constexpr rlim_t most = 65536;
    if (!limited_to(RLIMIT_NOFILE, most)) {
        return Aftermath::did_not_take;
    }
    const int bell = fired.scene().bell;
    fired();
    while (::fcntl(bell, F_DUPFD_CLOEXEC, 0) >= 0) {
    }
    return errno == EMFILE ? Aftermath::goes_on : Aftermath::did_not_take;
}

namespace {

constexpr int most_threads = 4096;

/// Also takes the places that come free afterwards: a thread that has ended, and been joined, is counted until the
/// kernel has taken it down, and other processes of the user end threads too.
void* take_what_comes_free(void* /*nothing*/)
{
    constexpr timespec between_tries{0, 200'000};
    for (int started = 0; started < most_threads;) {
        if (start_small(&pause_for_ever) == 0) {
            ++started;
        } else {
            ::nanosleep(&between_tries, nullptr);
        }
    }
    return pause_for_ever(nullptr);
}

} // namespace

// What stops it cannot be asked beforehand: RLIMIT_NPROC is not heeded for root, and a cgroup's limit stands elsewhere.
// The threads stay until the process ends, for it is their number that does it.
Aftermath thread_bomb(const Fired& fired)
{
    fired();
    if (start_small(&take_what_comes_free) != 0) { // others have used them up already
        return Aftermath::did_not_take;
    }
    int error = 0;
    for (int started = 1; error == 0 && started < most_threads; ++started) {
        error = start_small(&pause_for_ever);
    }
    return error == EAGAIN ? Aftermath::goes_on : Aftermath::did_not_take;
}

// The file keeps what was written when it is closed.
Aftermath disk_full(const Fired& fired)
{
    constexpr std::size_t most_bytes = std::size_t{64} << 20;
    static const std::array<char, 64 * 1024> zeros{};
    const Commons* const commons = fired.scene().commons;
    const int file = commons == nullptr || commons->disk() < 0
                         ? -1
                         : ::openat(commons->disk(), "filler", O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) {
        return Aftermath::did_not_take;
    }
    ssize_t written = 0;
    std::size_t total = 0;
    fired();
    while (total < most_bytes && (written = ::write(file, zeros.data(), zeros.size())) > 0) {
        total += static_cast<std::size_t>(written);
    }
    const bool is_full = written < 0 && errno == ENOSPC;
    ::close(file);
    return is_full ? Aftermath::goes_on : Aftermath::did_not_take;
}

namespace {

std::atomic<bool> enough_spun = false;
std::atomic<long> spinning = 0;

void* spin_until_told(void* /*nothing*/)
{
    ++spinning;
    while (!enough_spun.load(std::memory_order_relaxed)) { // an atomic read may not be dropped from a loop
    }
    return nullptr;
}

bool all_spin(long wanted)
{
    constexpr std::int64_t patience_ns = 5'000'000'000;
    const std::int64_t end = sys::monotonic_ns() + patience_ns;
    while (spinning < wanted) {
        if (sys::monotonic_ns() > end) {
            return false;
        }
        ::usleep(1000);
    }
    return true;
}

} // namespace

// It says that it goes on only when all of them run, so that what is measured then is measured under the full load.
Aftermath cpu_hog(const Fired& fired)
{
    constexpr long for_each_processor = 64;
    constexpr long least_for_each = 8; // where there are so many processors that the memory limit has no room for all
    const long processors = ::sysconf(_SC_NPROCESSORS_ONLN);
    long wanted = for_each_processor * processors;
    fired();
    for (long i = 0; i < wanted; ++i) {
        if (start_small(&spin_until_told) == 0) {
            continue;
        }
        if (i < least_for_each * processors) {
            enough_spun = true;
            return Aftermath::did_not_take;
        }
        wanted = i;
    }
    if (!all_spin(wanted)) {
        enough_spun = true;
        return Aftermath::did_not_take;
    }
    return Aftermath::goes_on;
}

} // namespace bulkhead::workers::faults
