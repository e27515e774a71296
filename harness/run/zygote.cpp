#include "harness/run/zygote.hpp"

#include "harness/run/launcher.hpp"
#include "harness/sys/epoll.hpp"
#include "harness/sys/socket.hpp"

namespace bulkhead::run {

Zygote::Zygote(const std::filesystem::path& host, const sys::Fd& null)
{
    auto [ours, theirs] = sys::seqpacket_pair();
    process_ = launch(host, "zygote", null, theirs.number());
    socket_ = std::move(ours);
}

Zygote::~Zygote()
{
    try {
        socket_.close(); // it ends when it sees this
        sys::Epoll ended;
        ended.add(process_.descriptor(), 0);
        ended.wait(std::chrono::seconds{1});
    } catch (const std::exception&) { // NOLINT: it is not waited for then, and killed at once
    }
    try {
        process_.kill_and_reap();
    } catch (const std::exception&) { // NOLINT: nothing more can be done; it dies with this thread at the latest
    }
}

void Zygote::request(const Seat& seat)
{
    sys::send_with_descriptors(socket_, 0, {seat.box().number(), seat.bell().number()});
}

std::optional<std::int32_t> Zygote::reply()
{
    return sys::receive_word(socket_);
}

} // namespace bulkhead::run
