#include "harness/load/generator.hpp"

#include "harness/sys/clock.hpp"
#include "harness/sys/error.hpp"
#include "harness/sys/tcp.hpp"

#include <algorithm>
#include <cerrno>
#include <numeric>

namespace bulkhead::load {
namespace {

constexpr std::uint64_t tick_tag = ~std::uint64_t{0};
constexpr std::chrono::seconds longest_wait{1}; ///< for an event; ticks come far more often

} // namespace

Generator::Generator(const Rate& rate)
    : rate_(rate), began_(sys::monotonic_ns()), ticker_(began_ + 1, rate.interval), told_(sys::eventfd()),
      clients_(rate.most_at_once), free_(rate.most_at_once)
{
    std::iota(free_.rbegin(), free_.rend(), 0U); // the first one is taken from the back
    epoll_.add(ticker_.descriptor(), tick_tag);
    thread_ = std::thread([this] { run(); });
}

Generator::~Generator()
{
    gives_up_ = true;
    if (thread_.joinable())
        thread_.join();
}

std::vector<Request> Generator::finish()
{
    last_ = std::min(last_.load(), sys::monotonic_ns());
    thread_.join();
    if (refused_)
        std::rethrow_exception(refused_);
    return std::move(requests_);
}

void Generator::run()
{
    try {
        work();
    } catch (...) {
        refused_ = std::current_exception();
    }
    clients_.clear(); // the epoll instance, which only this thread waits for, ends with it
    done_ = true;
    sys::eventfd_signal(told_.number());
}

/// A tick comes at every interval, so that nothing it has been told waits for longer.
void Generator::work()
{
    while (!gives_up_) {
        for (const std::uint64_t tag : epoll_.wait(longest_wait)) {
            if (tag == tick_tag)
                ticker_.clear();
            else
                advance(static_cast<std::uint32_t>(tag));
        }
        const model::Stamp now = sys::monotonic_ns();
        const model::Stamp last = last_;
        begin_due(std::min(now, last));
        expire(now);
        if (now >= last && first_open_ == requests_.size())
            return;
    }
}

model::Stamp Generator::due(std::size_t number) const
{
    return began_ + static_cast<std::int64_t>(number) * rate_.interval.count();
}

void Generator::begin_due(model::Stamp now)
{
    while (due(requests_.size()) <= now) {
        requests_.push_back({.due = due(requests_.size())});
        slot_of_.push_back(rate_.most_at_once);
    }
    for (; next_ < requests_.size() && !free_.empty(); ++next_)
        begin(next_, sys::monotonic_ns());
}

void Generator::begin(std::size_t number, model::Stamp now)
{
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    Client& client = clients_[slot];
    client = {.socket = sys::tcp_socket(),
              .request = workers::make_request(
                  number, workers::counter_seed(rate_.seed, workers::client, static_cast<std::uint32_t>(number))),
              .number = number};
    requests_[number].begun = now;
    slot_of_[number] = slot;
    sys::reset_on_close(client.socket);
    epoll_.add_both_edges(client.socket, slot);
    if (const int error = sys::connect_to_loopback(client.socket, rate_.port); error != 0 && error != EINPROGRESS)
        note_error(slot, error);
    else
        advance(slot);
}

/// As far as it gets without waiting. An event that was meant for the slot's connection before is harmless.
void Generator::advance(std::uint32_t slot)
{
    Client& client = clients_[slot];
    if (!client.socket)
        return;
    const auto all = std::as_bytes(std::span{&client.request, 1});
    while (client.sent < all.size()) {
        const sys::Moved moved = sys::send_some(client.socket, all.subspan(client.sent));
        if (moved.error != 0) {
            note_error(slot, moved.error);
            return;
        }
        client.sent += moved.bytes;
    }
    receive_rest(slot);
}

void Generator::receive_rest(std::uint32_t slot)
{
    Client& client = clients_[slot];
    const auto all = std::as_writable_bytes(std::span{&client.reply, 1});
    while (client.received < all.size()) {
        const sys::Moved moved = sys::receive_some(client.socket, all.subspan(client.received));
        if (moved.error != 0) {
            note_error(slot, moved.error);
            return;
        }
        if (moved.bytes == 0) {
            end(slot, Ending::closed);
            return;
        }
        client.received += moved.bytes;
    }
    end(slot, workers::is_reply_to(client.request, client.reply) ? Ending::answered : Ending::wrong);
}

void Generator::note_error(std::uint32_t slot, int error)
{
    switch (error) {
    case EAGAIN: return;
    case ECONNRESET:
    case EPIPE: end(slot, Ending::reset); return;
    case ECONNREFUSED: end(slot, Ending::refused); return;
    case ETIMEDOUT: end(slot, Ending::timed_out); return;
    default: sys::refuse("a client's connection", error); // no port, no memory: not the pool's doing
    }
}

void Generator::end(std::uint32_t slot, Ending ending)
{
    Client& client = clients_[slot];
    Request& request = requests_[client.number];
    request.ended = sys::monotonic_ns();
    request.ending = ending;
    epoll_.remove(client.socket);
    client.socket.close();
    free_.push_back(slot);
    while (first_open_ < requests_.size() && requests_[first_open_].ended)
        ++first_open_;
    ++ended_;
    if (tells_each_)
        sys::eventfd_signal(told_.number());
}

/// All have the same patience, and begin in their order, so that the first is the first to lose it. It counts from when
/// a request went out: that it went out late is slow, and no failure of whoever answers.
void Generator::expire(model::Stamp now)
{
    while (first_open_ < next_ && *requests_[first_open_].begun + rate_.patience.count() <= now)
        end(slot_of_[first_open_], Ending::timed_out);
}

} // namespace bulkhead::load
