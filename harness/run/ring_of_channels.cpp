#include "harness/run/ring_of_channels.hpp"

#include <system_error>

namespace bulkhead::run {

RingOfChannels::RingOfChannels(model::ChannelKind kind, model::Shape shape) : shape_(shape)
{
    for (std::uint32_t worker = 0; worker < shape.workers(); ++worker) {
        channels_.push_back(workers::make_channel(kind));
        if (!channels_.back())
            throw std::system_error(channels_.back().error, std::generic_category(),
                                    "no " + std::string{to_string(kind)} +
                                        " for every worker: " + why_refused(channels_.back()));
    }
}

std::uint32_t RingOfChannels::before(std::uint32_t worker) const
{
    return (worker + shape_.workers() - 1) % shape_.workers();
}

void RingOfChannels::append_to(std::vector<int>& descriptors, std::uint32_t host) const
{
    for (std::uint32_t worker = host * shape_.threads; worker < (host + 1) * shape_.threads; ++worker) {
        descriptors.push_back(channels_[before(worker)].receive.number());
        descriptors.push_back(channels_[worker].send.number());
    }
}

void RingOfChannels::let_go(std::uint32_t host)
{
    for (std::uint32_t worker = host * shape_.threads; worker < (host + 1) * shape_.threads; ++worker) {
        channels_[before(worker)].receive.close();
        channels_[worker].send.close();
    }
}

} // namespace bulkhead::run
