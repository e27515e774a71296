#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::model {

/// The candidate with the smallest Damerau-Levenshtein distance (optimal string alignment) to `word`, when it is near
/// enough to be what was meant: one slip where the longer word has three or four letters, two up to eight, and a third
/// of its length beyond; never a numbered id ("C09") for another. Else the shortest that begins with it, where it has
/// three letters at least.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

/// The same; but in place of the shortest that begins with it, all that do, in their order: six at most.
std::vector<std::string> all_near(std::string_view word, std::span<const std::string> candidates);

} // namespace bulkhead::model
