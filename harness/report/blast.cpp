#include "harness/report/blast.hpp"

#include "harness/model/claim.hpp"
#include "harness/report/figures.hpp"

#include <algorithm>
#include <tuple>

namespace bulkhead::report {
namespace {

using model::CellSummary;

/// What a dial is about.
struct Subject {
    std::size_t variant = 0; ///< its place in the experiment
    model::Family family = model::Family::control;
    std::optional<model::Fault> fault; ///< nullopt: the whole family
    bool operator==(const Subject&) const = default;
};

Subject subject_of(const model::Experiment& experiment, const CellSummary& cell, bool by_family)
{
    const auto variant = std::ranges::find(experiment.variants, cell.cell.variant);
    const model::Fault fault = cell.cell.fault;
    return {.variant = static_cast<std::size_t>(variant - experiment.variants.begin()),
            .family = model::row_of(fault).family,
            .fault = by_family ? std::nullopt : std::optional(fault)};
}

std::vector<Subject> subjects_of(const ExperimentReport& report, bool by_family)
{
    std::vector<Subject> subjects;
    for (const CellSummary& cell : report.cells) {
        const Subject subject = subject_of(report.experiment, cell, by_family);
        if (!model::is_golden(cell.cell.fault) && std::ranges::find(subjects, subject) == subjects.end()) {
            subjects.push_back(subject);
        }
    }
    std::ranges::stable_sort(subjects, {}, [](const Subject& each) { return std::tuple(each.variant, each.family); });
    return subjects;
}

std::string subject_name(const ExperimentReport& report, const Subject& subject)
{
    const std::string name = subject.fault ? model::to_string(*subject.fault) : std::string(heading_of(subject.family));
    const std::vector<model::Variant>& variants = report.experiment.variants;
    return variants.size() > 1 ? name + ", " + model::to_string(variants.at(subject.variant)) : name;
}

} // namespace

std::optional<Blast> blast_of(const std::vector<const CellSummary*>& cells)
{
    const double confidence = model::two_sided(model::default_confidence);
    Blast blast;
    double lost = 0;
    double least = 0;
    double most = 0;
    for (const CellSummary* const cell : cells) {
        const std::uint32_t siblings = siblings_of(cell->cell.shape);
        if (cell->judged == 0 || siblings == 0) {
            continue;
        }
        const model::Cell& what = cell->cell;
        const auto lost_of = [&](model::WorkerId victim) {
            const std::uint32_t left = model::predicted_survivors(what.fault, what.shape, what.containment, victim);
            return 1.0 - static_cast<double>(left) / siblings;
        };
        blast.trials += cell->judged;
        lost += cell->judged - cell->share_sum;
        most += cell->judged * lost_of({});
        least += cell->judged * lost_of({what.shape.hosts - 1, 0});
        blast.as_predicted = blast.as_predicted && is_as_predicted(*cell);
    }
    if (blast.trials == 0) {
        return std::nullopt;
    }
    const auto trials = static_cast<double>(blast.trials);
    lost = std::clamp(lost, 0.0, trials); // sums of shares are not exact
    blast.share = lost / trials;
    blast.interval = model::clopper_pearson(lost, trials, confidence);
    blast.predicted = {least / trials, most / trials};
    return blast;
}

std::vector<model::Shape> by_isolation(const std::vector<CellSummary>& cells)
{
    std::vector<model::Shape> shapes;
    for (const CellSummary& cell : cells) {
        if (std::ranges::find(shapes, cell.cell.shape) == shapes.end()) {
            shapes.push_back(cell.cell.shape);
        }
    }
    std::ranges::stable_sort(shapes, {}, [](model::Shape shape) {
        const double siblings = std::max(1U, siblings_of(shape));
        return std::tuple(-static_cast<double>(shape.threads - 1) / siblings, shape.workers());
    });
    return shapes;
}

bool are_families(const ExperimentReport& report, std::size_t most)
{
    return subjects_of(report, false).size() > most;
}

std::vector<Dial> dials_of(const ExperimentReport& report, std::size_t most)
{
    const bool by_family = are_families(report, most);
    const std::vector<model::Shape> shapes = by_isolation(report.cells);
    std::vector<Dial> dials;
    for (const Subject& subject : subjects_of(report, by_family)) {
        Dial dial{.name = subject_name(report, subject), .blasts = {}};
        for (const model::Shape shape : shapes) {
            std::vector<const CellSummary*> cells;
            for (const CellSummary& cell : report.cells) {
                if (cell.cell.shape == shape && !model::is_golden(cell.cell.fault) &&
                    subject_of(report.experiment, cell, by_family) == subject) {
                    cells.push_back(&cell);
                }
            }
            dial.blasts.push_back(blast_of(cells));
        }
        dials.push_back(std::move(dial));
    }
    return dials;
}

} // namespace bulkhead::report
