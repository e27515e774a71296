#include "harness/cli/usage_mistake.hpp"

#include "harness/cli/output.hpp"
#include "harness/model/nearest.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <regex>
#include <string_view>

namespace bulkhead::cli {
namespace {

/// The command that was chosen, or the command of a command.
const CLI::App& innermost(const CLI::App& app)
{
    const auto* part = &app;
    while (!part->get_subcommands().empty()) {
        part = part->get_subcommands().front();
    }
    return *part;
}

/// The option's name in "--trials=5"; empty for what is no option.
std::string option_name(std::string_view word)
{
    if (word.size() < 2 || word.front() != '-' || word == "--") {
        return "";
    }
    return std::string(word.substr(0, word.find('=')));
}

/// Every option that may be written after this command, the program's own and its groups' included.
std::vector<std::string> option_names(const CLI::App& command)
{
    std::vector<std::string> names;
    for (const CLI::App* app = &command; app != nullptr; app = app->get_parent()) {
        std::vector<const CLI::App*> parts = app->get_subcommands([](const CLI::App* part) {
            return part->get_name().empty(); // an option group
        });
        parts.push_back(app);
        for (const CLI::App* part : parts) {
            for (const CLI::Option* option : part->get_options()) {
                for (const std::string& name : option->get_lnames()) {
                    names.push_back("--" + name);
                }
                for (const std::string& name : option->get_snames()) {
                    names.push_back("-" + name);
                }
            }
        }
    }
    return names;
}

/// What a positional that is missing stands for; "a subcommand is missing: save or list" where one is.
std::string explain_missing(const CLI::App& command, const std::vector<std::string>& extras, const std::string& what)
{
    std::string names;
    for (const CLI::App* const part :
         command.get_subcommands([](const CLI::App* each) { return !each->get_name().empty(); })) {
        names += (names.empty() ? "" : ", ") + part->get_name();
    }
    if (!names.empty()) {
        return extras.empty() ? fmt::format("a subcommand is missing; valid: {}", names)
                              : fmt::format("\"{}\" is no subcommand of it; valid: {}", extras.front(), names);
    }
    const std::string name = what.substr(0, what.find(' '));
    const std::string bare = name.substr(std::min(name.find_first_not_of('-'), name.size()));
    for (const CLI::Option* const option : command.get_options()) {
        if (option->get_single_name() == bare && !option->get_description().empty()) {
            return fmt::format("{} is missing: {}", name, option->get_description());
        }
    }
    return what;
}

/// "0.5 to 0.999999", of "0.500000 to 0.999999".
std::string without_zeros(const std::string& numbers)
{
    const std::string shortened = std::regex_replace(numbers, std::regex(R"((\.\d*?)0+(?!\d))"), "$1");
    return std::regex_replace(shortened, std::regex(R"(\.(?!\d))"), "");
}

/// "--fault: a value is missing", of "--fault: 1 required LIST missing"; "--seed is given more than once", of "--seed:
/// At Most 1 required but received 2".
std::string explain_count(const std::string& what)
{
    const std::string option = what.substr(0, what.find(": "));
    if (what.ends_with(" missing")) {
        return option + ": a value is missing";
    }
    return what.find(": At Most 1 ") != std::string::npos ? option + " is given more than once" : what;
}

/// "--trials: "x" is not a whole number, 0 or more", of "Could not convert: --trials = x".
std::string explain_conversion(const CLI::App& command, const std::string& what)
{
    const std::string rest = what.substr(std::min(what.find(": ") + 2, what.size()));
    const std::size_t equals = rest.find(" = ");
    if (equals == std::string::npos) {
        return "not a whole number, 0 or more: " + rest;
    }
    const std::string name = rest.substr(0, equals);
    const std::string value = rest.substr(equals + 3);
    const CLI::Option* const option = command.get_option_no_throw(name);
    if (option != nullptr && option->get_expected_max() == 0) {
        return name + " takes no value";
    }
    const bool is_number = !value.empty() && value.find_first_not_of("0123456789") == std::string::npos;
    return fmt::format("{}: \"{}\" is {}", name, value, is_number ? "too large" : "not a whole number, 0 or more");
}

/// "--jobs: "x" is not a number from 1 to 1024", of "--jobs: Value x not in range 1 to 1024".
std::string explain_range(const std::string& what)
{
    constexpr std::string_view before = ": Value ";
    constexpr std::string_view between = " not in range ";
    const std::size_t value = what.find(before);
    const std::size_t range = what.find(between);
    if (value == std::string::npos || range == std::string::npos) {
        return what;
    }
    const std::string limits = what.substr(range + between.size());
    const std::size_t start = value + before.size();
    return fmt::format("{}: \"{}\" is not a number from {}", what.substr(0, value), what.substr(start, range - start),
                       without_zeros(limits));
}

std::string unknown_option(const std::string& option, const CLI::App& command)
{
    const auto known = option_names(command);
    if (std::find(known.begin(), known.end(), option) != known.end()) { // of a command, but it stands before that
        return fmt::format("{} is an option of {}: write it after that word", option, command.get_name());
    }
    if (!option.starts_with("--")) {
        return "unknown option " + option;
    }
    std::vector<std::string> names; // without the dashes, which are no letters of the word
    for (const std::string& each : known) {
        if (each.starts_with("--")) {
            names.push_back(each.substr(2));
        }
    }
    std::string meant;
    for (const std::string& name : model::all_near(option.substr(2), names)) {
        meant += fmt::format("{}\"--{}\"", meant.empty() ? "; did you mean " : " or ", name);
    }
    return "unknown option " + option + meant + (meant.empty() ? "" : "?");
}

} // namespace

std::string chosen_command(const CLI::App& app)
{
    std::string name;
    for (const auto* part = &app; !part->get_subcommands().empty();) {
        part = part->get_subcommands().front();
        name.append(name.empty() ? "" : " ").append(part->get_name());
    }
    return name;
}

std::string explain_usage_mistake(const CLI::App& app, const CLI::ParseError& error,
                                  const std::vector<std::string>& words)
{
    const auto chosen = app.get_subcommands();
    if (chosen.empty()) {
        std::vector<std::string> commands;
        for (const CLI::App* command : app.get_subcommands([](const CLI::App* part) {
                 return !part->get_group().empty(); // not the hidden one
             })) {
            commands.push_back(command->get_name());
        }
        const std::vector<std::string> options = option_names(app);
        for (const std::string& word : words) {
            const std::string option = option_name(word);
            if (option.empty()) {
                const bool is_option = std::find(options.begin(), options.end(), "--" + word) != options.end();
                return fmt::format("\"{}\" is not a command{}", word,
                                   is_option ? fmt::format("; did you mean \"--{}\"?", word)
                                             : did_you_mean(word, commands));
            }
            if (std::find(options.begin(), options.end(), option) == options.end()) {
                return unknown_option(option, app);
            }
        }
        return "a command is missing";
    }
    const CLI::App& command = innermost(app);
    const std::vector<std::string> known = option_names(command);
    for (const std::string& word : words) { // the value of such an option may have been taken for another's
        const std::string option = option_name(word);
        if (word == "--") {
            break;
        }
        if (option.starts_with("--") && std::find(known.begin(), known.end(), option) == known.end()) {
            return unknown_option(option, command);
        }
    }
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
        const std::vector<std::string> extras = app.remaining(true);
        const std::string word = extras.empty() ? "" : extras.front();
        if (const std::string option = option_name(word); !option.empty()) {
            return unknown_option(option, command);
        }
        return fmt::format("\"{}\" is one word too many", word);
    }
    if (dynamic_cast<const CLI::ConversionError*>(&error) != nullptr) {
        return explain_conversion(command, error.what());
    }
    if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
        return explain_missing(command, app.remaining(true), error.what());
    }
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
        return explain_count(error.what());
    }
    return explain_range(error.what());
}

} // namespace bulkhead::cli
