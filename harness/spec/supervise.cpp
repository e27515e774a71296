#include "harness/model/judge.hpp"
#include "harness/spec/draft.hpp"
#include "harness/spec/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

// The table [supervise]: who is launched anew when a host has ended.

namespace bulkhead::spec {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t most_restarts = 1000;
constexpr std::uint64_t most_strikes = 100;

void read_strategies(const Field& field, Draft& draft)
{
    draft.strategies = read_one_or_more<model::Strategy>(field, {"a string", "\"one-for-one\""}, read_strategy);
}

void read_max_restarts(const Field& field, Draft& draft)
{
    if (const auto number = read_integer(field, 0, most_restarts))
        draft.experiment.containment.supervision.max_restarts = static_cast<std::uint32_t>(*number);
}

void read_within(const Field& field, Draft& draft)
{
    const auto within = read_duration(field, {1ms, "1ms"}, {1h, "1h"});
    if (!within)
        return;
    auto& whole = draft.experiment.containment.supervision.within;
    whole = std::chrono::floor<std::chrono::milliseconds>(*within);
    if (whole != *within)
        field.wrong("restarts are counted over a whole number of milliseconds",
                    fmt::format("write \"{}ms\"", whole.count()));
}

void read_strikes(const Field& field, Draft& draft)
{
    const auto strikes = read_integer(field, 1, most_strikes);
    if (!strikes)
        return;
    draft.experiment.containment.supervision.strikes = static_cast<std::uint32_t>(*strikes);
    if (*strikes > 1)
        draft.strikes_at = field.value.at;
}

constexpr auto supervise_keys = std::to_array<Key<Draft>>({
    {"strategy",
     true,
     {"a string or an array of strings", R"("one-for-one" or ["never", "one-for-one"])"},
     read_strategies},
    {"max_restarts", false, {"an integer", "3"}, read_max_restarts},
    {"within", false, {"a string", R"("5s")"}, read_within},
    {"strikes", false, {"an integer", "1"}, read_strikes},
});

} // namespace

void read_supervise(const Field& field, Draft& draft)
{
    read_table<Draft>(field, "in [supervise]", supervise_keys, draft);
}

/// Only whoever is replaced can be struck again, and only what ends a host has it replaced.
void check_strikes(const Draft& draft, Mistakes& mistakes)
{
    if (!draft.strikes_at)
        return;
    const auto replaces = [](const auto& strategy) { return strategy.value != model::Strategy::never; };
    if (draft.strategies.complete && std::ranges::none_of(draft.strategies.items, replaces)) {
        mistakes.add(*draft.strikes_at, "nobody is launched anew who could be struck again",
                     R"(name another strategy than "never", or write strikes = 1)");
        return;
    }
    const auto ends = [&draft](const auto& fault) {
        return std::ranges::any_of(draft.shapes.items, [&](const auto& shape) {
            const auto under = [&](const auto& guard) {
                model::Containment containment = draft.experiment.containment;
                containment.guard = guard.value;
                return ends_host(fault.value, shape.value, containment);
            };
            return draft.guards.items.empty() ? ends_host(fault.value, shape.value, draft.experiment.containment)
                                              : std::ranges::any_of(draft.guards.items, under);
        });
    };
    if (draft.faults.complete && draft.shapes.complete && std::ranges::none_of(draft.faults.items, ends))
        mistakes.add(*draft.strikes_at, "no fault of this experiment ends a host, and only one that does is repeated",
                     R"(add one such as "segv-null" to kinds in [fault], or write strikes = 1)");
    const auto is_counted = [](const auto& fault) { return row_of(fault.value).needs == model::Need::memory_cgroup; };
    if (std::ranges::any_of(draft.faults.items, is_counted))
        mistakes.add(*draft.strikes_at, "the kernel's count of OOM kills is kept for one strike only",
                     "leave out oom-kill, or write strikes = 1");
    const model::Supervision& supervision = draft.experiment.containment.supervision;
    constexpr std::chrono::seconds enough{1}; // strikes follow one another within milliseconds, on a busy machine later
    if (supervision.strikes > supervision.max_restarts && supervision.within < enough)
        mistakes.add(*draft.strikes_at, "whether so many strikes fall within so short a time cannot be foretold",
                     R"(write within = "1s" or more, or no more strikes than max_restarts)");
}

bool is_of_supervise(std::string_view key)
{
    return std::ranges::find(supervise_keys, key, &Key<Draft>::name) != supervise_keys.end();
}

} // namespace bulkhead::spec
