#include "harness/run/star_of_channels.hpp"

#include <algorithm>
#include <system_error>

namespace bulkhead::run {
namespace {

workers::MadeChannel make(model::ChannelKind kind)
{
    auto made = workers::make_channel(kind);
    if (!made)
        throw std::system_error(made.error, std::generic_category(),
                                "no " + std::string{to_string(kind)} +
                                    " to and from every client: " + why_refused(made));
    return made;
}

} // namespace

StarOfChannels::StarOfChannels(model::ChannelKind kind, model::Shape shape) : shape_(shape)
{
    for (std::uint32_t worker = 1; worker < shape.workers(); ++worker)
        clients_.push_back({make(kind), make(kind)});
}

template <typename Clients, typename Visit>
void StarOfChannels::for_each_end(Clients& clients, model::Shape shape, std::uint32_t host, Visit&& visit)
{
    const std::uint32_t first = host * shape.threads;
    for (std::uint32_t worker = std::max(first, 1U); worker < first + shape.threads; ++worker) {
        visit(clients[worker - 1].answers.receive);
        visit(clients[worker - 1].requests.send);
    }
    if (host != 0)
        return;
    for (auto& client : clients) {
        visit(client.requests.receive);
        visit(client.answers.send);
    }
}

void StarOfChannels::append_to(std::vector<int>& descriptors, std::uint32_t host) const
{
    for_each_end(clients_, shape_, host, [&](const sys::Fd& end) { descriptors.push_back(end.number()); });
}

void StarOfChannels::let_go(std::uint32_t host)
{
    for_each_end(clients_, shape_, host, [](sys::Fd& end) { end.close(); });
}

} // namespace bulkhead::run
