#pragma once

#include "harness/sys/fd.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>

namespace bulkhead::sys {

/// epoll(7), mostly for reading. A descriptor has to be removed before it is closed, but for one added by edges: a
/// child between clone(2) and execve(2) may still hold a copy, and then it would go on to be told of (by edges: once).
class Epoll {
public:
    static constexpr std::size_t most_at_once = 64; ///< tags of one wait

    Epoll();

    /// Tells of it as long as it is readable.
    void add(const Fd& descriptor, std::uint64_t tag) { add(descriptor.number(), tag); }
    void add(int descriptor, std::uint64_t tag);
    /// Tells of it once for each time that something is written (edge-triggered): nobody has to read it empty.
    void add_edge(const Fd& descriptor, std::uint64_t tag);
    /// The same, and also each time that it can be written to anew: of a socket.
    void add_both_edges(const Fd& socket, std::uint64_t tag);
    void remove(int descriptor) noexcept;
    void remove(const Fd& descriptor) noexcept { remove(descriptor.number()); }

    /// Waits until something is readable or the limit has passed; the tags stay valid until the next call.
    std::span<const std::uint64_t> wait(std::chrono::nanoseconds limit);

private:
    void control(int descriptor, std::uint32_t events, std::uint64_t tag);

    Fd descriptor_;
    std::array<std::uint64_t, most_at_once> tags_{};
};

} // namespace bulkhead::sys
