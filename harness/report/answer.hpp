#pragma once

#include "harness/report/report.hpp"
#include "harness/texts/texts.hpp"

#include <string>

namespace bulkhead::report {

/// The verdict of the whole experiment in one sentence: whether its expectations hold or, where they do not or cannot
/// be judged, the first of which that is so and why.
std::string verdict_sentence(const ExperimentReport& report, texts::Language language);

/// "in 360 of 360 trials every sibling ended as predicted"; empty where no trial with siblings was judged.
std::string agreement_sentence(const ExperimentReport& report, texts::Language language);

} // namespace bulkhead::report
