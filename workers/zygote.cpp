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
#include <span>
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
    std::array<std::uint32_t, 2> words{};
    std::array<int, most_descriptors> descriptors{};
    std::size_t count = 0; ///< of them, for all hosts together

    /// 0: a session of its own; 1: a process group of its own; else the one to join
    [[nodiscard]] std::uint32_t group() const { return words[0]; }
    [[nodiscard]] std::uint32_t hosts() const { return words[1]; }
    /// Of one host: black box, bell, what the hosts of the pool share, ends of channels.
    [[nodiscard]] std::span<const int> of_host(std::uint32_t number) const
    {
        const std::size_t each = count / hosts();
        return {descriptors.data() + number * each, each};
    }
};

/// Receives a request; false when the other end is closed or sends what is no request.
bool receive(int socket, Request& request)
{
    iovec part{request.words.data(), sizeof request.words};
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
    return request.hosts() > 0 && request.hosts() <= most_forked_at_once && request.count % request.hosts() == 0;
}

/// Puts the descriptors where a host that was executed finds them. False when there is no room.
bool place(std::span<const int> descriptors)
{
    const int out_of_the_way = box_descriptor + static_cast<int>(descriptors.size());
    std::array<int, most_descriptors> moved{};
    for (std::size_t i = 0; i < descriptors.size(); ++i) {
        moved[i] = ::fcntl(descriptors[i], F_DUPFD_CLOEXEC, out_of_the_way);
        if (moved[i] < 0)
            return false;
    }
    for (const int descriptor : descriptors)
        ::close(descriptor);
    for (std::size_t i = 0; i < descriptors.size(); ++i) {
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

/// Closes the zygote's socket, and what is other hosts'. The kernel gives received descriptors the lowest free numbers,
/// and a zygote has none beside those and the socket: so one host's are neighbours.
bool keep_only(std::span<const int> descriptors)
{
    const auto first = static_cast<unsigned>(descriptors.front());
    const auto last = static_cast<unsigned>(descriptors.back());
    return last - first + 1 == descriptors.size() && first > zygote_descriptor &&
           ::syscall(SYS_close_range, zygote_descriptor, first - 1, 0U) == 0 &&
           ::syscall(SYS_close_range, last + 1, ~0U, 0U) == 0;
}

/// As from main(), where that matters: a host that was asked to stop has nothing left to tidy, and tidying writes to
/// pages that it shares with the zygote until then.
[[noreturn]] void leave(int code)
{
    if (code == 0)
        ::_exit(0);
    std::exit(code);
}

[[noreturn]] void become_host(const Request& request, std::uint32_t number, const RobustList& robust, pid_t supervisor)
{
    if (robust.head != nullptr)
        ::syscall(SYS_set_robust_list, robust.head, robust.bytes);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != supervisor) // gone before that: the signal would never come
        ::_exit(exit_supervisor_gone);
    const auto descriptors = request.of_host(number);
    if (!keep_only(descriptors))
        ::_exit(exit_no_commons);
    if (request.group() == 0)
        ::setsid();
    else if (!join(request.group()))
        ::_exit(exit_no_commons);
    if (descriptors.size() == 2) // nothing to move, which would cost a small host its time
        leave(run_host(descriptors[0], descriptors[1]));
    if (!place(descriptors))
        ::_exit(exit_no_commons);
    leave(run_host(box_descriptor, bell_descriptor));
}

} // namespace

int run_zygote(int socket)
{
    int* const tid_word = thread_id_word();
    reserve_heap_cells(1);
    const RobustList robust = robust_list();
    const pid_t supervisor = ::getppid();
    Request request;
    while (receive(socket, request)) {
        std::array<std::int32_t, most_forked_at_once> reply{};
        for (std::uint32_t number = 0; number < request.hosts(); ++number) {
            const long pid = fork_sibling(tid_word);
            if (pid == 0)
                become_host(request, number, robust, supervisor);
            reply[number] = static_cast<std::int32_t>(pid < 0 ? -errno : pid);
            const auto last = static_cast<unsigned>(request.of_host(number).back());
            ::syscall(SYS_close_range, zygote_descriptor + 1, last, 0U); // the next need not inherit and close them
        }
        if (::send(socket, reply.data(), request.hosts() * sizeof reply[0], MSG_NOSIGNAL) < 0) {
            for (const std::int32_t pid : reply)
                if (pid > 0) // nobody knows of it
                    ::kill(pid, SIGKILL);
            break;
        }
    }
    return 0;
}

} // namespace bulkhead::workers
