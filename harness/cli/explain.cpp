#include "harness/cli/commands.hpp"
#include "harness/cli/output.hpp"
#include "harness/model/judge.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr model::Shape shown_shapes[] = {{8, 1}, {4, 2}, {1, 8}};

std::string describe_reach(model::Reach reach)
{
    switch (reach) {
    case model::Reach::worker: return "the victim alone";
    case model::Reach::process: return "every worker of the victim's process: its cell-mates";
    case model::Reach::sharers: return "whoever shares the segment, the file or the lock, in whatever process";
    case model::Reach::limits: return "every process under the same limits";
    case model::Reach::pool: return "the whole pool";
    }
    return "";
}

std::string describe_end(model::Fault fault)
{
    const std::string_view code = model::row_of(fault).si_code;
    return model::describe(model::nature_of(fault).end) + (code.empty() ? "" : fmt::format(" (si_code {})", code));
}

std::string prediction_table(model::Fault fault)
{
    std::string text = fmt::format(
        "  {:<26}{}\n  {:<26}{}\n", "a cell-mate", model::to_string(model::predict(fault, model::Relation::cell_mate)),
        "in another host", model::to_string(model::predict(fault, model::Relation::other_host)));
    for (const model::Shape shape : shown_shapes) {
        text += fmt::format("  {:<26}{}/{}\n", "survivors in " + model::to_string(shape),
                            model::predicted_survivors(fault, shape), shape.workers() - 1);
    }
    return text;
}

std::string explain_text(model::Fault fault)
{
    const model::FaultRow& row = model::row_of(fault);
    const model::FaultNature nature = model::nature_of(fault);
    const std::size_t width = style_of_stdout().width;
    const auto line = [width](std::string_view label, std::string_view text) {
        return fmt::format("  {:<14}{}\n", label, wrapped(text, width, 16));
    };
    std::string text = fmt::format("{}\n\n", model::to_string(fault));
    text += line("The victim", row.commits);
    text += line("It then", describe_end(fault));
    text += line("Effect", model::to_string(nature.effect));
    text += line("Within reach", describe_reach(nature.reach));
    text += line("Why", row.why);
    text += line("Source", row.source);
    if (row.main_thread_only) {
        text += line("Only for", "thread 0 of a host, which is its main thread");
    }
    text += "\nPredicted for the siblings\n" + prediction_table(fault);
    text += fmt::format("\nSee for yourself\n  bulkhead run --shape 8x1,4x2,1x8 --fault {}\n", model::to_string(fault));
    return text;
}

Json explain_json(model::Fault fault)
{
    const model::FaultRow& row = model::row_of(fault);
    const model::FaultNature nature = model::nature_of(fault);
    Json survivors = Json::object();
    for (const model::Shape shape : shown_shapes) {
        survivors[model::to_string(shape)] = {{"survivors", model::predicted_survivors(fault, shape)},
                                              {"siblings", shape.workers() - 1}};
    }
    return {{"fault", model::to_string(fault)},
            {"family", model::to_string(row.family)},
            {"effect", model::to_string(nature.effect)},
            {"reach", model::to_string(nature.reach)},
            {"commits", row.commits},
            {"victim_end", model::describe(nature.end)},
            {"si_code", row.si_code},
            {"why", row.why},
            {"source", row.source},
            {"main_thread_only", row.main_thread_only},
            {"predicted",
             {{"cell_mate", model::to_string(model::predict(fault, model::Relation::cell_mate))},
              {"other_host", model::to_string(model::predict(fault, model::Relation::other_host))},
              {"shapes", survivors}}}};
}

/// What the default action of a signal makes of the process, in the words that head the lists below.
std::string action_of(model::Fault fault)
{
    struct Visitor {
        std::string operator()(const model::ProcessEnds&) const { return "ends the process"; }
        std::string operator()(const model::ProcessStops&) const { return "stops the process"; }
        std::string operator()(const model::WorkerEnds&) const { return "ends the thread"; }
        std::string operator()(const model::ImageReplaced&) const { return "replaces the program"; }
        std::string operator()(const model::GoesOn&) const { return "does nothing"; }
    };
    return std::visit(Visitor{}, model::nature_of(fault).end);
}

std::map<std::string, std::vector<std::string>> signals_by_action(std::uint16_t row)
{
    std::map<std::string, std::vector<std::string>> groups;
    for (const std::string_view name : model::signal_names()) {
        if (const auto signal = model::parse_signal(name)) {
            groups[action_of({row, *signal})].emplace_back(name);
        }
    }
    return groups;
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
    std::string text =
        fmt::format("{}:SIGNAL\n\n  {:<14}{}\n  {:<14}{}\n  {:<14}{}\n\nBy default a signal\n", row.id, "The victim",
                    wrapped(row.commits, width, 16), "Why", wrapped(row.why, width, 16), "Source", row.source);
    for (const auto& [action, names] : groups) {
        text += fmt::format("  {:<20}{}\n", action, wrapped(fmt::format("{}", fmt::join(names, " ")), width, 22));
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

} // namespace

Exit execute(const ExplainCommand& command)
{
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
        spdlog::error("there is no fault \"{}\"{}\n'bulkhead list faults' names them all.", command.fault,
                      did_you_mean(command.fault, known_faults(command.fault)));
        return Exit::mistake;
    }
    print(command.format == Format::json ? explain_json(*fault).dump(2) + "\n" : explain_text(*fault));
    return Exit::upheld;
}

} // namespace bulkhead::cli
