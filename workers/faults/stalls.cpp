// Faults of a worker that lives and gets nowhere, or that ends and leaves others waiting. System calls and locks of the
// C library are never dropped.

#include "workers/commons.hpp"
#include "workers/faults/faults.hpp"

#include <array>
#include <cstdio>
#include <fcntl.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead::workers::faults {
namespace {

[[noreturn]] void wait_for_ever()
{
    for (;;) {
        ::pause();
    }
}

} // namespace

Aftermath sleep_forever(const Fired& fired)
{
    fired.and_tell();
    wait_for_ever();
}

// The asm statement is what the loop does: C++ lets a compiler take a loop that does nothing as one that ends.
Aftermath spin(const Fired& fired)
{
    fired.and_tell();
    for (;;) {
        asm volatile("" ::: "memory");
    }
}

// A mutex of the type NORMAL must wait; one of the default type may, in theory, do anything.
Aftermath self_deadlock(const Fired& fired)
{
    pthread_mutexattr_t attributes;
    pthread_mutex_t mutex;
    if (pthread_mutexattr_init(&attributes) != 0 || pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_NORMAL) != 0 ||
        pthread_mutex_init(&mutex, &attributes) != 0 || pthread_mutex_lock(&mutex) != 0) {
        return Aftermath::did_not_take;
    }
    fired.and_tell();
    pthread_mutex_lock(&mutex);
    return Aftermath::did_not_take;
}

Aftermath hold_lock(const Fired& fired)
{
    Commons* const commons = fired.scene().commons;
    if (commons == nullptr) {
        return Aftermath::did_not_take;
    }
    commons->take_lock();
    fired.and_tell();
    wait_for_ever();
}

// As thread-vanishes: nothing unlocks on the way. The kernel marks a robust lock, and no other.
Aftermath die_holding_lock(const Fired& fired)
{
    Commons* const commons = fired.scene().commons;
    if (commons == nullptr) {
        return Aftermath::did_not_take;
    }
    commons->take_lock();
    fired();
    syscall(SYS_exit, 0);
    commons->release_lock();
    return Aftermath::did_not_take;
}

// The pointer's value is opaque and the write is volatile: see segv_null.
Aftermath segv_holding_lock(const Fired& fired)
{
    Commons* const commons = fired.scene().commons;
    if (commons == nullptr) {
        return Aftermath::did_not_take;
    }
    volatile int* const null = opaque<volatile int*>(nullptr);
    commons->take_lock();
    fired();
    *null = 1;
    commons->release_lock();
    return Aftermath::did_not_take;
}

// Not to read is the fault. Filling the pipe, to the last message, only saves the wait until the others have: through
// an open file description of its own, since O_NONBLOCK on theirs would be theirs too.
Aftermath backpressure(const Fired& fired)
{
    const Commons* const commons = fired.scene().commons;
    if (commons == nullptr || commons->pipe_write_end() < 0 || !commons->reads_pipe(fired.scene().thread)) {
        return Aftermath::did_not_take;
    }
    std::array<char, 32> path{};
    std::snprintf(path.data(), path.size(), "/proc/self/fd/%d", commons->pipe_write_end());
    const int own_end = ::open(path.data(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    if (own_end < 0) {
        return Aftermath::did_not_take;
    }
    const std::array<char, 4096> page{};
    for (const std::size_t bytes : {page.size(), pipe_message_bytes}) {
        while (::write(own_end, page.data(), bytes) > 0) {
        }
    }
    ::close(own_end);
    fired.and_tell();
    wait_for_ever();
}

} // namespace bulkhead::workers::faults
