#include "harness/model/claim.hpp"

#include "harness/model/statistics.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace bulkhead::model {
namespace {

/// Each end of a two-sided 90% interval is a one-sided bound at 95%, which is what an expectation is held against: it
/// claims one side only.
constexpr double two_sided = 0.90;
constexpr double one_sided_error = 0.05;

/// The share of trials that may still be otherwise when none of `trials` was: one-sided, 95%.
std::string at_most_otherwise(std::uint64_t trials, std::string_view what)
{
    const double share = clopper_pearson(0, static_cast<double>(trials), two_sided).high;
    return fmt::format("(95%: at most {:.3g}% of trials {})", 100 * share, what);
}

/// With enough decimals that 0.99003 does not pass for 0.99, nor 0.9999 for 1.
std::string share_text(double share)
{
    const double from_edge = std::min(share, 1 - share);
    if (from_edge <= 0) {
        return share < 0.5 ? "0" : "1";
    }
    const int decimals = 2 - static_cast<int>(std::floor(std::log10(from_edge)));
    return fmt::format("{:.{}f}", share, std::min(decimals, 12));
}

bool claims_a_floor(Comparison comparison)
{
    return comparison == Comparison::at_least || comparison == Comparison::more_than;
}

/// The trials so far all point to the claim, and are too few.
std::string too_few(const ShareSurvives& claim, Interval share, std::uint64_t trials)
{
    const bool floor = claims_a_floor(claim.comparison);
    const std::string so_far =
        fmt::format("{} without a {} support at most {} {}", counted(trials, "trial"), floor ? "loss" : "survivor",
                    to_string(claim.comparison), share_text(floor ? share.low : share.high));
    const double edge = floor ? claim.bound : 1 - claim.bound;
    if (edge >= 1) {
        return so_far + fmt::format(", and no number of them is enough: claim survivors = \"{}\" instead",
                                    floor ? "all" : "none");
    }
    const double needed = std::ceil(std::log(one_sided_error) / std::log(edge));
    return so_far + fmt::format("; {:.0f} needed", needed);
}

/// One overload for each kind of claim.
struct Weigh {
    const Evidence& evidence;

    Finding operator()(const AllSurvive& /*claim*/) const
    {
        const std::uint64_t lost = evidence.siblings - evidence.survivors;
        if (evidence.trials_with_loss > 0) {
            return {Verdict::refuted,
                    fmt::format("{} of {} lost, in {} of {}", lost, siblings(), evidence.trials_with_loss, trials())};
        }
        return {Verdict::upheld, fmt::format("0 of {} lost in {} {}", siblings(), trials(),
                                             at_most_otherwise(evidence.judged, "lose one"))};
    }

    Finding operator()(const NoneSurvive& /*claim*/) const
    {
        const std::uint64_t spared = evidence.judged - evidence.trials_all_lost;
        if (spared > 0) {
            return {Verdict::refuted,
                    fmt::format("{} of {} survived, in {} of {}", evidence.survivors, siblings(), spared, trials())};
        }
        return {Verdict::upheld, fmt::format("{} of {} lost in {} {}", evidence.siblings, siblings(), trials(),
                                             at_most_otherwise(evidence.judged, "spare one"))};
    }

    Finding operator()(const AsPredicted& /*claim*/) const
    {
        const std::uint64_t otherwise = evidence.judged - evidence.trials_as_predicted;
        if (otherwise > 0) {
            return {Verdict::refuted, fmt::format("a sibling ended otherwise than predicted in {} of {} ({} of {} "
                                                  "survived)",
                                                  otherwise, trials(), evidence.survivors, siblings())};
        }
        return {Verdict::upheld, fmt::format("every sibling ended as predicted in {0} of {1} {2}", evidence.judged,
                                             trials(), at_most_otherwise(evidence.judged, "differ"))};
    }

    Finding operator()(const FigureIs& /*claim*/) const
    {
        return {Verdict::inconclusive, "a figure is weighed by its values"}; // see weigh(FigureIs, ...)
    }

    Finding operator()(const ShareSurvives& claim) const
    {
        const auto count = static_cast<double>(evidence.judged);
        const Interval share = clopper_pearson(evidence.share_sum, count, two_sided);
        const Verdict verdict = compare(claim.comparison, claim.bound, share);
        const bool floor = claims_a_floor(claim.comparison);
        const bool all_point_to_it = (floor ? evidence.trials_with_loss : evidence.survivors) == 0;
        if (verdict == Verdict::inconclusive && all_point_to_it) {
            return {verdict, too_few(claim, share, evidence.judged)};
        }
        const std::string least = "at least " + share_text(share.low);
        const std::string most = "at most " + share_text(share.high);
        const std::string mean =
            fmt::format("the mean share of survivors is {} in {}", share_text(evidence.share_sum / count), trials());
        if (verdict == Verdict::inconclusive) {
            return {verdict, fmt::format("{} (95%: {}; 95%: {}), which does not decide", mean, least, most)};
        }
        const bool low_decides = floor == (verdict == Verdict::upheld);
        return {verdict, fmt::format("{} (95%: {})", mean, low_decides ? least : most)};
    }

private:
    [[nodiscard]] std::string siblings() const { return counted(evidence.siblings, "sibling"); }
    [[nodiscard]] std::string trials() const { return counted(evidence.judged, "trial"); }
};

} // namespace

Finding weigh(const Claim& claim, const Evidence& evidence)
{
    return std::visit(Weigh{evidence}, claim);
}

std::string counted(std::uint64_t count, std::string_view noun)
{
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

} // namespace bulkhead::model
