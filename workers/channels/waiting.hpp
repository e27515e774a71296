#pragma once

#include "workers/channels/passage.hpp"

#include <ctime>
#include <poll.h>

namespace bulkhead::workers {

/// poll(2) of one descriptor; it counts in milliseconds, and the limit is rounded up to them. False when it passed
/// first (errno is EAGAIN) or a signal came first (EINTR). Not ppoll(2), which writes back what was left of its time.
bool await(int descriptor, short events, Limit limit);

/// How long calls on a socket block: SO_RCVTIMEO or SO_SNDTIMEO, socket(7). Set only when it changes, so that a call
/// with a limit is still one system call.
class SocketLimit {
public:
    /// Gives the flag for recv(2) or send(2): MSG_DONTWAIT where the limit is zero.
    int set(int socket, int option, Limit limit);

private:
    Limit now_{-1}; ///< -1: whoever had the socket before may have set another
};

/// The clock of mq_timedsend(3): CLOCK_REALTIME, so that setting the machine's clock moves the end of a wait.
timespec real_time_in(Limit limit);

} // namespace bulkhead::workers
