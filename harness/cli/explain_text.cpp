#include "harness/cli/explain_text.hpp"

#include "harness/cli/output.hpp"
#include "harness/cli/selection.hpp"
#include "harness/model/judge.hpp"
#include "harness/model/shown.hpp"
#include "harness/report/relations.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace bulkhead::cli {
namespace {

using texts::say;
using texts::say_composed;

constexpr std::size_t text_indent = 2;
constexpr std::size_t label_width = 14;

/// A label, and what it heads, hanging behind it; nothing where there is nothing to say. Both are put into the
/// language of the style.
std::string entry(report::Style style, std::string_view label, std::string_view english)
{
    if (english.empty()) {
        return "";
    }
    return fmt::format("{:{}}{}{}\n", "", text_indent, report::left(say(style.language, label), label_width),
                       wrapped(say_composed(style.language, english), style.width, text_indent + label_width));
}

std::string describe_end(model::Fault fault)
{
    const std::string_view code = model::row_of(fault).si_code;
    return model::describe(model::nature_of(fault).end) + (code.empty() ? "" : fmt::format(" (si_code {})", code));
}

/// A line for each setting: what becomes of the siblings by their relation, and how many survive in each shape.
std::string prediction_table(model::Fault fault, texts::Language language)
{
    constexpr std::size_t outcome_width = 13;
    const std::vector<report::Setting> settings = report::settings_of(fault);
    std::size_t width = 27;
    for (const report::Setting& setting : settings) {
        width = std::max(width, report::columns(say(language, setting.words)));
    }
    const auto line = [&](std::string_view first, std::string_view cell_mate, std::string_view other_host) {
        return fmt::format("  {} {} {}", report::left(say(language, first), width),
                           report::left(say(language, cell_mate), outcome_width),
                           report::left(say(language, other_host), outcome_width));
    };
    std::string text = line("", "a cell-mate", "other host");
    for (const model::Shape shape : explained_shapes) {
        text += fmt::format(" {:>5}", model::to_string(shape));
    }
    for (const report::Setting& setting : settings) {
        const auto outcome = [&](model::Relation relation) {
            return model::to_string(model::predict(fault, relation, setting.containment));
        };
        text += "\n" + line(setting.words, outcome(model::Relation::cell_mate), outcome(model::Relation::other_host));
        for (const model::Shape shape : explained_shapes) {
            text += fmt::format(" {:>5}",
                                fmt::format("{}/{}", model::predicted_survivors(fault, shape, setting.containment),
                                            shape.workers() - 1));
        }
    }
    return text + "\n";
}

/// The commands that run the fault, in each setting that the command line can ask for.
std::string commands(model::Fault fault)
{
    std::string text;
    for (const report::Setting& setting : report::settings_of(fault)) {
        if (text.empty() || !setting.options.empty()) {
            text += fmt::format("  bulkhead run --shape 8x1,4x2,1x8 --fault {}{}{}\n", model::to_string(fault),
                                setting.options.empty() ? "" : " ", setting.options);
        }
    }
    return text;
}

std::string heading(report::Style style, std::string_view english)
{
    return fmt::format("\n{}\n", say(style.language, english));
}

/// The names in one line; those of the real-time signals, which are alike, as a range.
std::string listed(const std::vector<std::string>& names, texts::Language language)
{
    std::vector<std::string> shown;
    std::string first_real_time;
    std::string last_real_time;
    for (const std::string& name : names) {
        if (name.starts_with("SIGRTMIN")) {
            first_real_time = first_real_time.empty() ? name : first_real_time;
            last_real_time = name;
        } else {
            shown.push_back(name);
        }
    }
    if (!first_real_time.empty()) {
        shown.push_back(fmt::format(fmt::runtime(say(language, "{} to {}")), first_real_time, last_real_time));
    }
    return fmt::format("{}", fmt::join(shown, " "));
}

} // namespace

std::string describe_show(model::Fault fault)
{
    std::string text;
    for (const model::ChannelKind kind : model::channel_kinds) {
        const auto shown = model::predicted_show(fault, kind);
        if (!shown) {
            return "";
        }
        if (text.empty()) {
            text = shown->to == model::Neighbour::next     ? "the next worker: "
                   : shown->to == model::Neighbour::before ? "the worker before it: "
                                                           : "the victim itself: ";
        } else {
            text += ", ";
        }
        text += fmt::format("{} by {}", model::to_string(shown->passage), model::to_string(kind));
    }
    return text;
}

std::string explain_text(model::Fault fault, report::Style style)
{
    const model::FaultRow& row = model::row_of(fault);
    const model::FaultNature nature = model::nature_of(fault);
    std::string text = fmt::format("{}\n\n", model::to_string(fault));
    text += entry(style, "The victim", row.commits);
    text += entry(style, "It then", describe_end(fault));
    text += entry(style, "Effect", model::to_string(nature.effect));
    text += entry(style, "Within reach",
                  row.agent == model::Agent::nobody ? "nobody" : report::describe_reach(nature.reach, nature.medium));
    text += entry(style, "Besides it", report::describe_leaves(nature.leaves));
    text += entry(style, "Shown to", describe_show(fault));
    text += entry(style, "Why", row.why);
    text += entry(style, "Guards", report::describe_guards(fault));
    text += entry(style, "Needs", row.needs == model::Need::nothing ? "" : model::to_string(row.needs));
    text += entry(style, "Only for", row.main_thread_only ? "thread 0 of a host, which is its main thread" : "");
    text += entry(style, "Source", row.source == "-" ? "" : row.source);
    if (!row.subtle.empty()) {
        text +=
            heading(style, "Subtle") + "  " + wrapped(say(style.language, row.subtle), style.width, text_indent) + "\n";
    }
    text +=
        heading(style, "Predicted for the siblings, and how many survive") + prediction_table(fault, style.language);
    return text + heading(style, "See for yourself") + commands(fault);
}

std::string explain_text(const model::Thesis& thesis, report::Style style)
{
    std::string text = fmt::format("{}  {}\n\n", thesis.id, wrapped(say(style.language, thesis.says), style.width, 5));
    text += entry(style, "Measured", thesis.measured) + entry(style, "Boundary", thesis.boundary) +
            entry(style, "Learned", thesis.learned);
    text += heading(style, "See for yourself");
    for (const std::filesystem::path& file : experiments_about(thesis.id)) {
        text += fmt::format("  bulkhead run {}\n", quoted(file.string()));
    }
    return text;
}

std::string explain_family_text(const model::FaultRow& row, const SignalsByAction& signals, report::Style style)
{
    std::string text = fmt::format("{}:SIGNAL\n\n", row.id);
    text += entry(style, "The victim", row.commits) + entry(style, "Why", row.why) + entry(style, "Source", row.source);
    text += heading(style, "By default, in a host, which has a session of its own, a signal");
    for (const auto& [action, names] : signals) {
        text += fmt::format("  {}{}\n", report::left(say(style.language, action), 20),
                            wrapped(listed(names, style.language), style.width, 22));
    }
    const std::string command = fmt::format("'bulkhead explain {}:SIGTERM'", row.id);
    text += "\n" + fmt::format(fmt::runtime(say(style.language, "{} says more of one.")), command) + "\n";
    return text + heading(style, "See for yourself") +
           fmt::format("  bulkhead run --shape 8x1,4x2,1x8 --fault {}:SIGTERM\n", row.id);
}

} // namespace bulkhead::cli
