#include "harness/report/answer.hpp"

#include "harness/report/figures.hpp"
#include "harness/report/svg.hpp"

#include <algorithm>

namespace bulkhead::report {
namespace {

using texts::Language;

/// The first expectation with that verdict, and its reason.
std::string first_of(const ExperimentReport& report, model::Verdict verdict, Language language)
{
    const auto judged = std::ranges::find(report.judged, verdict, &model::Judged::verdict);
    return texts::say_composed(language, describe(report.experiment.expectations.at(judged->expectation))) + ": " +
           texts::say_composed(language, judged->reason);
}

} // namespace

std::string verdict_sentence(const ExperimentReport& report, Language language)
{
    if (const auto losses = golden_losses(report.cells); !losses.empty()) {
        std::string shapes;
        for (const model::CellSummary* const cell : losses) {
            shapes += (shapes.empty() ? "" : ", ") + model::to_string(cell->cell.shape);
        }
        return said(language, "Nothing can be concluded: golden runs, in which nothing was done, lost workers: {}.",
                    shapes);
    }
    if (report.shard) {
        return said(language, "This is one part of a campaign, and is not judged alone.");
    }
    if (report.judged.empty()) {
        return said(language, "No expectation is stated, so there is no verdict.");
    }
    const auto count_of = [&](model::Verdict verdict) {
        return std::ranges::count(report.judged, verdict, &model::Judged::verdict);
    };
    const auto all = report.judged.size();
    if (const auto refuted = count_of(model::Verdict::refuted); refuted > 0) {
        return said(language, "Refuted, {} of {} expectations: {}", refuted, all,
                    first_of(report, model::Verdict::refuted, language));
    }
    if (const auto unjudged = count_of(model::Verdict::inconclusive); unjudged > 0) {
        return said(language, "Inconclusive, {} of {} expectations: {}", unjudged, all,
                    first_of(report, model::Verdict::inconclusive, language));
    }
    return all == 1 ? said(language, "Upheld: the one expectation holds.")
                    : said(language, "Upheld: all {} expectations hold.", all);
}

std::string agreement_sentence(const ExperimentReport& report, Language language)
{
    std::uint64_t judged = 0;
    std::uint64_t as_predicted = 0;
    for (const model::CellSummary& cell : report.cells) {
        if (siblings_of(cell.cell.shape) > 0 && !model::is_golden(cell.cell.fault)) {
            judged += cell.judged;
            as_predicted += cell.trials_as_predicted;
        }
    }
    return judged == 0 ? ""
                       : said(language, "Every sibling ended as predicted in {} of {} trials with a fault.",
                              as_predicted, judged);
}

} // namespace bulkhead::report
