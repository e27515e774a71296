#include "harness/model/difference.hpp"
#include "tests/unit/draws.hpp"

#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace bulkhead::model;
using bulkhead::tests::hits_of;
using bulkhead::tests::uniform;

namespace {

std::vector<double> exponential(Random& random, std::size_t size)
{
    std::vector<double> drawn(size);
    std::ranges::generate(drawn, [&random] { return 0.1 - std::log1p(-uniform(random)); });
    return drawn;
}

bool holds(const Interval& interval, double value)
{
    return interval.low <= value && value <= interval.high;
}

/// How many of 2,000 are to hold the truth at 95%: 1,900, less four deviations.
constexpr int runs = 2000;
constexpr int fewest = 1861;

} // namespace

TEST_CASE("Clopper and Pearson's interval is the one that R's binom.test prints")
{
    // binom.test(682, 682 + 243) of its help page (Conover 1971): 0.7076683 to 0.7654066.
    const Interval interval = clopper_pearson(682, 925, 0.95);
    CHECK(interval.low == doctest::Approx(0.7076683).epsilon(1e-6));
    CHECK(interval.high == doctest::Approx(0.7654066).epsilon(1e-6));
}

TEST_CASE("Wilson's interval has its published values")
{
    // R. G. Newcombe, Two-sided confidence intervals for the single proportion (1998), table I, method 3.
    struct Row {
        Counted share;
        double low;
        double high;
    };
    for (const Row& row : {Row{{81, 263}, 0.2553, 0.3662}, Row{{15, 148}, 0.0624, 0.1605}, Row{{0, 20}, 0, 0.1611},
                           Row{{1, 29}, 0.0061, 0.1718}}) {
        CHECK(std::abs(wilson(row.share, 0.95).low - row.low) < 6e-5);
        CHECK(std::abs(wilson(row.share, 0.95).high - row.high) < 6e-5);
    }
    CHECK(wilson({0, 0}, 0.95).high == 1);
}

TEST_CASE("the interval for the difference of two shares has its published values")
{
    // R. G. Newcombe, Interval estimation for the difference between independent proportions (1998), table II,
    // method 10.
    struct Row {
        Counted one;
        Counted other;
        double low;
        double high;
    };
    for (const Row& row : {Row{{56, 70}, {48, 80}, 0.0524, 0.3339}, Row{{9, 10}, {3, 10}, 0.1705, 0.8090},
                           Row{{6, 7}, {2, 7}, 0.0582, 0.8062}, Row{{5, 56}, {0, 29}, -0.0381, 0.1926},
                           Row{{0, 10}, {0, 20}, -0.1611, 0.2775}, Row{{0, 10}, {0, 10}, -0.2775, 0.2775},
                           Row{{10, 10}, {0, 20}, 0.6791, 1}, Row{{10, 10}, {0, 10}, 0.6075, 1}}) {
        const Interval interval = difference_interval(row.one, row.other, 0.95);
        CAPTURE(row.one.hits);
        CHECK(std::abs(interval.low - row.low) < 6e-5);
        CHECK(std::abs(interval.high - row.high) < 6e-5);
        const Interval turned = difference_interval(row.other, row.one, 0.95);
        CHECK(turned.low == doctest::Approx(-interval.high));
        CHECK(turned.high == doctest::Approx(-interval.low));
    }
    CHECK(difference_interval({0, 0}, {1, 2}, 0.95).high == 1);
}

TEST_CASE("the shift of Hodges and Lehmann has the published value and interval")
{
    // Hollander and Wolfe 1973, as in the help page of R's wilcox.test: 0.305, and -0.15 to 0.76.
    const std::vector<double> at_term{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
    const std::vector<double> earlier{1.15, 0.88, 0.90, 0.74, 1.21};
    const Shift shift = hodges_lehmann(at_term, earlier, 0.95);
    CHECK(shift.estimate == doctest::Approx(0.305));
    REQUIRE(shift.interval);
    CHECK(shift.interval->low == doctest::Approx(-0.15));
    CHECK(shift.interval->high == doctest::Approx(0.76));
}

TEST_CASE("the interval holds the shifts that the rank test does not reject, and no others")
{
    CHECK(rc::check([] {
        Random random(*rc::gen::arbitrary<std::uint64_t>());
        const auto n = *rc::gen::inRange<std::size_t>(4, 15);
        const auto m = *rc::gen::inRange<std::size_t>(4, 15);
        const std::vector<double> values = exponential(random, n);
        const std::vector<double> base = exponential(random, m);
        const Shift shift = hodges_lehmann(values, base, 0.95);
        RC_ASSERT(shift.interval.has_value());
        const auto rejected = [&](double by) {
            std::vector<double> moved = base;
            for (double& value : moved)
                value += by;
            return two_sided(rank_test(values, moved)) <= 0.05;
        };
        RC_ASSERT(rejected(shift.interval->low - 1e-9));
        RC_ASSERT(!rejected(shift.interval->low + 1e-9));
        RC_ASSERT(!rejected(shift.interval->high - 1e-9));
        RC_ASSERT(rejected(shift.interval->high + 1e-9));
    }));
}

TEST_CASE("too few values have a shift, but no interval, and a ratio needs values above 0")
{
    const Shift shift = hodges_lehmann({2, 4}, {1, 1}, 0.95);
    CHECK(shift.estimate == doctest::Approx(2));
    CHECK_FALSE(shift.interval);
    CHECK_FALSE(ratio_shift({1, 0}, {1, 1}, 0.95));
    CHECK_FALSE(ratio_shift({1, 1}, {1, -1}, 0.95));
}

TEST_CASE("the ratio of a sample to itself in another unit is that unit, whichever way it is asked for")
{
    Random random(3);
    const std::vector<double> base = exponential(random, 30);
    std::vector<double> values = base;
    for (double& value : values)
        value *= 1000;
    const auto ratio = ratio_shift(values, base, 0.95).value();
    const auto turned = ratio_shift(base, values, 0.95).value();
    CHECK(ratio.estimate == doctest::Approx(1000));
    CHECK(turned.estimate == doctest::Approx(0.001));
    CHECK(turned.interval.value().low == doctest::Approx(1 / ratio.interval.value().high));
    CHECK(ratio.interval->low < 1000);
    CHECK(ratio.interval->high > 1000);
}

TEST_CASE("intervals at 95% hold the truth in 95 of 100 samples")
{
    Random random(5);
    struct Held {
        int exact = 0;
        int wilson = 0;
        int difference = 0;
        int few = 0;
        int many = 0;
    } held;
    for (int run = 0; run < runs; ++run) {
        const double hits = hits_of(random, 40, 0.2);
        held.exact += holds(clopper_pearson(hits, 40, 0.95), 0.2) ? 1 : 0;
        held.wilson += holds(wilson({hits, 40}, 0.95), 0.2) ? 1 : 0;
        const Counted other{hits_of(random, 30, 0.5), 30};
        held.difference += holds(difference_interval({hits, 40}, other, 0.95), -0.3) ? 1 : 0;
        held.few += holds(ratio_shift(exponential(random, 8), exponential(random, 10), 0.95)->interval.value(), 1);
        held.many += holds(ratio_shift(exponential(random, 45), exponential(random, 40), 0.95)->interval.value(), 1);
    }
    CHECK(held.exact >= runs * 95 / 100);
    CHECK(held.wilson >= fewest);
    CHECK(held.difference >= fewest);
    CHECK(held.few >= fewest);
    CHECK(held.many >= fewest);
    CHECK(held.many < runs * 98 / 100); // nor are they wider than they need be
    CHECK(held.difference < runs * 98 / 100);
}
