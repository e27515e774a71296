#include "harness/sys/machine_probe.hpp"

#include "harness/sys/cgroup.hpp"
#include "harness/sys/fd.hpp"
#include "harness/sys/foreign_memory.hpp"
#include "harness/sys/small_disk.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/kcmp.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <span>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bulkhead::sys {
namespace {

// By syscall(2): the functions of glibc 2.36's <sys/pidfd.h> are declared without extern "C".
int open_pidfd(pid_t pid, unsigned flags)
{
    return static_cast<int>(::syscall(SYS_pidfd_open, pid, flags));
}

/// A child that does nothing until it is killed; killed and reaped at the end of its scope at the latest.
class Sleeper {
public:
    Sleeper() : pid_(::fork())
    {
        if (pid_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            for (;;) {
                ::pause();
            }
        }
    }
    Sleeper(const Sleeper&) = delete;
    Sleeper& operator=(const Sleeper&) = delete;
    ~Sleeper()
    {
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
            }
        }
    }
    [[nodiscard]] pid_t pid() const { return pid_; }
    /// Somebody else has reaped it: its pid may be another process's by now.
    void reaped() { pid_ = -1; }

private:
    pid_t pid_;
};

/// "works" for an empty reason.
Finding from_reason(const std::string& why_not)
{
    if (why_not.empty()) {
        return from_error(0);
    }
    return {Capability::State::missing, why_not};
}

int unshare_in_child(int flags)
{
    return error_unless(::unshare(flags) == 0);
}

} // namespace

Finding from_error(int error)
{
    if (error == 0) {
        return {Capability::State::available, "works"};
    }
    const char* name = ::strerrorname_np(error);
    return {Capability::State::missing,
            (name != nullptr ? name : "error " + std::to_string(error)) + ": " + std::strerror(error)};
}

int error_unless(bool ok)
{
    return ok ? 0 : errno;
}

int error_in_child(int (*act)())
{
    const pid_t pid = ::fork();
    if (pid < 0) {
        return errno;
    }
    if (pid == 0) {
        ::_exit(act());
    }
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR) {
            return errno;
        }
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
}

std::string first_line(const std::filesystem::path& path)
{
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

Finding probe_pidfd_open()
{
    const Fd self(open_pidfd(::getpid(), 0));
    return from_error(error_unless(self.number() >= 0));
}

Finding probe_pidfd_send_signal()
{
    const Sleeper child;
    const Fd pidfd(open_pidfd(child.pid(), 0));
    return from_error(error_unless(::syscall(SYS_pidfd_send_signal, pidfd.number(), SIGKILL, nullptr, 0) == 0));
}

Finding probe_waitid_pidfd()
{
    Sleeper child;
    const Fd pidfd(open_pidfd(child.pid(), 0));
    if (pidfd.number() < 0) {
        return from_error(errno);
    }
    ::kill(child.pid(), SIGKILL);
    siginfo_t seen{};
    const auto id = static_cast<id_t>(pidfd.number());
    const int error = error_unless(::waitid(P_PIDFD, id, &seen, WEXITED) == 0);
    if (error == 0) {
        child.reaped();
    }
    return from_error(error);
}

Finding probe_clone3()
{
    int descriptor = -1;
    clone_args arguments{};
    arguments.flags = CLONE_PIDFD;
    arguments.pidfd = reinterpret_cast<std::uintptr_t>(&descriptor);
    arguments.exit_signal = SIGCHLD;
    const long pid = ::syscall(SYS_clone3, &arguments, sizeof(arguments));
    if (pid == 0) {
        ::_exit(0);
    }
    const int error = error_unless(pid > 0);
    if (pid > 0) {
        const Fd pidfd(descriptor);
        while (::waitpid(static_cast<pid_t>(pid), nullptr, 0) < 0 && errno == EINTR) {
        }
    }
    return from_error(error);
}

Finding probe_pidfd_thread()
{
    constexpr unsigned pidfd_thread = O_EXCL; // PIDFD_THREAD, newer than the headers of Debian 12
    const Fd thread(open_pidfd(::gettid(), pidfd_thread));
    return from_error(error_unless(thread.number() >= 0));
}

Finding probe_memfd()
{
    const Fd memory(::memfd_create("bulkhead-probe", MFD_CLOEXEC));
    return from_error(error_unless(memory.number() >= 0));
}

Finding probe_close_range()
{
    return from_error(error_in_child([] { return error_unless(::close_range(3, ~0U, 0) == 0); }));
}

Finding probe_kcmp()
{
    const pid_t self = ::getpid();
    return from_error(error_unless(::syscall(SYS_kcmp, self, self, KCMP_VM, 0, 0) == 0));
}

Finding probe_process_vm_readv()
{
    static const int word = 4711; // at the same address in the child
    const Sleeper child;
    int seen = 0;
    const auto error =
        read_memory(child.pid(), reinterpret_cast<std::uintptr_t>(&word), std::as_writable_bytes(std::span{&seen, 1}));
    return from_error(error.value());
}

Finding probe_parent_death_signal()
{
    return from_error(error_in_child([] { return error_unless(::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0); }));
}

Finding probe_seccomp()
{
    return from_error(error_in_child([] {
        sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
        const sock_fprog program{1, &allow};
        if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
            return errno;
        }
        return error_unless(::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0);
    }));
}

Finding probe_user_namespace()
{
    return from_error(error_in_child([] { return unshare_in_child(CLONE_NEWUSER); }));
}

Finding probe_pid_namespace()
{
    if (error_in_child([] { return unshare_in_child(CLONE_NEWPID); }) == 0) {
        return from_error(0);
    }
    const int error = error_in_child([] { return unshare_in_child(CLONE_NEWUSER | CLONE_NEWPID); });
    if (error == 0) {
        return {Capability::State::available, "works inside a user namespace"};
    }
    return from_error(error);
}

Finding probe_memory_cgroup()
{
    return from_reason(why_no_cgroup(Controller::memory));
}

Finding probe_pids_cgroup()
{
    return from_reason(why_no_cgroup(Controller::pids));
}

Finding probe_small_disk()
{
    return from_reason(why_no_small_disk());
}

} // namespace bulkhead::sys
