#include "harness/model/sample.hpp"

#include "harness/model/figure.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

namespace bulkhead::model {
namespace {

/// To 4 significant digits. By its decimal form, so that it is read back from a file as it was.
double rounded(double value)
{
    return std::strtod(fmt::format("{:.3e}", value).c_str(), nullptr);
}

std::vector<double> settled(std::vector<double> values)
{
    std::erase_if(values, [](double value) { return !std::isfinite(value); });
    std::ranges::sort(values);
    values = thinned(std::move(values));
    std::ranges::transform(values, values.begin(), rounded);
    return values;
}

} // namespace

std::vector<double> thinned(std::vector<double> sorted)
{
    if (sorted.size() <= most_values) {
        return sorted;
    }
    std::vector<double> kept;
    for (std::size_t i = 0; i < most_values; ++i) {
        kept.push_back(sorted[i * (sorted.size() - 1) / (most_values - 1)]);
    }
    return kept;
}

CellSample sample_of(const Cell& cell)
{
    CellSample sample;
    sample.shape = to_string(cell.shape);
    sample.fault = to_string(cell.fault);
    sample.variant = to_string(cell.variant);
    return sample;
}

void add(CellSample& sample, const TrialRecord& record, const TrialJudgement& judgement)
{
    if (!judgement.inconclusive.empty()) {
        ++sample.inconclusive;
        return;
    }
    ++sample.judged;
    Outcome worst = Outcome::intact;
    for (std::uint32_t index = 0; index < judgement.outcomes.size(); ++index) {
        // In a golden run nothing was done to the would-be victim either.
        if (is_golden(record.plan.fault) || index != index_of(record.plan.victim, record.plan.shape)) {
            worst = std::max(worst, judgement.outcomes[index]);
        }
    }
    ++sample.worst.at(static_cast<std::size_t>(worst));
    ++sample.survivors[judgement.survivors];
    for (const Figure& figure : figures_of(record)) {
        if (std::isfinite(figure.value)) {
            sample.figures[figure.name].push_back(figure.value);
            ++sample.having[figure.name];
        }
    }
}

void settle(Sample& sample)
{
    for (CellSample& cell : sample.cells) {
        for (auto& [name, values] : cell.figures) {
            values = settled(std::move(values));
        }
        std::erase_if(cell.figures, [](const auto& figure) { return figure.second.empty(); });
        std::erase_if(cell.having, [&cell](const auto& figure) { return figure.second == cell.judged; });
    }
}

std::vector<std::string> control_arm_failures(const Sample& sample, const Sample& other)
{
    std::vector<std::string> failures;
    for (const CellSample& cell : sample.cells) {
        const auto is_of_arm = [&cell](const CellSample& each) {
            return each.shape == cell.shape && each.variant == cell.variant && each.judged + each.inconclusive > 0;
        };
        if (cell.fault != "none" || std::ranges::none_of(other.cells, is_of_arm) ||
            std::ranges::none_of(sample.cells, is_of_arm)) {
            continue;
        }
        if (cell.judged + cell.inconclusive == 0) {
            failures.push_back(fmt::format("no {} were made", name_of(cell)));
        }
        const std::uint64_t lost = cell.judged - cell.worst.at(static_cast<std::size_t>(Outcome::intact));
        if (lost > 0) {
            failures.push_back(fmt::format("{} of {} {} lost a worker, though nothing was done to it", lost,
                                           cell.judged, name_of(cell)));
        }
        if (cell.inconclusive > 0) {
            failures.push_back(fmt::format("{} of {} {} could not be judged", cell.inconclusive,
                                           cell.judged + cell.inconclusive, name_of(cell)));
        }
    }
    return failures;
}

std::string name_of(const CellSample& cell)
{
    const std::string variant = cell.variant == to_string(Variant{}) ? "" : fmt::format(" ({})", cell.variant);
    return cell.fault == "none" ? fmt::format("golden runs at {}{}", cell.shape, variant)
                                : fmt::format("{} {}{}", cell.shape, cell.fault, variant);
}

} // namespace bulkhead::model
