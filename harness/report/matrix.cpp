#include "harness/report/matrix.hpp"

#include "harness/report/figures.hpp"
#include "harness/report/grid.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <functional>

namespace bulkhead::report {
namespace {

using model::CellSummary;

/// The colour of the worst that happened to a sibling; strong where none of them survived.
Look worst_look(const CellSummary& cell)
{
    model::Outcome worst = model::Outcome::intact;
    for (const model::Outcome outcome : model::all_outcomes) {
        if (cell.sibling_outcomes.at(static_cast<std::size_t>(outcome)) > 0) {
            worst = outcome;
        }
    }
    const bool all_died = worst == model::Outcome::died && cell.survivors == 0;
    return all_died ? Look::bold_red : look_of(worst);
}

Figures survivors_of(const CellSummary* cell)
{
    if (cell == nullptr) {
        return {};
    }
    const char doubt = cell->inconclusive > 0 ? '?' : ' ';
    if (is_skipped(*cell)) {
        return {.measured = "skipped", .look = Look::faint, .mark = ' ', .predicted = ""};
    }
    if (siblings_of(cell->cell.shape) == 0) {
        return {.measured = "-", .look = Look::faint, .mark = doubt, .predicted = ""};
    }
    if (cell->judged == 0) {
        return {.measured = cell->inconclusive > 0 ? "-" : "not run",
                .look = Look::faint,
                .mark = doubt,
                .predicted = predicted_text(cell->cell)};
    }
    const char agreement = cell->inconclusive > 0 ? '?' : '=';
    return {.measured = std::to_string(cell->survivors) + '/' + std::to_string(cell->siblings),
            .look = worst_look(*cell),
            .mark = is_as_predicted(*cell) ? agreement : '!',
            .predicted = predicted_text(cell->cell)};
}

/// A row that has nothing to add to the table of what became of them.
bool is_plain(const Grid& grid, model::Fault fault)
{
    return std::ranges::all_of(grid.shapes, [&](model::Shape shape) {
        const CellSummary* const cell = grid.at(fault, shape);
        return cell == nullptr || is_skipped(*cell) || (is_as_predicted(*cell) && cell->inconclusive == 0);
    });
}

std::string legend_of(const std::vector<CellSummary>& cells)
{
    std::string legend = "measured = as predicted";
    if (std::ranges::any_of(cells, std::not_fn(is_as_predicted))) {
        legend += ", ! not as predicted";
    }
    if (std::ranges::any_of(cells, [](const CellSummary& cell) { return cell.inconclusive > 0; })) {
        legend += ", ? see below";
    }
    return legend;
}

} // namespace

std::string predicted_text(const model::Cell& cell)
{
    const std::uint32_t siblings = siblings_of(cell.shape);
    const std::uint32_t survivors = model::predicted_survivors(cell.fault, cell.shape, cell.containment);
    const model::WorkerId in_last_host{cell.shape.hosts - 1, 0};
    const std::uint32_t most = model::predicted_survivors(cell.fault, cell.shape, cell.containment, in_last_host);
    if (most != survivors) { // by the victim's host
        return std::to_string(survivors) + ".." + std::to_string(most);
    }
    if (survivors == siblings) {
        return "all";
    }
    return survivors == 0 ? "none" : std::to_string(survivors) + '/' + std::to_string(siblings);
}

void print_survivors(Page& page, const std::vector<CellSummary>& cells)
{
    const Grid grid = grid_of(cells);
    page.paragraph({{"siblings that survived", Look::bold}, {"  "}}, legend_of(cells), Look::faint);
    print_table(page, names_of(grid), columns_of(grid, survivors_of));
}

void print_differing_survivors(Page& page, const std::vector<CellSummary>& cells)
{
    Grid grid = grid_of(cells);
    const std::size_t all = grid.faults.size();
    std::erase_if(grid.faults, [&](model::Fault fault) { return is_plain(grid, fault); });
    const std::size_t left_out = all - grid.faults.size();
    if (grid.faults.empty()) {
        const auto run = std::ranges::count_if(cells, [](const CellSummary& cell) { return cell.judged > 0; });
        page.paragraph({{"siblings that survived", Look::bold}, {"  "}},
                       "as predicted in every cell that was run, " + std::to_string(run) + " of " +
                           std::to_string(cells.size()),
                       Look::faint);
        return;
    }
    page.paragraph({{"siblings that survived", Look::bold}, {"  "}},
                   legend_of(cells) + "; without the " + count(left_out, "row") + " in which all is as predicted",
                   Look::faint);
    print_table(page, names_of(grid), columns_of(grid, survivors_of));
}

} // namespace bulkhead::report
