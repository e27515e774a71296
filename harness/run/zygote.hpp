#pragma once

#include "harness/sys/pidfd.hpp"
#include "workers/blackbox.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>

namespace bulkhead::run {

/// The supervisor's side of a fork server (workers/host.hpp has the protocol). Its hosts are the supervisor's children.
class Zygote {
public:
    Zygote(const std::filesystem::path& host, const sys::Fd& null);
    ~Zygote();
    Zygote(const Zygote&) = delete;
    Zygote& operator=(const Zygote&) = delete;

    /// Asks for so many hosts, at most workers::most_forked_at_once, with these descriptors (of each host: black box,
    /// bell, what it is handed), in groups as sys::ExecRequest has it; the reply comes later, in the order of the
    /// requests.
    void request(std::uint32_t hosts, std::span<const int> descriptors, pid_t group);
    /// The reply to the next request, not waiting for it: of each host its pid, or the negative errno of what failed.
    /// nullopt when there is none yet; valid until the next call. Throws std::system_error when the zygote is gone.
    [[nodiscard]] std::optional<std::span<const std::int32_t>> reply();
    [[nodiscard]] const sys::Fd& socket() const { return socket_; }

private:
    sys::Fd socket_;
    sys::Pidfd process_;
    std::array<std::int32_t, workers::most_forked_at_once> reply_{};
};

} // namespace bulkhead::run
