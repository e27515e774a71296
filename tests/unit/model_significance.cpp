#include "harness/model/significance.hpp"
#include "tests/unit/draws.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace bulkhead::model;
using bulkhead::tests::hits_of;
using bulkhead::tests::uniform;

namespace {

/// The tails of the rank test by looking at every way to deal the values out; by the count of pairs, not by ranks.
RankTest by_enumeration(const std::vector<double>& values, const std::vector<double>& base)
{
    std::vector<double> all = values;
    all.insert(all.end(), base.begin(), base.end());
    const auto pairs_won = [&all](unsigned chosen) {
        double won = 0;
        for (unsigned i = 0; i < all.size(); ++i)
            for (unsigned j = 0; j < all.size(); ++j)
                if ((chosen >> i & 1U) == 1 && (chosen >> j & 1U) == 0)
                    won += all[i] > all[j] ? 1 : (all[i] < all[j] ? 0 : 0.5);
        return won;
    };
    const double seen = pairs_won((1U << values.size()) - 1);
    double ways = 0;
    double higher = 0;
    double lower = 0;
    for (unsigned chosen = 0; chosen < 1U << all.size(); ++chosen) {
        if (static_cast<std::size_t>(std::popcount(chosen)) != values.size())
            continue;
        const double won = pairs_won(chosen);
        ++ways;
        higher += won >= seen ? 1 : 0;
        lower += won <= seen ? 1 : 0;
    }
    return {.higher = higher / ways, .lower = lower / ways};
}

} // namespace

TEST_CASE("Fisher's exact test has its published values")
{
    // The lady tasting tea (The Design of Experiments, 1935; R: fisher.test(matrix(c(3, 1, 1, 3), 2))): 34 of 70.
    CHECK(fisher_exact({3, 4}, {1, 4}) == doctest::Approx(34.0 / 70).epsilon(1e-12));
    CHECK(fisher_exact({4, 4}, {0, 4}) == doctest::Approx(2.0 / 70).epsilon(1e-12));
    // Convictions of twins (Fisher 1962; the example of R's fisher.test prints 0.0005367).
    CHECK(fisher_exact({2, 17}, {10, 13}) == doctest::Approx(0.0005367).epsilon(1e-4));
}

TEST_CASE("Fisher's test does not depend on which side, or which of both kinds of trials, is named first")
{
    CHECK(rc::check([] {
        const double n = *rc::gen::inRange(1, 60);
        const double m = *rc::gen::inRange(1, 60);
        const double a = *rc::gen::inRange(0, static_cast<int>(n) + 1);
        const double b = *rc::gen::inRange(0, static_cast<int>(m) + 1);
        const double chance = fisher_exact({a, n}, {b, m});
        RC_ASSERT(chance > 0.0);
        RC_ASSERT(chance <= 1.0);
        RC_ASSERT(std::abs(chance - fisher_exact({b, m}, {a, n})) < 1e-9);
        RC_ASSERT(std::abs(chance - fisher_exact({n - a, n}, {m - b, m})) < 1e-9);
        RC_ASSERT(least_fisher({a, n}, {b, m}) <= chance * (1 + 1e-6));
    }));
}

TEST_CASE("where no trial differs from another Fisher's test cannot find anything")
{
    CHECK(fisher_exact({0, 20}, {0, 30}) == 1);
    CHECK(least_fisher({0, 20}, {0, 30}) == 1);
    CHECK(least_fisher({20, 20}, {30, 30}) == 1);
    CHECK(fisher_exact({0, 0}, {3, 30}) == 1);
    CHECK(least_fisher({1, 2}, {1, 2}) > 0.05);
    CHECK(least_fisher({2, 20}, {18, 20}) < 1e-8);
}

TEST_CASE("the rank test has its published values")
{
    // Permeability of the placenta (Hollander and Wolfe 1973; the example of R's wilcox.test prints W = 35, p =
    // 0.1272).
    const std::vector<double> at_term{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
    const std::vector<double> earlier{1.15, 0.88, 0.90, 0.74, 1.21};
    const RankTest test = rank_test(at_term, earlier);
    CHECK(test.exact);
    CHECK(test.higher == doctest::Approx(0.1272).epsilon(5e-4));
    CHECK(two_sided(test) == doctest::Approx(0.2544).epsilon(5e-4));
    CHECK(rank_test(earlier, at_term).lower == doctest::Approx(test.higher).epsilon(1e-12));
}

TEST_CASE("the numbers of pairs have the chances that dealing out 2 and 3 ranks gives")
{
    // Of the 10 ways: 0 1 2 2 3 3 4 4 5 6.
    const std::vector<double> expected{0.1, 0.1, 0.2, 0.2, 0.2, 0.1, 0.1};
    for (const auto& chances : {mann_whitney(2, 3), mann_whitney(3, 2)}) {
        REQUIRE(chances.size() == expected.size());
        for (std::size_t u = 0; u < expected.size(); ++u)
            CHECK(chances[u] == doctest::Approx(expected[u]).epsilon(1e-12));
    }
}

TEST_CASE("the exact rank test is what looking at every way to deal the values out gives, with ties as without")
{
    CHECK(rc::check([] {
        const auto few = rc::gen::inRange(1, 6);
        const auto sides = *rc::gen::pair(few, few);
        const int kinds = *rc::gen::inRange(1, 12);
        const auto draw = [kinds](int size) {
            std::vector<double> drawn;
            for (int i = 0; i < size; ++i)
                drawn.push_back(*rc::gen::inRange(0, kinds));
            return drawn;
        };
        const std::vector<double> values = draw(sides.first);
        const std::vector<double> base = draw(sides.second);
        const RankTest test = rank_test(values, base);
        const RankTest expected = by_enumeration(values, base);
        RC_ASSERT(test.exact);
        RC_ASSERT(std::abs(test.higher - expected.higher) < 1e-12);
        RC_ASSERT(std::abs(test.lower - expected.lower) < 1e-12);
        RC_ASSERT(two_sided(test) >= least_two_sided(values.size(), base.size()) - 1e-12);
    }));
}

TEST_CASE("with many values the rank test takes the normal distribution, and is close to the exact chances")
{
    Random random(7);
    for (const double shift : {0.0, 0.1, 0.25}) {
        std::vector<double> values(40);
        std::vector<double> base(35);
        std::ranges::generate(values, [&] { return uniform(random) + shift; });
        std::ranges::generate(base, [&] { return uniform(random); });
        const RankTest test = rank_test(values, base);
        CHECK_FALSE(test.exact);
        std::size_t won = 0;
        for (const double value : values)
            won += static_cast<std::size_t>(std::ranges::count_if(base, [&](double each) { return each < value; }));
        const auto chances = mann_whitney(40, 35);
        const double exact = std::accumulate(chances.begin() + static_cast<std::ptrdiff_t>(won), chances.end(), 0.0);
        CAPTURE(shift);
        CHECK(test.higher == doctest::Approx(exact).epsilon(0.03));
    }
    const std::vector<double> same(50, 3.0);
    CHECK(two_sided(rank_test(same, same)) == 1);
}

TEST_CASE("the normal approximation's correction for ties makes it agree with the exact test")
{
    // The same values, once few enough for the exact test and once with two more.
    std::vector<double> values;
    std::vector<double> base;
    for (int i = 0; i < 28; ++i) {
        values.push_back(i % 4 + (i % 3 == 0 ? 1 : 0));
        base.push_back(i % 4);
    }
    const RankTest exact = rank_test(values, base);
    CHECK(exact.exact);
    base.insert(base.end(), {1, 2});
    const RankTest approximate = rank_test(values, base);
    CHECK_FALSE(approximate.exact);
    CHECK(approximate.higher == doctest::Approx(exact.higher).epsilon(0.1));
}

TEST_CASE("nothing is found in nothing, and the least chance tells which samples are too small to find anything")
{
    CHECK(two_sided(rank_test({}, {1, 2})) == 1);
    CHECK(least_two_sided(0, 5) == 1);
    CHECK(least_two_sided(3, 3) == doctest::Approx(0.1).epsilon(1e-12));
    CHECK(least_two_sided(4, 4) == doctest::Approx(2.0 / 70).epsilon(1e-12));
    CHECK(least_two_sided(400, 400) < 1e-100);
    CHECK(least_two_sided(100'000, 100'000) < 1e-100);
}

TEST_CASE("Holm's correction has the values of R's p.adjust, in the order given")
{
    const std::vector<double> adjusted = holm({0.01, 0.04, 0.03, 0.05, 0.02});
    const std::vector<double> expected{0.05, 0.09, 0.09, 0.09, 0.08};
    for (std::size_t i = 0; i < expected.size(); ++i)
        CHECK(adjusted[i] == doctest::Approx(expected[i]).epsilon(1e-12));
    CHECK(holm({0.6, 0.7})[0] == 1);
    CHECK(holm({}).empty());
}

TEST_CASE("both tests call equal sides different no more often than their level, and different ones mostly")
{
    Random random(11);
    constexpr int runs = 2000;
    int fisher = 0;
    int ranks = 0;
    int fisher_found = 0;
    int ranks_found = 0;
    for (int run = 0; run < runs; ++run) {
        const auto sample = [&random](double above) {
            std::vector<double> drawn(12);
            // Skewed, as times are, and rounded, so that some are tied.
            std::ranges::generate(drawn, [&] { return std::round(20 * (above - std::log1p(-uniform(random)))); });
            return drawn;
        };
        fisher += fisher_exact({hits_of(random, 20, 0.3), 20}, {hits_of(random, 25, 0.3), 25}) <= 0.05 ? 1 : 0;
        fisher_found += fisher_exact({hits_of(random, 20, 0.1), 20}, {hits_of(random, 25, 0.7), 25}) <= 0.05 ? 1 : 0;
        ranks += two_sided(rank_test(sample(0), sample(0))) <= 0.05 ? 1 : 0;
        ranks_found += two_sided(rank_test(sample(1), sample(0))) <= 0.05 ? 1 : 0;
    }
    // 5% of 2,000 is 100; four deviations more are 139.
    CHECK(fisher < 100);
    CHECK(ranks < 139);
    CHECK(ranks > 40);
    CHECK(fisher_found > runs * 9 / 10);
    CHECK(ranks_found > runs * 7 / 10);
}
