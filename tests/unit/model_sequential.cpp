#include "harness/model/random.hpp"
#include "harness/model/sequential.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace bulkhead::model;

namespace {

constexpr std::uint64_t most_trials = 100'000;

struct Runs {
    int high = 0;
    int low = 0;
    int undecided = 0;
    double trials = 0; ///< in all
};

Runs simulate(const SequentialTest& test, double share, std::uint64_t seed, int runs)
{
    Random random(seed);
    Runs sum;
    for (int run = 0; run < runs; ++run) {
        Decision decision = Decision::go_on;
        std::uint64_t hits = 0;
        std::uint64_t trials = 0;
        while (decision == Decision::go_on && trials < most_trials) {
            ++trials;
            hits += static_cast<double>(random.next() >> 11U) * 0x1p-53 < share ? 1 : 0;
            decision = decide(test, static_cast<double>(hits), static_cast<double>(trials));
        }
        sum.high += decision == Decision::high ? 1 : 0;
        sum.low += decision == Decision::low ? 1 : 0;
        sum.undecided += decision == Decision::go_on ? 1 : 0;
        sum.trials += static_cast<double>(trials);
    }
    return sum;
}

} // namespace

TEST_CASE("the log-likelihood ratio is that of the definition")
{
    const SequentialTest test{.low = 0.1, .high = 0.3};
    CHECK(log_likelihood_ratio(test, 0, 0) == 0);
    CHECK(log_likelihood_ratio(test, 2, 5) == doctest::Approx(2 * std::log(3.0) + 3 * std::log(0.7 / 0.9)));
}

TEST_CASE("with no hit it takes as many trials for the low share as its limit says, and not one fewer")
{
    // ln(0.05 / 0.95) / ln(0.9 / 0.99) = 30.9
    const SequentialTest test{.low = 0.01, .high = 0.1};
    CHECK(decide(test, 0, 30) == Decision::go_on);
    CHECK(decide(test, 0, 31) == Decision::low);
    // ln 19 / ln 10 = 1.28: two hits at once are enough for the high one.
    CHECK(decide(test, 1, 1) == Decision::go_on);
    CHECK(decide(test, 2, 2) == Decision::high);
}

TEST_CASE("what a share of 0 or 1 rules out decides at once, and what both rule out decides nothing")
{
    CHECK(decide({.low = 0, .high = 0.1}, 1, 50) == Decision::high);
    CHECK(decide({.low = 0, .high = 0.1}, 0, 10) == Decision::go_on);
    CHECK(decide({.low = 0.9, .high = 1}, 49, 50) == Decision::low);
    CHECK(decide({.low = 0, .high = 1}, 1, 2) == Decision::go_on);
}

TEST_CASE("in 10,000 runs it errs no more often than it may, in either direction")
{
    constexpr int runs = 10'000;
    const SequentialTest test{.low = 0.1, .high = 0.3, .alpha = 0.05, .beta = 0.10};
    const Runs at_low = simulate(test, test.low, 1, runs);
    const Runs at_high = simulate(test, test.high, 2, runs);
    CHECK(at_low.undecided + at_high.undecided == 0);
    // Wald's bounds are alpha / (1 - beta) and beta / (1 - alpha); the errors themselves are near alpha and beta.
    CHECK(at_low.high <= runs * test.alpha / (1 - test.beta));
    CHECK(at_high.low <= runs * test.beta / (1 - test.alpha));
    CHECK(at_low.high > runs * test.alpha / 3);
    CHECK(at_high.low > runs * test.beta / 3);
    // A test of a fixed number of trials needs 29 for the same (normal approximation).
    CHECK(at_low.trials / runs < 29);
    CHECK(at_high.trials / runs < 29);
}

TEST_CASE("a share far outside the region of either answer is decided at once, and rightly")
{
    const SequentialTest test{.low = 0.1, .high = 0.3};
    CHECK(simulate(test, 0.9, 3, 1000).high == 1000);
    CHECK(simulate(test, 0.0, 4, 1000).low == 1000);
}
