#include "harness/model/claim.hpp"

#include "harness/model/statistics.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace bulkhead::model {
namespace {

/// "95%", "99.9%".
std::string percent(double confidence)
{
    return fmt::format("{:.6g}%", 100 * confidence);
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

/// How one speaks of the siblings with an outcome: of those that are intact as survivors and losses.
struct Words {
    std::string having;  ///< "survived", "had the outcome died"
    std::string lacking; ///< "lost", "had another outcome than died"
    std::string has_one; ///< "spare one", "have one"
    std::string lacks;   ///< "lose one", "have another"
    std::string noun;    ///< "survivor", "sibling with the outcome died"
    std::string nouns;   ///< the same of several
    std::string none;    ///< "loss", "sibling without it"
    std::string claim;   ///< "survivors", "outcome.died"
};
Words words_of(Outcome outcome)
{
    if (outcome == Outcome::intact) {
        return {.having = "survived",
                .lacking = "lost",
                .has_one = "spare one",
                .lacks = "lose one",
                .noun = "survivor",
                .nouns = "survivors",
                .none = "loss",
                .claim = claim_key(outcome)};
    }
    const std::string name(to_string(outcome));
    return {.having = "had the outcome " + name,
            .lacking = "had another outcome than " + name,
            .has_one = "have one",
            .lacks = "have another",
            .noun = "sibling with the outcome " + name,
            .nouns = "siblings with the outcome " + name,
            .none = "sibling with another outcome",
            .claim = claim_key(outcome)};
}

/// One overload for each kind of claim.
struct Weigh {
    const Evidence& evidence;
    double confidence;

    Finding operator()(const AllSiblings& claim) const
    {
        const Words words = words_of(claim.outcome);
        const std::uint64_t lacking = evidence.siblings - evidence.having;
        const std::uint64_t otherwise = evidence.judged - evidence.unanimity.trials_all;
        if (otherwise > 0) {
            return {Verdict::refuted,
                    fmt::format("{} of {} {}, in {} of {}", lacking, siblings(), words.lacking, otherwise, trials())};
        }
        return {Verdict::upheld, fmt::format("0 of {} {} in {} {}", siblings(), words.lacking, trials(),
                                             at_most_otherwise(words.lacks))};
    }

    Finding operator()(const NoSibling& claim) const
    {
        const Words words = words_of(claim.outcome);
        const std::uint64_t otherwise = evidence.judged - evidence.unanimity.trials_none;
        if (otherwise > 0) {
            return {Verdict::refuted, fmt::format("{} of {} {}, in {} of {}", evidence.having, siblings(), words.having,
                                                  otherwise, trials())};
        }
        return {Verdict::upheld, fmt::format("{} of {} {} in {} {}", evidence.siblings, siblings(), words.lacking,
                                             trials(), at_most_otherwise(words.has_one))};
    }

    Finding operator()(const AsPredicted& /*claim*/) const
    {
        const std::uint64_t otherwise = evidence.judged - evidence.trials_as_predicted;
        if (otherwise > 0) {
            return {Verdict::refuted, fmt::format("a sibling ended otherwise than predicted in {} of {} ({} of {} "
                                                  "survived)",
                                                  otherwise, trials(), evidence.having, siblings())};
        }
        return {Verdict::upheld, fmt::format("every sibling ended as predicted in {0} of {1} {2}", evidence.judged,
                                             trials(), at_most_otherwise("differ"))};
    }

    Finding operator()(const VictimEnds& claim) const
    {
        std::uint64_t as_claimed = 0;
        std::string others;
        for (const auto& [way, count] : evidence.victim_ends) {
            if (std::ranges::find(claim.ways, way) != claim.ways.end()) {
                as_claimed += count;
            } else {
                others += fmt::format("{}{} in {}", others.empty() ? "" : ", ", way, count);
            }
        }
        if (!others.empty()) {
            return {Verdict::refuted, fmt::format("the victim's end was another in {} of {}: {}",
                                                  evidence.judged - as_claimed, trials(), others)};
        }
        return {Verdict::upheld,
                fmt::format("the victim ended so in {} of {} {}", as_claimed, trials(), at_most_otherwise("differ"))};
    }

    Finding operator()(const FigureIs& /*claim*/) const
    {
        return {Verdict::inconclusive, "a figure is weighed by its values"}; // see weigh_figure
    }

    Finding operator()(const ShareOfSiblings& claim) const
    {
        const auto count = static_cast<double>(evidence.judged);
        const Interval share = clopper_pearson(evidence.unanimity.share_sum, count, two_sided(confidence));
        const Verdict verdict = compare(claim.comparison, claim.bound, share);
        const bool floor = claims_a_floor(claim.comparison);
        const std::uint64_t against = floor ? evidence.judged - evidence.unanimity.trials_all : evidence.having;
        if (verdict == Verdict::inconclusive && against == 0) {
            return {verdict, too_few(claim, share)};
        }
        const std::string least = "at least " + share_text(share.low);
        const std::string most = "at most " + share_text(share.high);
        const std::string mean = fmt::format("the mean share of {} is {} in {}", words_of(claim.outcome).nouns,
                                             share_text(evidence.unanimity.share_sum / count), trials());
        if (verdict == Verdict::inconclusive) {
            return {verdict, fmt::format("{} ({}: {}; {}: {}), which does not decide", mean, percent(confidence), least,
                                         percent(confidence), most)};
        }
        const bool low_decides = floor == (verdict == Verdict::upheld);
        return {verdict, fmt::format("{} ({}: {})", mean, percent(confidence), low_decides ? least : most)};
    }

private:
    [[nodiscard]] std::string siblings() const { return counted(evidence.siblings, "sibling"); }
    [[nodiscard]] std::string trials() const { return counted(evidence.judged, "trial"); }

    /// The share of trials that may still be otherwise when none was: one-sided.
    [[nodiscard]] std::string at_most_otherwise(std::string_view what) const
    {
        const double share = clopper_pearson(0, static_cast<double>(evidence.judged), two_sided(confidence)).high;
        return fmt::format("({}: at most {:.3g}% of trials {})", percent(confidence), 100 * share, what);
    }

    /// The trials so far all point to the claim, and are too few.
    [[nodiscard]] std::string too_few(const ShareOfSiblings& claim, Interval share) const
    {
        const Words words = words_of(claim.outcome);
        const bool floor = claims_a_floor(claim.comparison);
        const std::string so_far =
            fmt::format("{} without a {} support at most {} {}", trials(), floor ? words.none : words.noun,
                        to_string(claim.comparison), share_text(floor ? share.low : share.high));
        const double edge = floor ? claim.bound : 1 - claim.bound;
        if (edge >= 1) {
            return so_far + fmt::format(", and no number of them is enough: claim {} = \"{}\" instead", words.claim,
                                        floor ? "all" : "none");
        }
        return so_far + fmt::format("; {:.0f} needed", std::ceil(std::log(1 - confidence) / std::log(edge)));
    }
};

} // namespace

double two_sided(double confidence)
{
    return 2 * confidence - 1;
}

Outcome outcome_of(const Claim& claim)
{
    return std::visit(
        [](const auto& kind) {
            if constexpr (requires { kind.outcome; }) {
                return kind.outcome;
            } else {
                return Outcome::intact;
            }
        },
        claim);
}

Finding weigh(const Claim& claim, const Evidence& evidence, double confidence)
{
    return std::visit(Weigh{evidence, confidence}, claim);
}

std::string counted(std::uint64_t count, std::string_view noun)
{
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

} // namespace bulkhead::model
