#include "harness/cli/experiment_toml.hpp"

#include "harness/cli/toml_words.hpp"
#include "harness/model/judge.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace bulkhead::cli {
namespace {

/// The values that variants have of this, each once.
template <typename Value, typename ValueOf>
std::vector<Value> distinct(const std::vector<model::Variant>& variants, const ValueOf& value_of)
{
    std::vector<Value> values;
    for (const model::Variant& variant : variants) {
        const std::optional<Value> value = value_of(variant);
        if (value && std::find(values.begin(), values.end(), *value) == values.end()) {
            values.push_back(*value);
        }
    }
    return values;
}

/// The values that variants have of what only some of them name; empty where none does.
template <typename Value>
std::vector<Value> axis(const std::vector<model::Variant>& variants, std::optional<Value> model::Variant::*member)
{
    const auto names = [member](const model::Variant& variant) { return (variant.*member).has_value(); };
    return std::any_of(variants.begin(), variants.end(), names)
               ? distinct<Value>(variants,
                                 [member](const auto& variant) { return (variant.*member).value_or(Value{}); })
               : std::vector<Value>{};
}

std::string share_as_toml(model::SharedMedia shared)
{
    std::vector<std::string> words;
    for (const model::Medium medium : model::shareable) {
        if ((shared.bits & bit_of(medium)) != 0) {
            words.emplace_back(to_string(medium));
        }
    }
    return words.empty() ? toml_string("nothing") : toml_list(words);
}

std::string limits_as_toml(const model::Limits& limits)
{
    std::string inner;
    const auto add = [&inner](const std::string& entry) { inner += (inner.empty() ? "" : ", ") + entry; };
    if (limits.memory_mib != 0) {
        add(fmt::format("memory = \"{}MiB\"", limits.memory_mib));
    }
    if (limits.nofile != 0) {
        add(fmt::format("nofile = {}", limits.nofile));
    }
    if (limits.threads != 0) {
        add(fmt::format("threads = {}", limits.threads));
    }
    if (limits.cpu_s != 0) {
        add(fmt::format("cpu = \"{}s\"", limits.cpu_s));
    }
    if (limits.via_cgroup) {
        add("via = \"cgroup\"");
    }
    return fmt::format("{{ {} }}", inner);
}

/// One of them, or several: with a list in it each element of a list is a set.
std::string sets_as_toml(const std::vector<model::SharedMedia>& sets)
{
    if (sets.size() == 1) {
        return share_as_toml(sets.front());
    }
    std::string inner;
    for (const model::SharedMedia set : sets) {
        const std::string words = share_as_toml(set);
        inner += (inner.empty() ? "" : ", ") + words;
    }
    return "[" + inner + "]";
}

std::string tables_as_toml(const std::vector<model::Limits>& tables)
{
    std::string inner;
    for (const model::Limits& table : tables) {
        inner += (inner.empty() ? "" : ", ") + limits_as_toml(table);
    }
    return "[" + inner + "]";
}

} // namespace

std::string selection_as_toml(const model::Selection& selection)
{
    std::string inner;
    const auto add = [&inner](std::string_view key, bool is_asked_for, const std::string& list) {
        inner += is_asked_for ? fmt::format("{}{} = {}", inner.empty() ? "" : ", ", key, list) : "";
    };
    const auto add_words = [&add](std::string_view key, const auto& values) {
        add(key, !values.empty(), toml_list(as_words(values)));
    };
    add_words("shape", selection.shapes);
    add_words("fault", selection.faults);
    add_words("workload", selection.workloads);
    add_words("lock", selection.lockings);
    add_words("strategy", selection.strategies);
    add_words("channel", selection.channels);
    add_words("delivery", selection.deliveries);
    add("share", !selection.shared.empty(), sets_as_toml(selection.shared));
    add_words("guard", selection.guards);
    add("limits", !selection.limits.empty(), tables_as_toml(selection.limits));
    add_words("at", selection.points);
    return inner.empty() ? "" : "{ " + inner + " }";
}

std::string variants_as_toml(const model::Experiment& experiment)
{
    using model::Variant;
    const auto& variants = experiment.variants;
    const auto add = [](std::string_view key, bool is_said, const std::string& list) {
        return is_said ? fmt::format("{} = {}\n", key, list) : "";
    };
    const auto locks_of = [&variants](model::Workload workload) {
        return distinct<model::Locking>(variants, [workload](const Variant& variant) {
            return variant.workload == workload ? std::optional(variant.locking) : std::nullopt;
        });
    };
    // Others have no use for a lock: theirs is the usual one, whatever the file says. The ledger has use for any.
    const auto of_ledger = locks_of(model::Workload::ledger);
    const auto lockings = of_ledger.empty() ? locks_of(model::Workload::counter) : of_ledger;
    const auto channels = distinct<model::ChannelKind>(variants, [](const Variant& variant) {
        return model::uses_channels(variant.workload) ? std::optional(variant.channel) : std::nullopt;
    });
    const auto deliveries = distinct<model::Delivery>(variants, [](const Variant& variant) {
        return model::has_jobs(variant.workload) ? std::optional(variant.delivery) : std::nullopt;
    });
    const auto shared = axis(variants, &Variant::shared);
    const auto guards = axis(variants, &Variant::guard);
    const auto limits = axis(variants, &Variant::limits);
    const model::Containment& own = experiment.containment;
    const model::SharedMedia own_share{own.shared};
    return fmt::format("workload = {}\n", toml_list(as_words(distinct<model::Workload>(
                                              variants, [](const Variant& each) { return each.workload; })))) +
           add("lock", !lockings.empty() && lockings != std::vector{model::Locking::plain},
               toml_list(as_words(lockings))) +
           add("channel", !channels.empty(), toml_list(as_words(channels))) +
           add("delivery", !deliveries.empty(), toml_list(as_words(deliveries))) +
           add("share", !shared.empty(), sets_as_toml(shared)) +
           add("share", own_share.bits != 0, share_as_toml(own_share)) +
           add("guard", !guards.empty(), toml_list(as_words(guards))) +
           add("guard", own.guard != model::Guard::none, toml_string(to_string(own.guard))) +
           add("limits", !limits.empty(), tables_as_toml(limits)) +
           add("limits", own.limits != model::Limits{}, limits_as_toml(own.limits));
}

std::string supervision_as_toml(const model::Experiment& experiment)
{
    std::vector<std::string> strategies;
    for (const model::Variant& variant : experiment.variants) {
        const std::string word{to_string(variant.strategy)};
        if (std::find(strategies.begin(), strategies.end(), word) == strategies.end()) {
            strategies.push_back(word);
        }
    }
    const model::Supervision& supervision = experiment.containment.supervision;
    if (strategies == std::vector<std::string>{"never"} && supervision == model::Supervision{}) {
        return "";
    }
    return fmt::format("\n[supervise]\nstrategy = {}\nmax_restarts = {}\nwithin = \"{}ms\"\nstrikes = {}\n",
                       toml_list(strategies), supervision.max_restarts, supervision.within.count(),
                       supervision.strikes);
}

std::string points_as_toml(const model::Experiment& experiment)
{
    const auto points = distinct<model::InjectionPoint>(
        experiment.variants, [&](const model::Variant& variant) { return variant.at.value_or(experiment.at); });
    return fmt::format("at = {}\n", toml_list(as_words(points)));
}

std::string measures_as_toml(const model::Measures& measures)
{
    std::vector<std::string> words;
    for (const auto& [is, word] : {std::pair{measures.throughput, "throughput"}, std::pair{measures.memory, "memory"},
                                   std::pair{measures.anatomy, "anatomy"}, std::pair{measures.round_trip, "round-trip"},
                                   std::pair{measures.context_switch, "switch"}}) {
        if (is) {
            words.emplace_back(word);
        }
    }
    return words.empty() ? "" : fmt::format("measure = {}\n", toml_list(words));
}

std::string stop_rules_as_toml(const model::StopRules& rules)
{
    std::string text;
    if (rules.half_width) {
        text += fmt::format("until = {{ half_width = {} }}\n", toml_float(*rules.half_width));
    }
    if (rules.sequential) {
        text += fmt::format("sequential = {{ alpha = {}, beta = {}, indifference = {} }}\n",
                            toml_float(rules.sequential->alpha), toml_float(rules.sequential->beta),
                            toml_float(rules.sequential->indifference));
    }
    text += rules.until_refuted ? "until_refuted = true\n" : "";
    return rules.time ? text + fmt::format("for = \"{}ms\"\n", rules.time->count()) : text;
}

std::string claim_as_toml(const model::Claim& claim)
{
    struct Visitor {
        std::string operator()(const model::FigureIs& figure) const
        {
            const std::string statistic = figure.statistic == model::Statistic::median
                                              ? ""
                                              : fmt::format("statistic = \"{}\"\n", to_string(figure.statistic));
            const std::string base = figure.times ? selection_as_toml(*figure.times) : "";
            const std::string times = figure.times ? "\ntimes = " + (base.empty() ? "{}" : base) : "";
            return fmt::format("figure = {}\n{}is = \"{} {}\"{}", toml_string(figure.figure), statistic,
                               model::to_string(figure.comparison), decimal(figure.bound), times);
        }

        std::string operator()(const model::AllSiblings& all) const
        {
            return model::claim_key(all.outcome) + " = \"all\"";
        }
        std::string operator()(const model::NoSibling& none) const
        {
            return model::claim_key(none.outcome) + " = \"none\"";
        }
        std::string operator()(const model::VictimEnds& victim) const
        {
            return fmt::format("victim = {}", toml_list(victim.ways));
        }
        std::string operator()(const model::AsPredicted&) const { return "blast_radius = \"predicted\""; }
        std::string operator()(const model::ShareOfSiblings& share) const
        {
            return fmt::format("{} = \"{} {}\"", model::claim_key(share.outcome), model::to_string(share.comparison),
                               decimal(share.bound));
        }
    };
    return std::visit(Visitor{}, claim);
}

} // namespace bulkhead::cli
