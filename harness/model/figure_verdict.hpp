#pragma once

#include "harness/model/claim.hpp"
#include "harness/model/matched.hpp"

namespace bulkhead::model {

/// The verdict on a figure: upheld where it is in every cell, refuted where it is in one.
Finding weigh_figures(const FigureIs& claim, double confidence, const Matched& matched,
                      const std::vector<CellSummary>& cells);

} // namespace bulkhead::model
