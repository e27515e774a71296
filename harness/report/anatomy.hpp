#pragma once

#include "harness/model/anatomy.hpp"
#include "harness/report/report.hpp"

#include <string>

namespace bulkhead::report {

/// The hosts and workers of a live pool, where their parts lie, what any two of them have in common, and what was left
/// of a host that was killed. Readable without colour.
std::string anatomy_text(const model::Anatomy& anatomy, Style style);
std::string anatomy_json(const model::Anatomy& anatomy);

} // namespace bulkhead::report
