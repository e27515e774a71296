// Faults that change what belongs to the whole process, under the feet of all its threads. Each looks whether the
// change is there. They are system calls or calls of the C library, which no optimizer drops. Rows that do the same in
// one thread alone are in thread_controls.cpp.

#include "workers/faults/contamination.hpp"

#include "workers/faults/faults.hpp"

#include <array>
#include <climits>
#include <clocale>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace bulkhead::workers::faults {

const char* other_directory()
{
    std::array<char, PATH_MAX> now{};
    const bool is_root = ::getcwd(now.data(), now.size()) != nullptr && std::string_view{now.data()} == "/";
    return is_root ? "/proc" : "/";
}

Aftermath change_directory(const Fired& fired)
{
    const char* const target = other_directory();
    fired();
    return took_if(::chdir(target) == 0);
}

// The mask can be read only by changing it, so the change that counts comes first.
Aftermath umask(const Fired& fired)
{
    constexpr mode_t mask = 0075; // nobody's choice
    fired();
    return took_if(::umask(mask) != mask);
}

Aftermath ignore_signal(const Fired& fired)
{
    struct sigaction ignored {};
    struct sigaction before {};
    ignored.sa_handler = SIG_IGN;
    fired();
    return took_if(::sigaction(SIGUSR1, &ignored, &before) == 0 && before.sa_handler != SIG_IGN);
}

namespace {

void do_nothing(int /*signal*/) {}

} // namespace

Aftermath steal_handler(const Fired& fired)
{
    struct sigaction action {};
    struct sigaction before {};
    action.sa_handler = &do_nothing;
    fired();
    return took_if(::sigaction(SIGUSR2, &action, &before) == 0 && before.sa_handler != &do_nothing);
}

// The soft limit only. Where it is 0 already, that of locked memory, which nobody in a host uses either.
Aftermath lower_limit(const Fired& fired)
{
    constexpr rlim_t some = 4096;
    auto which = RLIMIT_MSGQUEUE;
    rlimit limit{};
    if (::getrlimit(which, &limit) == 0 && limit.rlim_cur == 0) {
        which = RLIMIT_MEMLOCK;
    }
    if (::getrlimit(which, &limit) != 0 || limit.rlim_cur == 0) {
        return Aftermath::did_not_take;
    }
    limit.rlim_cur = limit.rlim_cur > some ? some : limit.rlim_cur / 2;
    fired();
    return took_if(::setrlimit(which, &limit) == 0);
}

Aftermath environment(const Fired& fired)
{
    constexpr const char* name = "BULKHEAD_FAULT";
    if (std::getenv(name) != nullptr) {
        return Aftermath::did_not_take;
    }
    fired();
    return took_if(::setenv(name, "environment", 1) == 0 && std::getenv(name) != nullptr);
}

// A static program has the locale C built in, and reads all others from files, which every Debian has for C.UTF-8. So
// whether it can be had is asked beforehand.
Aftermath locale(const Fired& fired)
{
    const std::string before = std::setlocale(LC_ALL, nullptr);
    const locale_t exists = ::newlocale(LC_ALL_MASK, other_locale, nullptr);
    if (exists == nullptr) {
        return Aftermath::did_not_take;
    }
    ::freelocale(exists);
    fired();
    return took_if(std::setlocale(LC_ALL, other_locale) != nullptr && before != std::setlocale(LC_ALL, nullptr));
}

// A zone in POSIX's own notation, which needs no file; nobody lives there.
Aftermath timezone(const Fired& fired)
{
    constexpr long seconds_east = -(5 * 3600 + 17 * 60);
    const std::time_t epoch = 0;
    std::tm local{};
    fired();
    if (::setenv("TZ", "BULK5:17", 1) != 0) {
        return Aftermath::did_not_take;
    }
    ::tzset();
    return took_if(::localtime_r(&epoch, &local) != nullptr && local.tm_gmtoff == seconds_east);
}

// The kernel forgets which signal a thread is to get at its parent's death when its credentials change; one thread that
// asks for it again is enough for the process.
Aftermath drop_privileges(const Fired& fired)
{
    if (::geteuid() == nobody) {
        return Aftermath::did_not_take;
    }
    fired();
    const bool dropped = ::seteuid(nobody) == 0;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    return took_if(dropped && syscall(SYS_geteuid) == static_cast<long>(nobody));
}

// It comes back only when the signal did not end the process within two seconds.
Aftermath alarm(const Fired& fired)
{
    constexpr unsigned patience_s = 2;
    const itimerval soon{{0, 0}, {0, 1000}};
    fired();
    if (::setitimer(ITIMER_REAL, &soon, nullptr) == 0) {
        ::sleep(patience_s);
    }
    return Aftermath::did_not_take;
}

} // namespace bulkhead::workers::faults
