#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bulkhead::model {

/// What a sequential test of each expectation may err by.
struct Sequential {
    double alpha = 0.05;        ///< chance, about, that a claim is upheld whose share is beyond the indifference
    double beta = 0.05;         ///< chance, about, that a claim is refuted that is true
    double indifference = 0.05; ///< how far beyond the claim's bound a share may be, so that either answer will do
    bool operator==(const Sequential&) const = default;
};

/// What ends a campaign before its count of trials is reached; of several the first that holds. All of them look at
/// whole rounds.
struct StopRules {
    std::optional<double> half_width;              ///< the interval of each cell's share of survivors is that narrow
    std::optional<Sequential> sequential;          ///< the test of each expectation has decided
    bool until_refuted = false;                    ///< a trial has refuted an expectation for good
    std::optional<std::chrono::milliseconds> time; ///< no round begins after that

    /// True when trials decide.
    [[nodiscard]] bool look_at_trials() const { return half_width || sequential || until_refuted; }
    [[nodiscard]] bool any() const { return look_at_trials() || time; }
    bool operator==(const StopRules&) const = default;
};

enum class StopRule : std::uint8_t { half_width, sequential, refuted, time };
inline constexpr StopRule all_stop_rules[] = {StopRule::half_width, StopRule::sequential, StopRule::refuted,
                                              StopRule::time};
std::string_view to_string(StopRule rule); // "half_width", "sequential", "until_refuted", "for", as the file has them

/// That a campaign was stopped by a rule, which saw these rounds, all of them whole.
struct Stopped {
    StopRule rule = StopRule::half_width;
    std::uint32_t rounds = 0;
    bool operator==(const Stopped&) const = default;
};

} // namespace bulkhead::model
