#include "harness/cli/draft.hpp"

#include "harness/cli/experiment_toml.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/toml_words.hpp"
#include "harness/model/judge.hpp"
#include "harness/model/natural.hpp"
#include "harness/model/sequential_claim.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fnmatch.h>

namespace bulkhead::cli {
namespace {

constexpr std::string_view mark_of_overridden = ", with values from the command line in place of its own";
constexpr std::string_view mark_of_line = "[[expect]] # line ";

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

/// Strikes after the first, where nobody is left who could be struck again.
void drop_idle_strikes(model::Experiment& experiment)
{
    const auto is_repeated = [](const model::Cell& cell) {
        return cell.variant.strategy != model::Strategy::never &&
               model::ends_host(cell.fault, cell.shape, cell.containment);
    };
    const std::vector<model::Cell> cells = model::expand(experiment);
    if (std::none_of(cells.begin(), cells.end(), is_repeated)) {
        experiment.containment.supervision.strikes = 1;
    }
}

/// The victim's part in a ledger that one worker owns, where no such is left: the same worker by its place, if it has
/// one place.
void drop_idle_part(model::Experiment& experiment)
{
    const auto has_owner = [](const model::Variant& variant) { return model::has_owner(variant.workload); };
    if (experiment.victim_part == model::VictimPart::any ||
        std::any_of(experiment.variants.begin(), experiment.variants.end(), has_owner)) {
        return;
    }
    const auto& faults = experiment.faults;
    const model::WorkerId place = model::fixed_victim(experiment, experiment.shapes.front(), faults.front()).value();
    const bool is_the_same_everywhere =
        experiment.victim_part == model::VictimPart::owner || experiment.shapes.size() == 1;
    if (is_the_same_everywhere && std::all_of(faults.begin(), faults.end(),
                                              [&](model::Fault fault) { return model::may_be_victim(fault, place); })) {
        experiment.victim = place;
    }
    experiment.victim_part = model::VictimPart::any;
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
    const bool of_siblings = !std::holds_alternative<model::FigureIs>(expectation.claim) &&
                             !std::holds_alternative<model::VictimEnds>(expectation.claim);
    return (of_siblings &&
            std::all_of(shapes.begin(), shapes.end(), [](model::Shape shape) { return shape.workers() == 1; })) ||
           (when.faults.empty() && std::all_of(faults.begin(), faults.end(), model::is_golden));
}

} // namespace

void drop_idle(model::Experiment& experiment)
{
    drop_idle_rules(experiment);
    drop_idle_strikes(experiment);
    drop_idle_part(experiment);
}

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
    if (!ad_hoc.workload.empty()) {
        text += fmt::format("workload = {}\n", toml_list(ad_hoc.workload));
    } else if (std::any_of(ad_hoc.faults.begin(), ad_hoc.faults.end(), is_in_channel)) {
        text += "workload = \"ring\"\n";
    }
    text += line_unless_empty("launch", overrides.launch);
    const bool shares_nothing = ad_hoc.share == std::vector<std::string>{"nothing"};
    text += ad_hoc.share.empty() || shares_nothing ? "" : fmt::format("share = {}\n", toml_list(ad_hoc.share));
    text += line_unless_empty("lock", ad_hoc.lock);
    text += line_unless_empty("guard", ad_hoc.guard);
    text += fmt::format("\n[fault]\nkinds = {}\n", toml_list(ad_hoc.faults));
    text += line_unless_empty("at", ad_hoc.at);
    text += ad_hoc.after_ops.empty() ? "" : fmt::format("after_ops = {}\n", ops_as_toml(ad_hoc.after_ops));
    text += line_unless_empty("victim", ad_hoc.victim);
    text += ad_hoc.supervise.empty() ? "" : fmt::format("\n[supervise]\nstrategy = {}\n", toml_list(ad_hoc.supervise));
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
    text += fmt::format("\n[fault]\nkinds = {}\n{}after_ops = [{}, {}]\nvictim = \"{}\"\n",
                        toml_list(as_words(experiment.faults)), points_as_toml(experiment), experiment.after_ops.low,
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
    drop_idle(experiment);
    return true;
}

} // namespace bulkhead::cli
