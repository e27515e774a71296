#pragma once

#include "harness/sys/fd.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <span>

namespace bulkhead::sys {

/// epoll(7), for reading only. A descriptor leaves by being closed.
class Epoll {
public:
    Epoll();

    /// Tells of it as long as it is readable.
    void add(const Fd& descriptor, std::uint64_t tag) { add(descriptor.number(), tag); }
    void add(int descriptor, std::uint64_t tag);
    /// Tells of it once for each time that something is written (edge-triggered): nobody has to read it empty.
    void add_edge(const Fd& descriptor, std::uint64_t tag);
    void remove(int descriptor) noexcept;

    /// Waits until something is readable or the limit has passed; the tags stay valid until the next call.
    std::span<const std::uint64_t> wait(std::chrono::nanoseconds limit);

private:
    void control(int descriptor, std::uint32_t events, std::uint64_t tag);

    Fd descriptor_;
    std::array<std::uint64_t, 64> tags_{};
};

} // namespace bulkhead::sys
