#include "harness/run/zygote.hpp"

#include "harness/run/launcher.hpp"
#include "harness/sys/epoll.hpp"
#include "harness/sys/socket.hpp"

#include <array>

namespace bulkhead::run {

Zygote::Zygote(const std::filesystem::path& host, const sys::Fd& null)
{
    auto [ours, theirs] = sys::seqpacket_pair();
    process_ = launch(host, "zygote", null, std::array{theirs.number()});
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

void Zygote::request(std::uint32_t hosts, std::span<const int> descriptors, pid_t group)
{
    sys::send_with_descriptors(socket_, std::array{static_cast<std::uint32_t>(group), hosts}, descriptors);
}

std::optional<std::span<const std::int32_t>> Zygote::reply()
{
    const auto count = sys::receive_words(socket_, reply_);
    return count ? std::optional(std::span<const std::int32_t>(reply_).first(*count)) : std::nullopt;
}

} // namespace bulkhead::run
