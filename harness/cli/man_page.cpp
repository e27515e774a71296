#include "harness/cli/man_page.hpp"

#include "harness/cli/scdoc.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <span>
#include <sstream>

namespace bulkhead::cli {
namespace {

/// What the end of --help tells, by the sections of a man page.
struct Footer {
    std::vector<std::string> description; ///< paragraphs
    std::string examples;                 ///< lines
    std::string exit_status;
};

Footer read_footer(const std::string& footer)
{
    Footer read;
    std::istringstream lines(footer);
    std::string prose;
    const auto end_of_paragraph = [&] {
        static constexpr std::string_view exit_code = "Exit code: ";
        if (prose.starts_with(exit_code)) {
            read.exit_status = prose.substr(exit_code.size());
        } else if (!prose.empty()) {
            read.description.push_back(prose);
        }
        prose.clear();
    };
    for (std::string line; std::getline(lines, line);) {
        if (line.empty()) {
            end_of_paragraph();
        } else if (line.starts_with("  ")) {
            read.examples += line.substr(2) + "\n";
        } else if (!line.ends_with(':')) { // "Examples:" heads lines that follow
            prose += (prose.empty() ? "" : " ") + line;
        }
    }
    end_of_paragraph();
    return read;
}

std::string paragraph_of(const std::vector<std::string>& paragraphs)
{
    std::string text;
    for (const std::string& each : paragraphs) {
        text += scdoc_text(each) + "\n\n";
    }
    return text;
}

/// "*-j*, *--jobs* _N_", and what it does below.
std::string entry(const OptionModel& option)
{
    std::string head;
    for (const std::string& name : option.names) {
        head += (head.empty() ? "" : ", ") + scdoc_bold(name);
    }
    head += option.names.empty() ? scdoc_italic(option.argument) + (option.several ? "..." : "") : "";
    head += option.value.empty() ? "" : " " + scdoc_italic(option.value);
    const char* required = option.required && !option.names.empty() ? " Required." : "";
    return head + "\n\t" + scdoc_text(option.text + (option.text.ends_with('.') ? "" : ".")) + required + "\n\n";
}

std::string entries(const std::vector<OptionModel>& options)
{
    std::string text;
    std::string group;
    for (const OptionModel& option : options) {
        if (option.group != group) {
            group = option.group;
            text += "## " + group + "\n\n";
        }
        text += entry(option);
    }
    return text;
}

std::string synopsis(const CommandModel& command)
{
    std::string line = scdoc_bold(full_name(command)) + " [_options_]";
    for (const OptionModel& option : command.options) {
        if (option.required) {
            line += fmt::format(" {} {}", scdoc_bold(option.names.back()), scdoc_italic(option.value));
        }
    }
    for (const OptionModel& argument : command.arguments) {
        const std::string name = scdoc_italic(argument.argument) + (argument.several ? "..." : "");
        line += argument.required ? " " + name : " [" + name + "]";
    }
    return "# SYNOPSIS\n\n" + line + "\n\n";
}

/// Those that may stand after every command, too.
std::vector<OptionModel> common_options(const CommandModel& program)
{
    std::vector<OptionModel> options;
    std::ranges::copy_if(program.options, std::back_inserter(options), [](const OptionModel& option) {
        return option.names.back() != "--help" && option.names.back() != "--version";
    });
    return options;
}

std::string name_section(const CommandModel& command)
{
    return fmt::format("# NAME\n\n{} - {}\n\n", full_name(command, '-'), scdoc_text(command.summary));
}

std::string page_of_command(const CommandModel& program, const CommandModel& command)
{
    const Footer footer = read_footer(command.footer);
    std::string text = scdoc_title(full_name(command, '-'), 1) + name_section(command) + synopsis(command);
    text += "# DESCRIPTION\n\n" + scdoc_text(command.summary + ".") + "\n\n" + paragraph_of(footer.description);
    text += command.arguments.empty() ? "" : "# ARGUMENTS\n\n" + entries(command.arguments);
    text += "# OPTIONS\n\n" + entries(command.options);
    text += "## Of every command\n\n" + entries(common_options(program));
    text += "# EXIT STATUS\n\n" +
            (footer.exit_status.empty() ? "0 when it is done, 2 for a mistake in the usage or a file."
                                        : scdoc_text(footer.exit_status)) +
            " *bulkhead*(1) has all codes.\n\n";
    text += footer.examples.empty() ? "" : "# EXAMPLES\n\n" + scdoc_literal(footer.examples) + "\n";
    return text +
           "# SEE ALSO\n\n*bulkhead*(1), *bulkhead-experiment*(5), *bulkhead-results*(5), *bulkhead-faults*(7)\n";
}

struct Term {
    std::string_view name;
    std::string_view means;
};

constexpr Term exit_codes[] = {
    {"0", "All is well: every expectation is upheld, or what was asked for is done."},
    {"1", "No: an expectation is refuted, a replay ended otherwise, or something got worse."},
    {"2", "A mistake in the usage or a file. Nothing was run for it."},
    {"3", "No answer: inconclusive, out of time, or something that is needed is missing."},
    {"4", "Nothing was selected."},
    {"77", "Skipped: everything that was selected needs what this machine or these rights do not allow."},
    {"130", "Interrupted, by SIGINT or SIGTERM. What was recorded until then is kept."},
};

constexpr Term environment_terms[] = {
    {"BULKHEAD_HOST", "The host program, in place of the one beside the program or the installed one."},
    {"NO_COLOR", "Where it is set there is no colour, on a terminal neither."},
    {"GITHUB_ACTIONS", "Where it is true, verdicts are annotations as well, and GITHUB_STEP_SUMMARY gets a summary."},
};

constexpr Term file_terms[] = {
    {"bulkhead-results/", "Results files, unless *--out* names another place. Nothing in it is ever overwritten."},
    {"bulkhead-baselines/", "Baselines, unless *--folder* names another folder."},
};

std::string terms(std::string_view heading, std::span<const Term> all)
{
    std::string text = fmt::format("# {}\n\n", heading);
    for (const Term& term : all) {
        text += fmt::format("{}\n\t{}\n\n", scdoc_bold(term.name), term.means);
    }
    return text;
}

std::string page_of_program(const CommandModel& program)
{
    std::string text = scdoc_title("bulkhead", 1);
    text += "# NAME\n\nbulkhead - crash-isolation experiment harness\n\n";
    text += "# SYNOPSIS\n\n*bulkhead* [_options_] _command_ [_arguments_]\n\n# DESCRIPTION\n\n";
    text += scdoc_text(program.summary) + "\n\n";
    text += "It launches a pool of workers as processes, as threads of one process, or as any number of processes with "
            "any number of threads each, has one worker fail in a way that you choose, and records what became of the "
            "others.\n\n# COMMANDS\n\n";
    for (const CommandModel* command : runnable(program)) {
        text += fmt::format("*{}*(1)\n\t{}.\n\n", full_name(*command, '-'), scdoc_text(command->summary));
    }
    text += "# OPTIONS\n\n" + entries(program.options);
    text += terms("EXIT STATUS", exit_codes) + terms("ENVIRONMENT", environment_terms) + terms("FILES", file_terms);
    text += "# EXAMPLES\n\n" + scdoc_literal(read_footer(program.footer).examples) + "\n";
    return text + "# SEE ALSO\n\n*bulkhead-experiment*(5), *bulkhead-results*(5), *bulkhead-faults*(7)\n";
}

} // namespace

std::vector<std::string> man_pages(const CommandModel& program)
{
    std::vector<std::string> names{"bulkhead"};
    for (const CommandModel* command : runnable(program)) {
        names.push_back(full_name(*command, '-'));
    }
    return names;
}

std::optional<std::string> man_page(const CommandModel& program, std::string_view name)
{
    if (name == "bulkhead") {
        return page_of_program(program);
    }
    for (const CommandModel* command : runnable(program)) {
        if (full_name(*command, '-') == name) {
            return page_of_command(program, *command);
        }
    }
    return std::nullopt;
}

} // namespace bulkhead::cli
