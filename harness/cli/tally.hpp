#pragma once

#include "harness/cli/exit.hpp"
#include "harness/model/judge.hpp"
#include "harness/model/shard.hpp"
#include "harness/model/stopping.hpp"
#include "harness/report/report.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace bulkhead::cli {

/// Judges the trials of an experiment one by one as they come, from a campaign or from a results file.
class Tally {
public:
    /// With a shard only its trials are planned, and nothing is judged by them alone.
    Tally(model::Experiment experiment, std::optional<model::Shard> shard);

    /// Throws std::runtime_error when the trial belongs to no cell of the experiment.
    model::TrialJudgement add(const model::TrialRecord& record);

    [[nodiscard]] const std::vector<model::Cell>& cells() const { return cells_; }
    [[nodiscard]] const model::Experiment& experiment() const { return experiment_; }
    [[nodiscard]] const std::optional<model::Shard>& shard() const { return shard_; }
    [[nodiscard]] std::uint32_t planned() const { return planned_; }
    [[nodiscard]] std::uint32_t finished() const { return finished_; }
    [[nodiscard]] std::uint32_t inconclusive() const { return inconclusive_; }

    /// That a rule has stopped the campaign, as far as that is on record; see `stopped`.
    void note_stop(std::optional<model::Stopped> stop) { noted_stop_ = stop; }
    /// It is stopped as that is on record, or not at all: other expectations than those that it was run for stop
    /// nothing.
    void trust_record_only() { record_only_ = true; }
    /// By what rule it is stopped: as it is on record or, if it is not, as its trials say.
    [[nodiscard]] std::optional<model::Stopped> stopped() const;

    /// Where trials may end the campaign: what they have come to for that; see model::Stopping.
    [[nodiscard]] std::optional<model::Look> look() const;
    /// Comes to where the campaign was after that look, as far as its end is concerned: trials of rounds that it saw
    /// need not be added for that. False when it is none of this experiment's.
    bool go_on_from(const model::Look& look);

    /// What the trials took, of each lane.
    [[nodiscard]] std::chrono::nanoseconds took() const { return busy_ / lanes_; }

    /// Everything but `results` and `ended`; `took` is what the trials took, of each lane: a campaign may have
    /// been interrupted, and its stamps be of several clocks.
    [[nodiscard]] report::ExperimentReport report() const&;
    /// The same with the sums moved into it, which are large where trials are many.
    [[nodiscard]] report::ExperimentReport report() &&;

private:
    [[nodiscard]] report::ExperimentReport report_on(std::vector<model::CellSummary> cells) const;

    model::Experiment experiment_;
    std::optional<model::Shard> shard_;
    std::vector<model::Cell> cells_;
    std::vector<model::CellSummary> summaries_;
    std::uint32_t planned_ = 0;
    std::uint32_t finished_ = 0;
    std::uint32_t inconclusive_ = 0;
    std::chrono::nanoseconds busy_{0};        ///< of all trials together
    std::uint32_t lanes_ = 1;                 ///< that they ran in
    std::optional<model::Stopping> stopping_; ///< where trials may end the campaign
    std::optional<model::Stopped> noted_stop_;
    bool record_only_ = false;
};

/// The exit code that a report amounts to, had its campaign not been interrupted. A shard has done its part when its
/// trials were run and no golden run lost a sibling.
Exit exit_of(const report::ExperimentReport& report);

} // namespace bulkhead::cli
