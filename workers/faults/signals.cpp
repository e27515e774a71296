// Faults that the kernel answers with a signal: nothing here depends on what an optimizer may assume, since a system
// call is never dropped.

#include "workers/commons.hpp"
#include "workers/faults/faults.hpp"

#include <array>
#include <csignal>
#include <cstddef>
#include <ctime>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead::workers::faults {
// By raw system calls: in a host that was forked by a raw clone(2), nothing that glibc remembers is asked.
Aftermath self_kill(const Fired& fired)
{
    const long self = syscall(SYS_getpid);
    fired();
    syscall(SYS_kill, self, SIGKILL);
    return Aftermath::did_not_take;
}

Aftermath closed_pipe(const Fired& fired)
{
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0 || close(ends[0]) != 0) {
        return Aftermath::did_not_take;
    }
    sigset_t broken_pipe; // which workers that send messages keep blocked
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    pthread_sigmask(SIG_UNBLOCK, &broken_pipe, nullptr);
    fired();
    [[maybe_unused]] const ssize_t written = write(ends[1], "", 1);
    return Aftermath::did_not_take;
}

Aftermath last_reader_dies(const Fired& fired)
{
    const Commons* const commons = fired.scene().commons;
    if (commons == nullptr || !commons->reads_pipe(fired.scene().thread)) {
        return Aftermath::did_not_take;
    }
    return self_kill(fired);
}

namespace {

// Nothing else in a host asks for a session's number, and asking does no harm where the filter is not heeded.
constexpr unsigned forbidden_call = SYS_getsid;

/// Forbids one system call to the calling thread alone; needs no rights, since the thread gives up gaining new ones.
bool forbid(unsigned action)
{
    std::array<sock_filter, 4> filter{{
        {BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(seccomp_data, nr)},
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, forbidden_call},
        {BPF_RET | BPF_K, 0, 0, action},
        {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW},
    }};
    sock_fprog program{filter.size(), filter.data()};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

} // namespace

Aftermath seccomp_kill(const Fired& fired)
{
    if (!forbid(SECCOMP_RET_KILL_PROCESS)) {
        return Aftermath::did_not_take;
    }
    fired();
    syscall(forbidden_call, 0);
    return Aftermath::did_not_take;
}

Aftermath seccomp_kill_thread(const Fired& fired)
{
    if (!forbid(SECCOMP_RET_KILL_THREAD)) {
        return Aftermath::did_not_take;
    }
    fired();
    syscall(forbidden_call, 0);
    return Aftermath::did_not_take;
}

namespace {

/// Processor time of the whole process, which is what RLIMIT_CPU counts.
std::timespec processor_time()
{
    std::timespec used{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return used;
}

/// Lowers the soft limit to the next full second that is at least 100 ms away, so that it cannot be reached before the
/// stamp. The hard limit stays, and with it SIGKILL.
bool limit_processor_time()
{
    constexpr long margin_ns = 100'000'000;
    constexpr long second_ns = 1'000'000'000;
    const std::timespec used = processor_time();
    rlimit limit{};
    if (getrlimit(RLIMIT_CPU, &limit) != 0) {
        return false;
    }
    limit.rlim_cur = static_cast<rlim_t>(used.tv_sec + (used.tv_nsec + margin_ns) / second_ns + 1);
    return setrlimit(RLIMIT_CPU, &limit) == 0;
}

} // namespace

// A system call in each turn, so that the burning cannot be dropped. It gives up far past the limit: the kernel counts
// whole ticks of whoever it finds at work, which on a busy machine can be a fourth of what the clock read here tells.
Aftermath cpu_limit(const Fired& fired)
{
    if (!limit_processor_time()) {
        return Aftermath::did_not_take;
    }
    const auto give_up = processor_time().tv_sec + 20;
    fired();
    while (processor_time().tv_sec < give_up) {
    }
    return Aftermath::did_not_take;
}

// A memfd has no name and leaves nothing behind, and its writes are held to RLIMIT_FSIZE like those to any file.
Aftermath file_size_limit(const Fired& fired)
{
    constexpr rlim_t most = 4096;
    const int file = memfd_create("bulkhead-fault", MFD_CLOEXEC);
    rlimit limit{};
    if (file == -1 || getrlimit(RLIMIT_FSIZE, &limit) != 0) {
        return Aftermath::did_not_take;
    }
    limit.rlim_cur = most;
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) {
        return Aftermath::did_not_take;
    }
    fired();
    [[maybe_unused]] const ssize_t written = pwrite(file, "", 1, static_cast<off_t>(most));
    return Aftermath::did_not_take;
}

} // namespace bulkhead::workers::faults
