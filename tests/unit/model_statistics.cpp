#include "harness/model/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace bulkhead::model;
using namespace std::chrono_literals;

namespace {

/// P(at most k of n), n small.
double at_most(int k, int n, double p)
{
    double sum = 0;
    for (int i = 0; i <= k; ++i)
        sum += std::exp(std::lgamma(n + 1) - std::lgamma(i + 1) - std::lgamma(n - i + 1)) * std::pow(p, i) *
               std::pow(1 - p, n - i);
    return sum;
}

} // namespace

TEST_CASE("the Clopper-Pearson interval has its published values")
{
    const Interval none = clopper_pearson(0, 20, 0.95);
    CHECK(none.low == 0);
    CHECK(none.high == doctest::Approx(0.1684).epsilon(0.0005));
    const Interval half = clopper_pearson(10, 20, 0.95);
    CHECK(half.low == doctest::Approx(0.2720).epsilon(0.0005));
    CHECK(half.high == doctest::Approx(0.7280).epsilon(0.0005));
    const Interval all = clopper_pearson(20, 20, 0.95);
    CHECK(all.low == doctest::Approx(0.8316).epsilon(0.0005));
    CHECK(all.high == 1);
}

TEST_CASE("0 of 299 supports less than 1% at 95% and 0 of 2995 less than 0.1%; one trial fewer does not")
{
    CHECK(clopper_pearson(0, 299, 0.90).high < 0.01);
    CHECK(clopper_pearson(0, 298, 0.90).high > 0.01);
    CHECK(clopper_pearson(0, 2995, 0.90).high < 0.001);
    CHECK(clopper_pearson(0, 2994, 0.90).high > 0.001);
}

TEST_CASE("at each end of the interval what was seen has just the probability that is left on that side")
{
    CHECK(rc::check([] {
        const int trials = *rc::gen::inRange(1, 60);
        const int successes = *rc::gen::inRange(0, trials + 1);
        const double confidence = *rc::gen::inRange(50, 100) / 100.0;
        const Interval interval = clopper_pearson(successes, trials, confidence);
        const double side = (1 - confidence) / 2;
        if (successes < trials)
            RC_ASSERT(std::abs(at_most(successes, trials, interval.high) - side) < 1e-9);
        else
            RC_ASSERT(interval.high == 1.0);
        if (successes > 0)
            RC_ASSERT(std::abs(1 - at_most(successes - 1, trials, interval.low) - side) < 1e-9);
        else
            RC_ASSERT(interval.low == 0.0);
    }));
}

TEST_CASE("the interval holds the share that was seen, whole or not, and lies within 0 and 1")
{
    CHECK(rc::check([] {
        const int trials = *rc::gen::inRange(1, 5000);
        const double successes = trials * (*rc::gen::inRange(0, 1001) / 1000.0);
        const Interval interval = clopper_pearson(successes, trials, 0.95);
        RC_ASSERT(interval.low >= 0.0);
        RC_ASSERT(interval.low <= successes / trials);
        RC_ASSERT(interval.high >= successes / trials);
        RC_ASSERT(interval.high <= 1.0);
    }));
}

TEST_CASE("nothing is known of a share without trials, and rounding beyond the ends does no harm")
{
    CHECK(clopper_pearson(0, 0, 0.95).low == 0);
    CHECK(clopper_pearson(0, 0, 0.95).high == 1);
    CHECK(clopper_pearson(20.000000001, 20, 0.95).high == 1);
    CHECK(clopper_pearson(-1e-12, 20, 0.95).low == 0);
}

TEST_CASE("a quantile is a value that was seen, by nearest rank")
{
    const std::vector<std::chrono::nanoseconds> five{50ns, 15ns, 40ns, 20ns, 35ns};
    CHECK(quantile(five, 0.05) == 15ns);
    CHECK(quantile(five, 0.30) == 20ns);
    CHECK(quantile(five, 0.40) == 20ns);
    CHECK(quantile(five, 0.50) == 35ns);
    CHECK(quantile(five, 0.99) == 50ns);
    CHECK(quantile(five, 0) == 15ns);
    CHECK(quantile(five, 1) == 50ns);
    CHECK(quantile(std::vector{7ns}, 0.5) == 7ns);
    CHECK(quantile({}, 0.5) == 0ns);
}

TEST_CASE("a quantile leaves at least its share of the values at or below it, and is the least that does")
{
    CHECK(rc::check([](const std::vector<std::int32_t>& numbers) {
        RC_PRE(!numbers.empty());
        std::vector<std::chrono::nanoseconds> values(numbers.begin(), numbers.end());
        const double q = *rc::gen::inRange(1, 101) / 100.0;
        const auto found = quantile(values, q);
        const auto below = std::ranges::count_if(values, [&](auto value) { return value < found; });
        const auto up_to = std::ranges::count_if(values, [&](auto value) { return value <= found; });
        const double wanted = q * static_cast<double>(values.size());
        RC_ASSERT(static_cast<double>(up_to) >= wanted - 1e-9);
        RC_ASSERT(static_cast<double>(below) < wanted + 1e-9);
    }));
}
