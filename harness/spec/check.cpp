#include "harness/model/anatomy.hpp"
#include "harness/model/signal.hpp"
#include "harness/spec/draft.hpp"
#include "harness/spec/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace bulkhead::spec {
namespace {

using model::Fault;
using model::Shape;
using model::WorkerId;

/// Ids of trials are 32 bits, and golden runs at most double their number, or are `golden` to each.
constexpr std::uint64_t max_trials_in_all = std::numeric_limits<std::uint32_t>::max() / 2;

template <typename T>
std::vector<std::string> names_of(const PlacedList<T>& list)
{
    std::vector<std::string> names;
    for (const auto& item : list.items)
        names.emplace_back(to_string(item.value));
    return names;
}

/// Every experiment has golden runs, whether it lists `none` or not.
bool is_always_there(Fault fault)
{
    return is_golden(fault);
}
template <typename T>
bool is_always_there(const T& /*value*/)
{
    return false;
}

template <typename T>
bool contains(const PlacedList<T>& list, const T& value)
{
    return std::ranges::find(list.items, value, &Placed<T>::value) != list.items.end();
}

/// That an expectation speaks of what the experiment has. `what` is "shape", "fault", ...
template <typename T>
void check_known(std::string_view what, const std::optional<PlacedList<T>>& wanted, const PlacedList<T>& known,
                 Mistakes& mistakes)
{
    if (!wanted || !known.complete)
        return;
    const auto names = names_of(known);
    const std::string several = what.ends_with('y')   ? fmt::format("{}ies", what.substr(0, what.size() - 1))
                                : what.ends_with('s') ? std::string(what)
                                                      : fmt::format("{}s", what);
    for (const auto& [value, at] : wanted->items) {
        if (!contains(known, value) && !is_always_there(value)) {
            const std::string name{to_string(value)};
            mistakes.add(at, fmt::format("no cell of this experiment has the {} {}", what, in_quotes(name)),
                         did_you_mean(name, names) + fmt::format("{} of this experiment: {}", several, listed(names)));
        }
    }
}

/// What is not named is `of_itself`.
template <typename T>
PlacedList<T> named_or(const PlacedList<T>& list, T of_itself)
{
    return list.items.empty() && !list.complete ? PlacedList<T>{.items = {{of_itself, {}}}, .complete = true} : list;
}

void check_selection(const SelectionDraft& selection, const Draft& draft, Mistakes& mistakes)
{
    check_known("shape", selection.shapes, draft.shapes, mistakes);
    check_known("fault", selection.faults, draft.faults, mistakes);
    check_known("workload", selection.workloads, named_or(draft.workloads, model::Workload::counter), mistakes);
    check_known("channel", selection.channels, named_or(draft.channels, model::ChannelKind::pipe), mistakes);
    check_known("delivery", selection.deliveries, named_or(draft.deliveries, model::Delivery::at_most_once), mistakes);
    check_known("lock", selection.lockings, named_or(draft.lockings, model::Locking::plain), mistakes);
    check_known("strategy", selection.strategies, named_or(draft.strategies, model::Strategy::never), mistakes);
    check_known("share", selection.shared, named_or(draft.shared, model::SharedMedia{}), mistakes);
    check_known("guard", selection.guards, named_or(draft.guards, model::Guard::none), mistakes);
    check_known("limits", selection.limits, named_or(draft.limits, model::Limits{}), mistakes);
    check_known("injection point", selection.points, named_or(draft.points, model::InjectionPoint::between_ops),
                mistakes);
}

/// An expectation that names no fault speaks of all but `none`.
void check_only_golden(Position at, const SelectionDraft& selection, const Draft& draft, Mistakes& mistakes)
{
    const auto golden = [](const auto& item) { return is_golden(item.value); };
    if (!selection.faults && draft.faults.complete && std::ranges::all_of(draft.faults.items, golden)) {
        mistakes.add(at, "no cell of this experiment has a fault, and golden runs must be named",
                     R"(add when = { fault = "none" }, or a fault to kinds in [fault])");
    }
}

void check_siblings(const ExpectationDraft& expectation, const Draft& draft, Mistakes& mistakes)
{
    const auto alone = [](const auto& item) { return item.value.workers() == 1; };
    const PlacedList<Shape>& shapes = expectation.when.shapes ? *expectation.when.shapes : draft.shapes;
    if (expectation.figure_at || expectation.victim_at || !shapes.complete || shapes.items.empty() ||
        !std::ranges::all_of(shapes.items, alone))
        return;
    mistakes.add(expectation.at, "this expectation is about siblings, and a pool of one worker has none",
                 "name a shape with two workers or more");
}

std::string first_and_last(std::uint32_t hosts, std::uint32_t threads)
{
    const WorkerId last{hosts - 1, threads - 1};
    if (last == WorkerId{})
        return "the only worker that every shape has is p0t0";
    return fmt::format("every shape has p0t0 to {}", to_string(last));
}

void check_victim(const Draft& draft, Mistakes& mistakes)
{
    if (!draft.victim || draft.shapes.items.empty())
        return;
    const auto& [victim, at] = *draft.victim;
    std::uint32_t hosts = model::max_hosts;
    std::uint32_t threads = model::max_threads;
    std::vector<std::string> lacking;
    for (const auto& item : draft.shapes.items) {
        const Shape shape = item.value;
        hosts = std::min(hosts, shape.hosts);
        threads = std::min(threads, shape.threads);
        if (victim.host >= shape.hosts || victim.thread >= shape.threads)
            lacking.push_back(to_string(shape));
    }
    if (!lacking.empty()) {
        mistakes.add(at, fmt::format("there is no worker {} in {}", to_string(victim), listed(lacking)),
                     first_and_last(hosts, threads) + "; \"any\" draws one in each trial");
    }
}

void check_victims_faults(const Draft& draft, Mistakes& mistakes)
{
    if (!draft.victim)
        return;
    const WorkerId victim = draft.victim->value;
    for (const auto& [fault, at] : draft.faults.items) {
        if (!may_be_victim(fault, victim)) {
            mistakes.add(at,
                         fmt::format("{} cannot strike {}: only thread 0 of a host can be its victim",
                                     in_quotes(to_string(fault)), to_string(victim)),
                         R"(write victim = "any", or one such as "p0t0")");
        }
    }
}

/// "workloads with a lock: counter (plain, robust), ledger (...)".
std::string who_has_which_lock()
{
    std::vector<std::string> workloads;
    for (const model::Workload workload : model::workloads) {
        std::vector<std::string> locks;
        for (const model::Locking locking : model::lockings)
            if (model::has_use_for(workload, locking))
                locks.emplace_back(to_string(locking));
        if (!locks.empty())
            workloads.push_back(fmt::format("{} ({})", to_string(workload), listed(locks)));
    }
    return "workloads with a lock: " + listed(workloads);
}

void check_locks(const Draft& draft, Mistakes& mistakes)
{
    const auto workloads = named_or(draft.workloads, model::Workload::counter);
    for (const auto& [locking, at] : draft.lockings.items) {
        const auto has_use = [locking = locking](const auto& workload) {
            return model::has_use_for(workload.value, locking);
        };
        if (std::ranges::none_of(workloads.items, has_use))
            mistakes.add(
                at, fmt::format("no workload of this experiment can have the lock {}", in_quotes(to_string(locking))),
                who_has_which_lock());
    }
}

bool replaces_hosts(const Placed<model::Strategy>& strategy)
{
    return strategy.value != model::Strategy::never;
}

/// Only the ring and the owned ledger send messages; what nobody has use for is a mistake.
void check_channels(const Draft& draft, Mistakes& mistakes)
{
    const auto workloads = named_or(draft.workloads, model::Workload::counter);
    const auto sends = [](const auto& workload) { return model::uses_channels(workload.value); };
    const auto is_ring = [](const auto& workload) { return model::is_ring(workload.value); };
    const bool has_channels = std::ranges::any_of(workloads.items, sends);
    const bool has_ring = std::ranges::any_of(workloads.items, is_ring);
    if (!has_channels && workloads.complete && !draft.channels.items.empty())
        mistakes.add(draft.channels.items.front().at, "no workload of this experiment sends messages",
                     R"(add workload = "ring" or "owned-ledger", or leave out channel)");
    for (const auto& [shape, at] : draft.shapes.items) {
        if (has_ring && shape.threads > model::most_ring_threads)
            mistakes.add(at, fmt::format("a host of the ring cannot have {} threads", shape.threads),
                         fmt::format("at most {}: each takes two descriptors, and a host gets all of them at once",
                                     model::most_ring_threads));
        if (draft.round_trip_at && shape.workers() != 2)
            mistakes.add(at,
                         fmt::format("round trips and switches are measured between two workers, and {} has {}",
                                     to_string(shape), shape.workers()),
                         R"(write shapes = ["1x2", "2x1"], or leave out "round-trip" and "switch")");
    }
    const auto replaces = std::ranges::find_if(draft.strategies.items, replaces_hosts);
    if (has_channels && replaces != draft.strategies.items.end())
        mistakes.add(replaces->at, "channels between workers end with the hosts that have their ends",
                     R"(write strategy = "never", or another workload)");
    if (draft.round_trip_at && !has_ring && workloads.complete)
        mistakes.add(*draft.round_trip_at,
                     "round trips and switches are measured by messages, and no workload of this experiment sends any",
                     R"(add workload = "ring", or leave out "round-trip" and "switch")");
}

/// Only jobs are delivered; and whoever has jobs needs a descriptor for each thread.
void check_deliveries(const Draft& draft, Mistakes& mistakes)
{
    const auto workloads = named_or(draft.workloads, model::Workload::counter);
    const auto is_jobs = [](const auto& workload) { return model::has_jobs(workload.value); };
    const bool any_jobs = std::ranges::any_of(workloads.items, is_jobs);
    if (!any_jobs && workloads.complete && !draft.deliveries.items.empty())
        mistakes.add(draft.deliveries.items.front().at, "no workload of this experiment has jobs to deliver",
                     R"(add workload = "jobs", or leave out delivery)");
    for (const auto& [shape, at] : draft.shapes.items)
        if (any_jobs && shape.threads > model::most_ring_threads)
            mistakes.add(at, fmt::format("a host that is handed jobs cannot have {} threads", shape.threads),
                         fmt::format("at most {}: each takes a descriptor, and a host gets all of them at once",
                                     model::most_ring_threads));
}

void check_channel_faults(const Draft& draft, Mistakes& mistakes)
{
    const auto workloads = named_or(draft.workloads, model::Workload::counter);
    const auto is_silent = [](const auto& workload) { return !model::is_ring(workload.value); };
    if (!workloads.complete || std::ranges::none_of(workloads.items, is_silent))
        return;
    for (const auto& [fault, at] : draft.faults.items)
        if (model::row_of(fault).in_channel != model::InChannel::nothing)
            mistakes.add(
                at, fmt::format("{} is committed in a channel, which only the ring has", in_quotes(to_string(fault))),
                R"(write workload = "ring" in [pool], and no other)");
}

/// Workers that send messages keep SIGPIPE blocked; and whoever is launched anew has no pipe to be given.
void check_broken_pipe(const Draft& draft, Mistakes& mistakes)
{
    const auto breaks =
        std::ranges::find_if(draft.faults.items, [](const auto& fault) { return model::breaks_pipe(fault.value); });
    if (breaks == draft.faults.items.end())
        return;
    const auto fault = in_quotes(to_string(breaks->value));
    const auto workloads = named_or(draft.workloads, model::Workload::counter);
    for (const auto& workload : workloads.items)
        if (model::uses_channels(workload.value))
            mistakes.add(breaks->at,
                         fmt::format("the workers of {} outlive {}: they keep SIGPIPE blocked",
                                     in_quotes(to_string(workload.value)), fault),
                         R"(write another workload, such as "counter")");
    const auto has_channel = [](const auto& set) { return (set.value.bits & bit_of(model::Medium::channel)) != 0; };
    const auto replaces = std::ranges::find_if(draft.strategies.items, replaces_hosts);
    if (replaces != draft.strategies.items.end() && std::ranges::any_of(draft.shared.items, has_channel))
        mistakes.add(replaces->at, fmt::format("after {} there is no pipe that a new host could be given", fault),
                     fmt::format(R"(write strategy = "never", or leave {} out)", fault));
}

/// A shared group of hosts that were executed is in the supervisor's session, and so not orphaned.
void check_terminal_stops(const Draft& draft, Mistakes& mistakes)
{
    const auto has_group = [](const auto& set) { return (set.value.bits & bit_of(model::Medium::group)) != 0; };
    if (draft.experiment.launch != model::Launch::exec || std::ranges::none_of(draft.shared.items, has_group))
        return;
    for (const auto& [fault, at] : draft.faults.items)
        if (model::takes_signal(model::row_of(fault)) &&
            model::default_action(fault.signal) == model::DefaultAction::stops_from_terminal)
            mistakes.add(at,
                         fmt::format("{} stops hosts that share a group, where they are launched by exec",
                                     in_quotes(to_string(fault))),
                         R"(write launch = "zygote", where the kernel discards it in every shape; SIGSTOP stops)");
}

/// Workers that are looked at must keep still, and there is a look for each pair of them.
void check_anatomy(const Draft& draft, Mistakes& mistakes)
{
    if (!draft.experiment.measures.anatomy)
        return;
    const auto has_fault = [](const auto& item) { return !is_golden(item.value); };
    if (std::ranges::any_of(draft.faults.items, has_fault))
        mistakes.add(draft.measure_at,
                     "the anatomy of a pool is measured while its workers keep still, and a fault needs "
                     "them at work",
                     R"(write kinds = ["none"] in [fault], or leave "anatomy" out)");
    const auto is_large = [](const auto& item) { return item.value.workers() > model::most_workers_of_anatomy; };
    if (std::ranges::any_of(draft.shapes.items, is_large))
        mistakes.add(draft.measure_at, "the anatomy of so large a pool takes too long, for each pair is looked at",
                     fmt::format("at most {} workers in a shape", model::most_workers_of_anatomy));
}

void check_size(const Draft& draft, Mistakes& mistakes)
{
    std::uint64_t variants = 1;
    for (const std::size_t named :
         {draft.workloads.items.size(), draft.lockings.items.size(), draft.channels.items.size(),
          draft.deliveries.items.size(), draft.strategies.items.size(), draft.shared.items.size(),
          draft.guards.items.size(), draft.limits.items.size(), draft.points.items.size()})
        variants *= std::max<std::size_t>(named, 1);
    const std::uint64_t cells = draft.shapes.items.size() * draft.faults.items.size() * variants;
    const double golden = std::max(draft.experiment.golden_share, 1.0);
    const auto most = static_cast<std::uint64_t>(static_cast<double>(max_trials_in_all) / golden);
    if (cells * draft.experiment.trials > most) {
        mistakes.add(draft.trials_at, fmt::format("{} cells of {} trials are too many", cells, draft.experiment.trials),
                     fmt::format("at most {} trials in each of these cells", most / cells));
    }
}

} // namespace

void check(const Draft& draft, Mistakes& mistakes)
{
    for (const ExpectationDraft& expectation : draft.expectations) {
        check_selection(expectation.when, draft, mistakes);
        check_only_golden(expectation.at, expectation.when, draft, mistakes);
        check_siblings(expectation, draft, mistakes);
        if (expectation.times) {
            check_selection(*expectation.times, draft, mistakes);
            check_only_golden(*expectation.times_at, *expectation.times, draft, mistakes);
        }
    }
    check_locks(draft, mistakes);
    check_strikes(draft, mistakes);
    check_channels(draft, mistakes);
    check_owner(draft, mistakes);
    check_deliveries(draft, mistakes);
    check_channel_faults(draft, mistakes);
    check_broken_pipe(draft, mistakes);
    check_terminal_stops(draft, mistakes);
    check_victim(draft, mistakes);
    check_victims_faults(draft, mistakes);
    check_anatomy(draft, mistakes);
    check_size(draft, mistakes);
    check_stop_rules(draft, mistakes);
}

} // namespace bulkhead::spec
