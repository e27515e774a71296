#pragma once

#include "harness/model/judge.hpp"
#include "harness/report/page.hpp"

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace bulkhead::report {

/// A running tally: the siblings that survived, by fault and shape, in the trials so far.
class Scores {
public:
    /// With a place for whatever the experiment's cells have.
    explicit Scores(const std::vector<model::Cell>& cells);

    void add(const model::TrialPlan& plan, const model::TrialJudgement& judgement);

    /// Trials of this fault and shape so far.
    [[nodiscard]] std::uint32_t trials_of(const model::TrialPlan& plan) const;

    /// At most so many lines, the first with the shapes and below it a row for each fault; where there are too many,
    /// those around the one that is shown. What differs from the prediction has a "!".
    [[nodiscard]] std::vector<Line> lines(const model::TrialPlan& shown, std::size_t width, std::size_t most) const;
    [[nodiscard]] std::size_t height() const { return faults_.size() + 1; }

private:
    struct Score {
        std::uint32_t trials = 0;
        std::uint32_t inconclusive = 0;
        std::uint32_t surprises = 0; ///< trials that did not end as predicted
        std::uint64_t siblings = 0;
        std::uint64_t survivors = 0;
    };
    [[nodiscard]] Ink cell(model::Fault fault, model::Shape shape, std::size_t width) const;

    std::vector<model::Fault> faults_;
    std::vector<model::Shape> shapes_;
    std::map<std::pair<model::Fault, model::Shape>, Score> scores_;
};

} // namespace bulkhead::report
