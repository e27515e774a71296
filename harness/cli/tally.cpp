#include "harness/cli/tally.hpp"

#include "harness/cli/selection.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

namespace bulkhead::cli {

Tally::Tally(model::Experiment experiment, std::optional<model::Shard> shard)
    : experiment_(std::move(experiment)), shard_(shard), cells_(model::expand(experiment_)),
      planned_(shard_ ? model::trials_of(*shard_, cells_) : count_trials(cells_))
{
    for (const model::Cell& cell : cells_) {
        model::CellSummary& summary = summaries_.emplace_back();
        summary.cell = cell;
        summary.cell.trials = shard_ ? model::trials_of(*shard_, cell) : cell.trials;
    }
    if (experiment_.stop.look_at_trials()) {
        stopping_.emplace(experiment_, cells_);
    }
}

std::optional<model::Stopped> Tally::stopped() const
{
    return noted_stop_ || !stopping_ || record_only_ ? noted_stop_ : stopping_->stopped();
}

std::optional<model::Look> Tally::look() const
{
    return stopping_ ? stopping_->latest() : std::nullopt;
}

bool Tally::go_on_from(const model::Look& look)
{
    return stopping_ && stopping_->go_on_from(look);
}

model::TrialJudgement Tally::add(const model::TrialRecord& record)
{
    const model::TrialPlan& plan = record.plan;
    if (plan.cell >= cells_.size() || cells_[plan.cell].shape != plan.shape || cells_[plan.cell].fault != plan.fault) {
        throw std::runtime_error(
            fmt::format("trial {} belongs to no cell of its experiment \"{}\"", plan.id, experiment_.name));
    }
    model::TrialJudgement judgement = model::judge(record);
    model::add(summaries_[plan.cell], record, judgement);
    if (stopping_) {
        stopping_->add(record, judgement);
    }
    busy_ += std::chrono::nanoseconds(std::max<model::Stamp>(0, record.finished - record.started));
    lanes_ = std::max(lanes_, record.lane + 1);
    ++finished_;
    inconclusive_ += judgement.inconclusive.empty() ? 0 : 1;
    return judgement;
}

report::ExperimentReport Tally::report() const&
{
    return report_on(summaries_);
}

report::ExperimentReport Tally::report() &&
{
    return report_on(std::move(summaries_));
}

report::ExperimentReport Tally::report_on(std::vector<model::CellSummary> cells) const
{
    report::ExperimentReport report;
    report.experiment = experiment_;
    report.shard = shard_;
    report.cells = std::move(cells);
    report.stopped = stopped();
    if (report.stopped) {
        const model::Rounds rounds(experiment_, cells_);
        report.rounds = rounds.count();
        for (model::CellSummary& summary : report.cells) { // what its rounds do not have is missing nevertheless
            const std::uint32_t due = rounds.trials_in_first(report.stopped->rounds, summary.cell.number);
            summary.saved = summary.cell.trials - std::max(due, summary.judged + summary.inconclusive);
            report.saved += summary.saved;
            summary.cut_short = fmt::format("stopped by {} after {} of {}", to_string(report.stopped->rule),
                                            report.stopped->rounds, model::counted(report.rounds, "round"));
            summary.cut_by_evidence = assures_evidence(report.stopped->rule);
        }
    }
    report.judged = shard_ ? std::vector<model::Judged>{}
                           : model::judge(experiment_, report.cells,
                                          stopping_ ? stopping_->results() : std::vector<model::SequentialResult>{});
    report.planned = planned_;
    report.finished = finished_;
    report.took = took();
    return report;
}

Exit exit_of(const report::ExperimentReport& report)
{
    Exit exit = report.finished < report.planned - report.saved ? Exit::inconclusive : Exit::upheld;
    const auto is_skipped = [](const model::CellSummary& summary) { return !summary.cell.skipped.empty(); };
    const auto has_no_fault = [&](const model::CellSummary& summary) {
        return is_skipped(summary) || model::is_golden(summary.cell.fault);
    };
    const bool faults_are_skipped =
        std::ranges::all_of(report.cells, has_no_fault) && std::ranges::any_of(report.cells, is_skipped);
    bool any_decides = false;
    for (const model::Judged& judged : report.judged) {
        const model::Selection& when = report.experiment.expectations.at(judged.expectation).when;
        const auto is_run = [&](const model::CellSummary& summary) {
            return model::matches(when, summary.cell) && !is_skipped(summary);
        };
        if (faults_are_skipped && std::ranges::none_of(report.cells, is_run)) {
            continue; // nothing is left of what it speaks of
        }
        any_decides = true;
        switch (judged.verdict) {
        case model::Verdict::upheld: break;
        case model::Verdict::refuted: exit = worse(exit, Exit::refuted); break;
        case model::Verdict::inconclusive: exit = worse(exit, Exit::inconclusive); break;
        }
    }
    for (const model::CellSummary& summary : report.cells) {
        const bool golden_lost = model::is_golden(summary.cell.fault) && model::lost_in(summary) > 0;
        const bool nothing_judged_it = report.judged.empty() && !report.shard && summary.inconclusive > 0;
        if (golden_lost || nothing_judged_it) {
            exit = worse(exit, Exit::inconclusive);
        }
    }
    return faults_are_skipped && !any_decides ? worse(exit, Exit::skipped) : exit;
}

} // namespace bulkhead::cli
