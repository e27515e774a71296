#pragma once

#include <chrono>
#include <thread>

namespace bulkhead::tests {

/// Waits until `fact()` is true; false when it is not within the limit. The limit is no part of what is tested: it only
/// ends a test that fails.
template <typename Fact>
bool within(std::chrono::seconds limit, const Fact& fact)
{
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!fact()) {
        if (std::chrono::steady_clock::now() > deadline)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    return true;
}

} // namespace bulkhead::tests
