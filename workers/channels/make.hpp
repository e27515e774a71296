#pragma once

#include "harness/model/channel.hpp"
#include "harness/sys/fd.hpp"

#include <string>

namespace bulkhead::workers {

/// A new channel: one descriptor for each end, both close-on-exec, and nothing that keeps a name. An end is given to
/// whom it is for by keeping, inheriting or SCM_RIGHTS, and opened there (Sender, Receiver).
///
/// Whoever keeps a copy of an end keeps the other end from seeing that it is gone: the supervisor has to close both
/// when it has handed them over, and no host may get one that is not for its workers.
struct MadeChannel {
    sys::Fd send;
    sys::Fd receive;
    const char* refused = nullptr; ///< the call that failed, when the environment does not have such a channel
    int error = 0;                 ///< its errno

    [[nodiscard]] explicit operator bool() const { return refused == nullptr; }
};

/// Makes both ends; does not throw. What is refused leaves no descriptor behind.
MadeChannel make_channel(model::ChannelKind kind);

/// Why there is no channel, for people: "mq_open: Too many open files (RLIMIT_MSGQUEUE allows no more queues)".
std::string why_refused(const MadeChannel& made);

} // namespace bulkhead::workers
