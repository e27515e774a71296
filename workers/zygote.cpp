#include "workers/host.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <linux/sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
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

/// Receives a request; false when the other end is closed or sends what is no request.
bool receive(int socket, std::array<int, 2>& descriptors)
{
    std::uint32_t word = 0;
    iovec part{&word, sizeof word};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof descriptors)> control{};
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
    if (header == nullptr || header->cmsg_len != CMSG_LEN(sizeof descriptors))
        return false;
    std::memcpy(descriptors.data(), CMSG_DATA(header), sizeof descriptors);
    return true;
}

[[noreturn]] void become_host(int socket, const std::array<int, 2>& descriptors)
{
    // The black box names the supervisor, and run_host looks whether it is still our parent.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::setsid();
    ::close(socket);
    std::exit(run_host(descriptors[0], descriptors[1]));
}

} // namespace

int run_zygote(int socket)
{
    int* const tid_word = thread_id_word();
    std::array<int, 2> descriptors{};
    while (receive(socket, descriptors)) {
        const long pid = fork_sibling(tid_word);
        if (pid == 0)
            become_host(socket, descriptors);
        const auto reply = static_cast<std::int32_t>(pid < 0 ? -errno : pid);
        ::close(descriptors[0]);
        ::close(descriptors[1]);
        if (::send(socket, &reply, sizeof reply, MSG_NOSIGNAL) < 0) {
            if (pid > 0) // nobody knows of it
                ::kill(static_cast<pid_t>(pid), SIGKILL);
            break;
        }
    }
    return 0;
}

} // namespace bulkhead::workers
