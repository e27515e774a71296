#include "harness/model/compared.hpp"

#include "harness/model/figure.hpp"
#include "harness/model/significance.hpp"
#include "harness/model/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace bulkhead::model {
namespace {

constexpr ShareRow all_shares[] = {sibling_lost, sibling_degraded, sibling_stalled, sibling_corrupted,
                                   sibling_died, no_verdict,       survivors};

Yardstick how_to_hold(std::string_view figure)
{
    if (figure == survivors.name) {
        return {Direction::less_is_worse, Scale::share};
    }
    return yardstick_of(figure).value_or(Yardstick{});
}

/// The values as their yardstick is laid to them.
std::vector<double> on(Scale scale, std::vector<double> values)
{
    if (scale == Scale::rest) {
        std::ranges::transform(values, values.begin(), [](double value) { return 1 - value; });
    }
    return values;
}

std::vector<double> times(std::vector<double> values, double factor)
{
    // What is below 0 becomes more by being divided.
    std::ranges::transform(values, values.begin(),
                           [factor](double value) { return value > 0 ? value * factor : value / factor; });
    return values;
}

bool all_equal(const std::vector<double>& values, const std::vector<double>& base)
{
    const auto is_first = [&base](double value) { return !(value < base.front() || value > base.front()); };
    return std::ranges::all_of(values, is_first) && std::ranges::all_of(base, is_first);
}

/// True when the whole interval is.
bool is_within_tolerance(const Compared& compared, const Demands& demands)
{
    if (!compared.interval) {
        return false;
    }
    const Interval& interval = *compared.interval;
    if (compared.is_ratio) {
        return interval.low >= 1 / (1 + demands.tolerance) && interval.high <= 1 + demands.tolerance;
    }
    const Scale scale = compared.yardstick.scale;
    const double base = scale == Scale::rest ? 1 - compared.base_median : compared.base_median;
    const double most = scale == Scale::share ? demands.points : demands.tolerance * std::abs(base);
    return interval.low >= -most && interval.high <= most;
}

} // namespace

std::string_view to_string(Difference difference)
{
    switch (difference) {
    case Difference::worse: return "worse";
    case Difference::better: return "better";
    case Difference::differs: return "differs";
    case Difference::same: return "same";
    case Difference::cannot_tell: return "cannot tell";
    }
    return "?";
}

Compared compare_shares(std::string_view figure, Counted base, Counted fresh, const Demands& demands)
{
    Compared result;
    result.figure = figure;
    result.yardstick = {Direction::more_is_worse, Scale::share};
    result.is_share_of_trials = true;
    result.base_share = base;
    result.fresh_share = fresh;
    result.base_count = static_cast<std::size_t>(base.of);
    result.fresh_count = static_cast<std::size_t>(fresh.of);
    result.change = fresh.hits / fresh.of - base.hits / base.of;
    result.interval = difference_interval(fresh, base, demands.confidence);
    result.chance = fisher_exact(fresh, base);
    result.rises = result.change > 0;
    result.could_tell = least_fisher(fresh, base) <= 1 - demands.confidence;
    return result;
}

Compared compare_values(std::string_view figure, const std::vector<double>& base, const std::vector<double>& fresh,
                        const Demands& demands)
{
    Compared result;
    result.figure = figure;
    result.yardstick = how_to_hold(figure);
    result.base_median = median(base);
    result.fresh_median = median(fresh);
    result.base_count = base.size();
    result.fresh_count = fresh.size();

    const Scale scale = result.yardstick.scale;
    const std::vector<double> before = on(scale, base);
    const std::vector<double> now = on(scale, fresh);
    const double factor = scale == Scale::share ? 1 : 1 + demands.tolerance;
    const RankTest above = rank_test(now, times(before, factor));
    const RankTest below = rank_test(now, times(before, 1 / factor));
    const bool is_more = above.higher < below.lower;
    result.rises = is_more != (scale == Scale::rest);
    result.chance = two_sided({.higher = above.higher, .lower = below.lower});
    result.exact = above.exact && below.exact;
    result.could_tell =
        least_two_sided(fresh.size(), base.size()) <= 1 - demands.confidence && (factor > 1 || !all_equal(now, before));

    const auto ratio = scale == Scale::share ? std::nullopt : ratio_shift(now, before, demands.confidence);
    const Shift shift = ratio ? *ratio : hodges_lehmann(now, before, demands.confidence);
    result.is_ratio = ratio.has_value();
    result.change = shift.estimate;
    result.interval = shift.interval;
    return result;
}

Difference judge(const Compared& compared, const Demands& demands)
{
    if (compared.could_tell && compared.corrected <= 1 - demands.confidence) {
        if (compared.yardstick.is_timed && !demands.times) {
            return Difference::differs;
        }
        const bool is_better = compared.yardstick.direction != Direction::none &&
                               compared.rises == (compared.yardstick.direction == Direction::less_is_worse);
        if (is_better && compared.partial) {
            return Difference::cannot_tell; // the others may be the lucky ones
        }
        switch (compared.yardstick.direction) {
        case Direction::none: return Difference::differs;
        case Direction::more_is_worse: return compared.rises ? Difference::worse : Difference::better;
        case Direction::less_is_worse: return compared.rises ? Difference::better : Difference::worse;
        }
    }
    return is_within_tolerance(compared, demands) && !compared.partial ? Difference::same : Difference::cannot_tell;
}

std::string_view meaning_of(std::string_view figure)
{
    const auto* const share = std::ranges::find(all_shares, figure, &ShareRow::name);
    if (share != std::end(all_shares)) {
        return share->meaning;
    }
    const FigureRow* const row = find_figure(figure);
    return row == nullptr ? "" : row->meaning;
}

std::string_view unit_of(std::string_view figure)
{
    const FigureRow* const row = find_figure(figure);
    return row == nullptr ? "" : row->unit;
}

} // namespace bulkhead::model
