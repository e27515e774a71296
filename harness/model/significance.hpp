#pragma once

#include <cstddef>
#include <vector>

namespace bulkhead::model {

/// A share as it was counted: so many of so many trials.
struct Counted {
    double hits = 0; ///< a whole number
    double of = 0;
};

/// Fisher's exact test (R. A. Fisher, The Design of Experiments, 1935) of whether two shares are the same, two-sided:
/// the chance, given the sums of the table, of a table that is no likelier than this one. That is what R's fisher.test
/// gives. 1 when a side is empty.
double fisher_exact(Counted one, Counted other);
/// The least value that it could have given with these sums, whichever way the hits had fallen: where this is above the
/// level of a test, the test could not have found anything.
double least_fisher(Counted one, Counted other);

/// How the values of one side rank among all: chances of ranks at least so high, and at least so low, if both sides
/// were drawn from the same.
struct RankTest {
    double higher = 1;
    double lower = 1;
    bool exact = true; ///< counted over every way to deal out the ranks; else from the normal distribution
};
/// The rank test of Mann and Whitney (Annals of Mathematical Statistics 18, 1947), one chance for each side. Tied
/// values share their ranks. Exact, ties or not, as long as the number of all values times that of the smaller side is
/// at most `most_exact_ranks` (28 values a side, or 8 beside 192): counted by the shift algorithm of Streitberg and
/// Roehmel (Statistical Software Newsletter 12, 1986). Else the normal approximation, corrected for ties and
/// continuity. Values must be numbers (no NaN).
RankTest rank_test(const std::vector<double>& values, const std::vector<double>& base);
inline constexpr std::size_t most_exact_ranks = 1600;

/// The chance of each value (0 to values * base) of the number of pairs in which one side's is the greater, without
/// ties.
std::vector<double> mann_whitney(std::size_t values, std::size_t base);

/// Two-sided: twice the smaller of both chances, at most 1, as R's wilcox.test has it.
double two_sided(const RankTest& test);
/// The least two-sided value that samples of these sizes can give.
double least_two_sided(std::size_t values, std::size_t base);

/// Holm's correction (Scandinavian Journal of Statistics 6, 1979): each value as it is to be read when all of them were
/// looked at. To call what is at most `level` in the result is to be wrong at all, in any of them, with at most that
/// chance, however they depend on each other. As R's p.adjust(method = "holm").
std::vector<double> holm(const std::vector<double>& chances);

} // namespace bulkhead::model
