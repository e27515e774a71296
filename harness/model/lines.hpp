#pragma once

#include <string>

namespace bulkhead::model {

/// The first line in which two texts differ: "line 3 was \"a\", and is \"b\""; empty when none does.
std::string first_difference(const std::string& before, const std::string& now);

} // namespace bulkhead::model
