#include "harness/run/zygote.hpp"

#include "harness/run/launcher.hpp"
#include "harness/run/refusal.hpp"
#include "harness/sys/proc.hpp"
#include "harness/sys/socket.hpp"

#include <array>

namespace bulkhead::run {

Zygote::Zygote(const std::filesystem::path& host, const sys::Fd& null, std::chrono::milliseconds start_limit)
    : program_(host)
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

/// What its socket refused, with what became of it.
void Zygote::refuse(const std::system_error& refused) const
{
    constexpr std::chrono::milliseconds end_limit{1000}; // it closes its socket before it has ended
    const auto end = process_.ends_within(end_limit) ? process_.reap() : std::nullopt;
    if (!end)
        throw refused;
    const std::string what = refused.what(); // "call: reason"
    const std::string call = what.substr(0, what.rfind(": " + refused.code().message()));
    throw std::system_error(refused.code(), call + " (" + program_.string() + "), which " + describe_host_end(*end));
}

void Zygote::request(std::uint32_t hosts, std::span<const int> descriptors, pid_t group)
{
    try {
        sys::send_with_descriptors(socket_, std::array{static_cast<std::uint32_t>(group), hosts}, descriptors);
    } catch (const std::system_error& refused) {
        refuse(refused);
    }
}

std::optional<std::span<const std::int32_t>> Zygote::reply()
{
    try {
        const auto count = sys::receive_words(socket_, reply_);
        return count ? std::optional(std::span<const std::int32_t>(reply_).first(*count)) : std::nullopt;
    } catch (const std::system_error& refused) {
        refuse(refused);
    }
}

} // namespace bulkhead::run
