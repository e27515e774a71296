// Ends that nobody would call a crash. They are calls with effects of their own, which no optimizer drops.

#include "workers/faults/faults.hpp"

#include <csignal>
#include <cstdlib>
#include <linux/close_range.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead::workers::faults {
namespace {

constexpr int exit_code = 3;

} // namespace

Aftermath exit(const Fired& fired)
{
    fired();
    std::exit(exit_code);
}

Aftermath exit_immediately(const Fired& fired)
{
    fired();
    ::_exit(exit_code);
}

Aftermath quick_exit(const Fired& fired)
{
    fired();
    std::quick_exit(exit_code);
}

// Only the main thread can return from main; any other would merely end its own function.
Aftermath main_returns(const Fired& fired)
{
    if (syscall(SYS_gettid) != syscall(SYS_getpid)) {
        return Aftermath::did_not_take;
    }
    fired();
    return Aftermath::main_returns;
}

// Nothing of the host's is to live on in the other program but its pid: no environment, no descriptor. It ends with
// the supervisor all the same: PR_SET_PDEATHSIG outlives execve(2), but is each thread's own, and threads begin
// without.
Aftermath exec_replace(const Fired& fired)
{
    char program[] = "/bin/sleep";
    char seconds[] = "3600";
    char* const arguments[] = {program, seconds, nullptr};
    char* const environment[] = {nullptr};
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) != 0) {
        return Aftermath::did_not_take;
    }
    fired();
    execve(program, arguments, environment);
    return Aftermath::did_not_take;
}

// Unwinds the stack: frames with a typed catch are passed through, a noexcept frame would turn this into a crash.
Aftermath thread_exit(const Fired& fired)
{
    fired();
    pthread_exit(nullptr);
}

// Raw: glibc's _exit would end the process. Neither glibc nor anybody else is told, and no destructor runs.
Aftermath thread_vanishes(const Fired& fired)
{
    fired();
    syscall(SYS_exit, 0);
    return Aftermath::did_not_take;
}

// Deferred cancellation, which takes effect in pthread_testcancel and unwinds the stack like pthread_exit.
Aftermath thread_cancelled(const Fired& fired)
{
    if (pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, nullptr) != 0 ||
        pthread_setcanceltype(PTHREAD_CANCEL_DEFERRED, nullptr) != 0) {
        return Aftermath::did_not_take;
    }
    const pthread_t self = pthread_self();
    fired();
    pthread_cancel(self);
    pthread_testcancel();
    return Aftermath::did_not_take;
}

Aftermath exception_caught(const Fired& fired)
{
    fired();
    throw CaughtAtTop{};
}

} // namespace bulkhead::workers::faults
