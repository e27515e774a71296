#include "harness/model/containment.hpp"

#include "harness/model/natural.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace bulkhead::model {
namespace {

constexpr std::array media{Medium::process, Medium::segment, Medium::lock,   Medium::description, Medium::disk,
                           Medium::channel, Medium::group,   Medium::cgroup, Medium::threads,     Medium::processors};
constexpr std::array all_strategies{Strategy::never, Strategy::one_for_one, Strategy::one_for_all,
                                    Strategy::rest_for_one};
constexpr std::array owners{Owner::nobody, Owner::victim, Owner::cell_mate, Owner::other_host};
constexpr std::array thread_limits{ThreadLimit::none, ThreadLimit::nproc, ThreadLimit::pids};

std::string joined(std::uint32_t shared, std::string_view separator)
{
    std::string text;
    for (const Medium medium : media) {
        if ((shared & bit_of(medium)) != 0) {
            text.append(text.empty() ? "" : separator).append(to_string(medium));
        }
    }
    return text;
}

/// Takes the part before the separator off the front.
std::string_view take(std::string_view& text, char separator)
{
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

template <typename Enum, std::size_t N>
bool read_word(std::string_view word, const std::array<Enum, N>& all, Enum& target)
{
    const auto found = std::ranges::find_if(all, [word](Enum value) { return to_string(value) == word; });
    if (found == all.end()) {
        return false;
    }
    target = *found;
    return true;
}

bool read_number(std::string_view word, std::uint32_t& target)
{
    const auto number = parse_natural(word);
    target = number.value_or(0);
    return number.has_value();
}

bool read_milliseconds(std::string_view word, std::chrono::milliseconds& target)
{
    std::uint32_t number = 0;
    const bool is_number = read_number(word, number);
    target = std::chrono::milliseconds(number);
    return is_number;
}

bool read_share(std::string_view words, std::uint32_t& shared)
{
    while (!words.empty()) {
        Medium medium{};
        if (!read_word(take(words, ','), media, medium)) {
            return false;
        }
        shared |= bit_of(medium);
    }
    return true;
}

bool read_flag(std::string_view key, Containment& containment)
{
    bool* const flag = key == "commons"              ? &containment.commons
                       : key == "pipe"               ? &containment.pipe
                       : key == "disk"               ? &containment.disk
                       : key == "unlocked"           ? &containment.unlocked
                       : key == "robust"             ? &containment.robust_lock
                       : key == "repairs"            ? &containment.repairs
                       : key == "via-cgroup"         ? &containment.limits.via_cgroup
                       : key == "processors-by-host" ? &containment.processors_by_host
                                                     : nullptr;
    if (flag != nullptr) {
        *flag = true;
    }
    return flag != nullptr;
}

bool read_pair(std::string_view key, std::string_view word, Containment& containment)
{
    return key == "share"          ? read_share(word, containment.shared)
           : key == "guard"        ? read_word(word, std::to_array(guards), containment.guard)
           : key == "owner"        ? read_word(word, owners, containment.owner)
           : key == "thread-limit" ? read_word(word, thread_limits, containment.thread_limit)
           : key == "memory"       ? read_number(word, containment.limits.memory_mib)
           : key == "nofile"       ? read_number(word, containment.limits.nofile)
           : key == "threads"      ? read_number(word, containment.limits.threads)
           : key == "cpu"          ? read_number(word, containment.limits.cpu_s)
           : key == "supervise"    ? read_word(word, all_strategies, containment.supervision.strategy)
           : key == "max-restarts" ? read_number(word, containment.supervision.max_restarts)
           : key == "within-ms"    ? read_milliseconds(word, containment.supervision.within)
           : key == "strikes"      ? read_number(word, containment.supervision.strikes)
                                   : false;
}

/// As far as it differs from what is usual.
void append_supervision(std::string& text, const Supervision& supervision)
{
    constexpr Supervision usual;
    const auto append = [&text](bool differs, std::string_view key, const auto& value) {
        if (differs) {
            text += fmt::format("{}{}={}", text.empty() ? "" : " ", key, value);
        }
    };
    append(supervision.strategy != usual.strategy, "supervise", to_string(supervision.strategy));
    append(supervision.max_restarts != usual.max_restarts, "max-restarts", supervision.max_restarts);
    append(supervision.within != usual.within, "within-ms", supervision.within.count());
    append(supervision.strikes != usual.strikes, "strikes", supervision.strikes);
}

} // namespace

bool shares(const Containment& containment, Medium medium)
{
    switch (medium) {
    case Medium::process: return false;
    case Medium::segment:
    case Medium::lock:
    case Medium::description:
    case Medium::disk:
    case Medium::channel:
    case Medium::group:
    case Medium::cgroup: return (containment.shared & bit_of(medium)) != 0;
    case Medium::threads:
        return containment.thread_limit == ThreadLimit::nproc ||
               (containment.thread_limit == ThreadLimit::pids && shares(containment, Medium::cgroup));
    case Medium::processors: return !containment.processors_by_host;
    }
    return false;
}

std::string_view to_string(Medium medium)
{
    switch (medium) {
    case Medium::process: return "process";
    case Medium::segment: return "segment";
    case Medium::lock: return "lock";
    case Medium::description: return "description";
    case Medium::disk: return "disk";
    case Medium::channel: return "channel";
    case Medium::group: return "group";
    case Medium::cgroup: return "cgroup";
    case Medium::threads: return "threads";
    case Medium::processors: return "processors";
    }
    return "?";
}

std::string_view to_string(Guard guard)
{
    switch (guard) {
    case Guard::none: return "none";
    case Guard::catch_all: return "catch";
    case Guard::siglongjmp: return "siglongjmp";
    }
    return "?";
}

std::string_view to_string(ThreadLimit limit)
{
    switch (limit) {
    case ThreadLimit::none: return "none";
    case ThreadLimit::nproc: return "nproc";
    case ThreadLimit::pids: return "pids";
    }
    return "?";
}

std::string_view to_string(Owner owner)
{
    switch (owner) {
    case Owner::nobody: return "nobody";
    case Owner::victim: return "victim";
    case Owner::cell_mate: return "cell-mate";
    case Owner::other_host: return "other-host";
    }
    return "?";
}

std::string describe(const Limits& limits)
{
    std::string text;
    const auto append = [&text](std::string_view key, std::uint32_t value, std::string_view unit) {
        if (value != 0) {
            text += fmt::format("{}{} = {}{}", text.empty() ? "" : ", ", key, value, unit);
        }
    };
    append("memory", limits.memory_mib, "MiB");
    append("nofile", limits.nofile, "");
    append("threads", limits.threads, "");
    append("cpu", limits.cpu_s, "s");
    return limits.via_cgroup && !text.empty() ? text + ", via cgroup" : text;
}

std::string describe_shared(std::uint32_t shared)
{
    std::string text = joined(shared, ", ");
    return text.empty() ? "nothing" : text;
}

std::string to_string(SharedMedia shared)
{
    std::string text = joined(shared.bits, ",");
    return text.empty() ? "nothing" : text;
}

std::optional<SharedMedia> parse_shared(std::string_view text)
{
    SharedMedia shared;
    if (text == "nothing") {
        return shared;
    }
    return !text.empty() && read_share(text, shared.bits) && to_string(shared) == text ? std::optional(shared)
                                                                                       : std::nullopt;
}

std::string to_string(const Limits& limits)
{
    std::string text;
    const auto append = [&text](bool is_set, const std::string& word) {
        text.append(is_set && !text.empty() ? "," : "").append(is_set ? word : "");
    };
    append(limits.memory_mib != 0, fmt::format("memory={}MiB", limits.memory_mib));
    append(limits.nofile != 0, fmt::format("nofile={}", limits.nofile));
    append(limits.threads != 0, fmt::format("threads={}", limits.threads));
    append(limits.cpu_s != 0, fmt::format("cpu={}s", limits.cpu_s));
    append(limits.via_cgroup, "via-cgroup");
    return text.empty() ? "none" : text;
}

std::optional<Limits> parse_limits(std::string_view word)
{
    Limits limits;
    std::string_view rest = word == "none" ? "" : word;
    while (!rest.empty()) {
        std::string_view value = take(rest, ',');
        const std::string_view key = take(value, '=');
        const std::string_view unit = key == "memory" ? "MiB" : key == "cpu" ? "s" : "";
        if (value.ends_with(unit)) {
            value.remove_suffix(unit.size());
        }
        const bool is_known = key == "memory"       ? read_number(value, limits.memory_mib)
                              : key == "nofile"     ? read_number(value, limits.nofile)
                              : key == "threads"    ? read_number(value, limits.threads)
                              : key == "cpu"        ? read_number(value, limits.cpu_s)
                              : key == "via-cgroup" ? (limits.via_cgroup = true)
                                                    : false;
        if (!is_known) {
            return std::nullopt;
        }
    }
    return to_string(limits) == word ? std::optional(limits) : std::nullopt; // nothing twice, in no other order
}

std::string to_string(const Containment& containment)
{
    std::string text = containment.commons ? "commons" : "";
    const auto append = [&text](std::string_view word) { text.append(text.empty() ? "" : " ").append(word); };
    const auto append_number = [&append](std::string_view key, std::uint32_t value) {
        if (value != 0) {
            append(fmt::format("{}={}", key, value));
        }
    };
    if (containment.pipe) {
        append("pipe");
    }
    if (containment.disk) {
        append("disk");
    }
    if (containment.shared != 0) {
        append("share=" + joined(containment.shared, ","));
    }
    if (containment.unlocked) {
        append("unlocked");
    }
    if (containment.robust_lock) {
        append("robust");
    }
    if (containment.repairs) {
        append("repairs");
    }
    if (containment.guard != Guard::none) {
        append(fmt::format("guard={}", to_string(containment.guard)));
    }
    append_number("memory", containment.limits.memory_mib);
    append_number("nofile", containment.limits.nofile);
    append_number("threads", containment.limits.threads);
    append_number("cpu", containment.limits.cpu_s);
    if (containment.limits.via_cgroup) {
        append("via-cgroup");
    }
    if (containment.thread_limit != ThreadLimit::none) {
        append(fmt::format("thread-limit={}", to_string(containment.thread_limit)));
    }
    if (containment.processors_by_host) {
        append("processors-by-host");
    }
    if (containment.owner != Owner::nobody) {
        append(fmt::format("owner={}", to_string(containment.owner)));
    }
    append_supervision(text, containment.supervision);
    return text;
}

std::optional<Containment> parse_containment(std::string_view text)
{
    Containment containment;
    while (!text.empty()) {
        std::string_view word = take(text, ' ');
        const bool is_pair = word.find('=') != std::string_view::npos;
        const std::string_view key = take(word, '=');
        if (!(is_pair ? read_pair(key, word, containment) : read_flag(key, containment))) {
            return std::nullopt;
        }
    }
    return containment;
}

} // namespace bulkhead::model
