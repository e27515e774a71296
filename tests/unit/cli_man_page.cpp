// Man pages as scdoc(5) has them.
#include "harness/cli/man_page.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <string>

namespace bulkhead::tests {
namespace {

using cli::CommandModel;
using cli::OptionModel;

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

std::string page(const std::string& name)
{
    return cli::man_page(cli::command_model(), name).value_or("");
}

TEST_CASE("every command that can be run has a man page, with every option and argument of it")
{
    const CommandModel program = cli::command_model();
    const std::vector<std::string> names = cli::man_pages(program);
    for (const CommandModel* command : cli::runnable(program)) {
        const std::string name = cli::full_name(*command, '-');
        CAPTURE(name);
        CHECK(std::ranges::find(names, name) != names.end());
        CHECK(has(page("bulkhead"), "*" + name + "*(1)"));
        const std::string text = page(name);
        for (const OptionModel& option : command->options) {
            for (const std::string& each : option.names) {
                CHECK_MESSAGE(has(text, "*" + each + "*"), each);
            }
        }
        for (const OptionModel& argument : command->arguments) {
            CHECK_MESSAGE(has(text, "_" + argument.argument + "_"), argument.argument);
        }
        CHECK(has(text, "*--verbose*"));
    }
    CHECK(names.size() == cli::runnable(program).size() + 1);
}

TEST_CASE("the examples and exit codes of --help are sections of the man page")
{
    const std::string run = page("bulkhead-run");
    CHECK(has(run, "# EXAMPLES\n\n```\nbulkhead run experiments/first-look.toml\n"));
    CHECK(has(run, "# EXIT STATUS\n\n0 every expectation upheld, 1 one refuted"));
    CHECK(has(run, "## Ad hoc, without FILE\n"));
    CHECK_FALSE(has(run, "Examples:"));
    CHECK(has(page("bulkhead-submit-slurm"), " *--shards* _N_ _EXPERIMENT_ [_SBATCH_...]"));
}

TEST_CASE("there is no page of what has none")
{
    CHECK_FALSE(cli::man_page(cli::command_model(), "bulkhead-generate").has_value());
    CHECK_FALSE(cli::man_page(cli::command_model(), "bulkhead-baseline").has_value());
}

TEST_CASE("of Markdown, headings become sections, and each row of a table a paragraph under its first cell")
{
    const std::string text =
        cli::manual_of("# The thing\n\nSee `a_b` in [this](x.md), **bold `c`** and *so*.\n\n## Keys\n\n"
                       "| key | type | meaning |\n|---|---|---|\n| `x` | a\\|b | what it is |\n\n"
                       "- one\n  more\n- two\n\n    code *here*\n",
                       "thing", 5);
    CHECK(text.starts_with("thing(5) \"bulkhead "));
    CHECK(has(text, "# NAME\n\nthing - The thing\n\n# DESCRIPTION\n"));
    CHECK(has(text, "See *a\\_b* in this, *bold c* and _so_.\n"));
    CHECK(has(text, "\n# Keys\n"));
    CHECK(has(text, "\n*x*\n\t_type_: a|b.\n\n\twhat it is\n"));
    CHECK(has(text, "- one more\n- two\n"));
    CHECK(has(text, "```\ncode *here*\n```\n"));
}

TEST_CASE("what scdoc would take for a mark stands for itself")
{
    const std::string text = cli::manual_of("# t\n\n.so much, and 2 * 3 * 4, x_y, C++\n", "t", 7);
    CHECK(has(text, "\\.so much, and 2 \\* 3 \\* 4, x\\_y, C\\+\\+\n"));
}

} // namespace
} // namespace bulkhead::tests
