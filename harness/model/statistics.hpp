#pragma once

#include <chrono>
#include <span>

namespace bulkhead::model {

/// Two-sided interval for a share.
struct Interval {
    double low = 0;
    double high = 1;
};

/// Clopper-Pearson interval (Biometrika 26, 1934) for `successes` of `trials`; `successes` need not be whole, so that a
/// mean share per trial can be bounded conservatively with the trial as the unit. 0 < confidence < 1.
Interval clopper_pearson(double successes, double trials, double confidence);

/// The q-quantile (0..1) by nearest rank; zero when there is nothing. Sorts a copy.
std::chrono::nanoseconds quantile(std::span<const std::chrono::nanoseconds> values, double q);

} // namespace bulkhead::model
