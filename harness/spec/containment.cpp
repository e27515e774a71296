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

std::optional<model::Medium> read_medium(const Field& field)
{
    return read_enum<model::Medium>(field, model::shareable);
}

/// "64MiB" or "2GiB".
void read_memory_limit(const Field& field, Draft& draft)
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
        draft.experiment.containment.limits.memory_mib = static_cast<std::uint32_t>(mib);
}

template <std::uint32_t model::Limits::*Limit, std::uint64_t low, std::uint64_t high>
void read_limit(const Field& field, Draft& draft)
{
    if (const auto number = read_integer(field, low, high))
        draft.experiment.containment.limits.*Limit = static_cast<std::uint32_t>(*number);
}

void read_cpu_limit(const Field& field, Draft& draft)
{
    const auto limit = read_duration(field, {1s, "1s"}, {1h, "1h"});
    if (!limit)
        return;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(*limit);
    draft.experiment.containment.limits.cpu_s = static_cast<std::uint32_t>(seconds.count());
    if (seconds != *limit)
        field.wrong("RLIMIT_CPU counts whole seconds", fmt::format("write \"{}s\"", seconds.count()));
}

void read_via(const Field& field, Draft& draft)
{
    static const std::array<std::string, 2> kinds{"rlimit", "cgroup"};
    draft.experiment.containment.limits.via_cgroup = read_word(field, kinds) == 1;
}

constexpr auto limit_keys = std::to_array<Key<Draft>>({
    {"memory", false, {"a string", R"("64MiB")"}, read_memory_limit},
    {"nofile", false, {"an integer", "64"}, read_limit<&model::Limits::nofile, 32, 1'000'000>},
    {"threads", false, {"an integer", "32"}, read_limit<&model::Limits::threads, 1, 4096>},
    {"cpu", false, {"a string", R"("1s")"}, read_cpu_limit},
    {"via", false, {"a string", R"("rlimit" or "cgroup")"}, read_via},
});

} // namespace

void read_share_words(const Field& field, Draft& draft)
{
    const auto* text = std::get_if<std::string>(&field.value.content);
    if (text != nullptr && *text == "nothing")
        return;
    if (text != nullptr) {
        if (const auto medium = read_medium(field))
            draft.experiment.containment.shared |= bit_of(*medium);
        return;
    }
    const auto media = read_list<model::Medium>(field, {"a string", "\"lock\""}, read_medium);
    for (const auto& medium : media.items)
        draft.experiment.containment.shared |= bit_of(medium.value);
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

void read_guard(const Field& field, Draft& draft)
{
    static constexpr std::array all{model::Guard::none, model::Guard::catch_all, model::Guard::siglongjmp};
    draft.experiment.containment.guard = read_enum<model::Guard>(field, all).value_or(model::Guard::none);
}

void read_limits(const Field& field, Draft& draft)
{
    read_table<Draft>(field, "in limits", limit_keys, draft);
}

} // namespace bulkhead::spec
