#pragma once

#include "harness/sys/fd.hpp"
#include "harness/sys/termination.hpp"

#include <chrono>
#include <optional>
#include <sys/types.h>

namespace bulkhead::sys {

/// After SIGKILL only the kernel can be slow: a process that sleeps uninterruptibly (a disk or a network file system
/// that does not answer) ends when that does. Or somebody traces it and does not wait for it: until it is let go, it
/// cannot be reaped.
inline constexpr std::chrono::milliseconds kill_limit{5000};

/// A child process, held by a descriptor: signals and waits cannot hit another process that got its pid later. Readable
/// (epoll) when the process has ended. Its owner is the one reaper of the process.
class Pidfd {
public:
    Pidfd() = default;
    /// Takes over a descriptor from clone(2) CLONE_PIDFD.
    Pidfd(pid_t pid, Fd descriptor) noexcept : pid_(pid), descriptor_(static_cast<Fd&&>(descriptor)) {}
    /// pidfd_open(2) of a child that has not been reaped, so that the pid cannot be another's.
    static Pidfd open(pid_t pid);
    /// The same; a child that cannot be held is not left alone but killed and reaped, before the error is thrown.
    static Pidfd open_or_kill(pid_t pid);

    [[nodiscard]] pid_t pid() const noexcept { return pid_; }
    [[nodiscard]] const Fd& descriptor() const noexcept { return descriptor_; }
    [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(descriptor_); }

    /// pidfd_send_signal(2). False when the process has ended already.
    bool signal(int number) const;
    /// The same to every member of the process group that this process leads (Linux 6.9: PIDFD_SIGNAL_PROCESS_GROUP;
    /// before that kill(2), as its leader has not been reaped).
    bool signal_group(int number) const;
    /// Reaps the process if it has ended; nullopt as long as it has not. Call it no more once it gave a value.
    [[nodiscard]] std::optional<Termination> reap() const;
    /// Waits for the end of all its threads: poll(2). False when the limit comes first. Takes nothing away from `reap`.
    [[nodiscard]] bool ends_within(std::chrono::milliseconds limit) const;
    /// SIGKILL, and waits for the end, but no longer than `kill_limit`: who hangs in the kernel beyond that is left to
    /// it, and who is traced to its tracer.
    void kill_and_reap() const;
    /// True when a signal has stopped the process (WSTOPPED); takes nothing away from `reap`.
    [[nodiscard]] bool stopped() const;

private:
    pid_t pid_ = 0;
    Fd descriptor_;
};

/// A descriptor that becomes readable when this one thread ends: pidfd_open(2) with PIDFD_THREAD, Linux 6.9. Empty
/// where the kernel does not have it, or the thread is gone already.
Fd open_thread(pid_t tid);

/// tgkill(2): a signal to one thread of a process that has not been reaped. False when that thread is gone.
bool signal_thread(pid_t pid, pid_t tid, int number);
/// kill(2) of a process group. False when nobody is in it.
bool signal_group(pid_t group, int number);

} // namespace bulkhead::sys
