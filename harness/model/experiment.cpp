#include "harness/model/experiment.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace bulkhead::model {
namespace {

std::uint32_t golden_trials(const Experiment& experiment)
{
    const auto faulty_cells = std::ranges::count_if(experiment.faults, std::not_fn(is_golden));
    const double beside = experiment.golden_share * experiment.trials * static_cast<double>(faulty_cells);
    // A share such as 0.1 is not exact in binary: ten of a hundred must not become eleven.
    constexpr double rounding = 1e-9;
    const auto share = static_cast<std::uint32_t>(std::ceil(beside - rounding));
    const bool asked_for = std::ranges::any_of(experiment.faults, is_golden);
    return std::max({1U, share, asked_for ? experiment.trials : 0U});
}

/// `none`, found by what it is, so that no order of the catalogue is taken for granted.
Fault golden_fault()
{
    const auto row = std::ranges::find(catalogue(), Agent::nobody, &FaultRow::agent);
    return {.row = static_cast<std::uint16_t>(row - catalogue().begin()), .signal = 0};
}

} // namespace

std::string_view to_string(Launch launch)
{
    switch (launch) {
    case Launch::exec: return "exec";
    case Launch::zygote: return "zygote";
    }
    return "?";
}

std::string_view to_string(InjectionPoint point)
{
    switch (point) {
    case InjectionPoint::between_ops: return "between-ops";
    case InjectionPoint::inside_op: return "inside-op";
    }
    return "?";
}

std::string_view to_string(Workload workload)
{
    switch (workload) {
    case Workload::counter: return "counter";
    }
    return "?";
}

std::string_view to_string(Comparison comparison)
{
    switch (comparison) {
    case Comparison::at_least: return ">=";
    case Comparison::more_than: return ">";
    case Comparison::at_most: return "<=";
    case Comparison::less_than: return "<";
    }
    return "?";
}

std::chrono::microseconds default_pace(Shape shape)
{
    constexpr std::chrono::microseconds each_worker{500};
    return each_worker * shape.workers();
}

std::vector<Cell> expand(const Experiment& experiment)
{
    std::vector<Cell> cells;
    std::uint32_t next_id = 1;
    const auto append = [&](Shape shape, Fault fault, std::uint32_t trials) {
        const auto number = static_cast<std::uint32_t>(cells.size());
        cells.push_back({.number = number, .shape = shape, .fault = fault, .trials = trials, .first_id = next_id});
        next_id += trials;
    };
    for (const Shape shape : experiment.shapes) {
        append(shape, golden_fault(), golden_trials(experiment));
        for (const Fault fault : experiment.faults) {
            if (!is_golden(fault)) {
                append(shape, fault, experiment.trials);
            }
        }
    }
    return cells;
}

std::optional<TrialAddress> address_of(const std::vector<Cell>& cells, std::uint32_t id)
{
    for (const Cell& cell : cells) {
        if (id >= cell.first_id && id - cell.first_id < cell.trials) {
            return TrialAddress{.cell = cell.number, .number = id - cell.first_id};
        }
    }
    return std::nullopt;
}

bool may_be_victim(Fault fault, WorkerId worker)
{
    return !row_of(fault).main_thread_only || worker.thread == 0;
}

} // namespace bulkhead::model
