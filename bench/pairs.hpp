#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <string>
#include <vector>

namespace bulkhead::bench {

inline double median(std::vector<double> values)
{
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

inline void must_hold(bool fact, const char* what)
{
    if (!fact) {
        fmt::print(stderr, "bulkhead-bench: {}\n", what);
        std::exit(1);
    }
}

/// Pairs of figures that were measured in turns.
class Pairs {
public:
    void add(double left, double right)
    {
        left_.push_back(left);
        right_.push_back(right);
        ratios_.push_back(left / right);
    }
    void print(const std::string& what, const std::string& unit) const
    {
        auto sorted = ratios_;
        std::sort(sorted.begin(), sorted.end());
        fmt::print("{:<56} {:>9.0f} {:>9.0f} {:<4} {:>6.2f}  ({:.2f} to {:.2f})\n", what, median(left_), median(right_),
                   unit, median(ratios_), sorted.front(), sorted.back());
        std::fflush(stdout);
    }

private:
    std::vector<double> left_;
    std::vector<double> right_;
    std::vector<double> ratios_;
};

} // namespace bulkhead::bench
