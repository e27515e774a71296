#include "harness/cli/completion.hpp"

#include <algorithm>

namespace bulkhead::cli {
namespace {

/// What has been read of the line: where in the tree of commands it is, and what comes next.
struct Place {
    std::vector<const CommandModel*> path; ///< from the program to the command that was named
    std::size_t arguments = 0;             ///< of that command, which are there already
    const OptionModel* open = nullptr;     ///< an option that waits for its value
    bool options_end = false;              ///< "--" was there

    [[nodiscard]] const CommandModel& command() const { return *path.back(); }
};

const OptionModel* find_option(const Place& place, std::string_view name)
{
    // The options of the program may stand after its commands, too.
    for (const CommandModel* command : place.path) {
        for (const OptionModel& option : command->options) {
            if (std::ranges::find(option.names, name) != option.names.end()) {
                return &option;
            }
        }
    }
    return nullptr;
}

void read_argument(Place& place, const std::string& word)
{
    const auto& below = place.command().commands;
    const auto named =
        std::ranges::find_if(below, [&word](const CommandModel& each) { return each.words.back() == word; });
    if (named != below.end()) {
        place.path.push_back(&*named);
    } else {
        ++place.arguments;
    }
}

void read_word(Place& place, const std::string& word)
{
    if (place.open != nullptr) {
        place.open = nullptr;
    } else if (!place.options_end && word == "--") {
        place.options_end = true;
    } else if (!place.options_end && word.size() > 1 && word.front() == '-') {
        const OptionModel* option = find_option(place, word);
        place.open = option != nullptr && !option->value.empty() ? option : nullptr;
    } else {
        read_argument(place, word);
    }
}

/// Those that begin as what is there does; each after `before`, which is kept.
void keep_fitting(Values& values, std::string_view begun, const std::string& before)
{
    std::erase_if(values.words, [begun](const Candidate& each) { return !each.word.starts_with(begun); });
    for (Candidate& each : values.words) {
        each.word.insert(0, before);
    }
}

Values complete_value(Values values, std::string_view begun, std::string before)
{
    if (values.list) {
        const std::size_t comma = begun.rfind(',') + 1; // 0 where there is none
        const std::string chosen = "," + std::string(begun.substr(0, comma));
        std::erase_if(values.words, [&chosen](const Candidate& each) {
            return chosen.find("," + each.word + ",") != std::string::npos;
        });
        before += begun.substr(0, comma);
        begun.remove_prefix(comma);
    }
    keep_fitting(values, begun, before);
    return values;
}

Values complete_option(const Place& place, const std::string& begun)
{
    Values values;
    for (const CommandModel* command : place.path) {
        for (const OptionModel& option : command->options) {
            // Help and version of the program itself end it: they are not for after a command.
            const bool ends_program = option.value.empty() && command->words.empty() && place.path.size() > 1 &&
                                      (option.names.back() == "--help" || option.names.back() == "--version");
            if (!ends_program) {
                for (const std::string& name : option.names) {
                    values.words.push_back({name, option.text});
                }
            }
        }
    }
    keep_fitting(values, begun, "");
    return values;
}

Values complete_argument(const Place& place, const std::vector<std::string>& line, const std::string& begun)
{
    const CommandModel& command = place.command();
    if (!command.commands.empty()) {
        Values values;
        for (const CommandModel& each : command.commands) {
            values.words.push_back({each.words.back(), each.summary});
        }
        keep_fitting(values, begun, "");
        return values;
    }
    const auto& arguments = command.arguments;
    const bool more = !arguments.empty() && (place.arguments < arguments.size() || arguments.back().several);
    if (!more) {
        return {};
    }
    const OptionModel& argument = arguments[std::min(place.arguments, arguments.size() - 1)];
    return complete_value(values_of(command, argument, line), begun, "");
}

} // namespace

Values completions(const CommandModel& program, const std::vector<std::string>& words)
{
    Place place{.path = {&program}};
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        read_word(place, words[i]);
    }
    const std::string begun = words.empty() ? "" : words.back();
    if (place.open != nullptr) {
        return complete_value(values_of(place.command(), *place.open, words), begun, "");
    }
    if (place.options_end || !begun.starts_with('-')) {
        return complete_argument(place, words, begun);
    }
    const std::size_t equals = begun.find('=');
    if (equals == std::string::npos) {
        return complete_option(place, begun);
    }
    const OptionModel* option = find_option(place, begun.substr(0, equals));
    return option == nullptr || option->value.empty()
               ? Values{}
               : complete_value(values_of(place.command(), *option, words), std::string_view(begun).substr(equals + 1),
                                begun.substr(0, equals + 1));
}

std::string as_lines(const Values& values)
{
    std::string lines = values.files ? "files" : values.list ? "list" : "words";
    for (const std::string& ending : values.endings) {
        lines += " " + ending;
    }
    for (const Candidate& each : values.words) {
        lines += "\n" + each.word + "\t" + each.text;
    }
    return lines + "\n";
}

} // namespace bulkhead::cli
