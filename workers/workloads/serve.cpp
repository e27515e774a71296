// The workload `serve`: a worker accepts one connection after another on a listener that all hosts of the pool were
// handed ("prefork", and a thread for each connection where a host has several), reads a request, and answers it.
// A connection is the worker's alone: whoever ends in between cuts its client off. Workers wait in accept(2), where the
// kernel wakes one for each connection, whoever has waited longest. By poll(2) it would wake all, and mostly one and
// the same would be the first.

#include "workers/blackbox.hpp"
#include "workers/request.hpp"
#include "workers/workload.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <netinet/in.h>
#include <poll.h>
#include <span>
#include <sys/socket.h>
#include <unistd.h>

namespace bulkhead::workers {
namespace {

/// How long a client that has connected may take to send its request: it must not keep the worker from others.
constexpr int request_limit_ms = 1000;
/// Where there is no descriptor for a connection it stays where it is: not to be asked for at once again.
constexpr int rest_ms = 5;

/// Between `begin` and `finish`.
struct Service {
    int connection = -1;
    Message reply{};
};
thread_local Service service;

/// Behind the descriptor that tells of the closing.
int listener_of(const Workplace& place)
{
    return place.closing + 1;
}

/// Of the host; 0: it does not serve.
std::atomic<int> listener_of_host = 0;

/// Waits for this descriptor, or for nothing where it is -1. True when the pool closes meanwhile.
bool closes_while_waiting(const Workplace& place, int descriptor, int limit_ms)
{
    std::array<pollfd, 2> both{{{place.closing, POLLIN, 0}, {descriptor, POLLIN, 0}}};
    return ::poll(both.data(), both.size(), limit_ms) > 0 && both[0].revents != 0;
}

/// Until the supervisor makes the listener one that nobody can accept from.
bool await_connection(Workplace& place)
{
    listener_of_host.store(listener_of(place), std::memory_order_relaxed);
    for (;;) {
        service.connection = ::accept4(listener_of(place), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (service.connection >= 0)
            return true;
        switch (errno) {
        case EINVAL:
        case EBADF:
        case ENOTSOCK: return false; // it is over, or a cell-mate has closed it
        case EMFILE:
        case ENFILE:
        case ENOMEM:
        case ENOBUFS:
            if (closes_while_waiting(place, -1, rest_ms))
                return false;
            break;
        case EAGAIN: // somebody has made it one that does not wait
            if (closes_while_waiting(place, listener_of(place), -1))
                return false;
            break;
        default: // of this connection only: accept(2)
            if (closes_while_waiting(place, -1, 0))
                return false;
            break;
        }
    }
}

/// False when the client is gone, or takes too long.
bool receive(int connection, Message& request)
{
    const auto all = std::as_writable_bytes(std::span{&request, 1});
    for (std::size_t got = 0; got < all.size();) {
        const ssize_t bytes = ::recv(connection, all.data() + got, all.size() - got, 0);
        if (bytes > 0) {
            got += static_cast<std::size_t>(bytes);
            continue;
        }
        pollfd readable{connection, POLLIN, 0};
        if (bytes == 0 || errno != EAGAIN || ::poll(&readable, 1, request_limit_ms) <= 0)
            return false;
    }
    return true;
}

bool take_request(Workplace& place)
{
    Message request;
    if (!receive(service.connection, request) || !is_request(request)) {
        ::close(service.connection);
        return false;
    }
    service.reply = make_reply(place.thread, request);
    return true;
}

/// The client's buffer is empty: a frame always has room.
void send_reply(Workplace& /*place*/)
{
    ::send(service.connection, &service.reply, sizeof service.reply, MSG_NOSIGNAL);
    ::close(service.connection);
    service.connection = -1;
}

} // namespace

namespace workloads {

const OutsideWork serving{await_connection, take_request, send_reply};

bool is_of_client(int descriptor)
{
    const int listener = listener_of_host.load(std::memory_order_relaxed);
    if (listener == 0 || descriptor == listener)
        return false;
    sockaddr_in here{};
    sockaddr_in listening{};
    socklen_t bytes = sizeof here;
    if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&here), &bytes) != 0 || here.sin_family != AF_INET)
        return false;
    bytes = sizeof listening;
    return ::getsockname(listener, reinterpret_cast<sockaddr*>(&listening), &bytes) == 0 &&
           here.sin_port == listening.sin_port;
}

} // namespace workloads

} // namespace bulkhead::workers
