// Changes that look as if they were the process's, and are the calling thread's alone: the controls of contamination.
// Each looks whether the change is there: a control that silently did nothing would prove nothing.

#include "workers/faults/contamination.hpp"
#include "workers/faults/faults.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cfenv>
#include <clocale>
#include <csignal>
#include <cstring>
#include <pthread.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead::workers::faults {

// What the thread has in common with the others (CLONE_FS) is given up beforehand: that changes nothing yet.
Aftermath change_directory_alone(const Fired& fired)
{
    const char* const target = other_directory();
    if (::unshare(CLONE_FS) != 0) {
        return Aftermath::did_not_take;
    }
    fired();
    return took_if(::chdir(target) == 0);
}

Aftermath locale_alone(const Fired& fired)
{
    const locale_t own = ::newlocale(LC_ALL_MASK, other_locale, nullptr); // for as long as the thread lives
    if (own == nullptr) {
        return Aftermath::did_not_take;
    }
    fired();
    return took_if(::uselocale(own) != nullptr && ::uselocale(nullptr) == own);
}

// -1: the real and the saved user stay. The signal at the parent's death: see drop_privileges.
Aftermath drop_privileges_alone(const Fired& fired)
{
    if (::geteuid() == nobody) {
        return Aftermath::did_not_take;
    }
    fired();
    const bool dropped = syscall(SYS_setresuid, -1, nobody, -1) == 0;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    return took_if(dropped && syscall(SYS_geteuid) == static_cast<long>(nobody));
}

// Opaque: the compiler may keep what it has just written in a register, and never write it.
Aftermath set_errno(const Fired& fired)
{
    int& own = *opaque(&errno);
    fired();
    own = ENOTRECOVERABLE;
    return took_if(*opaque(&errno) == ENOTRECOVERABLE);
}

Aftermath signal_mask(const Fired& fired)
{
    sigset_t all;
    sigset_t now;
    ::sigfillset(&all);
    fired();
    return took_if(::pthread_sigmask(SIG_BLOCK, &all, nullptr) == 0 &&
                   ::pthread_sigmask(SIG_BLOCK, nullptr, &now) == 0 && ::sigismember(&now, SIGTERM) == 1);
}

// 0 is the calling thread, though the man page's first sentence says "process".
Aftermath nice(const Fired& fired)
{
    constexpr int steps = 5;
    constexpr int nicest = 19;
    errno = 0;
    const int before = ::getpriority(PRIO_PROCESS, 0);
    const int after = std::min(before + steps, nicest);
    if (errno != 0 || after == before) {
        return Aftermath::did_not_take;
    }
    fired();
    return took_if(::setpriority(PRIO_PROCESS, 0, after) == 0 && ::getpriority(PRIO_PROCESS, 0) == after);
}

// Where there is only one processor to begin with, the thread is bound to it already, and that is fine.
Aftermath affinity(const Fired& fired)
{
    cpu_set_t allowed;
    cpu_set_t one;
    CPU_ZERO(&one);
    if (::sched_getaffinity(0, sizeof allowed, &allowed) != 0) {
        return Aftermath::did_not_take;
    }
    std::size_t first = 0;
    while (first < CPU_SETSIZE && !CPU_ISSET(first, &allowed)) {
        ++first;
    }
    CPU_SET(first, &one);
    fired();
    return took_if(::sched_setaffinity(0, sizeof one, &one) == 0 &&
                   ::sched_getaffinity(0, sizeof allowed, &allowed) == 0 && CPU_EQUAL(&one, &allowed));
}

// Nothing in the worker loop computes with floating-point numbers.
Aftermath rounding_mode(const Fired& fired)
{
    if (std::fegetround() == FE_UPWARD) {
        return Aftermath::did_not_take;
    }
    fired();
    return took_if(std::fesetround(FE_UPWARD) == 0 && std::fegetround() == FE_UPWARD);
}

Aftermath thread_name(const Fired& fired)
{
    constexpr const char* name = "bulkhead-fault"; // up to 15 characters
    std::array<char, 16> now{};
    fired();
    return took_if(::prctl(PR_SET_NAME, name) == 0 && ::prctl(PR_GET_NAME, now.data()) == 0 &&
                   std::strcmp(now.data(), name) == 0);
}

} // namespace bulkhead::workers::faults
