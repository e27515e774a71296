#include "harness/model/variant.hpp"

#include <algorithm>

namespace bulkhead::model {
namespace {

/// The enumerator of this name.
template <typename Enum, std::size_t size>
std::optional<Enum> named(std::string_view name, const Enum (&all)[size])
{
    const auto* const found = std::ranges::find_if(all, [name](Enum value) { return to_string(value) == name; });
    return found == std::end(all) ? std::nullopt : std::optional(*found);
}

constexpr std::string_view lock_key = " lock=";
constexpr std::string_view channel_key = " channel=";
constexpr std::string_view delivery_key = " delivery=";
constexpr std::string_view strategy_key = " supervise=";
constexpr std::string_view share_key = " share=";
constexpr std::string_view guard_key = " guard=";
constexpr std::string_view limits_key = " limits=";
constexpr std::string_view point_key = " at=";

/// Takes the key and the word behind it off the end; without the key it is the word that is usual.
std::string_view take_behind(std::string_view& text, std::string_view key, std::string_view usual)
{
    const std::size_t at = text.find(key);
    if (at == std::string_view::npos)
        return usual;
    const std::string_view word = text.substr(at + key.size());
    text = text.substr(0, at);
    return word;
}

} // namespace

std::string_view to_string(Workload workload)
{
    switch (workload) {
    case Workload::counter: return "counter";
    case Workload::ledger: return "ledger";
    case Workload::compute: return "compute";
    case Workload::allocate: return "allocate";
    case Workload::false_sharing: return "false-sharing";
    case Workload::ring: return "ring";
    case Workload::jobs: return "jobs";
    case Workload::serve: return "serve";
    case Workload::owned_ledger: return "owned-ledger";
    }
    return "?";
}

std::string_view sentence_of(Workload workload)
{
    switch (workload) {
    case Workload::counter:
        return "each op computes the next value of a sequence that the harness can check, so that a wrong one is seen; "
               "every other workload does this too";
    case Workload::ledger:
        return "each op moves money between two accounts that all workers of a host have in common, or of the pool "
               "where it shares a segment; the sum must stay what it was";
    case Workload::compute: return "each op computes for some microseconds on memory of the worker's own";
    case Workload::allocate:
        return "each op maps memory, touches it and unmaps it, for which threads of one process wait for one another";
    case Workload::false_sharing:
        return "each op adds to a counter of the worker's own, atomically; the counters of a host's workers lie in one "
               "cache line";
    case Workload::ring:
        return "each op sends a numbered, checked message to the next worker of the pool, the last one's to the first, "
               "and takes what has come from the one before; over the channel that `channel` names";
    case Workload::jobs:
        return "the supervisor hands numbered jobs to the workers, one at a time to each, over a channel of its own, "
               "and "
               "checks the results; what `delivery` names decides whether a job of a dead worker is handed out again";
    case Workload::serve:
        return "all workers accept connections on one loopback listener, and each op answers a request of clients "
               "outside "
               "the pool, which send them at a constant rate and note what they see";
    case Workload::owned_ledger:
        return "as ledger, but the accounts are the first worker's alone: the others send it whole transfers, over the "
               "channel that `channel` names, and an op is done when its answer has come";
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

std::string_view to_string(Locking locking)
{
    switch (locking) {
    case Locking::none: return "none";
    case Locking::plain: return "plain";
    case Locking::robust: return "robust";
    case Locking::repair: return "repair";
    }
    return "?";
}

bool has_use_for(Workload workload, Locking locking)
{
    switch (workload) {
    case Workload::ledger: return true;
    case Workload::counter: return locking == Locking::plain || locking == Locking::robust;
    case Workload::compute:
    case Workload::allocate:
    case Workload::false_sharing:
    case Workload::ring:
    case Workload::jobs:
    case Workload::serve:
    case Workload::owned_ledger: return false;
    }
    return false;
}

bool uses_channels(Workload workload)
{
    return is_ring(workload) || has_owner(workload);
}

bool is_ring(Workload workload)
{
    return workload == Workload::ring;
}

bool has_owner(Workload workload)
{
    return workload == Workload::owned_ledger;
}

bool has_use_for(Workload workload, ChannelKind channel)
{
    return is_ring(workload) || (has_owner(workload) && channel != ChannelKind::ring);
}

bool has_jobs(Workload workload)
{
    return workload == Workload::jobs;
}

bool works_at_its_pace(Workload workload)
{
    return !has_jobs(workload) && workload != Workload::serve;
}

std::string_view to_string(Delivery delivery)
{
    switch (delivery) {
    case Delivery::at_most_once: return "at-most-once";
    case Delivery::at_least_once: return "at-least-once";
    }
    return "?";
}

std::vector<Variant> variants_of(const Axes& axes)
{
    const auto usual = Variant{};
    const auto or_usual = []<typename T>(const std::vector<T>& list, T value) {
        return list.empty() ? std::vector{value} : list;
    };
    std::vector<Variant> variants;
    for (const Workload workload : or_usual(axes.workloads, usual.workload))
        for (const Locking locking : or_usual(axes.lockings, usual.locking))
            for (const ChannelKind channel : or_usual(axes.channels, usual.channel))
                for (const Delivery delivery : or_usual(axes.deliveries, usual.delivery)) {
                    const Variant variant{.workload = workload,
                                          .locking = has_use_for(workload, locking) ? locking : usual.locking,
                                          .channel = uses_channels(workload) ? channel : usual.channel,
                                          .delivery = has_jobs(workload) ? delivery : usual.delivery};
                    if (std::ranges::find(variants, variant) == variants.end())
                        variants.push_back(variant);
                }
    // Each of those so far with each value.
    const auto multiply = [&variants](const auto& values, auto member) {
        if (values.empty())
            return;
        std::vector<Variant> product;
        for (const Variant& variant : variants)
            for (const auto& value : values)
                product.emplace_back(variant).*member = value;
        variants = std::move(product);
    };
    const auto multiply_by_several = [&multiply]<typename T>(const std::vector<T>& values, auto member, T usual_value) {
        std::vector<std::optional<T>> named;
        for (const T& value : values)
            named.push_back(value == usual_value ? std::nullopt : std::optional(value));
        if (values.size() > 1)
            multiply(named, member);
    };
    multiply(axes.strategies, &Variant::strategy);
    const Surroundings usually;
    multiply_by_several(axes.shared, &Variant::shared, usually.shared);
    multiply_by_several(axes.guards, &Variant::guard, usually.guard);
    multiply_by_several(axes.limits, &Variant::limits, usually.limits);
    multiply_by_several(axes.points, &Variant::at, usually.at);
    return variants;
}

bool has_own_surroundings(const Variant& variant)
{
    return variant.shared || variant.guard || variant.limits;
}

std::string to_string(const Variant& variant)
{
    std::string text{to_string(variant.workload)};
    if (variant.locking != Locking::plain)
        text.append(lock_key).append(to_string(variant.locking));
    if (uses_channels(variant.workload))
        text.append(channel_key).append(to_string(variant.channel));
    if (has_jobs(variant.workload))
        text.append(delivery_key).append(to_string(variant.delivery));
    if (variant.strategy != Strategy::never)
        text.append(strategy_key).append(to_string(variant.strategy));
    if (variant.shared)
        text.append(share_key).append(to_string(*variant.shared));
    if (variant.guard)
        text.append(guard_key).append(to_string(*variant.guard));
    if (variant.limits)
        text.append(limits_key).append(to_string(*variant.limits));
    if (variant.at)
        text.append(point_key).append(to_string(*variant.at));
    return text;
}

std::optional<Variant> parse_variant(std::string_view text)
{
    const std::string_view whole = text;
    const auto take_part = [&text](std::string_view key, auto parse) { return parse(take_behind(text, key, "")); };
    const auto point = take_part(point_key, [](std::string_view word) { return named(word, injection_points); });
    const auto limits = take_part(limits_key, parse_limits);
    const auto guard = take_part(guard_key, [](std::string_view word) { return named(word, guards); });
    const auto shared = take_part(share_key, parse_shared);
    const auto strategy = named(take_behind(text, strategy_key, to_string(Strategy::never)), strategies);
    const std::string_view delivery_word = take_behind(text, delivery_key, "");
    const auto delivery =
        delivery_word.empty() ? std::optional(Delivery::at_most_once) : named(delivery_word, deliveries);
    const std::string_view channel_word = take_behind(text, channel_key, "");
    const auto channel = channel_word.empty() ? std::optional(ChannelKind::pipe) : parse_channel_kind(channel_word);
    const auto locking = named(take_behind(text, lock_key, to_string(Locking::plain)), lockings);
    const auto workload = named(text, workloads);
    if (!workload || !locking || !strategy || !channel || !delivery)
        return std::nullopt;
    const Variant variant{.workload = *workload,
                          .locking = *locking,
                          .channel = *channel,
                          .delivery = *delivery,
                          .strategy = *strategy,
                          .shared = shared,
                          .guard = guard,
                          .limits = limits,
                          .at = point};
    return to_string(variant) == whole ? std::optional(variant) : std::nullopt;
}

} // namespace bulkhead::model
