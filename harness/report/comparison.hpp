#pragma once

#include "harness/model/side_by_side.hpp"
#include "harness/report/report.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace bulkhead::report {

/// One side of a comparison.
struct ComparedSide {
    std::string path;
    model::Sample sample;
};

struct ComparisonReport {
    ComparedSide base;
    ComparedSide fresh;
    model::SideBySide both;
};

/// Something in which two campaigns were not run alike, so that a difference may come from it.
struct Unlike {
    std::string what; ///< "kernel", "experiment", ...
    std::string base; ///< empty: it is not there
    std::string fresh;
    std::uint32_t line = 0; ///< of the experiment's text; 0 for all else
};
/// The facts that differ or that one side alone has (but for where a host's program lies, which a baseline does not
/// keep), the first line of the experiments that differs, and how they ended where one did not end as it should.
std::vector<Unlike> unlike_in(const model::Sample& base, const model::Sample& fresh);

/// What got worse, better, or differs, figure by figure with its interval; then, in a line for each figure, what is the
/// same and of what nothing can be told. Readable without colour.
std::string comparison_text(const ComparisonReport& report, Style style);
std::string comparison_json(const ComparisonReport& report);

/// The trials of a sample, judged or not.
std::uint64_t trials_of(const model::Sample& sample);

/// "+12.3%", "x3.4", "-16.1 points", "+3 us": a change of the figure, or one end of its interval.
std::string change_text(const model::Compared& compared, double change);

} // namespace bulkhead::report
