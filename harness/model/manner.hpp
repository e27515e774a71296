#pragma once

#include "harness/model/outcome.hpp"
#include "harness/model/shape.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace bulkhead::model {

struct TrialPlan;
struct TrialJudgement;

/// How a trial went, as far as all trials of a cell should go alike: the outcomes that occurred among the victim, its
/// cell-mates and the workers of other hosts; who is whose victim makes no difference to it.
struct Manner {
    std::uint32_t outcomes = 0; ///< outcome_count bits for each relation
    bool operator==(const Manner&) const = default;
    bool operator<(const Manner& other) const { return outcomes < other.outcomes; }
};
Manner manner_of(const TrialPlan& plan, const TrialJudgement& judgement);
/// "victim died, cell-mates died, other hosts intact": of the relations that there are in the shape.
std::string describe(const Manner& manner, Shape shape);

/// The trials of a cell that went in one manner.
struct Alike {
    std::uint32_t trials = 0;
    std::vector<std::uint32_t> first; ///< numbers of the first of them, at most `most_named`
};
inline constexpr std::size_t most_named = 10;
using Manners = std::map<Manner, Alike>;
void add(Manners& manners, Manner manner, std::uint32_t number);

/// The manner in which most trials went (of several the one that came first), and those that went otherwise.
struct Steadiness {
    Manner usual;
    std::uint32_t trials = 0; ///< in all
    std::uint32_t odd = 0;    ///< that went otherwise; 0: the cell is steady
    struct Odd {
        std::uint32_t number = 0; ///< within the cell
        Manner manner;
    };
    std::vector<Odd> first; ///< of the odd ones, at most `most_named`, by number
};
Steadiness steadiness_of(const Manners& manners);

} // namespace bulkhead::model
