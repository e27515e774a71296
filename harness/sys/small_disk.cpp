// A mount without a mount point: fsopen(2), fsconfig(2), fsmount(2), Linux 5.2. Who may not do that becomes the root of
// a user namespace first (user_namespaces(7)), in a child that ends at once:
//
//   1. The child gets a user and a mount namespace, where it may mount.
//   2. It maps its own user and group to themselves; without that no file of theirs can be made on the disk.
//   3. It makes the disk and sends the descriptor through a socket (SCM_RIGHTS). The disk does not need the child.

#include "harness/sys/small_disk.hpp"

#include "harness/sys/error.hpp"
#include "harness/sys/line.hpp"
#include "harness/sys/pidfd.hpp"
#include "harness/sys/socket.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <linux/mount.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead::sys {
namespace {

enum class Step : std::uint8_t { fsopen, fsconfig, fsmount, setgroups, uid_map, gid_map };

constexpr const char* name_of(Step step)
{
    switch (step) {
    case Step::fsopen: return "fsopen of a tmpfs";
    case Step::fsconfig: return "fsconfig of a tmpfs";
    case Step::fsmount: return "fsmount of a tmpfs";
    case Step::setgroups: return "write to /proc/self/setgroups";
    case Step::uid_map: return "write to /proc/self/uid_map";
    case Step::gid_map: return "write to /proc/self/gid_map";
    }
    return "";
}

/// How far it got.
struct Attempt {
    Step failed{};
    int error = 0; ///< of the step that failed; 0: it worked
};

/// Texts that the child needs, made beforehand.
struct Texts {
    std::string size;
    std::string uid_map;
    std::string gid_map;
};

/// Only system calls: it also runs in the child of a process that may have other threads. Sets `disk` when it worked;
/// the descriptor is the caller's to close.
Attempt make_disk(const char* size, int& disk)
{
    const auto failed = [](Step step) { return Attempt{step, errno}; };
    const auto context = static_cast<int>(::syscall(SYS_fsopen, "tmpfs", FSOPEN_CLOEXEC));
    if (context < 0)
        return failed(Step::fsopen);
    const auto set = [context](const char* key, const char* value) {
        return ::syscall(SYS_fsconfig, context, FSCONFIG_SET_STRING, key, value, 0) == 0;
    };
    Attempt attempt;
    if (!set("size", size) || !set("nr_inodes", "64") || !set("mode", "0777") ||
        ::syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) < 0) {
        attempt = failed(Step::fsconfig);
    } else {
        constexpr unsigned attributes = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
        disk = static_cast<int>(::syscall(SYS_fsmount, context, FSMOUNT_CLOEXEC, attributes));
        if (disk < 0)
            attempt = failed(Step::fsmount);
    }
    ::close(context);
    return attempt;
}

bool write_text(const char* path, const char* text)
{
    const int file = ::open(path, O_WRONLY | O_CLOEXEC);
    const bool written = file >= 0 && ::write(file, text, std::strlen(text)) >= 0;
    const int error = errno;
    ::close(file);
    errno = error;
    return written;
}

/// In the child.
Attempt make_disk_in_namespace(const Texts& texts, int& disk)
{
    const auto failed = [](Step step) { return Attempt{step, errno}; };
    if (!write_text("/proc/self/uid_map", texts.uid_map.c_str()))
        return failed(Step::uid_map);
    if (!write_text("/proc/self/setgroups", "deny")) // without it a group may not be mapped
        return failed(Step::setgroups);
    if (!write_text("/proc/self/gid_map", texts.gid_map.c_str()))
        return failed(Step::gid_map);
    return make_disk(texts.size.c_str(), disk);
}

/// Room for one descriptor.
using Control = std::array<char, CMSG_SPACE(sizeof(int))>;

/// In the child.
void send(int socket, Attempt attempt, int disk)
{
    iovec part{&attempt, sizeof attempt};
    alignas(cmsghdr) Control control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (disk >= 0) {
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        cmsghdr* const header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof disk);
        std::memcpy(CMSG_DATA(header), &disk, sizeof disk);
    }
    ::sendmsg(socket, &message, MSG_NOSIGNAL);
}

Attempt receive(const Fd& socket, Fd& disk)
{
    if (!await_readable(socket, std::chrono::seconds{2}))
        refuse("wait for a user namespace", ETIMEDOUT);
    Attempt attempt;
    iovec part{&attempt, sizeof attempt};
    alignas(cmsghdr) Control control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const auto received = ::recvmsg(socket.number(), &message, MSG_CMSG_CLOEXEC);
    if (received != sizeof attempt)
        refuse("recvmsg of a disk", received < 0 ? errno : EPIPE);
    if (const cmsghdr* const header = CMSG_FIRSTHDR(&message);
        header != nullptr && header->cmsg_type == SCM_RIGHTS && header->cmsg_len == CMSG_LEN(sizeof(int))) {
        int number = -1;
        std::memcpy(&number, CMSG_DATA(header), sizeof number);
        disk = Fd{number};
    }
    if (attempt.error == 0 && !disk)
        refuse("recvmsg of a disk", EMFILE); // the kernel drops what there is no number for
    return attempt;
}

std::string map_to_itself(std::uint64_t id)
{
    return std::to_string(id) + " " + std::to_string(id) + " 1";
}

Attempt by_child(const std::string& size, Fd& disk)
{
    const Texts texts{size, map_to_itself(::geteuid()), map_to_itself(::getegid())};
    auto [ours, childs] = seqpacket_pair();
    // By the raw system call: like fork(2), without what libraries would have run in the child, such as a sanitizer's
    // thread, with which there can be no new user namespace.
    const int flags = CLONE_NEWUSER | CLONE_NEWNS | SIGCHLD;
    const auto pid = static_cast<pid_t>(::syscall(SYS_clone, flags, nullptr, nullptr, nullptr, nullptr));
    if (pid < 0)
        refuse("clone into a user namespace (limit: user.max_user_namespaces)");
    if (pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        int made = -1;
        const Attempt attempt = make_disk_in_namespace(texts, made);
        send(childs.number(), attempt, made);
        ::_exit(0);
    }
    const Pidfd child = Pidfd::open_or_kill(pid);
    childs.close();
    try {
        const Attempt attempt = receive(ours, disk);
        child.kill_and_reap();
        return attempt;
    } catch (...) {
        child.kill_and_reap();
        throw;
    }
}

} // namespace

Fd small_disk(std::size_t bytes)
{
    const std::string size = std::to_string(bytes);
    int number = -1;
    Attempt attempt = make_disk(size.c_str(), number);
    Fd disk{number};
    if (attempt.error == EPERM)
        attempt = by_child(size, disk);
    if (attempt.error != 0)
        refuse(name_of(attempt.failed), attempt.error);
    return disk;
}

std::string why_no_small_disk()
{
    try {
        const Fd disk = small_disk(64UL * 1024);
        const Fd file{::openat(disk.number(), "probe", O_WRONLY | O_CREAT | O_CLOEXEC, 0600)};
        if (!file || ::write(file.number(), "x", 1) != 1)
            refuse("write to a tmpfs");
    } catch (const std::system_error& refused) {
        return std::string{"no small disk can be had: "} + refused.what();
    }
    return "";
}

} // namespace bulkhead::sys
