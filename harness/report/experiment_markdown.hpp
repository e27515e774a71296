#pragma once

#include "harness/report/report.hpp"
#include "harness/texts/texts.hpp"

#include <string>
#include <utility>
#include <vector>

namespace bulkhead::report {

/// The report as GitHub's Markdown, to be pasted into a post-mortem or a paper: the question, the verdict in a
/// sentence, the verdicts, the matrix or what was measured, the facts of the machine, and how to do it again. Nothing
/// that a results file holds becomes markup.
std::string experiment_markdown(const ExperimentReport& report,
                                const std::vector<std::pair<std::string, std::string>>& facts,
                                texts::Language language);

} // namespace bulkhead::report
