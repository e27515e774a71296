#include "harness/cli/compare_options.hpp"

#include "harness/cli/sides.hpp"

namespace bulkhead::cli {
namespace {

constexpr auto save_examples = R"(Makes FOLDER/NAME.json, a text with a line for each figure, to be put into the
repository. Nothing is overwritten without --replace, and results whose golden
runs lost a worker, or of a campaign that did not come to its end, are refused
(exit code 3).

Example:
  bulkhead baseline save main bulkhead-results/first-look-20260101-120000.db)";

constexpr auto baseline_list_examples = R"(Example:
  bulkhead baseline list

Exit code: 0 when all can be read, 2 when one cannot.)";

void add_folder(CLI::App& command, std::filesystem::path& folder)
{
    folder = default_baselines;
    command.add_option("--folder", folder, std::string("Where baselines are kept (") + default_baselines + ")")
        ->type_name("PATH");
}

/// A number of percent, with or without the sign for it.
void add_percent(CLI::App& command, const std::string& name, double& value, double most, const std::string& text)
{
    const auto read = [name, &value, most](const std::string& word) {
        const std::string number = word.ends_with('%') ? word.substr(0, word.size() - 1) : word;
        double parsed = 0;
        if (!CLI::detail::lexical_cast(number, parsed) || !(parsed >= 0 && parsed <= most)) {
            throw CLI::ValidationError(name, "\"" + word + "\" is not a percentage from 0 to " +
                                                 std::to_string(static_cast<int>(most)) + ", such as 20%");
        }
        value = parsed;
    };
    command.add_option_function<std::string>(name, read, text)->type_name("PERCENT");
}

} // namespace

const char* const compare_examples =
    R"(BASE and NEW are results files, baselines, or names of baselines. Every cell that
both have is compared, figure by figure: worse, better, differs (where neither way
is the worse one), same, or cannot tell. How often a trial lost a sibling is worse
as soon as an increase is proven; amounts once they are proven to be beyond the
tolerance. Times differ with the load of the machine: they are worse, or better,
with --times only, and "differ" without.

Examples:
  bulkhead compare main bulkhead-results/first-look-20260102-120000.db
  bulkhead compare before.db after.db --tolerance 20% --format json

Exit code: 0 nothing got worse, 1 something did, 2 a mistake in the usage or a
file, 3 nothing could be compared, golden runs lost a worker, or a campaign had not
come to its end and nothing got worse.)";

const char* const baseline_examples = R"(Examples:
  bulkhead baseline save main bulkhead-results/first-look-20260101-120000.db
  bulkhead baseline list
  bulkhead compare main bulkhead-results/first-look-20260102-120000.db)";

void declare_compare(CLI::App& compare, CompareCommand& command)
{
    compare.add_option("BASE", command.base, "What is compared with: a results file, or a baseline")
        ->required()
        ->type_name("");
    compare.add_option("NEW", command.fresh, "What may have changed: the same, of another campaign")
        ->required()
        ->type_name("");
    add_percent(compare, "--tolerance", command.tolerance, 1000,
                "How much more or less an amount may be, to be the same (50%)");
    add_percent(compare, "--points", command.points, 100,
                "By how many points of a hundred a share may differ, to be the same (10)");
    compare
        .add_option("--confidence", command.confidence, "Of each interval, and of raising no false alarm in all (0.95)")
        ->check(CLI::Range(0.5, 0.999999).description(""))
        ->type_name("SHARE");
    compare.add_flag("--times", command.times, "Times count: the machine was the same, and as quiet, on both sides");
    add_folder(compare, command.folder);
    compare.add_option("--html", command.html, "Make a page of it, too, to be looked at in a browser")
        ->type_name("FILE");
}

BaselineParsers declare_baseline(CLI::App& baseline, BaselineSaveCommand& save, BaselineListCommand& list)
{
    baseline.require_subcommand(1);
    BaselineParsers parsers;
    parsers.save = baseline.add_subcommand("save", "Keep a campaign as a baseline");
    parsers.save->footer(save_examples);
    parsers.save->add_option("NAME", save.name, "How it is to be called")->required()->type_name("");
    parsers.save->add_option("RESULTS", save.results, "A results file")->required()->type_name("");
    parsers.save->add_flag("--replace", save.replace, "Take the place of the one of that name");
    add_folder(*parsers.save, save.folder);
    parsers.list = baseline.add_subcommand("list", "List the baselines there are");
    parsers.list->footer(baseline_list_examples);
    add_folder(*parsers.list, list.folder);
    for (CLI::App* each : {parsers.save, parsers.list}) {
        each->fallthrough();
    }
    return parsers;
}

} // namespace bulkhead::cli
