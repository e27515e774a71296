#include "harness/run/zygote.hpp"

#include "harness/run/launcher.hpp"
#include "harness/sys/proc.hpp"
#include "harness/sys/socket.hpp"

#include <array>

namespace bulkhead::run {

Zygote::Zygote(const std::filesystem::path& host, const sys::Fd& null, std::chrono::milliseconds start_limit)
{
    auto [ours, theirs] = sys::seqpacket_pair();
    process_ = launch(host, "zygote", null, std::array{theirs.number()}, sys::own_session, start_limit);
    socket_ = std::move(ours);
    children_before_ = sys::children_of_thread();
}

Zygote::~Zygote()
{
    constexpr std::chrono::milliseconds end_limit{1000};
    socket_.close(); // it ends when it sees this
    try {
        static_cast<void>(process_.ends_within(end_limit));
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
