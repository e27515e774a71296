#include "harness/report/scene.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace bulkhead::report {
namespace {

constexpr std::size_t least_columns = 3; ///< of a phase, so that its marks do not fall on one another

/// The first 20 us count as one, twice as much as one more. Launch and teardown are there to be complete.
double weight_of(const Phase& phase)
{
    constexpr double unit_ns = 20'000;
    const double length = std::log2(1.0 + static_cast<double>(between(phase.from, phase.to).count()) / unit_ns);
    const bool is_frame = phase.kind == Phase::Kind::launch || phase.kind == Phase::Kind::teardown;
    return std::max(length, 1.0) * (is_frame ? 0.5 : 1.0);
}

} // namespace

Axis::Axis(const std::vector<Phase>& phases, std::size_t width) : width_(std::max<std::size_t>(width, 1))
{
    double left_weight = std::accumulate(phases.begin(), phases.end(), 0.0,
                                         [](double sum, const Phase& phase) { return sum + weight_of(phase); });
    std::size_t left = width_;
    for (std::size_t i = 0; i < phases.size(); ++i) {
        const std::size_t after = phases.size() - 1 - i;
        const double weight = weight_of(phases[i]);
        const std::size_t least = std::min(least_columns, std::max<std::size_t>(1, left / (after + 1)));
        const std::size_t most = left - std::min(left, std::min(least_columns, left / (after + 1)) * after);
        const auto wanted = static_cast<std::size_t>(std::lround(static_cast<double>(left) * weight / left_weight));
        const std::size_t own = after == 0 ? left : std::clamp(wanted, std::min(least, most), most);
        parts_.push_back({phases[i], width_ - left, own});
        left -= own;
        left_weight -= weight;
    }
}

const Axis::Part& Axis::part_at(double column) const
{
    const auto found = std::ranges::find_if(
        parts_, [column](const Part& part) { return column < static_cast<double>(part.first + part.width); });
    return found == parts_.end() ? parts_.back() : *found;
}

model::Stamp Axis::time_at(double column) const
{
    const Part& part = part_at(column);
    const double width = static_cast<double>(std::max<std::size_t>(part.width, 1));
    const double share = std::clamp((column - static_cast<double>(part.first)) / width, 0.0, 1.0);
    const auto length = static_cast<double>(between(part.phase.from, part.phase.to).count());
    return part.phase.from + static_cast<model::Stamp>(share * length);
}

std::size_t Axis::column_of(model::Stamp at) const
{
    for (const Part& part : parts_) {
        if (at >= part.phase.to || part.width == 0) {
            continue;
        }
        const auto length = static_cast<double>(between(part.phase.from, part.phase.to).count());
        const double share =
            static_cast<double>(between(part.phase.from, std::max(at, part.phase.from)).count()) / length;
        return part.first + std::min(part.width - 1, static_cast<std::size_t>(share * static_cast<double>(part.width)));
    }
    return width_ - 1;
}

} // namespace bulkhead::report
