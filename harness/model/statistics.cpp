#include "harness/model/statistics.hpp"

#include "harness/model/random.hpp"

#include <algorithm>
#include <cmath>
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
    const auto count = static_cast<double>(values.size());
    const double each_side = (1 - confidence) / 2;
    if (values.empty() || std::pow(0.5, count) > each_side) { // all on one side of the median by chance
        return std::nullopt;
    }
    // The largest number of values that may be left out on each side: P(Bin(n, 1/2) < out + 1) <= each_side.
    const boost::math::binomial_distribution<double> below(count, 0.5);
    std::size_t out = 0;
    while (boost::math::cdf(below, static_cast<double>(out + 1)) <= each_side) {
        ++out;
    }
    std::ranges::sort(values);
    return Interval{.low = values[out], .high = values[values.size() - 1 - out]};
}

std::optional<Interval> ratio_interval(const std::vector<double>& values, const std::vector<double>& base,
                                       double confidence)
{
    constexpr std::size_t samples = 2000;
    constexpr std::size_t least = 5;           // below, the samples are too alike to tell
    constexpr std::uint64_t seed = 0x626f6f74; // "boot"
    if (values.size() < least || base.size() < least || !(*std::ranges::min_element(base) > 0)) {
        return std::nullopt;
    }
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
    const auto cut = static_cast<std::size_t>((1 - confidence) / 2 * samples);
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
