#include "harness/cli/commands.hpp"
#include "harness/cli/explain_text.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/selection.hpp"
#include "harness/model/judge.hpp"
#include "harness/model/thesis.hpp"
#include "harness/report/json_parts.hpp"
#include "harness/report/relations.hpp"
#include "harness/spec/words.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

using Json = nlohmann::ordered_json;

Json prediction_json(model::Fault fault, const model::Containment& containment)
{
    Json survivors = Json::object();
    for (const model::Shape shape : explained_shapes) {
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

SignalsByAction signals_by_action(std::uint16_t row)
{
    SignalsByAction groups;
    for (const std::string_view name : model::signal_names()) {
        const auto signal = model::parse_signal(name);
        if (signal && model::signal_name(*signal) == name) { // SIGIOT is SIGABRT
            groups[action_of({row, *signal})].emplace_back(name);
        }
    }
    return groups;
}

/// `kill` and `tgkill` without a signal.
void explain_family(std::uint16_t index, const ExplainCommand& command)
{
    const model::FaultRow& row = model::catalogue()[index];
    const SignalsByAction groups = signals_by_action(index);
    if (command.format == Format::json) {
        print(Json({{"fault", row.id},
                    {"commits", row.commits},
                    {"why", row.why},
                    {"source", row.source},
                    {"signals", groups}})
                  .dump(2) +
              "\n");
        return;
    }
    print(explain_family_text(row, groups, style_of_stdout(command.language)));
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
    const report::Style style = style_of_stdout(command.language);
    if (const model::Thesis* const thesis = model::find_thesis(command.fault)) {
        print(command.format == Format::json ? explain_json(*thesis).dump(2) + "\n" : explain_text(*thesis, style));
        return Exit::upheld;
    }
    const auto rows = model::catalogue();
    const auto family = std::find_if(rows.begin(), rows.end(), [&](const model::FaultRow& row) {
        return row.id == command.fault && model::takes_signal(row);
    });
    if (family != rows.end()) {
        explain_family(static_cast<std::uint16_t>(family - rows.begin()), command);
        return Exit::upheld;
    }
    const auto fault = model::parse_fault(command.fault);
    if (!fault) {
        const auto sent = spec::fault_of_signal(command.fault);
        spdlog::error(
            "there is no fault or claim \"{}\"{}\n'bulkhead list faults' and 'bulkhead list claims' name them "
            "all.",
            command.fault,
            sent ? fmt::format("; did you mean \"{}\"?", *sent)
                 : did_you_mean(command.fault, known_faults(command.fault)));
        return Exit::mistake;
    }
    print(command.format == Format::json ? explain_json(*fault).dump(2) + "\n" : explain_text(*fault, style));
    return Exit::upheld;
}

} // namespace bulkhead::cli
