#include "workers/commons.hpp"

#include "workers/blackbox.hpp"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <malloc.h>
#include <sched.h>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>

namespace bulkhead::workers {
namespace {

// In the order of model::Place.
constexpr std::uint32_t segment_is_broken = 1U << 3U;

/// Beyond what glibc keeps for each thread (tcache, up to 1032 bytes): such a block takes the arena's lock.
constexpr std::size_t block_bytes = 2000;
/// How much is read at once: what a pipe holds (pipe(7)).
constexpr std::size_t pipe_bytes = 64 * 1024;

void must(bool done)
{
    if (!done)
        ::_exit(exit_no_commons);
}

/// The next descriptor that the supervisor handed over, or a new file in memory.
int handed_or_made(const Header& header, std::uint32_t what, const char* name, std::size_t bytes, int& next)
{
    if ((header.handed & what) != 0)
        return next++;
    const int file = ::memfd_create(name, MFD_CLOEXEC);
    must(file >= 0 && ::ftruncate(file, static_cast<off_t>(bytes)) == 0);
    return file;
}

void* map_shared(int file, std::size_t bytes)
{
    void* const start = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    must(start != MAP_FAILED);
    return start;
}

/// The first host that comes makes the mutex; the others wait for it, which takes a microsecond.
void make_mutex(LockPage& page, bool robust)
{
    std::uint32_t expected = 0;
    if (!page.ready.compare_exchange_strong(expected, 1)) {
        while (page.ready.load(std::memory_order_acquire) != 2)
            ::sched_yield();
        return;
    }
    pthread_mutexattr_t attributes;
    must(::pthread_mutexattr_init(&attributes) == 0);
    ::pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    ::pthread_mutexattr_setrobust(&attributes, robust ? PTHREAD_MUTEX_ROBUST : PTHREAD_MUTEX_STALLED);
    must(::pthread_mutex_init(&page.mutex, &attributes) == 0);
    page.ready.store(2, std::memory_order_release);
}

/// A record lock on one byte, which belongs to this process: fcntl(2).
bool lock_record(int file, std::uint32_t place)
{
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = static_cast<off_t>(place);
    lock.l_len = 1;
    return ::fcntl(file, F_SETLK, &lock) == 0;
}

} // namespace

Commons::Commons(const Header& header, std::uint32_t most_threads)
    : host_(header.host), first_record_(header.host * most_threads), pipe_reader_(header.pipe_reader)
{
    // One arena for all threads, so that they meet there whatever their number; and freed memory is kept.
    ::mallopt(M_ARENA_MAX, 1);
    ::mallopt(M_TRIM_THRESHOLD, 1 << 30);
    int next = first_shared_descriptor;
    map_segment(header, next);
    map_lock(header, next);
    open_file(header, next);
    if (header.uses_pipe != 0)
        open_pipe(header, next);
    if ((header.handed & shared_disk) != 0)
        disk_ = next++;
}

std::size_t Commons::segment_bytes() const
{
    return sizeof(Segment);
}

void Commons::map_segment(const Header& header, int& next)
{
    segment_file_ = handed_or_made(header, shared_segment, "bulkhead-segment", sizeof(Segment), next);
    segment_ = static_cast<Segment*>(map_shared(segment_file_, sizeof(Segment)));
    for (std::uint32_t thread = 0; thread < header.threads; ++thread)
        own_record(thread).set(0);
    const bool is_own = (header.handed & shared_segment) == 0;
    if (is_own)
        segment_->shared_record.set(0);
    keeps_ledger_ = std::string_view{header.workload} == "ledger";
    ledger_locking_ = header.ledger_locking;
    ledger_ = is_own && keeps_ledger_ ? new Ledger{} : &segment_->ledger;
}

void Commons::map_lock(const Header& header, int& next)
{
    const int file = handed_or_made(header, shared_lock, "bulkhead-lock", sizeof(LockPage), next);
    lock_ = static_cast<LockPage*>(map_shared(file, sizeof(LockPage)));
    ::close(file);
    make_mutex(*lock_, header.robust_lock != 0);
}

void Commons::open_file(const Header& header, int& next)
{
    file_ = handed_or_made(header, shared_file, "bulkhead-file", file_bytes, next);
    if ((header.handed & shared_file) == 0)
        must(::lseek(file_, file_offset, SEEK_SET) == static_cast<off_t>(file_offset));
    must(lock_record(file_, host_));
}

void Commons::open_pipe(const Header& header, int& next)
{
    if ((header.handed & shared_pipe) != 0) {
        pipe_[0] = next++;
        pipe_[1] = next++;
        if (pipe_reader_ >= header.threads) { // whoever keeps an end open that it does not use hides the reader's end
            ::close(pipe_[0]);
            pipe_[0] = -1;
        }
        return;
    }
    must(::pipe2(pipe_.data(), O_CLOEXEC) == 0);
    must(::fcntl(pipe_[0], F_SETFL, O_NONBLOCK) == 0);
}

void Commons::take_lock()
{
    if (::pthread_mutex_lock(&lock_->mutex) != EOWNERDEAD)
        return;
    // It is taken over without a look at what it protects, as most programs do; or with one.
    if (keeps_ledger_ && ledger_locking_ == HostLocking::repair)
        ledger_->repair();
    ::pthread_mutex_consistent(&lock_->mutex);
}

void Commons::release_lock()
{
    ::pthread_mutex_unlock(&lock_->mutex);
}

/// A record that is found broken is left as it is, for all to see.
std::uint32_t Commons::update_shared_record()
{
    take_lock();
    Cell& record = segment_->shared_record;
    const bool holds = record.holds();
    if (holds)
        record.set(record.value + 1);
    release_lock();
    return holds ? 0 : shared_record_is_broken;
}

void Commons::use_heap() const
{
    auto* const block = static_cast<volatile char*>(std::malloc(block_bytes));
    if (block != nullptr) // what a worker does without memory is not the question
        *block = 1;
    std::free(const_cast<char*>(block));
}

/// The reader does not write: there would be nobody to make room for it.
void Commons::use_pipe(std::uint32_t thread) const
{
    if (!reads_pipe(thread)) {
        const std::array<char, pipe_message_bytes> message{};
        [[maybe_unused]] const ssize_t written = ::write(pipe_[1], message.data(), message.size());
        return;
    }
    std::array<char, pipe_bytes> messages;
    while (::read(pipe_[0], messages.data(), messages.size()) > 0) {
    }
}

std::uint32_t Commons::use(std::uint32_t thread)
{
    // Before the lock is taken, so that whoever dies of a segment that is gone does not die inside it.
    Cell& own = own_record(thread);
    std::uint32_t broken = own.holds() ? 0 : segment_is_broken;
    if (broken == 0)
        own.set(own.value + 1);
    if (pipe_[1] >= 0) // so does whoever writes to a pipe that nobody reads
        use_pipe(thread);
    broken |= update_shared_record();
    use_heap();
    return broken;
}

} // namespace bulkhead::workers
