#pragma once

#include "harness/sys/pidfd.hpp"

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

    /// Asks for a host with these descriptors (black box, bell, what it is handed), in a group as sys::ExecRequest has
    /// it; the reply comes later, in the order of the requests.
    void request(std::span<const int> descriptors, pid_t group);
    /// The next host, not waiting for it; nullopt when there is none yet. Throws std::system_error when the zygote
    /// could not fork, or is gone.
    [[nodiscard]] std::optional<pid_t> reply();
    [[nodiscard]] const sys::Fd& socket() const { return socket_; }

private:
    sys::Fd socket_;
    sys::Pidfd process_;
};

} // namespace bulkhead::run
