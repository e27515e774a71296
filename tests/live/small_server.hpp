#pragma once

#include "harness/sys/fd.hpp"
#include "harness/sys/tcp.hpp"
#include "workers/request.hpp"

#include <array>
#include <chrono>
#include <cstring>
#include <functional>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <utility>
#include <vector>

namespace bulkhead::test {

/// A server of one thread, that treats each connection in turn as it is told to.
class SmallServer {
public:
    /// `number`: of the connection, from 0.
    using Treat = std::function<void(SmallServer& server, sys::Fd connection, std::size_t number)>;

    explicit SmallServer(Treat treat)
        : listener_(sys::listen_on_loopback(4096)), stop_(sys::eventfd()), treat_(std::move(treat)),
          thread_([this] { serve(); })
    {}
    ~SmallServer()
    {
        sys::eventfd_signal(stop_.number());
        thread_.join();
    }
    SmallServer(const SmallServer&) = delete;
    SmallServer& operator=(const SmallServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return sys::port_of(listener_); }

    /// Until the server is to end or the time is over.
    void pause(std::chrono::milliseconds time) const
    {
        pollfd stop{stop_.number(), POLLIN, 0};
        ::poll(&stop, 1, static_cast<int>(time.count()));
    }
    /// For as long as the server lives.
    void keep(sys::Fd connection) { kept_.push_back(std::move(connection)); }

    /// The connections do not block: a request is there, or comes within a second.
    static workers::Message read_request(const sys::Fd& connection)
    {
        workers::Message request;
        const auto all = std::as_writable_bytes(std::span{&request, 1});
        for (std::size_t got = 0; got < all.size();) {
            pollfd readable{connection.number(), POLLIN, 0};
            const sys::Moved moved =
                ::poll(&readable, 1, 1000) == 1 ? sys::receive_some(connection, all.subspan(got)) : sys::Moved{};
            if (moved.bytes == 0)
                break;
            got += moved.bytes;
        }
        return request;
    }
    static void write(const sys::Fd& connection, const workers::Message& reply, std::size_t bytes = sizeof reply)
    {
        sys::send_some(connection, std::as_bytes(std::span{&reply, 1}).first(bytes));
    }

private:
    void serve()
    {
        std::array<pollfd, 2> both{{{listener_.number(), POLLIN, 0}, {stop_.number(), POLLIN, 0}}};
        for (std::size_t number = 0; ::poll(both.data(), both.size(), -1) > 0 && both[1].revents == 0;) {
            sys::Fd connection{::accept4(listener_.number(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)};
            if (connection)
                treat_(*this, std::move(connection), number++);
        }
    }

    sys::Fd listener_;
    sys::Fd stop_;
    Treat treat_;
    std::vector<sys::Fd> kept_;
    std::thread thread_;
};

/// As a worker should.
inline void answer(SmallServer& /*server*/, sys::Fd connection, std::size_t /*number*/)
{
    const workers::Message request = SmallServer::read_request(connection);
    if (workers::is_request(request))
        SmallServer::write(connection, workers::make_reply(0, request));
}

} // namespace bulkhead::test
