#pragma once

#include <string>
#include <vector>

namespace CLI { // NOLINT(readability-identifier-naming): CLI11 calls itself so
class App;
}

namespace bulkhead::cli {

/// An option, or an argument that is told by its place.
struct OptionModel {
    std::vector<std::string> names{}; ///< "-j", "--jobs"; none: an argument
    std::string argument{};           ///< its name, such as "FILE"; empty for an option
    std::string value{};              ///< what an option's value is called, such as "N"; empty: it takes none
    std::string text{};               ///< what --help says of it
    std::string group{};              ///< the heading under which --help has it; empty: that of all options
    bool required = false;
    bool several = false; ///< an argument that may be there more than once
};

/// A command as the parser knows it: what completion and man pages are made of, so that they say what it takes.
struct CommandModel {
    std::vector<std::string> words{}; ///< "baseline", "save"; none for the program itself
    std::string summary{};
    std::string footer{}; ///< what --help says at its end
    std::vector<OptionModel> options{};
    std::vector<OptionModel> arguments{};
    std::vector<CommandModel> commands{}; ///< those that --help shows
};

/// The commands and options of a parser, whatever it has read.
CommandModel model_of(const CLI::App& app);

/// Those of this program.
CommandModel command_model();

/// "bulkhead baseline save", or with another separator the name of a man page.
std::string full_name(const CommandModel& command, char separator = ' ');

/// The command and those below it that can be run: those without commands of their own.
std::vector<const CommandModel*> runnable(const CommandModel& command);

} // namespace bulkhead::cli
