#pragma once

#include <cstdint>

namespace bulkhead::model {

/// Wald's sequential probability ratio test of a share (Annals of Mathematical Statistics 16, 1945): is it at most
/// `low` or at least `high`? It may be asked after every trial, and usually decides with about half of the trials of a
/// test whose number of trials is fixed beforehand. Shares in between are the region in which either answer will do.
struct SequentialTest {
    double low = 0;      ///< 0 <= low < high <= 1
    double high = 1;     ///<
    double alpha = 0.05; ///< chance to call a share of `low` high, about; never above alpha / (1 - beta)
    double beta = 0.05;  ///< chance to call a share of `high` low, about; never above beta / (1 - alpha)
};

enum class Decision : std::uint8_t { go_on, low, high };

/// The logarithm of how much likelier so many hits of so many trials are with the share `high` than with `low`;
/// infinite where one of the two rules them out, and 0 where both do. Hits may be parts of one.
double log_likelihood_ratio(const SequentialTest& test, double hits, double trials);

/// What the trials decide so far.
Decision decide(const SequentialTest& test, double hits, double trials);

} // namespace bulkhead::model
