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

/// Ids of trials are 32 bits, and golden runs at most double their number.
constexpr std::uint64_t max_trials_in_all = std::numeric_limits<std::uint32_t>::max() / 2;

template <typename T>
std::vector<std::string> names_of(const PlacedList<T>& list)
{
    std::vector<std::string> names;
    for (const auto& item : list.items)
        names.push_back(to_string(item.value));
    return names;
}

template <typename T>
bool contains(const PlacedList<T>& list, const T& value)
{
    return std::ranges::find(list.items, value, &Placed<T>::value) != list.items.end();
}

void check_shapes(const PlacedList<Shape>& wanted, const Draft& draft, Mistakes& mistakes)
{
    const auto names = names_of(draft.shapes);
    for (const auto& [shape, at] : wanted.items) {
        if (draft.shapes.complete && !contains(draft.shapes, shape)) {
            const std::string name = to_string(shape);
            mistakes.add(at, fmt::format("no cell of this experiment has the shape {}", in_quotes(name)),
                         did_you_mean(name, names) + fmt::format("shapes of this experiment: {}", listed(names)));
        }
    }
}

void check_faults(const PlacedList<Fault>& wanted, const Draft& draft, Mistakes& mistakes)
{
    const auto names = names_of(draft.faults);
    for (const auto& [fault, at] : wanted.items) {
        // Every experiment has golden runs, whether it lists `none` or not.
        if (draft.faults.complete && !contains(draft.faults, fault) && !is_golden(fault)) {
            const std::string name = to_string(fault);
            mistakes.add(at, fmt::format("no cell of this experiment has the fault {}", in_quotes(name)),
                         did_you_mean(name, names) + fmt::format("faults of this experiment: {}", listed(names)));
        }
    }
}

/// An expectation that names no fault speaks of all but `none`.
void check_only_golden(const ExpectationDraft& expectation, const Draft& draft, Mistakes& mistakes)
{
    const auto golden = [](const auto& item) { return is_golden(item.value); };
    if (!expectation.faults && draft.faults.complete && std::ranges::all_of(draft.faults.items, golden)) {
        mistakes.add(expectation.at, "no cell of this experiment has a fault, and golden runs must be named",
                     R"(add when = { fault = "none" }, or a fault to kinds in [fault])");
    }
}

void check_siblings(const ExpectationDraft& expectation, const Draft& draft, Mistakes& mistakes)
{
    const auto alone = [](const auto& item) { return item.value.workers() == 1; };
    const PlacedList<Shape>& shapes = expectation.shapes ? *expectation.shapes : draft.shapes;
    if (!shapes.complete || shapes.items.empty() || !std::ranges::all_of(shapes.items, alone))
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
                         fmt::format("write victim = \"{}\", or \"any\"", to_string(WorkerId{victim.host, 0})));
        }
    }
}

void check_size(const Draft& draft, Mistakes& mistakes)
{
    const std::uint64_t cells = draft.shapes.items.size() * draft.faults.items.size();
    if (cells * draft.experiment.trials > max_trials_in_all) {
        mistakes.add(draft.trials_at, fmt::format("{} cells of {} trials are too many", cells, draft.experiment.trials),
                     fmt::format("at most {} trials in each of these cells", max_trials_in_all / cells));
    }
}

} // namespace

void check(const Draft& draft, Mistakes& mistakes)
{
    for (const ExpectationDraft& expectation : draft.expectations) {
        if (expectation.shapes)
            check_shapes(*expectation.shapes, draft, mistakes);
        if (expectation.faults)
            check_faults(*expectation.faults, draft, mistakes);
        check_only_golden(expectation, draft, mistakes);
        check_siblings(expectation, draft, mistakes);
    }
    check_victim(draft, mistakes);
    check_victims_faults(draft, mistakes);
    check_size(draft, mistakes);
}

} // namespace bulkhead::spec
