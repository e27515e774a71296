#pragma once

#include "harness/load/request.hpp"
#include "harness/sys/epoll.hpp"
#include "harness/sys/fd.hpp"
#include "harness/sys/ticker.hpp"
#include "workers/request.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <limits>
#include <thread>
#include <vector>

namespace bulkhead::load {

/// What a generator is to do.
struct Rate {
    std::uint16_t port = 0;                         ///< of a listener on 127.0.0.1
    std::chrono::nanoseconds interval{500'000};     ///< between two requests
    std::chrono::nanoseconds patience{500'000'000}; ///< how long a client waits, from when its request went out
    std::uint32_t most_at_once = 1024;              ///< connections; what is due beyond them waits, and its time counts
    std::uint64_t seed = 1;                         ///< of the questions that are asked
};

/// Clients outside the pool: a thread of the supervisor that sends requests at a constant rate, whatever becomes of
/// them ("open loop"), each over a connection of its own.
///
///   due -> connect, send the request, read the reply, close by a reset -> how it ended
///
/// The reset keeps connections out of TIME_WAIT, in which every trial would leave hundreds of ports for a minute. It
/// takes nothing from anybody: the reply has been read, or is not waited for any longer.
class Generator {
public:
    /// Starts at once; the first request is due now.
    explicit Generator(const Rate& rate);
    /// Gives up what is under way.
    ~Generator();
    Generator(const Generator&) = delete;
    Generator& operator=(const Generator&) = delete;

    /// No request is due after this moment any more. Then it only waits for what is under way, at most for as long as
    /// the clients have patience. From now on `descriptor` tells of the end alone.
    void stop_at(model::Stamp last) noexcept
    {
        tells_each_ = false;
        last_ = last;
    }

    /// Readable when a request has ended, or the generator has nothing left to do; until `clear`.
    [[nodiscard]] const sys::Fd& descriptor() const { return told_; }
    void clear() noexcept { sys::eventfd_clear(told_); }
    /// Requests that have ended, and whether it has nothing left to do.
    [[nodiscard]] std::uint64_t ended() const noexcept { return ended_; }
    [[nodiscard]] bool done() const noexcept { return done_; }

    /// Waits until it is done, stopping now if it was not told to yet. Once; throws what the environment has refused
    /// meanwhile (std::system_error).
    std::vector<Request> finish();

private:
    struct Client {
        sys::Fd socket{};
        workers::Message request{};
        workers::Message reply{};
        std::size_t sent = 0;
        std::size_t received = 0;
        std::size_t number = 0; ///< of the request
    };

    void run();
    void work();
    void begin_due(model::Stamp now);
    void begin(std::size_t number, model::Stamp now);
    void advance(std::uint32_t slot);
    bool send_rest(Client& client);
    void receive_rest(std::uint32_t slot);
    void note_error(std::uint32_t slot, int error);
    void end(std::uint32_t slot, Ending ending);
    void expire(model::Stamp now);
    [[nodiscard]] model::Stamp due(std::size_t number) const;

    Rate rate_;
    model::Stamp began_;
    sys::Epoll epoll_;
    sys::Ticker ticker_;
    sys::Fd told_;
    std::vector<Client> clients_;
    std::vector<std::uint32_t> free_;    ///< slots of clients_ without a connection
    std::vector<Request> requests_;      ///< that were due until now
    std::vector<std::uint32_t> slot_of_; ///< by request, once it has begun
    std::size_t next_ = 0;               ///< the first of them that has not begun
    std::size_t first_open_ = 0;         ///< all before it have ended
    std::atomic<model::Stamp> last_ = std::numeric_limits<model::Stamp>::max(); ///< when a request may be due
    std::atomic<std::uint64_t> ended_ = 0;
    std::atomic<bool> tells_each_ = true;
    std::atomic<bool> done_ = false;
    std::atomic<bool> gives_up_ = false;
    std::exception_ptr refused_;
    std::thread thread_; ///< last: everything else is there when it starts
};

} // namespace bulkhead::load
