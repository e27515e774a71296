#include "harness/cli/command_model.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace bulkhead::cli {
namespace {

OptionModel model_of(const CLI::Option& option, const std::string& group)
{
    OptionModel model{.text = option.get_description(), .group = group, .required = option.get_required()};
    for (const std::string& name : option.get_snames()) {
        model.names.push_back("-" + name);
    }
    for (const std::string& name : option.get_lnames()) {
        model.names.push_back("--" + name);
    }
    if (model.names.empty()) {
        model.argument = option.get_name(true);
        model.several = option.get_items_expected_max() > 1;
    } else if (option.get_items_expected_max() > 0) {
        model.value = option.get_type_name();
    }
    return model;
}

void add_options(CommandModel& model, const CLI::App& app, const std::string& group)
{
    for (const CLI::Option* option : app.get_options()) {
        OptionModel each = model_of(*option, group);
        (each.names.empty() ? model.arguments : model.options).push_back(std::move(each));
    }
}

CommandModel model_below(const CLI::App& app, std::vector<std::string> words)
{
    CommandModel model{.words = std::move(words), .summary = app.get_description(), .footer = app.get_footer()};
    add_options(model, app, "");
    for (const CLI::App* part : app.get_subcommands([](const CLI::App*) { return true; })) {
        if (part->get_name().empty()) {
            add_options(model, *part, part->get_group());
        } else if (!part->get_group().empty()) { // those without a group are in no --help either
            std::vector<std::string> below = model.words;
            below.push_back(part->get_name());
            model.commands.push_back(model_below(*part, std::move(below)));
        }
    }
    return model;
}

void collect(const CommandModel& command, std::vector<const CommandModel*>& found)
{
    if (command.commands.empty()) {
        found.push_back(&command);
    }
    for (const CommandModel& each : command.commands) {
        collect(each, found);
    }
}

} // namespace

CommandModel model_of(const CLI::App& app)
{
    return model_below(app, {});
}

std::string full_name(const CommandModel& command, char separator)
{
    std::string name = "bulkhead";
    for (const std::string& word : command.words) {
        name += separator + word;
    }
    return name;
}

std::vector<const CommandModel*> runnable(const CommandModel& command)
{
    std::vector<const CommandModel*> found;
    collect(command, found);
    return found;
}

} // namespace bulkhead::cli
