#include "harness/model/natural.hpp"
#include "harness/spec/draft.hpp"
#include "harness/spec/text.hpp"
#include "harness/spec/words.hpp"

#include <fmt/format.h>

#include <array>
#include <string>

// The keys of [pool] that say what separates and connects its workers.

namespace bulkhead::spec {
namespace {

using namespace std::chrono_literals;

/// "64MiB" or "2GiB".
void read_memory_limit(const Field& field, model::Limits& limits)
{
    const auto* text = content_of<std::string>(field);
    if (text == nullptr)
        return;
    const bool in_gib = text->ends_with("GiB");
    const auto number =
        in_gib || text->ends_with("MiB") ? model::parse_natural(text->substr(0, text->size() - 3)) : std::nullopt;
    const std::uint64_t mib = std::uint64_t{number.value_or(0)} * (in_gib ? 1024 : 1);
    constexpr std::uint64_t least = 16; // a host of many threads needs that much to start
    constexpr std::uint64_t most = 1024 * 1024;
    if (mib < least || mib > most)
        field.wrong(in_quotes(*text) + " is not a limit on memory",
                    "16MiB to 1024GiB, in MiB or GiB, such as \"64MiB\"");
    else
        limits.memory_mib = static_cast<std::uint32_t>(mib);
}

template <std::uint32_t model::Limits::*Limit, std::uint64_t low, std::uint64_t high>
void read_limit(const Field& field, model::Limits& limits)
{
    if (const auto number = read_integer(field, low, high))
        limits.*Limit = static_cast<std::uint32_t>(*number);
}

void read_cpu_limit(const Field& field, model::Limits& limits)
{
    const auto limit = read_duration(field, {1s, "1s"}, {1h, "1h"});
    if (!limit)
        return;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(*limit);
    limits.cpu_s = static_cast<std::uint32_t>(seconds.count());
    if (seconds != *limit)
        field.wrong("RLIMIT_CPU counts whole seconds", fmt::format("write \"{}s\"", seconds.count()));
}

void read_via(const Field& field, model::Limits& limits)
{
    static const std::array<std::string, 2> kinds{"rlimit", "cgroup"};
    limits.via_cgroup = read_word(field, kinds) == 1;
}

constexpr auto limit_keys = std::to_array<Key<model::Limits>>({
    {"memory", false, {"a string", R"("64MiB")"}, read_memory_limit},
    {"nofile", false, {"an integer", "64"}, read_limit<&model::Limits::nofile, 32, 1'000'000>},
    {"threads", false, {"an integer", "32"}, read_limit<&model::Limits::threads, 1, 4096>},
    {"cpu", false, {"a string", R"("1s")"}, read_cpu_limit},
    {"via", false, {"a string", R"("rlimit" or "cgroup")"}, read_via},
});

std::optional<model::Limits> read_limit_table(const Field& field)
{
    const std::size_t before = field.mistakes.count();
    model::Limits limits;
    read_table<model::Limits>(field, "in limits", limit_keys, limits);
    return field.mistakes.count() == before ? std::optional(limits) : std::nullopt;
}

} // namespace

void read_share_words(const Field& field, Draft& draft)
{
    draft.shared = read_shared(field);
    if (draft.shared.items.size() == 1)
        draft.experiment.containment.shared = draft.shared.items.front().value.bits;
}

void read_lock(const Field& field, Draft& draft)
{
    draft.lockings = read_one_or_more<model::Locking>(field, {"a string", "\"plain\""}, read_locking);
}

void read_channel(const Field& field, Draft& draft)
{
    draft.channels = read_one_or_more<model::ChannelKind>(field, {"a string", "\"pipe\""}, read_channel_kind);
}

void read_delivery(const Field& field, Draft& draft)
{
    draft.deliveries = read_one_or_more<model::Delivery>(field, {"a string", "\"at-least-once\""}, read_delivery_word);
}

void read_workload(const Field& field, Draft& draft)
{
    draft.workloads = read_one_or_more<model::Workload>(field, {"a string", "\"counter\""}, read_workload_word);
}

void read_guards(const Field& field, Draft& draft)
{
    draft.guards = read_one_or_more<model::Guard>(field, {"a string", "\"catch\""}, read_guard);
    if (draft.guards.items.size() == 1)
        draft.experiment.containment.guard = draft.guards.items.front().value;
}

void read_limits(const Field& field, Draft& draft)
{
    draft.limits = read_limit_tables(field);
    if (draft.limits.items.size() == 1)
        draft.experiment.containment.limits = draft.limits.items.front().value;
}

PlacedList<model::Limits> read_limit_tables(const Field& field)
{
    if (std::holds_alternative<Array>(field.value.content))
        return read_list<model::Limits>(field, {"a table", "{ nofile = 64 }"}, read_limit_table);
    PlacedList<model::Limits> one;
    if (const auto limits = read_limit_table(field))
        one = {.items = {{*limits, field.value.at}}, .complete = true};
    return one;
}

} // namespace bulkhead::spec
