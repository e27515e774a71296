#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace bulkhead::model {

/// The candidate with the smallest Damerau-Levenshtein distance (optimal string alignment) to `word`, when it is near
/// enough to be what was meant: at most a third of the longer word's length, rounded up. Else the shortest that begins
/// with it, where it has three letters at least.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

} // namespace bulkhead::model
