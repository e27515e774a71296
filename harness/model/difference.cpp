#include "harness/model/difference.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/normal.hpp>

namespace bulkhead::model {
namespace {

/// The value that a standard normal variable exceeds with the chance (1 - confidence) / 2.
double deviations(double confidence)
{
    return boost::math::quantile(
        boost::math::complement(boost::math::normal_distribution<double>{}, (1 - confidence) / 2));
}

/// How many of the n * m differences are left out at each end: the largest number c with P(U <= c - 1) <= each_side,
/// where U counts the pairs in which the value is the smaller one. 0: none may be.
std::size_t left_out(std::size_t n, std::size_t m, double confidence)
{
    const auto count = static_cast<double>(n);
    const auto other = static_cast<double>(m);
    if ((n + m) * std::min(n, m) > most_exact_ranks) {
        const double deviation = std::sqrt(count * other * (count + other + 1) / 12);
        return static_cast<std::size_t>(
            std::max(0.0, std::floor(count * other / 2 - deviations(confidence) * deviation)));
    }
    const double each_side = (1 - confidence) / 2;
    const std::vector<double> chances = mann_whitney(n, m);
    double sum = 0;
    for (std::size_t u = 0; u < chances.size(); ++u) {
        sum += chances[u];
        if (sum > each_side) {
            return u;
        }
    }
    return 0;
}

double at(std::vector<double>& values, std::size_t place)
{
    const auto wanted = values.begin() + static_cast<std::ptrdiff_t>(place);
    std::ranges::nth_element(values, wanted);
    return *wanted;
}

std::vector<double> logarithms(const std::vector<double>& values)
{
    std::vector<double> logs;
    for (const double value : values) {
        logs.push_back(std::log(value));
    }
    return logs;
}

} // namespace

Interval wilson(Counted share, double confidence)
{
    if (!(share.of > 0)) {
        return {};
    }
    const double z = deviations(confidence);
    const double p = share.hits / share.of;
    const double centre = p + z * z / (2 * share.of);
    const double half = z * std::sqrt(p * (1 - p) / share.of + z * z / (4 * share.of * share.of));
    const double scale = 1 + z * z / share.of;
    return {.low = std::max(0.0, (centre - half) / scale), .high = std::min(1.0, (centre + half) / scale)};
}

Interval difference_interval(Counted one, Counted other, double confidence)
{
    if (!(one.of > 0 && other.of > 0)) {
        return {.low = -1, .high = 1};
    }
    const Interval a = wilson(one, confidence);
    const Interval b = wilson(other, confidence);
    const double p = one.hits / one.of;
    const double q = other.hits / other.of;
    return {.low = p - q - std::hypot(p - a.low, b.high - q), .high = p - q + std::hypot(a.high - p, q - b.low)};
}

Shift hodges_lehmann(const std::vector<double>& values, const std::vector<double>& base, double confidence)
{
    std::vector<double> differences;
    differences.reserve(values.size() * base.size());
    for (const double value : values) {
        for (const double each : base) {
            differences.push_back(value - each);
        }
    }
    const std::size_t size = differences.size();
    Shift shift;
    shift.estimate = (at(differences, (size - 1) / 2) + at(differences, size / 2)) / 2;
    if (const std::size_t out = left_out(values.size(), base.size(), confidence); out > 0) {
        shift.interval = Interval{.low = at(differences, out - 1), .high = at(differences, size - out)};
    }
    return shift;
}

std::optional<Shift> ratio_shift(const std::vector<double>& values, const std::vector<double>& base, double confidence)
{
    const auto is_positive = [](double value) { return value > 0; };
    if (!std::ranges::all_of(values, is_positive) || !std::ranges::all_of(base, is_positive)) {
        return std::nullopt;
    }
    Shift shift = hodges_lehmann(logarithms(values), logarithms(base), confidence);
    shift.estimate = std::exp(shift.estimate);
    if (shift.interval) {
        shift.interval = Interval{.low = std::exp(shift.interval->low), .high = std::exp(shift.interval->high)};
    }
    return shift;
}

} // namespace bulkhead::model
