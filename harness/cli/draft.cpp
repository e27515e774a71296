#include "harness/cli/draft.hpp"

#include "harness/cli/output.hpp"
#include "harness/model/natural.hpp"
#include "harness/model/sequential_claim.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <fnmatch.h>

namespace bulkhead::cli {
namespace {

constexpr std::string_view mark_of_overridden = ", with values from the command line in place of its own";
constexpr std::string_view mark_of_line = "[[expect]] # line ";

/// A TOML basic string.
std::string toml_string(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            result += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        } else {
            result += c;
        }
    }
    return result + "\"";
}

std::string toml_list(const std::vector<std::string>& words)
{
    std::string result;
    for (const std::string& word : words) {
        result += (result.empty() ? "" : ", ") + toml_string(word);
    }
    return "[" + result + "]";
}

/// The shortest decimal that reads back as the same number; never with an exponent.
std::string decimal(double number)
{
    std::array<char, 400> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed).ptr;
    return {text.data(), end};
}

/// A TOML float always has a point.
std::string toml_float(double number)
{
    const std::string text = decimal(number);
    return text.find('.') == std::string::npos ? text + ".0" : text;
}

template <typename T>
std::vector<std::string> as_words(const std::vector<T>& values)
{
    std::vector<std::string> words;
    for (const T& value : values) {
        words.emplace_back(to_string(value));
    }
    return words;
}

/// "20" and "10..100" become a number and a range; anything else stays a string, for spec to refuse.
std::string ops_as_toml(const std::string& text)
{
    const auto is_number = [](std::string_view part) {
        return !part.empty() && part.size() < 19 && part.find_first_not_of("0123456789") == std::string::npos;
    };
    const auto plain = [](std::string_view part) { // TOML forbids leading zeros
        const auto first = std::min(part.find_first_not_of('0'), part.size() - 1);
        return std::string(part.substr(first));
    };
    if (is_number(text)) {
        return plain(text);
    }
    if (const auto dots = text.find(".."); dots != std::string::npos) {
        const std::string_view low = std::string_view(text).substr(0, dots);
        const std::string_view high = std::string_view(text).substr(dots + 2);
        if (is_number(low) && is_number(high)) {
            return fmt::format("[{}, {}]", plain(low), plain(high));
        }
    }
    return toml_string(text);
}

std::string line_unless_empty(std::string_view key, const std::string& word)
{
    return word.empty() ? "" : fmt::format("{} = {}\n", key, toml_string(word));
}

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

/// "{ shape = ["8x1"], lock = ["robust"] }"; empty when it asks for nothing.
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

/// [supervise]; empty when nobody is ever launched anew.
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

/// The keys of [trials] that may end a campaign before its count.
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

/// Rules about expectations, or cells, of which none is left.
void drop_idle_rules(model::Experiment& experiment)
{
    const auto is_tested = [](const model::Expectation& each) { return model::test_of(each.claim, {}).has_value(); };
    const auto is_refutable = [](const model::Expectation& each) { return model::one_trial_decides(each.claim); };
    const auto has_siblings = [](model::Shape shape) { return shape.workers() > 1; };
    const auto& expectations = experiment.expectations;
    model::StopRules& rules = experiment.stop;
    if (std::none_of(expectations.begin(), expectations.end(), is_tested)) {
        rules.sequential.reset();
    }
    if (std::none_of(expectations.begin(), expectations.end(), is_refutable)) {
        rules.until_refuted = false;
    }
    if (std::all_of(experiment.faults.begin(), experiment.faults.end(), model::is_golden) ||
        std::none_of(experiment.shapes.begin(), experiment.shapes.end(), has_siblings)) {
        rules.half_width.reset();
    }
}

std::string claim_as_toml(const model::Claim& claim)
{
    struct Visitor {
        std::string operator()(const model::FigureIs& figure) const
        {
            const std::string statistic = figure.statistic == model::Statistic::median
                                              ? ""
                                              : fmt::format("statistic = \"{}\"\n", to_string(figure.statistic));
            const std::string times = figure.times ? "\ntimes = " + selection_as_toml(*figure.times) : "";
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

std::string expectation_as_toml(const std::string& when, const std::string& claim, std::uint32_t line = 0,
                                double confidence = model::default_confidence)
{
    const std::string head = line == 0 ? "[[expect]]" : fmt::format("{}{}", mark_of_line, line);
    const std::string selection = when.empty() ? "" : fmt::format("when = {}\n", when);
    const std::string decides =
        confidence == model::default_confidence ? "" : fmt::format("confidence = {}\n", toml_float(confidence));
    return fmt::format("\n{}\n{}{}\n{}", head, selection, claim, decides);
}

/// What an ad hoc run claims: that the model is right, of every shape in which the victim has siblings.
std::string ad_hoc_expectation(const std::vector<std::string>& shapes, const std::vector<std::string>& faults)
{
    if (std::all_of(faults.begin(), faults.end(), [](const std::string& fault) { return fault == "none"; })) {
        return "";
    }
    std::vector<std::string> with_siblings;
    for (const std::string& text : shapes) {
        const auto shape = model::parse_shape(text);
        if (shape && shape->workers() > 1) {
            with_siblings.push_back(text);
        }
    }
    if (with_siblings.empty()) {
        return "";
    }
    const std::string when =
        with_siblings.size() == shapes.size() ? "" : fmt::format("{{ shape = {} }}", toml_list(with_siblings));
    return expectation_as_toml(when, claim_as_toml(model::AsPredicted{}));
}

/// True when no shape that is meant has siblings, or no fault but `none` is there to be meant.
bool speaks_of_nobody(const model::Experiment& experiment, const model::Expectation& expectation)
{
    const auto& when = expectation.when;
    const auto& shapes = when.shapes.empty() ? experiment.shapes : when.shapes;
    const auto& faults = experiment.faults;
    const bool of_siblings = !std::holds_alternative<model::FigureIs>(expectation.claim);
    return (of_siblings &&
            std::all_of(shapes.begin(), shapes.end(), [](model::Shape shape) { return shape.workers() == 1; })) ||
           (when.faults.empty() && std::all_of(faults.begin(), faults.end(), model::is_golden));
}

} // namespace

std::string draft_ad_hoc(const AdHoc& ad_hoc, const Overrides& overrides)
{
    const std::vector<std::string> shapes =
        ad_hoc.shapes.empty() ? std::vector<std::string>{"8x1", "4x2", "1x8"} : ad_hoc.shapes;
    std::string text = "schema = 1\n";
    text += line_unless_empty("name", ad_hoc.name.empty() ? "ad-hoc" : ad_hoc.name);
    text += "question = \"Do the siblings of the victim fare as predicted?\"\n";
    text += fmt::format("\n[pool]\nshapes = {}\n", toml_list(shapes));
    const auto is_in_channel = [](const std::string& word) {
        const auto fault = model::parse_fault(word);
        return fault && model::row_of(*fault).in_channel != model::InChannel::nothing;
    };
    text += std::any_of(ad_hoc.faults.begin(), ad_hoc.faults.end(), is_in_channel) ? "workload = \"ring\"\n" : "";
    text += line_unless_empty("launch", overrides.launch);
    const bool shares_nothing = ad_hoc.share == std::vector<std::string>{"nothing"};
    text += ad_hoc.share.empty() || shares_nothing ? "" : fmt::format("share = {}\n", toml_list(ad_hoc.share));
    text += line_unless_empty("lock", ad_hoc.lock);
    text += line_unless_empty("guard", ad_hoc.guard);
    text += fmt::format("\n[fault]\nkinds = {}\n", toml_list(ad_hoc.faults));
    text += line_unless_empty("at", ad_hoc.at);
    text += ad_hoc.after_ops.empty() ? "" : fmt::format("after_ops = {}\n", ops_as_toml(ad_hoc.after_ops));
    text += line_unless_empty("victim", ad_hoc.victim);
    text += ad_hoc.window.empty() ? "" : "\n[observe]\n" + line_unless_empty("window", ad_hoc.window);
    text += "\n[trials]\n";
    text += overrides.trials ? fmt::format("count = {}\n", *overrides.trials) : "";
    text += overrides.seed ? fmt::format("seed = {}\n", *overrides.seed) : "";
    text += line_unless_empty("order", overrides.order);
    return text + ad_hoc_expectation(shapes, ad_hoc.faults);
}

bool is_overridden(std::string_view text)
{
    return text.substr(0, text.find('\n')).ends_with(mark_of_overridden);
}

std::string draft_overridden(const model::Experiment& experiment, const Overrides& overrides)
{
    const std::string launch =
        overrides.launch.empty() ? std::string(model::to_string(experiment.launch)) : overrides.launch;
    std::string text = fmt::format("# {}{}\nschema = 1\n", toml_string(experiment.origin), mark_of_overridden);
    text += fmt::format("name = {}\n", toml_string(experiment.name));
    text += line_unless_empty("question", experiment.question);
    text += line_unless_empty("claim", experiment.claim);
    text += experiment.boundary ? "boundary = true\n" : "";
    text += fmt::format("\n[pool]\nshapes = {}\nlaunch = {}\n", toml_list(as_words(experiment.shapes)),
                        toml_string(launch));
    text += variants_as_toml(experiment);
    text += experiment.pace ? fmt::format("pace = \"{}us\"\n", experiment.pace->count()) : "";
    const auto points = distinct<model::InjectionPoint>(
        experiment.variants, [&](const model::Variant& variant) { return variant.at.value_or(experiment.at); });
    text += fmt::format("\n[fault]\nkinds = {}\nat = {}\nafter_ops = [{}, {}]\nvictim = \"{}\"\n",
                        toml_list(as_words(experiment.faults)), toml_list(as_words(points)), experiment.after_ops.low,
                        experiment.after_ops.high, model::victim_text(experiment));
    text += supervision_as_toml(experiment);
    text += fmt::format("\n[observe]\nwindow = \"{}ms\"\nevidence_ops = {}\ndegraded_below = {}\n",
                        experiment.window.count(), experiment.evidence_ops, toml_float(experiment.degraded_below));
    text += measures_as_toml(experiment.measures);
    text +=
        fmt::format("\n[trials]\ncount = {}\nseed = {}\ngolden = {}\n", overrides.trials.value_or(experiment.trials),
                    overrides.seed.value_or(experiment.seed), toml_float(experiment.golden_share));
    text += line_unless_empty("order", overrides.order.empty() ? std::string(model::to_string(experiment.order))
                                                               : overrides.order);
    text += stop_rules_as_toml(experiment.stop);
    text += experiment.trial_limit ? fmt::format("trial_limit = \"{}ms\"\n", experiment.trial_limit->count()) : "";
    text += experiment.time_limit ? fmt::format("time_limit = \"{}ms\"\n", experiment.time_limit->count()) : "";
    for (const model::Expectation& expectation : experiment.expectations) {
        text += expectation_as_toml(selection_as_toml(expectation.when), claim_as_toml(expectation.claim),
                                    expectation.line, expectation.confidence);
    }
    return text;
}

void restore_lines(model::Experiment& experiment)
{
    std::string_view text = experiment.text;
    if (!is_overridden(text)) {
        return;
    }
    for (model::Expectation& expectation : experiment.expectations) {
        expectation.line = 0;
        const auto head = text.find("\n[[expect]]");
        text.remove_prefix(std::min(text.size(), head + 1));
        if (text.starts_with(mark_of_line)) {
            const auto line = text.substr(mark_of_line.size(), text.find('\n') - mark_of_line.size());
            expectation.line = model::parse_natural(line).value_or(0);
        }
    }
}

bool keep_only(model::Experiment& experiment, const std::string& only)
{
    const auto slash = only.find('/');
    if (slash == std::string::npos) {
        return false;
    }
    const std::string shape_pattern = only.substr(0, slash);
    const std::string fault_pattern = only.substr(slash + 1);
    const auto other_shape = [&](model::Shape shape) {
        return ::fnmatch(shape_pattern.c_str(), model::to_string(shape).c_str(), 0) != 0;
    };
    const auto other_fault = [&](model::Fault fault) {
        return ::fnmatch(fault_pattern.c_str(), model::to_string(fault).c_str(), 0) != 0;
    };
    std::erase_if(experiment.shapes, other_shape);
    if (experiment.shapes.empty() || std::all_of(experiment.faults.begin(), experiment.faults.end(), other_fault)) {
        return false;
    }
    // Golden runs belong to every experiment.
    const auto leaves = [&](model::Fault fault) { return other_fault(fault) && !model::is_golden(fault); };
    std::erase_if(experiment.faults, leaves);
    std::erase_if(experiment.expectations, [&](model::Expectation& expectation) {
        const auto loses_all = [&](model::Selection& selection) {
            const bool named_shapes = !selection.shapes.empty();
            const bool named_faults = !selection.faults.empty();
            std::erase_if(selection.shapes, other_shape);
            std::erase_if(selection.faults, leaves);
            return (named_shapes && selection.shapes.empty()) || (named_faults && selection.faults.empty());
        };
        auto* const figure = std::get_if<model::FigureIs>(&expectation.claim);
        return loses_all(expectation.when) || (figure != nullptr && figure->times && loses_all(*figure->times)) ||
               speaks_of_nobody(experiment, expectation);
    });
    drop_idle_rules(experiment);
    return true;
}

} // namespace bulkhead::cli
