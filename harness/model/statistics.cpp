#include "harness/model/statistics.hpp"

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
