#include "harness/report/trial_columns.hpp"

#include "harness/model/detection.hpp"

#include <fmt/format.h>

namespace bulkhead::report {
namespace {

/// Of the siblings; nullopt where there is none.
std::optional<model::Outcome> worst_of(const model::SiblingOutcomes& siblings)
{
    std::optional<model::Outcome> worst;
    for (const model::Outcome outcome : model::all_outcomes) { // by severity
        if (siblings.at(static_cast<std::size_t>(outcome)) > 0) {
            worst = outcome;
        }
    }
    return worst;
}

std::string microseconds(std::chrono::nanoseconds duration)
{
    return fmt::format("{:.1f}", static_cast<double>(duration.count()) / 1e3);
}

} // namespace

void TrialColumns::add(const model::TrialRecord& record, const model::TrialJudgement& judgement)
{
    ++count_;
    if (count_ > most) {
        leave_out();
    }
    if (left_out_) {
        return;
    }
    const bool judged = judgement.inconclusive.empty();
    const auto worst = judged ? worst_of(model::sibling_outcomes(record, judgement)) : std::nullopt;
    const auto detection = judged ? model::detection_of(record) : std::nullopt;
    const std::array<std::string, names.size()> values{
        std::to_string(record.plan.id),
        std::to_string(record.plan.cell),
        '"' + model::to_string(record.plan.victim) + '"',
        judged ? std::to_string(judgement.survivors) : "null",
        std::to_string(record.plan.shape.workers() - 1),
        worst ? fmt::format("\"{}\"", to_string(*worst)) : "null",
        detection ? microseconds(*detection) : "null",
        judged ? "0" : "1",
        judged ? (judgement.as_predicted ? "1" : "0") : "null",
    };
    for (std::size_t i = 0; i < values.size(); ++i) {
        columns_.at(i).append(columns_.at(i).empty() ? "" : ",").append(values.at(i));
    }
}

void TrialColumns::leave_out()
{
    left_out_ = true;
    columns_ = {};
}

std::string TrialColumns::json() const
{
    if (left_out_) {
        return "null";
    }
    std::string json = "{";
    for (std::size_t i = 0; i < names.size(); ++i) {
        json += fmt::format("{}\"{}\":[{}]", i == 0 ? "" : ",", names.at(i), columns_.at(i));
    }
    return json + "}";
}

} // namespace bulkhead::report
