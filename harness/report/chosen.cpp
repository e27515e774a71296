#include "harness/report/chosen.hpp"

#include "harness/model/detection.hpp"

#include <algorithm>
#include <array>

namespace bulkhead::report {

std::string_view to_string(Why why)
{
    switch (why) {
    case Why::worst: return "worst";
    case Why::typical: return "typical";
    }
    return "?";
}

Choice::Choice(const std::vector<model::Cell>& cells)
{
    for (const model::Cell& cell : cells) {
        cells_.push_back({.golden = model::is_golden(cell.fault), .judged = {}, .worst = {}});
    }
}

Choice::Worst Choice::worst_of(const OfCell& cell, const model::TrialRecord& record,
                               const model::TrialJudgement& judgement)
{
    Concern concern = Concern::none;
    if (!judgement.inconclusive.empty()) {
        concern = Concern::inconclusive;
    } else if (cell.golden && judgement.survivors < judgement.siblings) {
        concern = Concern::golden_loss;
    } else if (!judgement.as_predicted) {
        concern = Concern::not_as_predicted;
    }
    return {.concern = concern, .survivors = judgement.survivors, .id = record.plan.id};
}

void Choice::add(const model::TrialRecord& record, const model::TrialJudgement& judgement)
{
    OfCell& cell = cells_.at(record.plan.cell);
    const Worst worst = worst_of(cell, record, judgement);
    if (!cell.worst || worst < *cell.worst) {
        cell.worst = worst;
    }
    if (judgement.inconclusive.empty()) {
        const auto detection = model::detection_of(record).value_or(std::chrono::nanoseconds::max());
        cell.judged.push_back({.survivors = judgement.survivors, .detection = detection.count(), .id = record.plan.id});
    }
}

std::optional<std::uint32_t> Choice::typical_of(const OfCell& cell)
{
    if (cell.judged.empty()) {
        return std::nullopt;
    }
    std::vector<Outline> trials = cell.judged;
    const auto middle = trials.begin() + static_cast<std::ptrdiff_t>((trials.size() - 1) / 2);
    std::ranges::nth_element(trials, middle);
    return middle->id;
}

std::vector<ChosenTrial> Choice::in_order() const
{
    constexpr std::size_t classes = 4;
    std::array<std::vector<ChosenTrial>, classes> by_class;
    for (std::uint32_t number = 0; number < cells_.size(); ++number) {
        const OfCell& cell = cells_[number];
        if (!cell.worst) {
            continue;
        }
        const bool is_wrong = cell.worst->concern != Concern::none;
        const auto typical = typical_of(cell);
        const bool are_one = typical == cell.worst->id;
        if (is_wrong || !are_one) {
            by_class.at(is_wrong ? 0 : 2).push_back({cell.worst->id, number, Why::worst});
        }
        if (typical && !(is_wrong && are_one)) {
            by_class.at(cell.golden ? 3 : 1).push_back({*typical, number, Why::typical});
        }
    }
    std::vector<ChosenTrial> all;
    for (const auto& each : by_class) {
        all.insert(all.end(), each.begin(), each.end());
    }
    return all;
}

std::size_t most_bytes(std::uint64_t trials)
{
    constexpr std::uint64_t bare = 430'000; // the page itself with D3, and what there is of every experiment
    constexpr std::uint64_t of_each = 6'000;
    constexpr std::uint64_t few = 10; // fewer may be as large as these, for they may be of a wide pool
    constexpr std::uint64_t most = 2'900'000;
    return static_cast<std::size_t>(std::min(most, bare + of_each * std::clamp(trials, few, most)));
}

} // namespace bulkhead::report
