#include "harness/cli/commands.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/selection.hpp"
#include "harness/model/judge.hpp"
#include "harness/model/shown.hpp"
#include "harness/model/thesis.hpp"
#include "harness/report/json_parts.hpp"
#include "harness/report/relations.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr model::Shape shown_shapes[] = {{8, 1}, {4, 2}, {1, 8}};

std::string describe_end(model::Fault fault)
{
    const std::string_view code = model::row_of(fault).si_code;
    return model::describe(model::nature_of(fault).end) + (code.empty() ? "" : fmt::format(" (si_code {})", code));
}

std::string survivors_text(model::Fault fault, model::Shape shape, const model::Containment& containment)
{
    return fmt::format("{}/{}", model::predicted_survivors(fault, shape, containment), shape.workers() - 1);
}

/// A line for each setting: what becomes of the siblings by their relation, and how many survive in each shape.
std::string prediction_table(model::Fault fault)
{
    std::string text = fmt::format("  {:<27} {:<13} {:<13}", "", "a cell-mate", "other host");
    for (const model::Shape shape : shown_shapes) {
        text += fmt::format(" {:>5}", model::to_string(shape));
    }
    for (const report::Setting& setting : report::settings_of(fault)) {
        const auto outcome = [&](model::Relation relation) {
            return model::to_string(model::predict(fault, relation, setting.containment));
        };
        text += fmt::format("\n  {:<27} {:<13} {:<13}", setting.words, outcome(model::Relation::cell_mate),
                            outcome(model::Relation::other_host));
        for (const model::Shape shape : shown_shapes) {
            text += fmt::format(" {:>5}", survivors_text(fault, shape, setting.containment));
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

/// Whom a fault in a channel shows something, and what, by the kind of the channel; empty for all other faults.
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

std::string explain_text(model::Fault fault)
{
    const model::FaultRow& row = model::row_of(fault);
    const model::FaultNature nature = model::nature_of(fault);
    const std::size_t width = style_of_stdout().width;
    const auto line = [width](std::string_view label, std::string_view text) {
        return text.empty() ? "" : fmt::format("  {:<14}{}\n", label, wrapped(text, width, 16));
    };
    std::string text = fmt::format("{}\n\n", model::to_string(fault));
    text += line("The victim", row.commits);
    text += line("It then", describe_end(fault));
    text += line("Effect", model::to_string(nature.effect));
    text += line("Within reach", report::describe_reach(nature.reach, nature.medium));
    text += line("Besides it", report::describe_leaves(nature.leaves));
    text += line("Shown to", describe_show(fault));
    text += line("Why", row.why);
    text += line("Guards", report::describe_guards(fault));
    text += line("Needs", row.needs == model::Need::nothing ? "" : model::to_string(row.needs));
    text += line("Only for", row.main_thread_only ? "thread 0 of a host, which is its main thread" : "");
    text += line("Source", row.source);
    text += row.subtle.empty() ? "" : "\nSubtle\n  " + wrapped(row.subtle, width, 2) + "\n";
    text += "\nPredicted for the siblings, and how many survive\n" + prediction_table(fault);
    return text + "\nSee for yourself\n" + commands(fault);
}

Json prediction_json(model::Fault fault, const model::Containment& containment)
{
    Json survivors = Json::object();
    for (const model::Shape shape : shown_shapes) {
        survivors[model::to_string(shape)] = {{"survivors", model::predicted_survivors(fault, shape, containment)},
                                              {"siblings", shape.workers() - 1}};
    }
    return {{"cell_mate", model::to_string(model::predict(fault, model::Relation::cell_mate, containment))},
            {"other_host", model::to_string(model::predict(fault, model::Relation::other_host, containment))},
            {"shapes", survivors}};
}

Json settings_json(model::Fault fault)
{
    Json list = Json::array();
    for (const report::Setting& setting : report::settings_of(fault)) {
        Json json{{"setting", setting.words},
                  {"options", setting.options},
                  {"victim_end", model::describe(model::nature_of(fault, setting.containment).end)}};
        json.update(prediction_json(fault, setting.containment));
        list.push_back(std::move(json));
    }
    return list;
}

Json explain_json(model::Fault fault)
{
    const model::FaultRow& row = model::row_of(fault);
    const model::FaultNature nature = model::nature_of(fault);
    const auto or_null = [](std::string_view text) { return text.empty() ? Json() : Json(text); };
    return {{"fault", model::to_string(fault)},
            {"family", model::to_string(row.family)},
            {"effect", model::to_string(nature.effect)},
            {"reach", model::to_string(nature.reach)},
            {"medium", nature.reach == model::Reach::sharers ? Json(model::to_string(nature.medium)) : Json()},
            {"leaves", report::leaves_json(nature.leaves)},
            {"commits", row.commits},
            {"shown", or_null(describe_show(fault))},
            {"victim_end", model::describe(nature.end)},
            {"si_code", row.si_code},
            {"why", row.why},
            {"guards", or_null(report::describe_guards(fault))},
            {"needs", row.needs == model::Need::nothing ? Json() : Json(model::to_string(row.needs))},
            {"source", row.source},
            {"subtle", or_null(row.subtle)},
            {"main_thread_only", row.main_thread_only},
            {"predicted", prediction_json(fault, report::settings_of(fault).front().containment)},
            {"settings", settings_json(fault)}};
}

/// What the default action of a signal makes of the process, in the words that head the lists below.
std::string action_of(model::Fault fault)
{
    struct Visitor {
        std::string operator()(const model::ProcessEnds&) const { return "ends the process"; }
        std::string operator()(const model::ProcessStops&) const { return "stops the process"; }
        std::string operator()(const model::WorkerEnds&) const { return "ends the thread"; }
        std::string operator()(const model::ImageReplaced&) const { return "replaces the program"; }
        std::string operator()(const model::WorkerStalls&) const { return "stalls the thread"; }
        std::string operator()(const model::GoesOn&) const { return "does nothing"; }
    };
    return std::visit(Visitor{}, model::nature_of(fault).end);
}

std::map<std::string, std::vector<std::string>> signals_by_action(std::uint16_t row)
{
    std::map<std::string, std::vector<std::string>> groups;
    for (const std::string_view name : model::signal_names()) {
        const auto signal = model::parse_signal(name);
        if (signal && model::signal_name(*signal) == name) { // SIGIOT is SIGABRT
            groups[action_of({row, *signal})].emplace_back(name);
        }
    }
    return groups;
}

/// The names in one line; those of the real-time signals, which are alike, as a range.
std::string listed(const std::vector<std::string>& names)
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
        shown.push_back(first_real_time + " to " + last_real_time);
    }
    return fmt::format("{}", fmt::join(shown, " "));
}

/// `kill` and `tgkill` without a signal: what each signal does by default.
void explain_family(std::uint16_t index, Format format)
{
    const model::FaultRow& row = model::catalogue()[index];
    const auto groups = signals_by_action(index);
    if (format == Format::json) {
        print(Json({{"fault", row.id},
                    {"commits", row.commits},
                    {"why", row.why},
                    {"source", row.source},
                    {"signals", groups}})
                  .dump(2) +
              "\n");
        return;
    }
    const std::size_t width = style_of_stdout().width;
    std::string text = fmt::format("{}:SIGNAL\n\n  {:<14}{}\n  {:<14}{}\n  {:<14}{}\n\nBy default, in a host, which "
                                   "has a session of its own, a signal\n",
                                   row.id, "The victim", wrapped(row.commits, width, 16), "Why",
                                   wrapped(row.why, width, 16), "Source", row.source);
    for (const auto& [action, names] : groups) {
        text += fmt::format("  {:<20}{}\n", action, wrapped(listed(names), width, 22));
    }
    print(text + fmt::format("\n'bulkhead explain {}:SIGTERM' says more of one.\n", row.id));
}

/// Everything that could have been meant, for the nearest match.
std::vector<std::string> known_faults(std::string_view typed)
{
    std::vector<std::string> names;
    for (const model::FaultRow& row : model::catalogue()) {
        if (row.family == model::Family::harness) {
            continue;
        }
        names.emplace_back(row.id);
        if (model::takes_signal(row) && typed.find(':') != std::string_view::npos) {
            for (const std::string_view signal : model::signal_names()) {
                names.push_back(fmt::format("{}:{}", row.id, signal));
            }
        }
    }
    return names;
}

std::string explain_text(const model::Thesis& thesis)
{
    const std::size_t width = style_of_stdout().width;
    const auto line = [width](std::string_view label, std::string_view text) {
        return fmt::format("  {:<14}{}\n", label, wrapped(text, width, 16));
    };
    std::string text = fmt::format("{}  {}\n\n", thesis.id, wrapped(thesis.says, width, 5));
    text += line("Measured", thesis.measured) + line("Boundary", thesis.boundary) + line("Learned", thesis.learned);
    text += "\nSee for yourself\n";
    for (const std::filesystem::path& file : experiments_about(thesis.id)) {
        text += fmt::format("  bulkhead run {}\n", quoted(file.string()));
    }
    return text;
}

Json explain_json(const model::Thesis& thesis)
{
    Json files = Json::array();
    for (const std::filesystem::path& file : experiments_about(thesis.id)) {
        files.push_back(file.string());
    }
    return {{"claim", thesis.id},          {"says", thesis.says},       {"measured", thesis.measured},
            {"boundary", thesis.boundary}, {"learned", thesis.learned}, {"experiments", files}};
}

} // namespace

Exit execute(const ExplainCommand& command)
{
    if (const model::Thesis* const thesis = model::find_thesis(command.fault)) {
        print(command.format == Format::json ? explain_json(*thesis).dump(2) + "\n" : explain_text(*thesis));
        return Exit::upheld;
    }
    const auto rows = model::catalogue();
    const auto family = std::find_if(rows.begin(), rows.end(), [&](const model::FaultRow& row) {
        return row.id == command.fault && model::takes_signal(row);
    });
    if (family != rows.end()) {
        explain_family(static_cast<std::uint16_t>(family - rows.begin()), command.format);
        return Exit::upheld;
    }
    const auto fault = model::parse_fault(command.fault);
    if (!fault) {
        spdlog::error(
            "there is no fault or claim \"{}\"{}\n'bulkhead list faults' and 'bulkhead list claims' name them "
            "all.",
            command.fault, did_you_mean(command.fault, known_faults(command.fault)));
        return Exit::mistake;
    }
    print(command.format == Format::json ? explain_json(*fault).dump(2) + "\n" : explain_text(*fault));
    return Exit::upheld;
}

} // namespace bulkhead::cli
