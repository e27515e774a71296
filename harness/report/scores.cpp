#include "harness/report/scores.hpp"

#include "harness/report/text.hpp"

#include <algorithm>

namespace bulkhead::report {
namespace {

constexpr std::size_t cell_width = 10;
constexpr std::size_t widest_name = 28;
constexpr std::string_view heading = "  siblings that survived";

std::string name_of_row(model::Fault fault)
{
    return model::is_golden(fault) ? "golden runs" : to_string(fault);
}

/// The part of a list of `count` that is shown when only `most` can be, with `wanted` in its midst.
std::pair<std::size_t, std::size_t> window(std::size_t count, std::size_t wanted, std::size_t most)
{
    if (count <= most) {
        return {0, count};
    }
    const std::size_t first = std::min(wanted - std::min(wanted, most / 2), count - most);
    return {first, first + most};
}

template <typename T>
std::size_t position(const std::vector<T>& list, const T& value)
{
    return static_cast<std::size_t>(std::ranges::find(list, value) - list.begin());
}

} // namespace

Scores::Scores(const std::vector<model::Cell>& cells)
{
    for (const model::Cell& cell : cells) {
        if (std::ranges::find(faults_, cell.fault) == faults_.end()) {
            faults_.push_back(cell.fault);
        }
        if (std::ranges::find(shapes_, cell.shape) == shapes_.end()) {
            shapes_.push_back(cell.shape);
        }
    }
    std::stable_partition(faults_.begin(), faults_.end(), [](model::Fault fault) { return !model::is_golden(fault); });
}

void Scores::add(const model::TrialPlan& plan, const model::TrialJudgement& judgement)
{
    Score& score = scores_[{plan.fault, plan.shape}];
    ++score.trials;
    if (!judgement.inconclusive.empty()) {
        ++score.inconclusive;
        return;
    }
    score.siblings += judgement.siblings;
    score.survivors += judgement.survivors;
    score.surprises += judgement.as_predicted ? 0 : 1;
}

std::uint32_t Scores::trials_of(const model::TrialPlan& plan) const
{
    const auto found = scores_.find({plan.fault, plan.shape});
    return found == scores_.end() ? 0 : found->second.trials;
}

Ink Scores::cell(model::Fault fault, model::Shape shape, std::size_t width) const
{
    const auto found = scores_.find({fault, shape});
    if (found == scores_.end()) {
        return {right(".", width), Look::faint};
    }
    const Score& score = found->second;
    const std::string mark = score.surprises > 0 ? "!" : "";
    if (score.siblings == 0) {
        return {right(mark + (score.inconclusive > 0 ? "?" : "-"), width), Look::yellow};
    }
    const Look look = score.survivors == score.siblings ? Look::green : score.survivors == 0 ? Look::red : Look::yellow;
    return {right(mark + std::to_string(score.survivors) + "/" + std::to_string(score.siblings), width), look};
}

std::vector<Line> Scores::lines(const model::TrialPlan& shown, std::size_t width, std::size_t most) const
{
    if (most < 2 || faults_.empty()) {
        return {};
    }
    const std::size_t row = position(faults_, shown.fault);
    const std::size_t column = position(shapes_, shown.shape);
    const auto [first, last] = window(faults_.size(), row, most - 1);
    std::size_t names = 0;
    for (std::size_t i = first; i < last; ++i) {
        names = std::max(names, columns(name_of_row(faults_[i])));
    }
    names = std::clamp(names + 2, columns(heading), widest_name); // with the sign for the one that is shown
    const auto [left_most, right_most] =
        window(shapes_.size(), column, std::max<std::size_t>(1, (width - names) / cell_width));

    std::vector<Line> lines;
    Line& head = lines.emplace_back(Line{{left(heading, names), Look::faint}});
    for (std::size_t i = left_most; i < right_most; ++i) {
        head.push_back({right(to_string(shapes_[i]), cell_width), i == column ? Look::bold : Look::faint});
    }
    for (std::size_t i = first; i < last; ++i) {
        Line& line = lines.emplace_back();
        line.push_back(
            {left((i == row ? "> " : "  ") + name_of_row(faults_[i]), names), i == row ? Look::bold : Look::plain});
        for (std::size_t j = left_most; j < right_most; ++j) {
            line.push_back(cell(faults_[i], shapes_[j], cell_width));
        }
    }
    return lines;
}

} // namespace bulkhead::report
