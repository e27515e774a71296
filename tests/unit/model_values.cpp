#include "harness/model/claim.hpp"
#include "harness/model/values.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <vector>

#include <doctest/doctest.h>

using namespace bulkhead::model;

namespace {

constexpr std::uint32_t many = 100'000;

Values of_many(const std::function<double(std::uint32_t trial)>& value_of)
{
    Values values;
    for (std::uint32_t trial = 0; trial < many; ++trial)
        values.add(trial, value_of(trial));
    return values;
}

std::vector<double> sorted(std::vector<double> values)
{
    std::ranges::sort(values);
    return values;
}

double share_of(const Values& values, double value)
{
    return static_cast<double>(std::ranges::count(values.kept(), value)) / static_cast<double>(values.kept().size());
}

} // namespace

TEST_CASE("values that are no more than can be kept are all kept")
{
    CHECK(Values{}.empty());
    CHECK(Values{}.kept().empty());
    Values values{3, 1, 2};
    CHECK(values.kept() == std::vector<double>{3, 1, 2});
    CHECK(values.count() == 3);
    CHECK(values.least() == 1);
    CHECK(values.most() == 3);
    const Values full(std::vector<double>(Values::most_kept, 7));
    CHECK(full.kept().size() == Values::most_kept);
}

TEST_CASE("of very many values a sample is kept, and the least, the most and their number are exact")
{
    const Values values = of_many([](std::uint32_t trial) { return trial; });
    CHECK(values.count() == many);
    CHECK(values.least() == 0);
    CHECK(values.most() == many - 1);
    CHECK(values.kept().size() <= Values::most_kept);
    CHECK(values.kept().size() > Values::most_kept / 3);
    for (const double q : {0.1, 0.5, 0.9, 0.99}) {
        const Interval interval = quantile_interval(values.kept(), q, 0.999);
        CHECK(interval.low < q * many);
        CHECK(interval.high > q * many);
    }
}

TEST_CASE("which values are kept depends on the trials alone, not on the order in which they come")
{
    const Values in_order = of_many([](std::uint32_t trial) { return trial; });
    Values backwards;
    for (std::uint32_t trial = many; trial > 0; --trial)
        backwards.add(trial - 1, trial - 1);
    CHECK(sorted(backwards.kept()) == sorted(in_order.kept()));
}

TEST_CASE("a sample shows what befalls every second trial, every eighth, or the first half, as it is")
{
    const double half = share_of(of_many([](std::uint32_t trial) { return trial % 2; }), 1);
    CHECK(half > 0.45);
    CHECK(half < 0.55);
    const double eighth = share_of(of_many([](std::uint32_t trial) { return trial % 8 == 0; }), 1);
    CHECK(eighth > 0.10);
    CHECK(eighth < 0.15);
    const double first = share_of(of_many([](std::uint32_t trial) { return trial < many / 2; }), 1);
    CHECK(first > 0.45);
    CHECK(first < 0.55);
}

TEST_CASE("values of two cells come together with the weight that each has")
{
    Values both = of_many([](std::uint32_t) { return 1; });
    both += Values(std::vector<double>(Values::most_kept, 2));
    CHECK(both.count() == many + Values::most_kept);
    CHECK(both.most() == 2);
    CHECK(share_of(both, 2) > 0.02); // 4,096 of 104,096
    CHECK(share_of(both, 2) < 0.06);
    Values other_way(std::vector<double>(Values::most_kept, 2));
    other_way += of_many([](std::uint32_t) { return 1; });
    CHECK(sorted(other_way.kept()) == sorted(both.kept()));

    Values few{1, 2};
    few += Values{};
    CHECK(few.kept().size() == 2);
    Values none;
    none += few;
    CHECK(none.least() == 1);
    CHECK(none.count() == 2);
}

TEST_CASE("one trial of very many refutes a claim about every trial, whether or not its value is kept")
{
    const FigureIs claim{
        .figure = "lost_updates", .statistic = Statistic::most, .comparison = Comparison::at_most, .bound = 0};
    const Values kept = of_many([](std::uint32_t trial) { return trial; });
    std::uint32_t left_out = 0;
    while (std::ranges::count(kept.kept(), left_out) > 0)
        ++left_out;
    CHECK(weigh_figure(claim, of_many([](std::uint32_t) { return 0; }), {}).verdict == Verdict::upheld);
    const Values but_one = of_many([&](std::uint32_t trial) { return trial == left_out ? 1 : 0; });
    CHECK(share_of(but_one, 1) == 0);
    CHECK(weigh_figure(claim, but_one, {}).verdict == Verdict::refuted);
}
