#pragma once

#include "harness/report/report.hpp"

#include <string>
#include <vector>

namespace bulkhead::report {

/// Of the experiments that measure a claim of model::theses(), one block for each claim: what it says, the verdict of
/// its experiments and the figure behind it, and the same for its boundary. Verdicts of a boundary are upheld where the
/// claim fails as it should.
std::string claims_text(const std::vector<ExperimentReport>& reports, Style style);

} // namespace bulkhead::report
