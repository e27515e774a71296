#include "harness/sys/epoll.hpp"

#include "harness/sys/error.hpp"

#include <algorithm>
#include <climits>
#include <sys/epoll.h>

namespace bulkhead::sys {

Epoll::Epoll() : descriptor_(::epoll_create1(EPOLL_CLOEXEC))
{
    if (!descriptor_)
        refuse("epoll_create1");
}

void Epoll::control(int descriptor, std::uint32_t events, std::uint64_t tag)
{
    epoll_event event{};
    event.events = events;
    event.data.u64 = tag;
    if (::epoll_ctl(descriptor_.number(), EPOLL_CTL_ADD, descriptor, &event) < 0)
        refuse("epoll_ctl");
}

void Epoll::add(int descriptor, std::uint64_t tag)
{
    control(descriptor, EPOLLIN, tag);
}

void Epoll::add_edge(const Fd& descriptor, std::uint64_t tag)
{
    control(descriptor.number(), EPOLLIN | EPOLLET, tag);
}

void Epoll::add_both_edges(const Fd& socket, std::uint64_t tag)
{
    control(socket.number(), EPOLLIN | EPOLLOUT | EPOLLET, tag);
}

void Epoll::remove(int descriptor) noexcept
{
    ::epoll_ctl(descriptor_.number(), EPOLL_CTL_DEL, descriptor, nullptr);
}

std::span<const std::uint64_t> Epoll::wait(std::chrono::nanoseconds limit)
{
    using std::chrono::milliseconds;
    const auto rounded_up = std::chrono::ceil<milliseconds>(limit).count();
    const int timeout = static_cast<int>(std::clamp<std::int64_t>(rounded_up, 0, INT_MAX));
    std::array<epoll_event, std::tuple_size_v<decltype(tags_)>> events; // NOLINT: filled by the kernel
    const int ready = ::epoll_wait(descriptor_.number(), events.data(), static_cast<int>(events.size()), timeout);
    if (ready < 0 && errno != EINTR)
        refuse("epoll_wait");
    const auto count = static_cast<std::size_t>(std::max(ready, 0));
    for (std::size_t i = 0; i < count; ++i)
        tags_[i] = events[i].data.u64; // NOLINT: epoll_event is packed
    return {tags_.data(), count};
}

} // namespace bulkhead::sys
