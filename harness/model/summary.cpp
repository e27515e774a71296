#include "harness/model/evidence.hpp"
#include "harness/model/judge.hpp"
#include "harness/model/shown.hpp"

#include <tuple>

namespace bulkhead::model {
namespace {

/// Among equals the first of the cell is shown, in whatever order the trials come.
void note_worst(CellSummary& summary, std::uint32_t number, const TrialJudgement& judgement, bool loses_victim)
{
    const bool inconclusive = !judgement.inconclusive.empty();
    const auto rank =
        std::tuple(inconclusive || judgement.as_predicted, !inconclusive, judgement.survivors, !loses_victim, number);
    if (summary.worst_trial &&
        std::tuple(summary.worst_is_inconclusive || summary.worst_as_predicted, !summary.worst_is_inconclusive,
                   summary.worst_survivors, !summary.worst_loses_victim, *summary.worst_trial) < rank) {
        return;
    }
    summary.worst_trial = number;
    summary.worst_is_inconclusive = inconclusive;
    summary.worst_as_predicted = judgement.as_predicted;
    summary.worst_survivors = judgement.survivors;
    summary.worst_loses_victim = loses_victim;
}

void note_extremes(CellSummary& summary, TrialWithSurvivors trial)
{
    const auto is_first = [&trial](const TrialWithSurvivors& other) {
        return trial.survivors == other.survivors && trial.number < other.number;
    };
    if (!summary.fewest || trial.survivors < summary.fewest->survivors || is_first(*summary.fewest)) {
        summary.fewest = trial;
    }
    if (!summary.most || trial.survivors > summary.most->survivors || is_first(*summary.most)) {
        summary.most = trial;
    }
}

/// In a golden run nothing is done to it.
bool loses_would_be_victim(const TrialRecord& record, const TrialJudgement& judgement)
{
    return is_golden(record.plan.fault) &&
           judgement.outcomes.at(index_of(record.plan.victim, record.plan.shape)) != Outcome::intact;
}

} // namespace

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
    note_worst(summary, record.plan.number, judgement, !inconclusive && loses_would_be_victim(record, judgement));
    if (inconclusive) {
        if (!summary.inconclusive_trial || record.plan.number < *summary.inconclusive_trial) {
            summary.inconclusive_trial = record.plan.number;
            summary.first_inconclusive = judgement.inconclusive;
        }
        ++summary.inconclusive;
        return;
    }
    ++summary.judged;
    note_extremes(summary, {.survivors = judgement.survivors, .number = record.plan.number});
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
    if (const auto passage = shown_in(record)) {
        ++summary.shown[*passage];
    }
    for (const Figure& figure : figures_of(record)) {
        summary.figures[figure.name].add(record.plan.number, figure.value);
    }
}

const Values* find_values(const CellSummary& cell, std::string_view figure)
{
    const auto found = cell.figures.find(std::string(figure));
    return found == cell.figures.end() || found->second.empty() ? nullptr : &found->second;
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
