#pragma once

#include "harness/model/significance.hpp"
#include "harness/model/statistics.hpp"

#include <optional>
#include <vector>

namespace bulkhead::model {

/// Wilson's interval for a share (JASA 22, 1927); 0 to 1 without trials. 0 < confidence < 1.
Interval wilson(Counted share, double confidence);

/// Interval for `one` less `other`, -1..1: Newcombe's method 10 (Statistics in Medicine 17, 1998), which is made of
/// Wilson's intervals of both.
Interval difference_interval(Counted one, Counted other, double confidence);

/// How far the values of one side lie above those of the other.
struct Shift {
    double estimate = 0;              ///< the median of all differences between a value and one of the base
    std::optional<Interval> interval; ///< nullopt: too few values for this confidence
};
/// The shift of Hodges and Lehmann (Annals of Mathematical Statistics 34, 1963), with the interval that the rank test
/// would not reject. It asks for no particular distribution, but that both have the same form. Limits are exact where
/// rank_test is (and conservative with ties), else from the normal distribution. Neither side may be empty.
Shift hodges_lehmann(const std::vector<double>& values, const std::vector<double>& base, double confidence);

/// The same for the ratio of values to those of the base; nullopt when not all are above 0.
std::optional<Shift> ratio_shift(const std::vector<double>& values, const std::vector<double>& base, double confidence);

} // namespace bulkhead::model
