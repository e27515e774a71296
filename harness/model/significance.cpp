#include "harness/model/significance.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <boost/math/distributions/hypergeometric.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/binomial.hpp>

namespace bulkhead::model {
namespace {

/// The tables with the same sums as this one: how many hits `one` may have had, and the chance of each number.
struct Tables {
    std::size_t first = 0; ///< the fewest
    std::vector<double> chances;
};

Tables tables_of(Counted one, Counted other)
{
    const auto hits = static_cast<unsigned>(one.hits + other.hits);
    const auto drawn = static_cast<unsigned>(one.of);
    const auto all = static_cast<unsigned>(one.of + other.of);
    const boost::math::hypergeometric_distribution<double> chance(hits, drawn, all);
    Tables tables{.first = hits + drawn > all ? hits + drawn - all : 0, .chances = {}};
    for (std::size_t k = tables.first; k <= std::min(hits, drawn); ++k) {
        tables.chances.push_back(boost::math::pdf(chance, static_cast<unsigned>(k)));
    }
    return tables;
}

/// The sum of all chances that are not above this one. Equal ones may differ in their last bits.
double sum_up_to(const std::vector<double>& chances, double limit)
{
    constexpr double rounding = 1 + 1e-7; // as fisher.test has it
    const double sum = std::accumulate(chances.begin(), chances.end(), 0.0, [limit](double before, double chance) {
        return before + (chance <= limit * rounding ? chance : 0);
    });
    return std::min(1.0, sum);
}

/// All values, each with twice its rank (so that shared ranks are whole), lowest first.
struct Ranks {
    std::vector<std::size_t> doubled; ///< of all values
    std::size_t sum = 0;              ///< of those of the side that is asked for
    double ties = 0;                  ///< the sum of t^3 - t over the groups of t equal values
};

Ranks ranks_of(const std::vector<double>& values, const std::vector<double>& base)
{
    struct Ranked {
        double value;
        bool ours;
    };
    std::vector<Ranked> all;
    for (const double value : values) {
        all.push_back({value, true});
    }
    for (const double value : base) {
        all.push_back({value, false});
    }
    std::ranges::sort(all, {}, &Ranked::value);
    Ranks ranks;
    for (std::size_t first = 0, end = 0; first < all.size(); first = end) {
        std::size_t ours = 0;
        for (end = first; end < all.size() && all[end].value == all[first].value; ++end) {
            ours += all[end].ours ? 1 : 0;
        }
        const std::size_t doubled = first + end + 1; // the ranks are first + 1 to end
        ranks.doubled.insert(ranks.doubled.end(), end - first, doubled);
        ranks.sum += ours * doubled;
        const auto size = static_cast<double>(end - first);
        ranks.ties += size * size * size - size;
    }
    return ranks;
}

/// The chance of each sum of the ranks (sorted, doubled or not) of `drawn` values, if they are drawn from all at
/// random.
std::vector<double> chances_of_sums(const std::vector<std::size_t>& ranks, std::size_t drawn)
{
    // No sum is above that of the last ones.
    const std::size_t most =
        std::accumulate(ranks.end() - static_cast<std::ptrdiff_t>(drawn), ranks.end(), std::size_t{0});
    std::vector<std::vector<double>> ways(drawn + 1, std::vector<double>(most + 1, 0.0));
    ways[0][0] = 1;
    for (const std::size_t rank : ranks) {
        for (std::size_t count = drawn; count > 0; --count) {
            for (std::size_t sum = most; sum >= rank; --sum) {
                ways[count][sum] += ways[count - 1][sum - rank];
            }
        }
    }
    const double all = std::accumulate(ways[drawn].begin(), ways[drawn].end(), 0.0);
    for (double& chance : ways[drawn]) {
        chance /= all;
    }
    return std::move(ways[drawn]);
}

RankTest exact_test(const Ranks& ranks, std::size_t drawn)
{
    const std::vector<double> chances = chances_of_sums(ranks.doubled, drawn);
    const auto seen = chances.begin() + static_cast<std::ptrdiff_t>(ranks.sum);
    return {.higher = std::min(1.0, std::accumulate(seen, chances.end(), 0.0)),
            .lower = std::min(1.0, std::accumulate(chances.begin(), seen + 1, 0.0)),
            .exact = true};
}

RankTest normal_test(const Ranks& ranks, std::size_t values, std::size_t base)
{
    const auto n = static_cast<double>(values);
    const auto m = static_cast<double>(base);
    const double all = n + m;
    const double u = static_cast<double>(ranks.sum) / 2 - n * (n + 1) / 2;
    const double deviation = std::sqrt(n * m / 12 * (all + 1 - ranks.ties / (all * (all - 1))));
    if (!(deviation > 0)) {
        return {.higher = 1, .lower = 1, .exact = false}; // all values are the same
    }
    const boost::math::normal_distribution<double> normal;
    const double off = u - n * m / 2;
    return {.higher = boost::math::cdf(boost::math::complement(normal, (off - 0.5) / deviation)),
            .lower = boost::math::cdf(normal, (off + 0.5) / deviation),
            .exact = false};
}

} // namespace

double fisher_exact(Counted one, Counted other)
{
    if (!(one.of > 0 && other.of > 0)) {
        return 1;
    }
    const Tables tables = tables_of(one, other);
    return sum_up_to(tables.chances, tables.chances[static_cast<std::size_t>(one.hits) - tables.first]);
}

double least_fisher(Counted one, Counted other)
{
    if (!(one.of > 0 && other.of > 0)) {
        return 1;
    }
    const Tables tables = tables_of(one, other);
    return sum_up_to(tables.chances, *std::ranges::min_element(tables.chances));
}

RankTest rank_test(const std::vector<double>& values, const std::vector<double>& base)
{
    if (values.empty() || base.empty()) {
        return {};
    }
    if ((values.size() + base.size()) * std::min(values.size(), base.size()) > most_exact_ranks) {
        return normal_test(ranks_of(values, base), values.size(), base.size());
    }
    if (values.size() <= base.size()) {
        return exact_test(ranks_of(values, base), values.size());
    }
    const RankTest of_base = exact_test(ranks_of(base, values), base.size());
    return {.higher = of_base.lower, .lower = of_base.higher, .exact = true};
}

std::vector<double> mann_whitney(std::size_t values, std::size_t base)
{
    std::vector<std::size_t> ranks(values + base);
    std::iota(ranks.begin(), ranks.end(), std::size_t{1});
    std::vector<double> chances = chances_of_sums(ranks, std::min(values, base));
    // The least sum is that of the first ranks.
    const std::size_t least = std::min(values, base) * (std::min(values, base) + 1) / 2;
    chances.erase(chances.begin(), chances.begin() + static_cast<std::ptrdiff_t>(least));
    return chances;
}

double two_sided(const RankTest& test)
{
    return std::min(1.0, 2 * std::min(test.higher, test.lower));
}

double least_two_sided(std::size_t values, std::size_t base)
{
    if (values == 0 || base == 0) {
        return 1;
    }
    // Beyond this many it is too small to matter, and the number of ways too large for the function.
    constexpr std::size_t many = 500;
    const auto all = static_cast<unsigned>(std::min(values, many) + std::min(base, many));
    const auto drawn = static_cast<unsigned>(std::min({values, base, many}));
    return std::min(1.0, 2 / boost::math::binomial_coefficient<double>(all, drawn));
}

std::vector<double> holm(const std::vector<double>& chances)
{
    std::vector<std::size_t> order(chances.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&chances](std::size_t index) { return chances[index]; });
    std::vector<double> corrected(chances.size());
    double so_far = 0;
    for (std::size_t place = 0; place < order.size(); ++place) {
        const auto left = static_cast<double>(order.size() - place);
        so_far = std::max(so_far, std::min(1.0, left * chances[order[place]]));
        corrected[order[place]] = so_far;
    }
    return corrected;
}

} // namespace bulkhead::model
