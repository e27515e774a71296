#pragma once

#include "harness/report/suite.hpp"

#include <string>
#include <vector>

namespace bulkhead::report {

/// GitHub shows no more than ten of a step.
inline constexpr std::size_t most_annotations = 10;

/// Workflow commands, a line each, for the expectations that are not upheld, the refuted ones first. Where there are
/// more than most_annotations, the last one says how many are left out.
std::string github_annotations(const std::vector<Suite>& suites);

/// The campaigns as GitHub's Markdown, within what a step summary may have.
std::string github_summary(const std::vector<Suite>& suites);

/// The same, without a limit.
std::string markdown(const std::vector<Suite>& suites);

} // namespace bulkhead::report
