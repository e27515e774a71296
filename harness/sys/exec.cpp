#include "harness/sys/exec.hpp"

#include "harness/sys/error.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <fcntl.h>
#include <linux/close_range.h>
#include <memory>
#include <sched.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_THREAD__) || __has_feature(thread_sanitizer)
// ThreadSanitizer takes every clone(2) for a fork(2) and gives up where the child shares the parent's memory; this is
// glibc's other name of the same function.
extern "C" int __clone(int (*)(void*), void*, int, void*, ...);
#define clone __clone
// It also notes each call and return, and the child never returns from this one.
#ifdef __clang__
#define BULKHEAD_UNSEEN_BY_TSAN __attribute__((disable_sanitizer_instrumentation))
#else
#define BULKHEAD_UNSEEN_BY_TSAN __attribute__((no_sanitize_thread))
#endif
#else
#define BULKHEAD_UNSEEN_BY_TSAN
#endif

namespace bulkhead::sys {
namespace {

using std::chrono::steady_clock;

/// Shared with the child, which runs in our memory until it executes the program.
struct Handover {
    const ExecRequest* request;
    pid_t parent;
    const char* failed_stage = nullptr;
    int error = 0;
};

/// Every signal to its default action, and then none blocked: no handler of the parent may run in the child. By the raw
/// system calls, as a sanitizer that stands before the library's would take them for the parent's own.
bool set_signals_to_default()
{
    constexpr std::size_t kernel_mask_bytes = 8;
    constexpr std::array<long, 4> default_action{}; // the kernel's struct sigaction: handler, flags, restorer, mask
    for (int number = 1; number < NSIG; ++number)
        if (number != SIGKILL && number != SIGSTOP)
            if (::syscall(SYS_rt_sigaction, number, default_action.data(), nullptr, kernel_mask_bytes) < 0)
                return false;
    constexpr std::uint64_t none = 0;
    return ::syscall(SYS_rt_sigprocmask, SIG_SETMASK, &none, nullptr, kernel_mask_bytes) == 0;
}

bool place_descriptors(const ExecRequest& request)
{
    // First out of the way, so that no source is overwritten before it is used.
    const auto out_of_the_way = static_cast<int>(3 + request.passed.size());
    std::array<int, 3 + max_passed> moved{};
    std::size_t kept = 0;
    for (const int source : {request.null, request.null, request.null})
        moved[kept++] = source;
    for (const int source : request.passed)
        moved[kept++] = source;
    for (std::size_t i = 0; i < kept; ++i) {
        const bool again = i == 1 || i == 2;
        moved[i] = again ? moved[0] : static_cast<int>(::syscall(SYS_fcntl, moved[i], F_DUPFD_CLOEXEC, out_of_the_way));
        if (moved[i] < 0)
            return false;
    }
    for (std::size_t target = 0; target < kept; ++target)
        if (::syscall(SYS_dup3, moved[target], target, 0) < 0)
            return false;
    return ::syscall(SYS_close_range, static_cast<unsigned>(kept), ~0U, 0U) == 0;
}

bool take_place(pid_t group)
{
    return group == own_session ? ::setsid() >= 0 : ::setpgid(0, group == own_group ? 0 : group) == 0;
}

/// Runs in the child: no allocation, no lock, nothing but system calls.
BULKHEAD_UNSEEN_BY_TSAN int become_program(void* argument)
{
    auto& handover = *static_cast<Handover*>(argument);
    const ExecRequest& request = *handover.request;
    const auto fails = [&handover](const char* stage) {
        handover.failed_stage = stage;
        handover.error = errno;
        return 127;
    };
    // First of all: once no signal is blocked any more, one that is pending may stop the child.
    if (!die_after(request.limit))
        return fails("timer_create");
    if (!set_signals_to_default())
        return fails("sigaction");
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
        return fails("prctl PR_SET_PDEATHSIG");
    if (::getppid() != handover.parent) // it ended before the line above
        return fails("getppid");
    if (!take_place(request.group))
        return fails(request.group == own_session ? "setsid" : "setpgid");
    // One byte: too small for a core file, and the one value that also keeps the kernel from starting a program that
    // core_pattern pipes to (core(5); do_coredump in the kernel's fs/coredump.c).
    rlimit core{};
    ::getrlimit(RLIMIT_CORE, &core);
    core.rlim_cur = core.rlim_max = core.rlim_max == 0 ? 0 : 1;
    if (::setrlimit(RLIMIT_CORE, &core) < 0)
        return fails("setrlimit RLIMIT_CORE");
    // The same addresses each time, so that a trial can be run again as it was; and with heap, mappings and stack close
    // together a process needs fewer page tables, which is what a fork costs. A sandbox may forbid it: no harm.
    ::personality(ADDR_NO_RANDOMIZE);
    if (!place_descriptors(request))
        return fails("dup3");
    ::execve(request.program, request.arguments, request.environment);
    return fails("execve");
}

} // namespace

bool die_after(std::chrono::milliseconds limit) noexcept
{
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGKILL;
    int timer = 0;
    const auto left = std::max<std::int64_t>(limit.count(), 1); // 0 would be never
    const itimerspec once{{}, {static_cast<time_t>(left / 1000), static_cast<long>(left % 1000) * 1'000'000L}};
    return ::syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &timer) == 0 &&
           ::syscall(SYS_timer_settime, timer, 0, &once, nullptr) == 0;
}

Pidfd execute(const ExecRequest& request)
{
    constexpr std::size_t stack_bytes = 32 * 1024;
    static thread_local const std::unique_ptr<std::byte[]> stack{new std::byte[stack_bytes]};
    Handover handover{&request, ::getpid()};

    // No handler of ours may run in the child while it shares our memory.
    sigset_t all;
    sigset_t before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    int descriptor = -1;
    const int flags = CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD;
    const auto before_launch = steady_clock::now();
    const pid_t pid = ::clone(&become_program, stack.get() + stack_bytes, flags, &handover, &descriptor);
    const int error = errno;
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);

    if (pid < 0)
        refuse("clone", error);
    Pidfd child{pid, Fd{descriptor}};
    const bool late = steady_clock::now() - before_launch >= request.limit; // and so it may have been killed
    if (handover.failed_stage == nullptr && !late)
        return child;
    child.kill_and_reap();
    const std::string stage = handover.failed_stage == nullptr ? "execve" : handover.failed_stage;
    const int why = handover.failed_stage == nullptr ? ETIMEDOUT : handover.error;
    throw std::system_error(why, std::generic_category(), stage + " " + request.program);
}

} // namespace bulkhead::sys
