#include "harness/model/claim.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace bulkhead::model {
namespace {

/// Each end of it is a one-sided bound at 95%: an expectation claims one side only.
constexpr double two_sided = 0.90;

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

/// "12.3 us", "0.912", "3".
std::string in_unit(double value, std::string_view unit)
{
    return fmt::format("{:.4g}{}{}", value, unit.empty() ? "" : " ", unit);
}

/// The least or the most of all trials is what it is: nothing has to be inferred.
Finding weigh_extreme(const FigureIs& claim, const std::vector<double>& values, std::string_view unit)
{
    const double extreme =
        claim.statistic == Statistic::least ? *std::ranges::min_element(values) : *std::ranges::max_element(values);
    return {holds(claim.comparison, extreme, claim.bound) ? Verdict::upheld : Verdict::refuted,
            fmt::format("the {} of {} is {}", to_string(claim.statistic), counted(values.size(), "trial"),
                        in_unit(extreme, unit))};
}

/// What other programs do to a time makes it longer, never shorter: so the least of many trials says what the thing
/// itself takes (the Python library's timeit says so, too). Of few it may be any.
Finding weigh_least_ratio(const FigureIs& claim, const std::vector<double>& values, const std::vector<double>& base,
                          std::string_view unit)
{
    constexpr std::size_t enough = 20;
    const double least = *std::ranges::min_element(values);
    const double divisor = *std::ranges::min_element(base);
    if (values.size() < enough || base.size() < enough || !(divisor > 0)) {
        return {
            Verdict::inconclusive,
            fmt::format("the least of {} beside that of {}: at least {} trials of each are needed, and values above 0",
                        counted(values.size(), "trial"), counted(base.size(), "trial"), enough)};
    }
    return {holds(claim.comparison, least / divisor, claim.bound) ? Verdict::upheld : Verdict::refuted,
            fmt::format("the least of {} is {}, and of {} {}: the ratio is {:.4g}", counted(values.size(), "trial"),
                        in_unit(least, unit), counted(base.size(), "trial"), in_unit(divisor, unit), least / divisor)};
}

Finding weigh_interval(const FigureIs& claim, std::string_view what, double value, std::optional<Interval> interval,
                       std::string_view unit)
{
    if (!interval && claim.times && !(value > 0)) {
        return {Verdict::inconclusive, fmt::format("{} is none, for what it is held against is not above 0", what)};
    }
    if (!interval) {
        return {Verdict::inconclusive, fmt::format("{} is {}, of too few trials for an interval: at least 5 are needed",
                                                   what, in_unit(value, unit))};
    }
    const Verdict verdict = compare(claim.comparison, claim.bound, *interval);
    return {verdict,
            fmt::format("{} is {} (95% on each side: {:.4g} to {:.4g}){}", what, in_unit(value, unit), interval->low,
                        interval->high, verdict == Verdict::inconclusive ? ", which does not decide" : "")};
}

} // namespace

bool is_about_every_trial(const FigureIs& claim)
{
    const bool floor = claim.comparison == Comparison::at_least || claim.comparison == Comparison::more_than;
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

Finding weigh(const FigureIs& claim, const std::vector<double>& values, const std::vector<double>& base)
{
    const FigureRow* const row = find_figure(claim.figure);
    const std::string_view unit = row == nullptr ? "" : row->unit;
    if (values.empty() || (claim.times && base.empty())) {
        return {Verdict::inconclusive, fmt::format("no trial of {} cells has the figure {}",
                                                   values.empty() ? "these" : "the other", claim.figure)};
    }
    if (claim.times && claim.statistic == Statistic::least) {
        return weigh_least_ratio(claim, values, base, unit);
    }
    if (claim.times) {
        const double divisor = median(base);
        const double ratio = divisor > 0 ? median(values) / divisor : 0;
        return weigh_interval(claim,
                              fmt::format("{} beside {}: the ratio of the medians", in_unit(median(values), unit),
                                          in_unit(divisor, unit)),
                              ratio, ratio_interval(values, base, two_sided), "");
    }
    if (claim.statistic != Statistic::median) {
        return weigh_extreme(claim, values, unit);
    }
    return weigh_interval(claim, fmt::format("the median of {}", counted(values.size(), "trial")), median(values),
                          median_interval(values, two_sided), unit);
}

} // namespace bulkhead::model
