#pragma once

#include "harness/model/experiment.hpp"

#include <string>

namespace bulkhead::cli {

// Parts of an experiment as TOML that spec::parse reads back as the same; each of them whole lines, but for a
// selection.

/// "{ shape = ["8x1"], lock = ["robust"] }"; empty when it asks for nothing.
std::string selection_as_toml(const model::Selection& selection);
/// What [pool] says of the variants.
std::string variants_as_toml(const model::Experiment& experiment);
/// [supervise]; empty when nobody is ever launched anew.
std::string supervision_as_toml(const model::Experiment& experiment);
/// The key `at` of [fault].
std::string points_as_toml(const model::Experiment& experiment);
std::string measures_as_toml(const model::Measures& measures);
/// The keys of [trials] that may end a campaign before its count.
std::string stop_rules_as_toml(const model::StopRules& rules);
/// The keys of [[expect]] beside `when` and `confidence`.
std::string claim_as_toml(const model::Claim& claim);

} // namespace bulkhead::cli
