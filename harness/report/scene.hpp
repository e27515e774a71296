#pragma once

#include "harness/report/lifelines.hpp"
#include "harness/report/page.hpp"
#include "harness/report/scores.hpp"
#include "harness/texts/texts.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace bulkhead::report {

/// What a picture is drawn on.
struct Stage {
    std::size_t width = 80;  ///< columns
    std::size_t height = 24; ///< lines
    bool unicode = true;     ///< else ASCII
    texts::Language language = texts::Language::english;
};
inline constexpr std::size_t least_stage_width = 40;
inline constexpr std::size_t least_stage_height = 14;

/// How the time of a trial lies on the columns: each phase has as many as it deserves. A phase that is ten times as
/// long is not ten times as wide, or nobody would see the moment that all is about.
class Axis {
public:
    Axis(const std::vector<Phase>& phases, std::size_t width);

    struct Part {
        Phase phase;
        std::size_t first = 0; ///< column
        std::size_t width = 0;
    };
    [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }
    [[nodiscard]] std::size_t width() const { return width_; }
    /// The moment at the left edge of the column, or within it.
    [[nodiscard]] model::Stamp time_at(double column) const;
    [[nodiscard]] std::size_t column_of(model::Stamp at) const;
    /// Whose part the column is.
    [[nodiscard]] const Part& part_at(double column) const;

private:
    std::vector<Part> parts_;
    std::size_t width_;
};

/// The lifelines up to that moment, at most so many rows; where there are more workers, a last row tells of them. In
/// front come two rows that name the phases and tell how long they took.
std::vector<Line> lifeline_rows(const Picture& picture, const Axis& axis, double column, const Stage& stage,
                                std::size_t most);
/// Columns left and right of the lifelines.
std::size_t margins_of(const Picture& picture, const Stage& stage);

/// What there is to understand at this moment.
std::string remark_on(const Picture& picture, const Axis& axis, double column, texts::Language language);

/// What stands around a picture.
struct Frame {
    std::string title;
    std::string status;             ///< the last line
    const Scores* scores = nullptr; ///< none: one trial is shown by itself
};

/// The whole screen at a moment of the trial: `progress` is 0 at its launch, and 1 when all is over. As many lines as
/// the stage has, none of them wider.
std::vector<Line> scene_of(const Picture& picture, double progress, const Frame& frame, const Stage& stage);

/// The trial's lifelines as text that stays: what became of each worker, by the time.
std::string lifelines_text(const model::TrialRecord& record, Style style, bool unicode);

} // namespace bulkhead::report
