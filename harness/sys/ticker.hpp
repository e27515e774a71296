#pragma once

#include "harness/sys/fd.hpp"

#include <chrono>
#include <cstdint>

namespace bulkhead::sys {

/// Readable at `first` (CLOCK_MONOTONIC, ns) and then once every `interval`, until it was cleared: timerfd_create(2).
/// Ticks that nobody saw are not made up for; who needs them looks at the clock.
class Ticker {
public:
    Ticker(std::int64_t first, std::chrono::nanoseconds interval);

    [[nodiscard]] const Fd& descriptor() const { return descriptor_; }
    void clear() noexcept { eventfd_clear(descriptor_); } // the same eight bytes

private:
    Fd descriptor_;
};

} // namespace bulkhead::sys
