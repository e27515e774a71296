#include "harness/model/experiment.hpp"

#include "harness/model/judge.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

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

/// The lock, the strategy and whether there is an owner are the variant's.
Containment containment_of(const Experiment& experiment, const Variant& variant, Shape shape, Fault fault)
{
    Containment containment = experiment.containment;
    containment.robust_lock = variant.locking == Locking::robust || variant.locking == Locking::repair;
    containment.repairs = variant.locking == Locking::repair;
    containment.supervision.strategy = variant.strategy;
    if (has_owner(variant.workload)) {
        containment.owner = owner_seen_by(fixed_victim(experiment, shape, fault).value_or(owner_of_pool));
    }
    return containment;
}

/// Why a machine that offers this cannot have the fault; empty when it can.
std::string why_skipped(Fault fault, const Offer& offer, const Containment& containment)
{
    if (containment.limits.via_cgroup && !offer.why_no_memory_cgroup.empty()) {
        return offer.why_no_memory_cgroup;
    }
    switch (row_of(fault).needs) {
    case Need::nothing: return "";
    case Need::root: return offer.root ? "" : "only root may change credentials";
    case Need::memory_cgroup: return offer.why_no_memory_cgroup;
    case Need::thread_limit: return offer.thread_limit == ThreadLimit::none ? offer.why_no_thread_limit : "";
    case Need::small_disk: return offer.why_no_small_disk;
    }
    return "";
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

std::string_view to_string(Statistic statistic)
{
    switch (statistic) {
    case Statistic::median: return "median";
    case Statistic::p90: return "p90";
    case Statistic::p95: return "p95";
    case Statistic::p99: return "p99";
    case Statistic::least: return "least";
    case Statistic::most: return "most";
    }
    return "?";
}

std::chrono::microseconds default_pace(Shape shape)
{
    constexpr std::chrono::microseconds each_worker{500};
    return each_worker * shape.workers();
}

std::chrono::milliseconds default_limit(const TrialPlan& plan)
{
    constexpr std::chrono::minutes enough{5};
    return enough + 2 * plan.window;
}

void contain(Experiment& experiment, const Offer& offer)
{
    // Enough for a pool of any size to start, and soon used up by a fault.
    constexpr std::uint32_t memory_mib = 512;
    constexpr std::uint32_t nofile = 64;
    constexpr std::uint32_t threads = 16;
    Containment& containment = experiment.containment;
    const auto& faults = experiment.faults;
    if (shares(containment, Medium::segment)) { // its record is updated under the lock, by all who share it
        containment.shared |= bit_of(Medium::lock);
    }
    const auto keeps_a_ledger = [](const Variant& variant) { return variant.workload == Workload::ledger; };
    // A process group connects hosts without any of their work: what is measured of them stays as it is.
    containment.commons = containment.commons || (containment.shared & ~bit_of(Medium::group)) != 0 ||
                          std::ranges::any_of(faults, needs_commons) || experiment.measures.anatomy ||
                          std::ranges::any_of(experiment.variants, keeps_a_ledger);
    const auto is_about = [&](Medium medium) {
        return (containment.shared & bit_of(medium)) != 0 ||
               std::ranges::any_of(faults, [medium](Fault fault) { return row_of(fault).medium == medium; });
    };
    containment.pipe = is_about(Medium::channel);
    containment.disk = is_about(Medium::disk);
    containment.processors_by_host = offer.processors_by_host && !shares(containment, Medium::group);
    experiment.skipped.clear();
    for (const Fault fault : faults) {
        if (std::string reason = why_skipped(fault, offer, containment); !reason.empty()) {
            experiment.skipped.push_back({fault, std::move(reason)});
        }
    }
    const auto is_resource = [](Fault fault) { return row_of(fault).family == Family::resource; };
    if (std::ranges::none_of(faults, is_resource)) {
        return;
    }
    Limits& limits = containment.limits;
    limits.memory_mib = limits.memory_mib == 0 ? memory_mib : limits.memory_mib;
    limits.nofile = limits.nofile == 0 ? nofile : limits.nofile;
    limits.threads = limits.threads == 0 ? threads : limits.threads;
    containment.thread_limit = offer.thread_limit;
}

bool judges_rates(const TrialPlan& plan)
{
    return plan.burst.count() > 0 && !plan.measures.throughput;
}

bool uses_pipe(const TrialPlan& plan)
{
    return plan.containment.pipe && (is_golden(plan.fault) || row_of(plan.fault).medium == Medium::channel);
}

std::vector<Cell> expand(const Experiment& experiment)
{
    std::vector<Cell> cells;
    std::uint32_t next_id = 1;
    const auto append = [&](Shape shape, const Variant& variant, Fault fault, std::uint32_t trials) {
        const auto number = static_cast<std::uint32_t>(cells.size());
        cells.push_back({.number = number,
                         .shape = shape,
                         .fault = fault,
                         .variant = variant,
                         .trials = trials,
                         .first_id = next_id,
                         .containment = containment_of(experiment, variant, shape, fault)});
        next_id += trials;
    };
    const bool nothing_runs = !experiment.faults.empty() && std::ranges::all_of(experiment.faults, [&](Fault fault) {
        return std::ranges::find(experiment.skipped, fault, &Experiment::Skipped::fault) != experiment.skipped.end();
    });
    const auto append_faults = [&](Shape shape, const Variant& variant) {
        for (const Fault fault : experiment.faults) {
            if (is_golden(fault)) {
                continue;
            }
            append(shape, variant, fault, experiment.trials);
            const auto skip = std::ranges::find(experiment.skipped, fault, &Experiment::Skipped::fault);
            if (skip != experiment.skipped.end()) {
                cells.back().skipped = skip->reason;
                next_id -= std::exchange(cells.back().trials, 0);
            }
        }
    };
    for (const Shape shape : experiment.shapes) {
        for (const Variant& variant : experiment.variants) {
            append(shape, variant, golden_fault(), nothing_runs ? 0 : golden_trials(experiment));
            append_faults(shape, variant);
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

std::string_view to_string(VictimPart part)
{
    switch (part) {
    case VictimPart::any: return "any";
    case VictimPart::owner: return "owner";
    case VictimPart::client: return "client";
    }
    return "?";
}

std::optional<WorkerId> fixed_victim(const Experiment& experiment, Shape shape, Fault fault)
{
    if (experiment.victim) {
        return experiment.victim;
    }
    switch (experiment.victim_part) {
    case VictimPart::any: return std::nullopt;
    case VictimPart::owner: return owner_of_pool;
    case VictimPart::client:
        for (std::uint32_t index = shape.workers() - 1; index > 0; --index) {
            if (may_be_victim(fault, worker_at(index, shape))) {
                return worker_at(index, shape);
            }
        }
        return owner_of_pool; // no other may be; a file that says so is refused
    }
    return std::nullopt;
}

std::string victim_text(const Experiment& experiment)
{
    return std::string(experiment.victim ? to_string(*experiment.victim) : to_string(experiment.victim_part));
}

bool may_be_victim(Fault fault, WorkerId worker)
{
    return !row_of(fault).main_thread_only || worker.thread == 0;
}

} // namespace bulkhead::model
