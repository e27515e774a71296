#include "harness/model/detection.hpp"
#include "harness/model/evidence.hpp"
#include "harness/model/judge.hpp"
#include "harness/model/shown.hpp"

#include <tuple>

namespace bulkhead::model {
namespace {

/// A trial that could not be judged is worse than any that could; among equals the first of the cell is shown, in
/// whatever order the trials come.
void note_worst(CellSummary& summary, std::uint32_t number, bool inconclusive, std::uint32_t survivors,
                bool loses_victim)
{
    const auto rank = [](bool without_judgement, std::uint32_t surviving, bool without_victim, std::uint32_t trial) {
        return std::tuple(!without_judgement, surviving, !without_victim, trial);
    };
    const bool worse = !summary.worst_trial || rank(inconclusive, survivors, loses_victim, number) <
                                                   rank(summary.worst_is_inconclusive, summary.worst_survivors,
                                                        summary.worst_loses_victim, *summary.worst_trial);
    if (worse) {
        summary.worst_loses_victim = loses_victim;
        summary.worst_trial = number;
        summary.worst_is_inconclusive = inconclusive;
        summary.worst_survivors = survivors;
    }
}

/// In a golden run nothing is done to it.
bool loses_would_be_victim(const TrialRecord& record, const TrialJudgement& judgement)
{
    return is_golden(record.plan.fault) &&
           judgement.outcomes.at(index_of(record.plan.victim, record.plan.shape)) != Outcome::intact;
}

} // namespace

std::optional<std::chrono::nanoseconds> detection_of(const TrialRecord& record)
{
    if (!record.fired || *record.fired <= 0 || !record.end_seen || *record.end_seen < *record.fired ||
        host_of(record, record.plan.victim).box_spoiled) {
        return std::nullopt;
    }
    return std::chrono::nanoseconds(*record.end_seen - *record.fired);
}

Unanimity unanimity_of(std::uint32_t having, std::uint32_t siblings)
{
    if (siblings == 0) {
        return {};
    }
    return {.trials_all = having == siblings ? 1U : 0U,
            .trials_none = having == 0 ? 1U : 0U,
            .share_sum = static_cast<double>(having) / siblings};
}

SiblingOutcomes sibling_outcomes(const TrialRecord& record, const TrialJudgement& judgement)
{
    const std::uint32_t victim = index_of(record.plan.victim, record.plan.shape);
    SiblingOutcomes outcomes{};
    for (std::uint32_t index = 0; index < judgement.outcomes.size(); ++index) {
        outcomes[static_cast<std::size_t>(judgement.outcomes[index])] += index == victim ? 0 : 1;
    }
    return outcomes;
}

void add(CellSummary& summary, const TrialRecord& record, const TrialJudgement& judgement)
{
    const bool inconclusive = !judgement.inconclusive.empty();
    note_worst(summary, record.plan.number, inconclusive, judgement.survivors,
               !inconclusive && loses_would_be_victim(record, judgement));
    if (inconclusive) {
        if (summary.inconclusive == 0) {
            summary.first_inconclusive = judgement.inconclusive;
        }
        ++summary.inconclusive;
        return;
    }
    ++summary.judged;
    summary.siblings += judgement.siblings;
    summary.survivors += judgement.survivors;
    summary.trials_with_loss += judgement.survivors < judgement.siblings ? 1 : 0;
    summary.trials_all_lost += judgement.siblings > 0 && judgement.survivors == 0 ? 1 : 0;
    summary.trials_as_predicted += judgement.as_predicted ? 1 : 0;
    if (judgement.siblings > 0) {
        summary.share_sum += static_cast<double>(judgement.survivors) / judgement.siblings;
    }
    ++summary.victim_ends[end_of_victim(record)];
    const std::uint32_t victim = index_of(record.plan.victim, record.plan.shape);
    for (std::uint32_t index = 0; index < judgement.outcomes.size(); ++index) {
        const auto outcome = static_cast<std::size_t>(judgement.outcomes[index]);
        if (index == victim) {
            ++summary.victim_outcomes[outcome];
            continue;
        }
        ++summary.sibling_outcomes[outcome];
        const bool is_cell_mate = worker_at(index, record.plan.shape).host == record.plan.victim.host;
        ++(is_cell_mate ? summary.cell_mate_outcomes : summary.other_host_outcomes)[outcome];
    }
    const SiblingOutcomes having = sibling_outcomes(record, judgement);
    for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
        summary.unanimity[outcome] += unanimity_of(having[outcome], judgement.siblings);
    }
    add(summary.manners, manner_of(record.plan, judgement), record.plan.number);
    if (const auto detection = detection_of(record)) {
        summary.detections.push_back(*detection);
    }
    if (const auto passage = shown_in(record)) {
        ++summary.shown[*passage];
    }
    for (const Figure& figure : figures_of(record)) {
        summary.figures[figure.name].push_back(figure.value);
    }
}

std::uint64_t lost_in(const CellSummary& golden)
{
    std::uint64_t lost = golden.siblings - golden.survivors;
    for (const Outcome outcome : all_outcomes) {
        lost += outcome == Outcome::intact ? 0 : golden.victim_outcomes[static_cast<std::size_t>(outcome)];
    }
    return lost;
}

} // namespace bulkhead::model
