#include "harness/model/sequential_claim.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace bulkhead::model {
namespace {

bool claims_a_floor(const Claim& claim)
{
    const auto* const share = std::get_if<ShareOfSiblings>(&claim);
    return share == nullptr || share->comparison == Comparison::at_least || share->comparison == Comparison::more_than;
}

/// "mean share of survivors", "share of trials without a loss".
std::string subject_of(const Claim& claim)
{
    struct Visitor {
        std::string operator()(const AllSiblings& all) const
        {
            return all.outcome == Outcome::intact
                       ? "share of trials without a loss"
                       : fmt::format("share of trials in which each sibling has the outcome {}",
                                     to_string(all.outcome));
        }
        std::string operator()(const NoSibling& none) const
        {
            return none.outcome == Outcome::intact
                       ? "share of trials without a survivor"
                       : fmt::format("share of trials in which no sibling has the outcome {}", to_string(none.outcome));
        }
        std::string operator()(const AsPredicted& /*claim*/) const { return "share of trials as predicted"; }
        std::string operator()(const VictimEnds& /*claim*/) const { return "share of trials whose victim ended so"; }
        std::string operator()(const ShareOfSiblings& share) const
        {
            return share.outcome == Outcome::intact
                       ? "mean share of survivors"
                       : fmt::format("mean share of siblings with the outcome {}", to_string(share.outcome));
        }
        std::string operator()(const FigureIs& /*claim*/) const { return "figure"; }
    };
    return std::visit(Visitor{}, claim);
}

} // namespace

std::optional<SequentialTest> test_of(const Claim& claim, const Sequential& sequential)
{
    if (std::holds_alternative<FigureIs>(claim)) {
        return std::nullopt;
    }
    const auto* const share = std::get_if<ShareOfSiblings>(&claim);
    const double bound = share == nullptr ? 1 : share->bound;
    // The bound itself is as claimed, unless the comparison is strict.
    const bool bound_is_high =
        share == nullptr || share->comparison == Comparison::at_least || share->comparison == Comparison::less_than;
    const bool floor = claims_a_floor(claim);
    return SequentialTest{.low = bound_is_high ? std::max(0.0, bound - sequential.indifference) : bound,
                          .high = bound_is_high ? bound : std::min(1.0, bound + sequential.indifference),
                          .alpha = floor ? sequential.alpha : sequential.beta,
                          .beta = floor ? sequential.beta : sequential.alpha};
}

double hits_of(const Claim& claim, const Evidence& evidence)
{
    struct Visitor {
        const Evidence& evidence;
        double operator()(const AllSiblings& /*claim*/) const { return evidence.unanimity.trials_all; }
        double operator()(const NoSibling& /*claim*/) const { return evidence.unanimity.trials_none; }
        double operator()(const VictimEnds& claim) const
        {
            std::uint64_t hits = 0;
            for (const std::string& way : claim.ways) {
                const auto found = evidence.victim_ends.find(way);
                hits += found == evidence.victim_ends.end() ? 0 : found->second;
            }
            return static_cast<double>(hits);
        }
        double operator()(const AsPredicted& /*claim*/) const
        {
            return static_cast<double>(evidence.trials_as_predicted);
        }
        double operator()(const ShareOfSiblings& /*claim*/) const { return evidence.unanimity.share_sum; }
        double operator()(const FigureIs& /*claim*/) const { return 0; }
    };
    return std::visit(Visitor{evidence}, claim);
}

bool one_trial_decides(const Claim& claim)
{
    if (const auto* const figure = std::get_if<FigureIs>(&claim)) {
        return is_about_every_trial(*figure) && !figure->times && figure->figure != "throughput";
    }
    return !std::holds_alternative<ShareOfSiblings>(claim);
}

Finding weigh(const Claim& claim, const Evidence& evidence, const SequentialResult& result)
{
    Finding plain = weigh(claim, evidence);
    if (one_trial_decides(claim) && plain.verdict == Verdict::refuted) {
        return plain;
    }
    const SequentialTest& test = result.test.value();
    if (result.decision == Decision::go_on) {
        return {Verdict::inconclusive,
                fmt::format("the sequential test ({} at most {:.4g}, or at least {:.4g}) has not decided in {}",
                            subject_of(claim), test.low, test.high, counted(result.trials, "trial"))};
    }
    const bool high = result.decision == Decision::high;
    const std::string decided = high ? fmt::format("at least {:.4g} rather than at most {:.4g}", test.high, test.low)
                                     : fmt::format("at most {:.4g} rather than at least {:.4g}", test.low, test.high);
    const double seen = result.hits / static_cast<double>(std::max<std::uint64_t>(result.trials, 1));
    return {high == claims_a_floor(claim) ? Verdict::upheld : Verdict::refuted,
            fmt::format("sequential test: the {} is {}, for it was {:.4g} in {} (wrong about {:.3g}% of the time)",
                        subject_of(claim), decided, seen, counted(result.trials, "trial"),
                        100 * (high ? test.alpha : test.beta))};
}

} // namespace bulkhead::model
