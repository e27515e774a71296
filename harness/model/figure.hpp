#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::model {

struct TrialRecord;

/// A measured quantity of one trial, by the name of its row.
struct Figure {
    std::string name;
    double value = 0;
    bool operator==(const Figure&) const = default;
};

/// What a figure is. A trial has only those that its workload or its measures yield.
struct FigureRow {
    std::string_view name;    ///< the word of expectations and reports
    std::string_view unit;    ///< "us", "ops/s", "KiB"; empty: a count
    std::string_view meaning; ///< one sentence
};

/// Every figure that there is.
std::span<const FigureRow> figure_catalogue();
/// nullptr: there is no such figure.
const FigureRow* find_figure(std::string_view name);

/// The figures of a trial: those that follow from its stamps and workers, then those that were measured.
std::vector<Figure> figures_of(const TrialRecord& record);

} // namespace bulkhead::model
