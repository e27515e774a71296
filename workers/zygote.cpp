#include "workers/host.hpp"

#include "workers/blackbox.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <linux/sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <tuple>
#include <unistd.h>

namespace bulkhead::workers {
namespace {

/// Where glibc keeps the main thread's id. A raw clone(2) must renew it as fork(3) does, or mutexes that look at their
/// owner would take all hosts for one thread. Null where the kernel does not tell (CONFIG_CHECKPOINT_RESTORE).
int* thread_id_word()
{
    int* word = nullptr;
    if (::prctl(PR_GET_TID_ADDRESS, &word, 0, 0, 0) < 0 || word == nullptr || *word != ::getpid())
        return nullptr;
    return word;
}

/// fork(2), but the child's parent is ours, which will reap it. Plain fork(3) cannot do that.
long fork_sibling(int* tid_word)
{
    unsigned long flags = CLONE_PARENT | SIGCHLD;
    if (tid_word != nullptr)
        flags |= CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID;
    return ::syscall(SYS_clone, flags, nullptr, nullptr, tid_word, nullptr);
}

/// The calling thread's list of robust locks, which a raw clone(2) must register anew as fork(3) does:
/// get_robust_list(2).
struct RobustList {
    void* head = nullptr;
    std::size_t bytes = 0;
};
RobustList robust_list()
{
    RobustList list;
    ::syscall(SYS_get_robust_list, 0, &list.head, &list.bytes);
    return list;
}

struct Request {
    std::uint32_t group = 0; ///< 0: a session of its own; 1: a process group of its own; else the one to join
    std::array<int, most_descriptors> descriptors{};
    std::size_t count = 0; ///< of them: black box, bell, what the hosts of the pool share, ends of channels
};

/// Receives a request; false when the other end is closed or sends what is no request.
bool receive(int socket, Request& request)
{
    iovec part{&request.group, sizeof request.group};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof request.descriptors)> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    ssize_t received = 0;
    do
        received = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (received < 0 && errno == EINTR);
    const cmsghdr* const header = received > 0 ? CMSG_FIRSTHDR(&message) : nullptr;
    if (header == nullptr || header->cmsg_len < CMSG_LEN(2 * sizeof(int)) || header->cmsg_len > control.size())
        return false;
    const std::size_t bytes = header->cmsg_len - CMSG_LEN(0);
    std::memcpy(request.descriptors.data(), CMSG_DATA(header), bytes);
    request.count = bytes / sizeof(int);
    return true;
}

/// Puts the descriptors where a host that was executed finds them. False when there is no room.
bool place(const Request& request)
{
    const int out_of_the_way = box_descriptor + static_cast<int>(request.count);
    std::array<int, std::tuple_size_v<decltype(Request::descriptors)>> moved{};
    for (std::size_t i = 0; i < request.count; ++i) {
        moved[i] = ::fcntl(request.descriptors[i], F_DUPFD_CLOEXEC, out_of_the_way);
        if (moved[i] < 0)
            return false;
    }
    for (std::size_t i = 0; i < request.count; ++i)
        ::close(request.descriptors[i]);
    for (std::size_t i = 0; i < request.count; ++i) {
        if (::dup3(moved[i], box_descriptor + static_cast<int>(i), O_CLOEXEC) < 0)
            return false;
        ::close(moved[i]);
    }
    return true;
}

/// The leader of the group may not have made it yet: it was forked a moment ago.
bool join(std::uint32_t group)
{
    constexpr int tries = 10'000;
    for (int i = 0; i < tries; ++i) {
        if (::setpgid(0, group == 1 ? 0 : static_cast<pid_t>(group)) == 0)
            return true;
        ::usleep(100);
    }
    return false;
}

[[noreturn]] void become_host(int socket, const Request& request, const RobustList& robust)
{
    if (robust.head != nullptr)
        ::syscall(SYS_set_robust_list, robust.head, robust.bytes);
    // The black box names the supervisor, and run_host looks whether it is still our parent.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::close(socket);
    if (request.group == 0)
        ::setsid();
    else if (!join(request.group))
        ::_exit(exit_no_commons);
    if (request.count == 2) // nothing to move, which would cost a small host its time
        std::exit(run_host(request.descriptors[0], request.descriptors[1]));
    if (!place(request))
        ::_exit(exit_no_commons);
    std::exit(run_host(box_descriptor, bell_descriptor));
}

} // namespace

int run_zygote(int socket)
{
    int* const tid_word = thread_id_word();
    reserve_heap_cells(1);
    const RobustList robust = robust_list();
    Request request;
    while (receive(socket, request)) {
        const long pid = fork_sibling(tid_word);
        if (pid == 0)
            become_host(socket, request, robust);
        const auto reply = static_cast<std::int32_t>(pid < 0 ? -errno : pid);
        for (std::size_t i = 0; i < request.count; ++i)
            ::close(request.descriptors[i]);
        if (::send(socket, &reply, sizeof reply, MSG_NOSIGNAL) < 0) {
            if (pid > 0) // nobody knows of it
                ::kill(static_cast<pid_t>(pid), SIGKILL);
            break;
        }
    }
    return 0;
}

} // namespace bulkhead::workers
