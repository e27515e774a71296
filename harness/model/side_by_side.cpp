#include "harness/model/side_by_side.hpp"

#include "harness/model/shape.hpp"
#include "harness/model/significance.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace bulkhead::model {
namespace {

std::uint64_t trials_of(const CellSample& cell)
{
    return cell.judged + cell.inconclusive;
}

bool is_same_cell(const CellSample& one, const CellSample& other)
{
    return one.shape == other.shape && one.fault == other.fault && one.variant == other.variant;
}

/// nullptr: the sample has no such cell, or none of its trials was run.
const CellSample* find(const Sample& sample, const CellSample& wanted)
{
    const auto found = std::ranges::find_if(
        sample.cells, [&wanted](const CellSample& cell) { return is_same_cell(cell, wanted) && trials_of(cell) > 0; });
    return found == sample.cells.end() ? nullptr : &*found;
}

/// Judged trials whose worst outcome is at least this.
Counted from(Outcome outcome, const CellSample& cell)
{
    const auto first = cell.worst.begin() + static_cast<std::ptrdiff_t>(outcome);
    return {.hits = static_cast<double>(std::accumulate(first, cell.worst.end(), std::uint64_t{0})),
            .of = static_cast<double>(cell.judged)};
}

Counted without_verdict(const CellSample& cell)
{
    return {.hits = static_cast<double>(cell.inconclusive), .of = static_cast<double>(trials_of(cell))};
}

double siblings_of(const CellSample& cell)
{
    const auto shape = parse_shape(cell.shape);
    return shape && shape->workers() > 1 ? shape->workers() - 1 : 1;
}

std::vector<double> survivor_shares(const CellSample& cell)
{
    std::vector<double> values;
    for (const auto& [number, trials] : cell.survivors) {
        values.insert(values.end(), trials, number / siblings_of(cell));
    }
    return thinned(std::move(values));
}

/// True when trials that lose a sibling do not all lose as many: then their share does not tell it all.
bool losses_vary(const CellSample& base, const CellSample& fresh)
{
    std::set<std::uint32_t> seen;
    for (const CellSample* cell : {&base, &fresh}) {
        for (const auto& [number, trials] : cell->survivors) {
            if (trials > 0 && number < siblings_of(*cell)) {
                seen.insert(number);
            }
        }
    }
    return seen.size() > 1;
}

/// How bad the worst of a trial is. A step of the scale that no trial of either side ended at gives no comparison of
/// its own: it would say what the step before it says.
void compare_outcomes(std::vector<Compared>& results, const CellSample& base, const CellSample& fresh,
                      const Demands& demands)
{
    constexpr std::pair<Outcome, ShareRow> steps[] = {{Outcome::contaminated, sibling_lost},
                                                      {Outcome::degraded, sibling_degraded},
                                                      {Outcome::stalled, sibling_stalled},
                                                      {Outcome::corrupted, sibling_corrupted},
                                                      {Outcome::died, sibling_died}};
    const auto pooled = [&](Outcome outcome) { return from(outcome, base).hits + from(outcome, fresh).hits; };
    double next = 0; // trials at the step after this one, on both sides
    std::vector<Compared> worst_first;
    for (auto step = std::rbegin(steps); step != std::rend(steps); ++step) {
        const double here = pooled(step->first);
        const bool is_first = step->first == Outcome::contaminated;
        if (is_first || (here > next && here < pooled(Outcome::contaminated))) {
            worst_first.push_back(
                compare_shares(step->second.name, from(step->first, base), from(step->first, fresh), demands));
        }
        next = here;
    }
    results.insert(results.end(), worst_first.rbegin(), worst_first.rend());
    if (losses_vary(base, fresh)) {
        results.push_back(compare_values(survivors.name, survivor_shares(base), survivor_shares(fresh), demands));
    }
}

bool lacks_some(const std::string& figure, const CellSample& cell)
{
    return cell.having.contains(figure);
}

std::vector<Compared> compare_cells(const CellSample& base, const CellSample& fresh, const Demands& demands)
{
    std::vector<Compared> results;
    results.push_back(compare_shares(no_verdict.name, without_verdict(base), without_verdict(fresh), demands));
    if (base.judged > 0 && fresh.judged > 0) {
        compare_outcomes(results, base, fresh, demands);
    }
    for (const auto& [name, values] : base.figures) {
        const auto found = fresh.figures.find(name);
        if (found != fresh.figures.end()) {
            results.push_back(compare_values(name, values, found->second, demands));
            results.back().partial = lacks_some(name, base) || lacks_some(name, fresh);
        }
    }
    for (Compared& result : results) {
        result.cell = name_of(base);
        result.shape = base.shape;
        result.fault = base.fault;
        result.variant = base.variant;
    }
    return results;
}

std::vector<std::string> missing_in(const Sample& sample, const Sample& other)
{
    std::vector<std::string> names;
    for (const CellSample& cell : sample.cells) {
        if (trials_of(cell) == 0) {
            continue;
        }
        const CellSample* const there = find(other, cell);
        if (there == nullptr) {
            names.push_back(name_of(cell));
            continue;
        }
        for (const auto& [figure, values] : cell.figures) {
            if (there->judged > 0 && !there->figures.contains(figure)) {
                names.push_back(fmt::format("{} of {}", figure, name_of(cell)));
            }
        }
    }
    return names;
}

/// A comparison that could not have come out otherwise is no chance to err, and is not counted (R. E. Tarone,
/// Biometrics 46, 1990).
void correct(SideBySide& both)
{
    std::vector<Compared*> tested;
    std::vector<double> chances;
    for (Compared& each : both.figures) {
        if (each.could_tell) {
            tested.push_back(&each);
            chances.push_back(each.chance);
        }
    }
    const std::vector<double> corrected = holm(chances);
    for (std::size_t i = 0; i < tested.size(); ++i) {
        tested[i]->corrected = corrected[i];
    }
    both.tests = tested.size();
}

} // namespace

SideBySide compare(const Sample& base, const Sample& fresh, const Demands& demands)
{
    SideBySide both;
    both.demands = demands;
    for (const CellSample& cell : base.cells) {
        const CellSample* const other = find(fresh, cell);
        if (trials_of(cell) == 0 || other == nullptr) {
            continue;
        }
        ++both.cells;
        auto results = compare_cells(cell, *other, demands);
        std::ranges::move(results, std::back_inserter(both.figures));
    }
    correct(both);
    for (Compared& each : both.figures) {
        each.difference = judge(each, demands);
    }
    both.only_base = missing_in(base, fresh);
    both.only_fresh = missing_in(fresh, base);
    both.base_failures = control_arm_failures(base, fresh);
    both.fresh_failures = control_arm_failures(fresh, base);
    return both;
}

std::size_t count_of(const SideBySide& both, Difference difference)
{
    return static_cast<std::size_t>(std::ranges::count(both.figures, difference, &Compared::difference));
}

} // namespace bulkhead::model
