#include "harness/run/run.hpp"

#include "harness/sys/line.hpp"

namespace bulkhead::run {

Stop::Stop() : descriptor_(sys::eventfd()) {}

void Stop::request() noexcept
{
    requested_.store(true, std::memory_order_relaxed);
    sys::eventfd_signal(descriptor_.number());
}

bool Stop::comes_within(std::chrono::milliseconds limit) const
{
    return sys::await_readable(descriptor_, limit);
}

} // namespace bulkhead::run
