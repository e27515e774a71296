#include "harness/model/claim.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace bulkhead::model {
namespace {

std::optional<double> quantile_of(Statistic statistic)
{
    switch (statistic) {
    case Statistic::median: return 0.5;
    case Statistic::p90: return 0.9;
    case Statistic::p95: return 0.95;
    case Statistic::p99: return 0.99;
    case Statistic::least:
    case Statistic::most: break;
    }
    return std::nullopt;
}

constexpr std::size_t values_for_extreme_ratio = 20; ///< of few times the least may be any

bool holds(Comparison comparison, double value, double bound)
{
    switch (comparison) {
    case Comparison::at_least: return value >= bound;
    case Comparison::more_than: return value > bound;
    case Comparison::at_most: return value <= bound;
    case Comparison::less_than: return value < bound;
    }
    return false;
}

/// "0.9123", "3", "151234": four digits, and without an exponent where it can be read without.
std::string number_text(double value)
{
    const double size = std::abs(value);
    return size >= 1e4 && size < 1e15 ? fmt::format("{:.0f}", value) : fmt::format("{:.4g}", value);
}

/// "12.3 us", "0.912", "3".
std::string in_unit(double value, std::string_view unit)
{
    return fmt::format("{}{}{}", number_text(value), unit.empty() ? "" : " ", unit);
}

double extreme_of(Statistic statistic, const Values& values)
{
    return statistic == Statistic::least ? values.least() : values.most();
}

/// The least or the most of all trials is what it is: nothing has to be inferred.
Finding weigh_extreme(const FigureIs& claim, const Values& values, std::string_view unit)
{
    const double extreme = extreme_of(claim.statistic, values);
    return {holds(claim.comparison, extreme, claim.bound) ? Verdict::upheld : Verdict::refuted,
            fmt::format("the {} of {} is {}", to_string(claim.statistic), counted(values.count(), "trial"),
                        in_unit(extreme, unit))};
}

/// What other programs do to a time makes it longer, never shorter, and to a rate makes it lower, never higher: so the
/// least of many times, and the most of many rates, say what the thing itself takes (the Python library's timeit says
/// so, too).
Finding weigh_extreme_ratio(const FigureIs& claim, const Values& values, const Values& base, std::string_view unit)
{
    const double extreme = extreme_of(claim.statistic, values);
    const double divisor = extreme_of(claim.statistic, base);
    const std::string_view which = to_string(claim.statistic);
    if (std::min(values.count(), base.count()) < values_for_extreme_ratio || !(divisor > 0)) {
        return {Verdict::inconclusive,
                fmt::format("the {} of {} beside that of {}: at least {} trials of each are needed, and values above 0",
                            which, counted(values.count(), "trial"), counted(base.count(), "trial"),
                            values_for_extreme_ratio)};
    }
    return {holds(claim.comparison, extreme / divisor, claim.bound) ? Verdict::upheld : Verdict::refuted,
            fmt::format("the {} of {} is {}, and of {} {}: the ratio is {:.4g}", which,
                        counted(values.count(), "trial"), in_unit(extreme, unit), counted(base.count(), "trial"),
                        in_unit(divisor, unit), extreme / divisor)};
}

Finding weigh_ratio(const FigureIs& claim, const Values& values, const Values& base, std::string_view unit,
                    double confidence)
{
    const double divisor = median(base.kept());
    const std::string what = fmt::format("{} beside {}: the ratio of the medians", in_unit(median(values.kept()), unit),
                                         in_unit(divisor, unit));
    if (!(divisor > 0)) {
        return {Verdict::inconclusive, what + " is none, for what it is held against is not above 0"};
    }
    const double ratio = median(values.kept()) / divisor;
    const auto interval = ratio_interval(values.kept(), base.kept(), two_sided(confidence));
    if (!interval) {
        return {
            Verdict::inconclusive,
            fmt::format("{} is {:.4g}, of too few trials for an interval: at least {} are needed, and values above 0",
                        what, ratio, values_for_ratio(two_sided(confidence)))};
    }
    const Verdict verdict = compare(claim.comparison, claim.bound, *interval);
    return {verdict, fmt::format("{} is {:.4g} ({:.6g}% on each side: {:.4g} to {:.4g}){}", what, ratio,
                                 100 * confidence, interval->low, interval->high,
                                 verdict == Verdict::inconclusive ? ", which does not decide" : "")};
}

/// Of few trials a quantile has no bound on the side that decides, or on none.
Finding weigh_quantile(const FigureIs& claim, double q, const Values& values, std::string_view unit, double confidence)
{
    const Interval interval = quantile_interval(values.kept(), q, two_sided(confidence));
    const std::string what = fmt::format(
        "the {} of {} is {}", to_string(claim.statistic), counted(values.count(), "trial"),
        in_unit(claim.statistic == Statistic::median ? median(values.kept()) : nearest_rank(values.kept(), q), unit));
    const Verdict verdict = compare(claim.comparison, claim.bound, interval);
    const bool low = std::isfinite(interval.low);
    const bool high = std::isfinite(interval.high);
    if (verdict == Verdict::inconclusive && !(low && high)) {
        const std::size_t needed = std::max(low ? 0 : values_for_bound(q, two_sided(confidence), false),
                                            high ? 0 : values_for_bound(q, two_sided(confidence), true));
        return {verdict, fmt::format("{}, of too few trials for {}: at least {} are needed", what,
                                     low    ? "an upper bound"
                                     : high ? "a lower bound"
                                            : "an interval",
                                     needed)};
    }
    std::string bounds = fmt::format("{:.6g}% on each side: {} to {}", 100 * confidence, number_text(interval.low),
                                     number_text(interval.high));
    if (!low || !high) {
        bounds = fmt::format("{:.6g}%: at {} {}", 100 * confidence, low ? "least" : "most",
                             number_text(low ? interval.low : interval.high));
    }
    return {verdict,
            fmt::format("{} ({}){}", what, bounds, verdict == Verdict::inconclusive ? ", which does not decide" : "")};
}

} // namespace

bool is_floor(Comparison comparison)
{
    return comparison == Comparison::at_least || comparison == Comparison::more_than;
}

std::size_t trials_for(const FigureIs& claim, double confidence)
{
    const auto q = quantile_of(claim.statistic);
    if (claim.times) {
        return q ? values_for_ratio(two_sided(confidence)) : values_for_extreme_ratio;
    }
    return q ? values_for_bound(*q, two_sided(confidence), !is_floor(claim.comparison)) : 1;
}

bool is_about_every_trial(const FigureIs& claim)
{
    const bool floor = is_floor(claim.comparison);
    if (claim.times) {
        return false;
    }
    return (claim.statistic == Statistic::least && floor) || (claim.statistic == Statistic::most && !floor);
}

Verdict compare(Comparison comparison, double bound, Interval interval)
{
    const bool low = holds(comparison, interval.low, bound);
    const bool high = holds(comparison, interval.high, bound);
    return low == high ? (low ? Verdict::upheld : Verdict::refuted) : Verdict::inconclusive;
}

Finding weigh_figure(const FigureIs& claim, const Values& values, const Values& base, double confidence)
{
    const FigureRow* const row = find_figure(claim.figure);
    const std::string_view unit = row == nullptr ? "" : row->unit;
    if (values.empty() || (claim.times && base.empty())) {
        return {Verdict::inconclusive, fmt::format("no trial of {} cells has the figure {}",
                                                   values.empty() ? "these" : "the other", claim.figure)};
    }
    const auto q = quantile_of(claim.statistic);
    if (claim.times) {
        return q ? weigh_ratio(claim, values, base, unit, confidence) : weigh_extreme_ratio(claim, values, base, unit);
    }
    return q ? weigh_quantile(claim, *q, values, unit, confidence) : weigh_extreme(claim, values, unit);
}

} // namespace bulkhead::model
