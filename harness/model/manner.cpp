#include "harness/model/manner.hpp"

#include "harness/model/judge.hpp"

#include <algorithm>

namespace bulkhead::model {
namespace {

constexpr Relation relations[] = {Relation::victim, Relation::cell_mate, Relation::other_host, Relation::later_host};

std::uint32_t bit_of(Relation relation, Outcome outcome)
{
    return 1U << (outcome_count * static_cast<std::size_t>(relation) + static_cast<std::size_t>(outcome));
}

bool has(const Manner& manner, Relation relation, Outcome outcome)
{
    return (manner.outcomes & bit_of(relation, outcome)) != 0;
}

bool knows(const Manner& manner, Relation relation)
{
    return std::ranges::any_of(all_outcomes, [&](Outcome outcome) { return has(manner, relation, outcome); });
}

/// "died", "intact and stalled".
std::string outcomes_in(const Manner& manner, Relation relation)
{
    std::string text;
    for (const Outcome outcome : all_outcomes) {
        if (has(manner, relation, outcome)) {
            text.append(text.empty() ? "" : " and ").append(to_string(outcome));
        }
    }
    return text;
}

std::string_view name_of(Relation relation)
{
    switch (relation) {
    case Relation::victim: return "victim";
    case Relation::cell_mate: return "cell-mates";
    case Relation::other_host: return "other hosts";
    case Relation::later_host: return "later hosts";
    }
    return "?";
}

} // namespace

Manner manner_of(const TrialPlan& plan, const TrialJudgement& judgement)
{
    Manner manner;
    const bool by_order = plan.containment.supervision.strategy == Strategy::rest_for_one;
    for (std::uint32_t index = 0; index < judgement.outcomes.size(); ++index) {
        const WorkerId worker = worker_at(index, plan.shape);
        const Relation relation = by_order ? relation_by_order(worker, plan.victim) : relation_of(worker, plan.victim);
        manner.outcomes |= bit_of(relation, judgement.outcomes[index]);
    }
    // A victim in the first host, or the last, has nobody on one side: there all is as predicted.
    for (const Relation relation : {Relation::other_host, Relation::later_host}) {
        if (by_order && !knows(manner, relation)) {
            manner.outcomes |= bit_of(relation, predict(plan.fault, plan.shape, relation, plan.containment));
        }
    }
    return manner;
}

std::string describe(const Manner& manner, Shape shape)
{
    std::string text;
    for (const Relation relation : relations) {
        const bool is_there =
            relation == Relation::victim || (relation == Relation::cell_mate ? shape.threads > 1 : shape.hosts > 1);
        if (is_there && knows(manner, relation)) {
            text.append(text.empty() ? "" : ", ").append(name_of(relation)).append(" ");
            text.append(outcomes_in(manner, relation));
        }
    }
    return text;
}

void add(Manners& manners, Manner manner, std::uint32_t number)
{
    Alike& alike = manners[manner];
    ++alike.trials;
    const auto place = std::ranges::lower_bound(alike.first, number);
    alike.first.insert(place, number);
    if (alike.first.size() > most_named) {
        alike.first.pop_back();
    }
}

Steadiness steadiness_of(const Manners& manners)
{
    Steadiness result;
    const Alike* usual = nullptr;
    for (const auto& [manner, alike] : manners) {
        result.trials += alike.trials;
        if (usual == nullptr || alike.trials > usual->trials ||
            (alike.trials == usual->trials && alike.first.front() < usual->first.front())) {
            usual = &alike;
            result.usual = manner;
        }
    }
    result.odd = usual == nullptr ? 0 : result.trials - usual->trials;
    for (const auto& [manner, alike] : manners) {
        for (const std::uint32_t number : alike.first) {
            if (manner != result.usual) {
                result.first.push_back({number, manner});
            }
        }
    }
    std::ranges::sort(result.first, {}, &Steadiness::Odd::number);
    result.first.resize(std::min(result.first.size(), most_named));
    return result;
}

} // namespace bulkhead::model
