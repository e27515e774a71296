#include "harness/run/run.hpp"

namespace bulkhead::run {

Stop::Stop() : descriptor_(sys::eventfd()) {}

void Stop::request() noexcept
{
    requested_.store(true, std::memory_order_relaxed);
    sys::eventfd_signal(descriptor_.number());
}

} // namespace bulkhead::run
