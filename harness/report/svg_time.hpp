#pragma once

#include "harness/model/trial.hpp"
#include "harness/report/svg.hpp"

#include <string>
#include <vector>

namespace bulkhead::report {

/// Something that happened to the whole trial, as a line across all workers.
struct DrawnMoment {
    model::Stamp at = 0;
    std::string name;
    bool is_fault = false;
};
/// In the order of time. Of many strikes the first few.
std::vector<DrawnMoment> drawn_moments_of(const model::TrialRecord& record, texts::Language language);

/// The time of a trial from left to right. Whatever a stamp says, it is drawn within the picture.
class TimeAxis {
public:
    TimeAxis(const model::TrialRecord& record, double from, double to);

    [[nodiscard]] double x(model::Stamp stamp) const;
    /// Room for the names of the moments, one above the other where they would overlap.
    [[nodiscard]] double height_of(const std::vector<DrawnMoment>& moments) const;
    /// Their names from `y` on, and their lines down to `bottom`.
    void draw_moments(Svg& svg, const std::vector<DrawnMoment>& moments, double y, double bottom) const;
    /// Gives the y below it.
    double draw_scale(Svg& svg, double y) const;

private:
    /// The row of each name, counted from the lines upwards.
    [[nodiscard]] std::vector<std::size_t> rows_of(const std::vector<DrawnMoment>& moments) const;

    model::Stamp start_;
    double duration_; ///< nanoseconds, above 0
    double from_;
    double to_;
};

} // namespace bulkhead::report
