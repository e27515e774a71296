#include "harness/model/statistics.hpp"

#include "harness/model/random.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <boost/math/distributions/binomial.hpp>

namespace bulkhead::model {

Interval clopper_pearson(double successes, double trials, double confidence)
{
    if (!(trials > 0)) {
        return {};
    }
    using Binomial = boost::math::binomial_distribution<double>;
    const double inside = std::clamp(successes, 0.0, trials);
    const double each_side = (1 - confidence) / 2;
    return {.low = Binomial::find_lower_bound_on_p(trials, inside, each_side),
            .high = Binomial::find_upper_bound_on_p(trials, inside, each_side)};
}

double median(std::vector<double> values)
{
    if (values.empty()) {
        return 0;
    }
    std::ranges::sort(values);
    const std::size_t upper = values.size() / 2;
    return values.size() % 2 == 1 ? values[upper] : (values[upper - 1] + values[upper]) / 2;
}

std::optional<Interval> median_interval(std::vector<double> values, double confidence)
{
    const Interval interval = quantile_interval(std::move(values), 0.5, confidence);
    return std::isfinite(interval.low) && std::isfinite(interval.high) ? std::optional(interval) : std::nullopt;
}

double nearest_rank(std::vector<double> values, double q)
{
    if (values.empty()) {
        return 0;
    }
    std::ranges::sort(values);
    const auto count = static_cast<double>(values.size());
    const double rank = std::clamp(std::ceil(q * count), 1.0, count);
    return values[static_cast<std::size_t>(rank) - 1];
}

Interval quantile_interval(std::vector<double> values, double q, double confidence)
{
    Interval interval{.low = -std::numeric_limits<double>::infinity(), .high = std::numeric_limits<double>::infinity()};
    if (values.empty()) {
        return interval;
    }
    std::ranges::sort(values);
    const double each_side = (1 - confidence) / 2;
    // How many of the values lie below the quantile is binomial. The k-th least is above it unless k or more do, which
    // is the error of an upper end; and below it unless fewer than k do, which is that of a lower end.
    const boost::math::binomial_distribution<double> below(static_cast<double>(values.size()), q);
    for (std::size_t k = 1; k <= values.size(); ++k) {
        const double fewer = boost::math::cdf(below, static_cast<double>(k - 1));
        if (fewer <= each_side) {
            interval.low = values[k - 1];
        }
        if (1 - fewer <= each_side) {
            interval.high = values[k - 1];
            break;
        }
    }
    return interval;
}

std::size_t values_for_bound(double q, double confidence, bool upper)
{
    // The greatest of n values is below the quantile with probability q^n; the least of n above it with (1 - q)^n.
    return static_cast<std::size_t>(std::ceil(std::log((1 - confidence) / 2) / std::log(upper ? q : 1 - q)));
}

std::size_t values_for_ratio(double confidence)
{
    constexpr double middle = 0.5;
    constexpr std::size_t least = 5; // below, the samples are too alike to tell
    return std::max(least, values_for_bound(middle, confidence, true));
}

std::optional<Interval> ratio_interval(std::vector<double> values, std::vector<double> base, double confidence)
{
    constexpr double beyond_an_end = 10;       // samples, at least
    constexpr double most_samples = 1e5;       // beyond four nines it is the range of all of them
    constexpr std::uint64_t seed = 0x626f6f74; // "boot"
    const double each_side = (1 - confidence) / 2;
    const auto samples =
        static_cast<std::size_t>(std::clamp(std::ceil(beyond_an_end / each_side), 2000.0, most_samples));
    if (std::min(values.size(), base.size()) < values_for_ratio(confidence) || !(*std::ranges::min_element(base) > 0)) {
        return std::nullopt;
    }
    std::ranges::sort(values); // what is drawn is not to depend on the order of the trials
    std::ranges::sort(base);
    Random random(seed);
    const auto drawn = [&random](const std::vector<double>& from) {
        std::vector<double> sample;
        for (std::size_t i = 0; i < from.size(); ++i) {
            sample.push_back(from[random.below(from.size())]);
        }
        return median(std::move(sample));
    };
    std::vector<double> ratios;
    for (std::size_t i = 0; i < samples; ++i) {
        const double above = drawn(values);
        ratios.push_back(above / drawn(base));
    }
    std::ranges::sort(ratios);
    const auto cut = static_cast<std::size_t>(each_side * static_cast<double>(samples));
    return Interval{.low = ratios[cut], .high = ratios[samples - 1 - cut]};
}

std::chrono::nanoseconds quantile(std::span<const std::chrono::nanoseconds> values, double q)
{
    if (values.empty()) {
        return std::chrono::nanoseconds::zero();
    }
    std::vector<std::chrono::nanoseconds> sorted(values.begin(), values.end());
    std::ranges::sort(sorted);
    const auto count = static_cast<double>(sorted.size());
    const double rank = std::clamp(std::ceil(q * count), 1.0, count);
    return sorted[static_cast<std::size_t>(rank) - 1];
}

} // namespace bulkhead::model
