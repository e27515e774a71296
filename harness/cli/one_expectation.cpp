#include "harness/cli/one_expectation.hpp"

#include "harness/cli/draft.hpp"
#include "harness/model/cell_verdict.hpp"
#include "harness/model/natural.hpp"

#include <algorithm>
#include <functional>

namespace bulkhead::cli {
namespace {

/// The cells that the expectation speaks of, and those that it compares them with.
std::vector<model::Cell> cells_of(const model::Experiment& experiment, const model::Expectation& expectation)
{
    const auto* const figure = std::get_if<model::FigureIs>(&expectation.claim);
    std::vector<model::Cell> cells = model::expand(experiment);
    std::erase_if(cells, [&](const model::Cell& cell) {
        const bool is_base = figure != nullptr && figure->times && model::matches(*figure->times, cell);
        return !is_base && !model::matches(expectation.when, cell);
    });
    return cells;
}

/// Keeps the shapes, faults and variants that occur in the cells.
void keep_used(model::Experiment& experiment, const std::vector<model::Cell>& cells)
{
    const auto keep = [&cells](auto& values, auto model::Cell::*part) {
        std::erase_if(values, [&](const auto& value) { return std::ranges::find(cells, value, part) == cells.end(); });
    };
    keep(experiment.shapes, &model::Cell::shape);
    keep(experiment.variants, &model::Cell::variant);
    keep(experiment.faults, &model::Cell::fault);
}

} // namespace

bool keep_expectation(model::Experiment& experiment, const std::string& wanted)
{
    const std::vector<std::string> ids = model::expectation_ids(experiment);
    const auto number = model::parse_natural(wanted);
    const auto found = std::ranges::find(ids, wanted);
    const std::size_t position = number ? *number - std::size_t{1} : static_cast<std::size_t>(found - ids.begin());
    if (position >= ids.size()) {
        return false;
    }
    experiment.expectations = {model::Expectation(experiment.expectations[position])};
    const std::vector<model::Cell> cells = cells_of(experiment, experiment.expectations.front());
    if (cells.empty()) {
        return false;
    }
    keep_used(experiment, cells);
    drop_idle(experiment);
    const auto golden = std::ranges::find_if(cells, [](const auto& cell) { return model::is_golden(cell.fault); });
    if (golden == cells.end()) {
        return true;
    }
    // Golden runs that it speaks of are to be as many as before.
    const auto faulty = std::ranges::count_if(experiment.faults, std::not_fn(model::is_golden));
    if (faulty == 0) {
        experiment.faults = {golden->fault};
        experiment.trials = golden->trials;
    } else {
        experiment.golden_share = golden->trials / (static_cast<double>(faulty) * experiment.trials);
    }
    return true;
}

} // namespace bulkhead::cli
