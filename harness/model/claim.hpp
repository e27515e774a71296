#pragma once

#include "harness/model/judge.hpp"
#include "harness/model/statistics.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::model {

/// The sums over all cells that an expectation speaks of and that have siblings. A trial is the unit: the siblings of
/// one trial share its fate too much to count as independent.
struct Evidence {
    std::uint64_t judged = 0; ///< trials; at least one
    std::uint64_t siblings = 0;
    std::uint64_t having = 0; ///< siblings that have the outcome which the claim is about
    Unanimity unanimity{};    ///< of that outcome
    std::uint64_t trials_as_predicted = 0;
    std::map<std::string, std::uint64_t> victim_ends{};
};
/// The outcome that the claim is about; intact for those that are about none.
Outcome outcome_of(const Claim& claim);

struct Finding {
    Verdict verdict = Verdict::inconclusive;
    std::string reason; ///< one sentence with the figures that decide
};

/// What the trials that could be judged say of the claim. 0.5 < confidence < 1: see Expectation.
Finding weigh(const Claim& claim, const Evidence& evidence, double confidence = default_confidence);

/// What the values of a figure, one for each trial, say of the claim; `base` are those of the cells that it is to be
/// compared with, where the claim names such.
Finding weigh_figure(const FigureIs& claim, const Values& values, const Values& base,
                     double confidence = default_confidence);

/// True for "at least" and "more than".
bool is_floor(Comparison comparison);

/// How many trials of a cell, and of each that it is held against, it takes at least to uphold the claim.
std::size_t trials_for(const FigureIs& claim, double confidence = default_confidence);

/// True for a claim that a single trial refutes: that the least of all is at least so much, or the most at most.
bool is_about_every_trial(const FigureIs& claim);

/// The confidence of an interval each end of which, by itself, is a bound at `confidence`: a claim has one side only.
double two_sided(double confidence);

/// What an interval that holds the true value says of a comparison with a bound.
Verdict compare(Comparison comparison, double bound, Interval interval);

/// "1 trial", "20 trials".
std::string counted(std::uint64_t count, std::string_view noun);

} // namespace bulkhead::model
