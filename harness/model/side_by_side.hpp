#pragma once

#include "harness/model/compared.hpp"
#include "harness/model/sample.hpp"

#include <string>
#include <vector>

namespace bulkhead::model {

/// Two campaigns beside each other.
struct SideBySide {
    Demands demands;
    std::vector<Compared> figures;      ///< cell by cell, in the order of the base
    std::size_t cells = 0;              ///< that both have, with trials
    std::size_t tests = 0;              ///< that could tell something: the chances are corrected for so many
    std::vector<std::string> only_base; ///< cells that only one side has, or has run
    std::vector<std::string> only_fresh;
    std::vector<std::string> base_failures; ///< of control arms that were compared; with any, nothing is concluded
    std::vector<std::string> fresh_failures;
};

/// Compares every cell that both have: shares of trials by Fisher's exact test, values by the rank test against the
/// base times the tolerance, all corrected by Holm. The chance that anything is called worse, better or different that
/// has not changed beyond the tolerance is then at most 1 - confidence in all. What a machine's load does to times from
/// one campaign to another is no such chance: see Demands::times. Both samples must be settled.
SideBySide compare(const Sample& base, const Sample& fresh, const Demands& demands);

/// How many figures this was said of.
std::size_t count_of(const SideBySide& both, Difference difference);

} // namespace bulkhead::model
