#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace bulkhead::model {

/// What a figure came to in the trials of a cell. Their number, the least and the most are exact. The values are kept
/// up to `most_kept` of them; of more, those of half of the trials, then of a quarter, and so on, drawn by the numbers
/// of the trials alone. So a long campaign takes no more memory the longer it is, and an interval no more time; and
/// which values are kept does not depend on the order in which trials finish, or are read again.
class Values {
public:
    static constexpr std::size_t most_kept = 4096;

    Values() = default;
    /// Of trials 0, 1, 2, ...
    Values(const std::vector<double>& values);
    Values(std::initializer_list<double> values);

    /// `trial`: its number in the cell; each comes once.
    void add(std::uint32_t trial, double value);
    /// Takes those of another cell in, whose trials count for as much: where one side keeps a share, both do. May keep
    /// more than `most_kept`.
    Values& operator+=(const Values& more);

    [[nodiscard]] bool empty() const { return count_ == 0; }
    [[nodiscard]] std::uint64_t count() const { return count_; } ///< trials that have one
    [[nodiscard]] double least() const { return least_; }        ///< 0 when there is none
    [[nodiscard]] double most() const { return most_; }
    /// A random sample of them, or all; in no order.
    [[nodiscard]] const std::vector<double>& kept() const { return kept_; }

private:
    void note(double least, double most, std::uint64_t count);
    void halve_until(std::uint32_t halvings);

    std::vector<double> kept_;
    std::vector<std::uint32_t> trials_; ///< whose they are
    std::uint32_t halvings_ = 0;        ///< 1 in 2^halvings is kept
    std::uint64_t count_ = 0;
    double least_ = 0;
    double most_ = 0;
};

} // namespace bulkhead::model
