#pragma once

#include <chrono>

namespace bulkhead::model {

// What the clients of the workload `serve` do, in every trial alike, so that trials can be compared. A thousand
// requests in a second leave most of two processors idle: workers starve neither one another nor the clients.

inline constexpr std::chrono::milliseconds load_interval{1}; ///< from one request to the next
inline constexpr std::chrono::milliseconds load_after{150};  ///< how long it goes on after the fault and its repair
inline constexpr std::chrono::milliseconds load_slow_after{10};
inline constexpr std::chrono::milliseconds load_patience{1000}; ///< how long a client waits for its answer

/// When a request goes out as late as this, the clients themselves had no processor: what they saw is not the pool's.
inline constexpr std::chrono::milliseconds load_most_lateness{250};

} // namespace bulkhead::model
