#pragma once

#include "harness/model/channel.hpp"
#include "harness/model/shape.hpp"
#include "workers/channels/make.hpp"

#include <cstdint>
#include <vector>

namespace bulkhead::run {

/// The channels of a pool whose workers send to one another in a ring, as long as the supervisor has them: a channel
/// from each worker to the next one, and from the last to the first. Nobody gets an end but the host of the worker
/// whose it is; and the supervisor keeps none, or nobody would see that the other end is gone.
class RingOfChannels {
public:
    /// Throws std::system_error when the environment does not have so many channels of that kind.
    RingOfChannels(model::ChannelKind kind, model::Shape shape);

    /// For each thread of the host the end that it receives from, and the end that it sends to.
    void append_to(std::vector<int>& descriptors, std::uint32_t host) const;
    /// Closes the ends of a host that has been handed them.
    void let_go(std::uint32_t host);

private:
    [[nodiscard]] std::uint32_t before(std::uint32_t worker) const;

    model::Shape shape_;
    std::vector<workers::MadeChannel> channels_; ///< by the worker that sends
};

} // namespace bulkhead::run
