#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <vector>

namespace bulkhead::model {

/// Two-sided interval for a share.
struct Interval {
    double low = 0;
    double high = 1;
};

/// Clopper-Pearson interval (Biometrika 26, 1934) for `successes` of `trials`; `successes` need not be whole, so that a
/// mean share per trial can be bounded conservatively with the trial as the unit. 0 < confidence < 1.
Interval clopper_pearson(double successes, double trials, double confidence);

/// The median; of an even number the mean of the two in the middle. 0 when there is nothing.
double median(std::vector<double> values);

/// Interval for the median of what the values are drawn from, between two of them, whatever the distribution
/// (order statistics: W. R. Thompson, Annals of Mathematical Statistics 7, 1936). nullopt: too few values for it.
std::optional<Interval> median_interval(std::vector<double> values, double confidence);

/// The q-quantile (0..1) by nearest rank; 0 when there is nothing.
double nearest_rank(std::vector<double> values, double q);

/// The same interval for any quantile, 0 < q < 1. Each end by itself is a bound with an error of (1 - confidence) / 2
/// at most; where there are too few values for one, it is infinite.
Interval quantile_interval(std::vector<double> values, double q, double confidence);
/// How many values it takes for an upper (or else a lower) end of it that is finite.
std::size_t values_for_bound(double q, double confidence, bool upper);

/// Interval for the ratio of two medians: percentiles of 2,000 bootstrap samples, or more for a confidence whose ends
/// these do not tell (B. Efron, Annals of Statistics 7, 1979), drawn from a fixed seed. nullopt: too few values on
/// either side, or a base that is not above 0.
std::optional<Interval> ratio_interval(std::vector<double> values, std::vector<double> base, double confidence);
/// How many values on each side that takes: of fewer, two sides that are alike lie apart by chance more often than the
/// confidence allows, as with the interval of a median.
std::size_t values_for_ratio(double confidence);

/// The q-quantile (0..1) by nearest rank; zero when there is nothing. Sorts a copy.
std::chrono::nanoseconds quantile(std::span<const std::chrono::nanoseconds> values, double q);

} // namespace bulkhead::model
