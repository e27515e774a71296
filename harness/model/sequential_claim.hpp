#pragma once

#include "harness/model/claim.hpp"
#include "harness/model/sequential.hpp"
#include "harness/model/stop_rules.hpp"

#include <cstdint>
#include <optional>

namespace bulkhead::model {

/// How far the sequential test of an expectation has come.
struct SequentialResult {
    std::optional<SequentialTest> test; ///< nullopt: it is not tested so
    Decision decision = Decision::go_on;
    std::uint32_t rounds = 0; ///< that decided, or that there are
    std::uint64_t trials = 0; ///< in these
    double hits = 0;
};

/// The test of a claim about survivors: of their mean share against its bound or, where it is about every trial, of
/// the share of trials that are as claimed against 1. The indifference lies where the claim is false. nullopt: the
/// claim is about a figure.
std::optional<SequentialTest> test_of(const Claim& claim, const Sequential& sequential);

/// What the test counts. A trial counts for its share of survivors: the ratio of likelihoods is convex in it, and so
/// grows no more than it would by whole hits and misses of the same mean. The limits on errors hold all the more.
double hits_of(const Claim& claim, const Evidence& evidence);

/// The verdict that the test's decision is. A single trial that refutes a claim about every trial does so nevertheless.
Finding weigh(const Claim& claim, const Evidence& evidence, const SequentialResult& result);

/// True for a claim about every trial, which a single one refutes for good. Not of throughput: a rate is the pool's
/// only where it had the processors, which one trial does not tell.
bool one_trial_decides(const Claim& claim);

} // namespace bulkhead::model
