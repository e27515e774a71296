#pragma once

#include "harness/model/channel.hpp"
#include "harness/model/shape.hpp"
#include "workers/channels/make.hpp"

#include <cstdint>
#include <vector>

namespace bulkhead::run {

/// The channels of a pool whose workers ask the first of them, as long as the supervisor has them: two for each client,
/// one for its requests and one for the answers. Clients have nothing to one another. Nobody gets an end but the host
/// of the worker whose it is; and the supervisor keeps none, or nobody would see that the other end is gone.
class StarOfChannels {
public:
    /// Throws std::system_error when the environment does not have so many channels of that kind.
    StarOfChannels(model::ChannelKind kind, model::Shape shape);

    /// In the order that workers/owned_ledger.hpp has.
    void append_to(std::vector<int>& descriptors, std::uint32_t host) const;
    /// Closes the ends of a host that has been handed them.
    void let_go(std::uint32_t host);

private:
    struct Client {
        workers::MadeChannel requests;
        workers::MadeChannel answers;
    };
    /// Calls `visit` with each end that is this host's, in order.
    template <typename Clients, typename Visit>
    static void for_each_end(Clients& clients, model::Shape shape, std::uint32_t host, Visit&& visit);

    model::Shape shape_;
    std::vector<Client> clients_; ///< of worker 1, 2, ...
};

} // namespace bulkhead::run
