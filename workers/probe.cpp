#include "workers/probe.hpp"

#include "workers/blackbox.hpp"
#include "workers/commons.hpp"
#include "workers/workload.hpp"

#include <array>
#include <cerrno>
#include <cfenv>
#include <clocale>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace bulkhead::workers {
namespace {

/// The text as it grows; what does not fit is cut off, and marked.
class Lines {
public:
    explicit Lines(Probe& probe) : probe_(probe) {}
    ~Lines() { probe_.bytes.store(static_cast<std::uint32_t>(used_), std::memory_order_release); }
    Lines(const Lines&) = delete;
    Lines& operator=(const Lines&) = delete;

    [[gnu::format(printf, 2, 3)]] void add(const char* format, ...)
    {
        std::va_list arguments;
        va_start(arguments, format);
        const std::size_t left = sizeof probe_.text - used_;
        const int bytes = std::vsnprintf(probe_.text + used_, left, format, arguments);
        va_end(arguments);
        if (bytes >= 0 && static_cast<std::size_t>(bytes) + 1 < left) {
            used_ += static_cast<std::size_t>(bytes);
            probe_.text[used_++] = '\n';
        }
    }

private:
    Probe& probe_;
    std::size_t used_ = 0;
};

const char* works(bool done)
{
    return done ? "works" : std::strerror(errno);
}

void probe_files(Lines& lines)
{
    std::array<char, 512> path{};
    lines.add("working directory=%s", syscall(SYS_getcwd, path.data(), path.size()) > 0 ? path.data() : "unknown");
    const mode_t mask = ::umask(0);
    ::umask(mask);
    lines.add("umask=%03o", mask);
}

/// By readlink, which needs no descriptor, so that it works when there is none left; of this thread, because a process
/// whose main thread has ended has no /proc/self/fd.
void probe_descriptors(Lines& lines)
{
    constexpr int shown = 128; // those that come after are counted only
    constexpr int looked_at = 1024;
    int count = 0;
    for (int number = 0; number < looked_at; ++number) {
        const int status = ::fcntl(number, F_GETFL);
        if (status < 0 || workloads::is_of_client(number))
            continue;
        ++count;
        if (number >= shown)
            continue;
        std::array<char, 32> link{};
        std::array<char, 128> target{};
        std::snprintf(link.data(), link.size(), "/proc/thread-self/fd/%d", number);
        if (::readlink(link.data(), target.data(), target.size() - 1) < 0)
            std::strcpy(target.data(), "unknown");
        const off_t offset = ::lseek(number, 0, SEEK_CUR);
        lines.add("descriptor %d=%s flags 0%o%s offset %lld", number, target.data(), static_cast<unsigned>(status),
                  (::fcntl(number, F_GETFD) & FD_CLOEXEC) != 0 ? " cloexec" : "", static_cast<long long>(offset));
    }
    lines.add("open descriptors=%d", count);
}

void probe_limits(Lines& lines)
{
    static constexpr std::array<const char*, 16> names{"CPU",      "FSIZE",  "DATA",    "STACK", "CORE",  "RSS",
                                                       "NPROC",    "NOFILE", "MEMLOCK", "AS",    "LOCKS", "SIGPENDING",
                                                       "MSGQUEUE", "NICE",   "RTPRIO",  "RTTIME"};
    for (unsigned i = 0; i < names.size(); ++i) {
        std::array<std::uint64_t, 2> limit{};
        syscall(SYS_prlimit64, 0, i, nullptr, limit.data());
        lines.add("limit %s=%lld/%lld", names[i], static_cast<long long>(limit[0]), static_cast<long long>(limit[1]));
    }
}

void probe_signals(Lines& lines)
{
    for (int number = 1; number < NSIG; ++number) {
        struct sigaction action {};
        if (::sigaction(number, nullptr, &action) != 0)
            continue;
        if (action.sa_handler == SIG_DFL)
            lines.add("signal %d=default", number);
        else if (action.sa_handler == SIG_IGN)
            lines.add("signal %d=ignored", number);
        else
            lines.add("signal %d=handler at %p", number, reinterpret_cast<void*>(action.sa_handler));
    }
    for (const auto& [which, name] :
         {std::pair{ITIMER_REAL, "real"}, {ITIMER_VIRTUAL, "virtual"}, {ITIMER_PROF, "prof"}}) {
        itimerval timer{};
        ::getitimer(which, &timer);
        lines.add("timer %s=%s", name, timer.it_value.tv_sec != 0 || timer.it_value.tv_usec != 0 ? "armed" : "off");
    }
}

void probe_library(Lines& lines)
{
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry)
        lines.add("variable %s", *entry);
    lines.add("locale=%s", std::setlocale(LC_ALL, nullptr));
    const std::time_t epoch = 0;
    std::tm local{};
    ::localtime_r(&epoch, &local);
    lines.add("time zone=%s, %ld s", local.tm_zone, local.tm_gmtoff);
}

void probe_credentials(Lines& lines)
{
    std::array<uid_t, 3> users{};
    std::array<gid_t, 3> groups{};
    syscall(SYS_getresuid, users.data(), &users[1], &users[2]);
    syscall(SYS_getresgid, groups.data(), &groups[1], &groups[2]);
    lines.add("users (real, effective, saved)=%u %u %u", users[0], users[1], users[2]);
    lines.add("groups (real, effective, saved)=%u %u %u", groups[0], groups[1], groups[2]);
}

/// A lock of an open file description is in the way of the process's own record lock, so asking for one shows it.
void probe_record_lock(Lines& lines, const Commons& commons)
{
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = static_cast<off_t>(commons.file_lock_place());
    lock.l_len = 1;
    if (::fcntl(commons.file(), F_OFD_GETLK, &lock) != 0)
        lines.add("record lock=cannot be asked: %s", std::strerror(errno));
    else
        lines.add("record lock=%s", lock.l_type == F_UNLCK ? "not held" : "held");
}

/// The kernel writes there on our behalf, and says EFAULT where we may not.
void probe_segment(Lines& lines, const Commons& commons)
{
    const bool writable = syscall(SYS_clock_gettime, CLOCK_MONOTONIC, commons.segment().scratch) == 0;
    lines.add("segment=%s", writable ? "writable" : "not writable");
}

/// In hexadecimal, the first processor being 1, the second 2, the third 4.
void probe_processors(Lines& lines)
{
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (::sched_getaffinity(0, sizeof allowed, &allowed) != 0) {
        lines.add("processors=cannot be asked: %s", std::strerror(errno));
        return;
    }
    std::array<char, CPU_SETSIZE / 4 + 1> digits{};
    std::size_t used = 0;
    for (int first = CPU_SETSIZE - 4; first >= 0; first -= 4) {
        unsigned digit = 0;
        for (int i = 0; i < 4; ++i)
            digit |= CPU_ISSET(first + i, &allowed) ? 1U << static_cast<unsigned>(i) : 0;
        if (digit != 0 || used > 0)
            digits[used++] = "0123456789abcdef"[digit];
    }
    lines.add("processors=%s", digits.data());
}

/// What each thread has for itself: where that changes, somebody else's change has reached it.
void probe_thread(Lines& lines, int error)
{
    // Any other value is that of the worker's latest call that failed.
    lines.add("errno=%s", error == ENOTRECOVERABLE ? "ENOTRECOVERABLE" : "another");
    std::uint64_t blocked = 0;
    syscall(SYS_rt_sigprocmask, SIG_BLOCK, nullptr, &blocked, sizeof blocked);
    lines.add("blocked signals=%016llx", static_cast<unsigned long long>(blocked));
    lines.add("nice=%d", ::getpriority(PRIO_PROCESS, 0));
    probe_processors(lines);
    lines.add("rounding mode=%d", std::fegetround());
    std::array<char, 16> name{};
    ::prctl(PR_GET_NAME, name.data());
    lines.add("thread name=%s", name.data());
    lines.add("locale of the thread=%s", ::uselocale(nullptr) == LC_GLOBAL_LOCALE ? "the process's" : "its own");
}

void* do_nothing(void* /*nothing*/)
{
    return nullptr;
}

bool starts_a_thread()
{
    pthread_attr_t attributes;
    ::pthread_attr_init(&attributes);
    ::pthread_attr_setstacksize(&attributes, 64 * 1024);
    pthread_t thread{};
    errno = ::pthread_create(&thread, &attributes, &do_nothing, nullptr);
    ::pthread_attr_destroy(&attributes);
    return errno == 0 && ::pthread_join(thread, nullptr) == 0;
}

bool allocates()
{
    constexpr std::size_t bytes = 1 << 20;
    void* volatile block = std::malloc(bytes);
    std::free(block);
    return block != nullptr;
}

bool writes_to(int disk)
{
    const int file = ::openat(disk, "probe", O_CREAT | O_WRONLY | O_CLOEXEC | O_TRUNC, 0600);
    if (file < 0)
        return false;
    constexpr std::size_t block = 4096;
    static const std::array<char, block> zeros{};
    const bool written = ::pwrite(file, zeros.data(), block, 0) == static_cast<ssize_t>(block);
    const int error = errno;
    [[maybe_unused]] const int emptied = ::ftruncate(file, 0);
    ::close(file);
    errno = error;
    return written;
}

void probe_abilities(Lines& lines, const Commons& commons)
{
    const int file = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    lines.add("opening a file=%s", works(file >= 0));
    if (file >= 0)
        ::close(file);
    lines.add("allocating=%s", works(allocates()));
    lines.add("starting a thread=%s", works(starts_a_thread()));
    if (commons.disk() >= 0)
        lines.add("writing to the disk=%s", works(writes_to(commons.disk())));
}

} // namespace

void take_probe(Probe& probe, const Commons& commons)
{
    static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
    const int error = errno;
    ::pthread_mutex_lock(&one_at_a_time);
    {
        Lines lines{probe};
        probe_files(lines);
        probe_descriptors(lines);
        probe_limits(lines);
        probe_signals(lines);
        probe_thread(lines, error);
        probe_library(lines);
        probe_credentials(lines);
        probe_record_lock(lines, commons);
        probe_segment(lines, commons);
        probe_abilities(lines, commons);
    }
    ::pthread_mutex_unlock(&one_at_a_time);
    errno = error;
}

} // namespace bulkhead::workers
