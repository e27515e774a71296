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

/// What the file says of this variant.
Containment surroundings_of(const Experiment& experiment, const Variant& variant)
{
    Containment containment = experiment.containment;
    containment.shared = variant.shared ? variant.shared->bits : containment.shared;
    containment.guard = variant.guard.value_or(containment.guard);
    containment.limits = variant.limits.value_or(containment.limits);
    return containment;
}

Surroundings said_of(const Experiment& experiment, const Variant& variant)
{
    const Surroundings& all = experiment.said;
    return {.shared = variant.shared.value_or(all.shared),
            .guard = variant.guard.value_or(all.guard),
            .limits = variant.limits.value_or(all.limits),
            .at = variant.at.value_or(all.at)};
}

/// What is said of the experiment as a whole leaves out what each variant has its own of.
void leave_out_own(Containment& containment, const Variant& variant)
{
    const Containment usual;
    containment.shared = variant.shared ? usual.shared : containment.shared;
    containment.processors_by_host = !variant.shared && containment.processors_by_host; // follows from the group
    containment.guard = variant.guard ? usual.guard : containment.guard;
    containment.limits = variant.limits ? usual.limits : containment.limits;
}

/// The lock, the strategy and whether there is an owner are the variant's.
Containment containment_of(const Experiment& experiment, std::size_t position, Shape shape, Fault fault)
{
    const Variant& variant = experiment.variants[position];
    Containment containment = position < experiment.containments.size() ? experiment.containments[position]
                                                                        : surroundings_of(experiment, variant);
    containment.unlocked = variant.locking == Locking::none;
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

/// What all cells of an experiment have alike, so that they can be compared, when it is needed in one of them.
struct Needs {
    bool commons = false;
    bool pipe = false;
    bool disk = false;
    bool limits = false;
};

Needs needs_of(const Experiment& experiment)
{
    std::uint32_t shared = 0;
    bool has_ledger = false;
    for (const Variant& variant : experiment.variants) {
        shared |= surroundings_of(experiment, variant).shared;
        has_ledger = has_ledger || variant.workload == Workload::ledger;
    }
    const auto& faults = experiment.faults;
    const auto is_about = [&](Medium medium) {
        return (shared & bit_of(medium)) != 0 ||
               std::ranges::any_of(faults, [medium](Fault fault) { return row_of(fault).medium == medium; });
    };
    const auto is_resource = [](Fault fault) { return row_of(fault).family == Family::resource; };
    // A process group connects hosts without any of their work: what is measured of them stays as it is.
    return {.commons = (shared & ~bit_of(Medium::group)) != 0 || std::ranges::any_of(faults, needs_commons) ||
                       experiment.measures.anatomy || has_ledger,
            .pipe = is_about(Medium::channel),
            .disk = is_about(Medium::disk),
            .limits = std::ranges::any_of(faults, is_resource)};
}

Containment completed(Containment containment, const Needs& needs, const Offer& offer)
{
    // Enough for a pool of any size to start, and soon used up by a fault.
    constexpr std::uint32_t memory_mib = 512;
    constexpr std::uint32_t nofile = 64;
    constexpr std::uint32_t threads = 16;
    if (shares(containment, Medium::segment)) { // its record is updated under the lock, by all who share it
        containment.shared |= bit_of(Medium::lock);
    }
    containment.commons = containment.commons || needs.commons;
    containment.pipe = needs.pipe;
    containment.disk = needs.disk;
    containment.processors_by_host = offer.processors_by_host && !shares(containment, Medium::group);
    if (needs.limits) {
        Limits& limits = containment.limits;
        limits.memory_mib = limits.memory_mib == 0 ? memory_mib : limits.memory_mib;
        limits.nofile = limits.nofile == 0 ? nofile : limits.nofile;
        limits.threads = limits.threads == 0 ? threads : limits.threads;
        containment.thread_limit = offer.thread_limit;
    }
    return containment;
}

/// Notes what the machine cannot have. `why_not` says of a fault and the position of a variant why; empty: it can.
template <typename WhyNot>
void note_skipped(Experiment& experiment, const WhyNot& why_not)
{
    experiment.skipped.clear();
    for (const Fault fault : experiment.faults) {
        std::vector<std::string> reasons;
        for (std::size_t position = 0; position < experiment.variants.size(); ++position) {
            reasons.push_back(why_not(fault, position));
        }
        const bool are_alike = std::ranges::all_of(reasons, [&](const auto& each) { return each == reasons.front(); });
        for (std::size_t position = 0; position < (are_alike ? 1 : reasons.size()); ++position) {
            if (!reasons[position].empty()) {
                experiment.skipped.push_back({fault, reasons[position],
                                              are_alike ? std::nullopt : std::optional(experiment.variants[position])});
            }
        }
    }
}

/// Why its cells have no trials; empty when they have.
std::string why_skipped(const Experiment& experiment, Fault fault, const Variant& variant)
{
    const auto skip = std::ranges::find_if(experiment.skipped, [&](const Experiment::Skipped& each) {
        return each.fault == fault && each.variant.value_or(variant) == variant;
    });
    return skip == experiment.skipped.end() ? "" : skip->reason;
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
    return enough + 3 * plan.window; // the window may be given once more, and an audit has one, too
}

void contain(Experiment& experiment, const Offer& offer)
{
    const Needs needs = needs_of(experiment);
    std::vector<Containment> each;
    for (const Variant& variant : experiment.variants) {
        each.push_back(completed(surroundings_of(experiment, variant), needs, offer));
    }
    note_skipped(experiment,
                 [&](Fault fault, std::size_t position) { return why_skipped(fault, offer, each[position]); });
    experiment.containment = completed(experiment.containment, needs, offer);
    for (const Variant& variant : experiment.variants) {
        leave_out_own(experiment.containment, variant);
    }
    experiment.containments =
        std::ranges::any_of(experiment.variants, has_own_surroundings) ? each : std::vector<Containment>{};
}

void contain_as(Experiment& experiment, const std::vector<Cell>& cells)
{
    std::vector<Containment> each;
    for (const Variant& variant : experiment.variants) {
        const auto cell = std::ranges::find(cells, variant, &Cell::variant);
        each.push_back(cell == cells.end() ? surroundings_of(experiment, variant) : cell->containment);
        // Each variant has its own of these; see containment_of.
        each.back().supervision.strategy = Strategy::never;
        each.back().unlocked = false;
        each.back().robust_lock = false;
        each.back().repairs = false;
        each.back().owner = Owner::nobody;
    }
    experiment.containment = each.back();
    for (const Variant& variant : experiment.variants) {
        leave_out_own(experiment.containment, variant);
    }
    experiment.containments =
        std::ranges::any_of(experiment.variants, has_own_surroundings) ? std::move(each) : std::vector<Containment>{};
    note_skipped(experiment, [&](Fault fault, std::size_t position) {
        const auto cell = std::ranges::find_if(cells, [&](const Cell& candidate) {
            return candidate.fault == fault && candidate.variant == experiment.variants[position];
        });
        return cell == cells.end() ? "" : cell->skipped;
    });
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
    const auto append = [&](Shape shape, std::size_t position, Fault fault, std::uint32_t trials, std::string skipped) {
        cells.push_back({.number = static_cast<std::uint32_t>(cells.size()),
                         .shape = shape,
                         .fault = fault,
                         .variant = experiment.variants[position],
                         .trials = skipped.empty() ? trials : 0,
                         .first_id = next_id,
                         .containment = containment_of(experiment, position, shape, fault),
                         .said = said_of(experiment, experiment.variants[position]),
                         .skipped = std::move(skipped)});
        next_id += cells.back().trials;
    };
    for (const Shape shape : experiment.shapes) {
        for (std::size_t position = 0; position < experiment.variants.size(); ++position) {
            const Variant& variant = experiment.variants[position];
            const bool nothing_runs =
                !experiment.faults.empty() && std::ranges::all_of(experiment.faults, [&](Fault fault) {
                    return !why_skipped(experiment, fault, variant).empty();
                });
            append(shape, position, golden_fault(), golden_trials(experiment),
                   nothing_runs ? why_skipped(experiment, experiment.faults.front(), variant) : "");
            for (const Fault fault : experiment.faults) {
                if (!is_golden(fault)) {
                    append(shape, position, fault, experiment.trials, why_skipped(experiment, fault, variant));
                }
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
