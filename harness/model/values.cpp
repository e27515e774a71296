#include "harness/model/values.hpp"

#include "harness/model/random.hpp"

#include <algorithm>
#include <limits>

namespace bulkhead::model {
namespace {

/// By a number that has nothing to do with the trial's turn, its lane or its neighbours.
bool is_drawn(std::uint32_t trial, std::uint32_t halvings)
{
    return (mix(trial) & ((std::uint64_t{1} << halvings) - 1)) == 0;
}

} // namespace

Values::Values(const std::vector<double>& values)
{
    for (std::uint32_t trial = 0; trial < values.size(); ++trial) {
        add(trial, values[trial]);
    }
}

Values::Values(std::initializer_list<double> values) : Values(std::vector<double>(values)) {}

void Values::add(std::uint32_t trial, double value)
{
    note(value, value, 1);
    while (is_drawn(trial, halvings_) && kept_.size() >= most_kept &&
           halvings_ < std::numeric_limits<std::uint32_t>::digits) {
        halve_until(halvings_ + 1);
    }
    if (is_drawn(trial, halvings_)) {
        kept_.push_back(value);
        trials_.push_back(trial);
    }
}

Values& Values::operator+=(const Values& more)
{
    if (more.empty()) {
        return *this;
    }
    Values others = more;
    const std::uint32_t halvings = std::max(halvings_, others.halvings_);
    halve_until(halvings);
    others.halve_until(halvings);
    note(others.least_, others.most_, others.count_);
    kept_.insert(kept_.end(), others.kept_.begin(), others.kept_.end());
    trials_.insert(trials_.end(), others.trials_.begin(), others.trials_.end());
    return *this;
}

void Values::note(double least, double most, std::uint64_t count)
{
    least_ = empty() ? least : std::min(least_, least);
    most_ = empty() ? most : std::max(most_, most);
    count_ += count;
}

void Values::halve_until(std::uint32_t halvings)
{
    if (halvings_ == halvings) {
        return;
    }
    halvings_ = halvings;
    std::size_t left = 0;
    for (std::size_t i = 0; i < kept_.size(); ++i) {
        if (is_drawn(trials_[i], halvings_)) {
            kept_[left] = kept_[i];
            trials_[left] = trials_[i];
            ++left;
        }
    }
    kept_.resize(left);
    trials_.resize(left);
}

} // namespace bulkhead::model
