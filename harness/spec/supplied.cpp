#include "harness/model/judge.hpp"
#include "harness/spec/draft.hpp"
#include "harness/spec/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <initializer_list>
#include <string_view>

namespace bulkhead::spec {
namespace {

using model::Cell;
using model::Workload;

/// What trials have a figure by, and how to have it.
struct Supply {
    bool (*is_had)(const Cell& cell, const model::Measures& measures);
    std::string_view how;
};

constexpr Supply supervision{[](const Cell& cell, const model::Measures& /*measures*/) {
                                 return cell.variant.strategy != model::Strategy::never && !is_golden(cell.fault);
                             },
                             R"(it takes a fault, and strategy = "one-for-one", say, in [supervise])"};
constexpr Supply jobs{
    [](const Cell& cell, const model::Measures& /*measures*/) { return has_jobs(cell.variant.workload); },
    R"(it takes workload = "jobs")"};
constexpr Supply clients{
    [](const Cell& cell, const model::Measures& /*measures*/) { return cell.variant.workload == Workload::serve; },
    R"(it takes workload = "serve")"};
constexpr Supply clients_of_fault{[](const Cell& cell, const model::Measures& /*measures*/) {
                                      return cell.variant.workload == Workload::serve && !is_golden(cell.fault);
                                  },
                                  R"(it takes workload = "serve", and a fault)"};
constexpr Supply fault{[](const Cell& cell, const model::Measures& /*measures*/) { return !is_golden(cell.fault); },
                       "it takes a fault"};
constexpr Supply siblings_of_fault{[](const Cell& cell, const model::Measures& /*measures*/) {
                                       return !is_golden(cell.fault) && cell.shape.workers() > 1;
                                   },
                                   "it takes a fault, and a pool with siblings"};
constexpr Supply work_at_a_pace{[](const Cell& cell, const model::Measures& /*measures*/) {
                                    return supervision.is_had(cell, {}) && works_at_its_pace(cell.variant.workload);
                                },
                                R"(it takes a fault, strategy = "one-for-one", say, in [supervise], and a workload )"
                                R"(that works at its pace: neither "jobs" nor "serve")"};
constexpr Supply messages{
    [](const Cell& cell, const model::Measures& /*measures*/) { return uses_channels(cell.variant.workload); },
    R"(it takes workload = "ring" or "owned-ledger")"};
constexpr Supply ledger{[](const Cell& cell, const model::Measures& /*measures*/) {
                            return cell.variant.workload == Workload::ledger || has_owner(cell.variant.workload);
                        },
                        R"(it takes workload = "ledger" or "owned-ledger")"};
constexpr Supply round_trip{
    [](const Cell& cell, const model::Measures& measures) { return measures.round_trip && is_golden(cell.fault); },
    R"(it takes measure = ["round-trip"] in [observe], and when = { fault = "none" })"};
constexpr Supply context_switch{
    [](const Cell& cell, const model::Measures& measures) { return measures.context_switch && is_golden(cell.fault); },
    R"(it takes measure = ["switch"] in [observe], and when = { fault = "none" })"};
constexpr Supply memory{
    [](const Cell& cell, const model::Measures& measures) { return measures.memory && is_golden(cell.fault); },
    R"(it takes measure = ["memory"] in [observe], and when = { fault = "none" })"};

/// nullptr: every trial may have it, or it is not known here who does.
const Supply* supply_of(std::string_view figure)
{
    const auto is_one_of = [figure](std::initializer_list<std::string_view> names) {
        return std::ranges::find(names, figure) != names.end();
    };
    if (is_one_of({"restarts", "collateral_restarts", "repair_time", "availability", "given_up"}))
        return &supervision;
    if (figure == "ops_lost")
        return &work_at_a_pace;
    if (figure == "detection")
        return &fault;
    if (figure == "same_wait_status")
        return &siblings_of_fault;
    if (is_one_of({"gap_at_fault", "answered_again"}))
        return &clients_of_fault;
    if (figure.starts_with("jobs_"))
        return &jobs;
    if (figure.starts_with("request") || figure == "longest_gap")
        return &clients;
    if (figure.starts_with("messages_"))
        return &messages;
    if (is_one_of({"transfers", "lost_updates", "sum_error", "repairs"}))
        return &ledger;
    if (figure.starts_with("round_trip_") || figure == "shared_word")
        return &round_trip;
    if (figure == "switch")
        return &context_switch;
    return is_one_of({"memory_per_worker", "unique_per_worker"}) ? &memory : nullptr;
}

} // namespace

void check_supplied(const Draft& draft, const model::Experiment& experiment, Mistakes& mistakes)
{
    const auto cells = model::expand(experiment);
    const auto check_selection = [&](const model::Selection& selection, const std::string& figure, Position at) {
        const Supply* const supply = supply_of(figure);
        const auto has = [&](const Cell& cell) {
            return matches(selection, cell) && supply->is_had(cell, experiment.measures);
        };
        if (supply != nullptr && std::ranges::none_of(cells, has))
            mistakes.add(at, fmt::format("no trial of {} has the figure {}", describe(selection), in_quotes(figure)),
                         std::string(supply->how));
    };
    for (std::size_t i = 0; i < draft.expectations.size(); ++i) {
        const model::Expectation& expectation = experiment.expectations[i];
        const auto* const figure = std::get_if<model::FigureIs>(&expectation.claim);
        if (figure == nullptr)
            continue;
        check_selection(expectation.when, figure->figure, *draft.expectations[i].figure_at);
        if (figure->times)
            check_selection(*figure->times, figure->figure, *draft.expectations[i].times_at);
    }
}

} // namespace bulkhead::spec
