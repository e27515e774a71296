#pragma once

#include "harness/model/look.hpp"

#include <optional>
#include <string>

namespace bulkhead::store {

/// The column `sums` of the table `look`: what there is in a look beside its rounds. Numbers come back as they were.
std::string text_of(const model::Look& look);
/// nullopt: the text is not one that text_of() makes.
std::optional<model::Look> parse_look(std::uint32_t rounds, const std::string& text);

} // namespace bulkhead::store
