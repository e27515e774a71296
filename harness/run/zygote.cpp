#include "harness/run/zygote.hpp"

#include "harness/run/launcher.hpp"
#include "harness/sys/epoll.hpp"
#include "harness/sys/socket.hpp"

#include <csignal>

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
        if (ended.wait(std::chrono::seconds{1}).empty()) {
            process_.signal(SIGKILL);
            ended.wait(std::chrono::seconds{1});
        }
        [[maybe_unused]] const auto termination = process_.reap();
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
