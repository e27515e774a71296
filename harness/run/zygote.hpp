#pragma once

#include "harness/sys/pidfd.hpp"
#include "workers/blackbox.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

namespace bulkhead::run {

/// The supervisor's side of a fork server (workers/host.hpp has the protocol). Its hosts are the supervisor's children.
class Zygote {
public:
    Zygote(const std::filesystem::path& host, const sys::Fd& null, std::chrono::milliseconds start_limit);
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
    [[nodiscard]] pid_t pid() const { return process_.pid(); }
    /// The children that the calling thread had when it started the zygote, and the zygote.
    [[nodiscard]] const std::vector<pid_t>& children_before() const { return children_before_; }

private:
    [[noreturn]] void refuse(const std::system_error& refused) const;

    std::filesystem::path program_;
    sys::Fd socket_;
    sys::Pidfd process_;
    std::vector<pid_t> children_before_;
    std::array<std::int32_t, workers::most_forked_at_once> reply_{};
};

} // namespace bulkhead::run
