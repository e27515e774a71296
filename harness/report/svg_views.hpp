#pragma once

#include "harness/model/anatomy.hpp"
#include "harness/model/trial.hpp"
#include "harness/report/report.hpp"
#include "harness/texts/texts.hpp"

#include <string>
#include <string_view>
#include <vector>

// Single pictures for papers and slides: each a whole SVG document.

namespace bulkhead::report {

/// The periodic table of faults: faults x shapes, once for each variant, painted by the worst outcome of a sibling, and
/// marked by how that stands beside the prediction.
std::string table_svg(const ExperimentReport& report, texts::Language language);

/// Blast radius against shape, with its 90% interval, beside the predicted one: a dial for each fault, or for each
/// family where there are many.
std::string dial_svg(const ExperimentReport& report, texts::Language language);

/// What isolation costs, shape by shape: the blast radius, where it was measured, and beside it start-up, memory,
/// throughput and the like. Blast radius and costs may come from different experiments.
std::string price_svg(const std::vector<ExperimentReport>& reports, texts::Language language);

/// One trial: a line for each worker, by host, along the time that the trial took; the fault, who ended when, and what
/// became of whom.
std::string lifelines_svg(const model::TrialRecord& record, std::string_view experiment_name, texts::Language language);

/// What the workers of a live pool are made of: for each part, who has the same memory, by the writes that were seen.
std::string memory_svg(const model::Anatomy& anatomy, texts::Language language);

} // namespace bulkhead::report
