#include "harness/cli/selection.hpp"

#include "harness/cli/draft.hpp"
#include "harness/cli/one_expectation.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/toml_words.hpp"
#include "harness/model/cell_verdict.hpp"
#include "harness/model/nearest.hpp"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <system_error>

namespace bulkhead::cli {
namespace {

using Parsed = std::variant<model::Experiment, spec::Diagnostics>;

/// The values of an experiment that the command line gave in place of those of its file.
std::vector<OptionOfKey> given_by(const Overrides& overrides)
{
    std::vector<OptionOfKey> given;
    const auto add = [&given](bool is_given, OptionOfKey each) {
        if (is_given) {
            given.push_back(each);
        }
    };
    add(overrides.trials.has_value(), {"count", "--trials"});
    add(overrides.seed.has_value(), {"seed", "--seed"});
    add(!overrides.launch.empty(), {"launch", "--launch"});
    add(!overrides.order.empty(), {"order", "--order"});
    return given;
}

constexpr OptionOfKey ad_hoc_options[] = {
    {"shapes", "--shape"},  {"kinds", "--fault"},         {"workload", "--workload"}, {"strategy", "--supervise"},
    {"share", "--share"},   {"lock", "--lock"},           {"guard", "--guard"},       {"at", "--at"},
    {"victim", "--victim"}, {"after_ops", "--after-ops"}, {"window", "--window"},     {"name", "--name"},
    {"launch", "--launch"},
};

/// Mistakes in such values are told of the option, and of no key: the text in which they stand is nobody's.
void blame_options(Parsed& parsed, const std::vector<OptionOfKey>& given)
{
    auto* const mistakes = std::get_if<spec::Diagnostics>(&parsed);
    if (mistakes == nullptr) {
        return;
    }
    for (spec::Diagnostic& mistake : *mistakes) {
        const std::string_view line = mistake.source;
        const auto found = std::ranges::find(given, line.substr(0, line.find(" = ")), &OptionOfKey::key);
        if (found != given.end()) {
            mistake = {fmt::format("command line: {}", found->option),
                       0,
                       0,
                       in_options(mistake.message, given),
                       in_options(mistake.hint, given),
                       {}};
        }
    }
}

/// The same experiment with the overrides in it, by way of its text: what is run is what the results file tells.
Parsed override_values(const model::Experiment& experiment, const Overrides& overrides)
{
    const std::string origin = experiment.origin;
    Parsed parsed = spec::parse(draft_overridden(experiment, overrides), origin);
    blame_options(parsed, given_by(overrides));
    if (auto* overridden = std::get_if<model::Experiment>(&parsed)) {
        restore_lines(*overridden);
    }
    return parsed;
}

spec::Diagnostic no_such_expectation(const model::Experiment& experiment, const std::string& wanted)
{
    const auto near = model::nearest(wanted, model::expectation_ids(experiment));
    return {experiment.origin,
            0,
            0,
            fmt::format("it has no expectation \"{}\"", wanted),
            (near ? fmt::format("did you mean \"{}\"? ", *near) : "") + "bulkhead list expectations " +
                quoted(experiment.origin) + " shows all of them",
            {}};
}

void add(Selection& selection, Parsed parsed)
{
    if (auto* experiment = std::get_if<model::Experiment>(&parsed)) {
        selection.experiments.push_back(std::move(*experiment));
        return;
    }
    for (spec::Diagnostic& mistake : std::get<spec::Diagnostics>(parsed)) {
        selection.mistakes.push_back(std::move(mistake));
    }
}

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder)
{
    std::vector<std::filesystem::path> found;
    const auto options = std::filesystem::directory_options::skip_permission_denied;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, options)) {
        if (entry.path().extension() == ".toml" && entry.is_regular_file()) {
            found.push_back(entry.path());
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

/// The build names it as seen from the program's folder, so that an installed tree may lie anywhere.
std::filesystem::path installed_experiments()
{
    std::error_code ignored;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", ignored);
    return (self.parent_path() / BULKHEAD_INSTALLED_EXPERIMENTS).lexically_normal();
}

} // namespace

std::vector<std::filesystem::path> experiment_files(const std::vector<std::filesystem::path>& named)
{
    std::vector<std::filesystem::path> files;
    for (const std::filesystem::path& path : named) {
        std::error_code ignored;
        if (!std::filesystem::is_directory(path, ignored)) {
            files.push_back(path);
            continue;
        }
        const auto found = files_in(path);
        files.insert(files.end(), found.begin(), found.end());
    }
    return files;
}

Selection select_files(const std::vector<std::filesystem::path>& files, const Overrides& overrides)
{
    Selection selection;
    for (const std::filesystem::path& file : files) {
        Parsed parsed = spec::load(file);
        auto* experiment = std::get_if<model::Experiment>(&parsed);
        if (experiment != nullptr && !overrides.only.empty() && !keep_only(*experiment, overrides.only)) {
            continue;
        }
        if (experiment != nullptr && !overrides.expectation.empty() &&
            !keep_expectation(*experiment, overrides.expectation)) {
            selection.mistakes.push_back(no_such_expectation(*experiment, overrides.expectation));
            continue;
        }
        if (experiment != nullptr && overrides.any()) {
            parsed = override_values(*experiment, overrides);
        }
        add(selection, std::move(parsed));
    }
    return selection;
}

Selection select_ad_hoc(const AdHoc& ad_hoc, const Overrides& overrides)
{
    Selection selection;
    Parsed parsed = spec::parse(draft_ad_hoc(ad_hoc, overrides), "command line");
    std::vector<OptionOfKey> given = given_by(overrides);
    given.insert(given.end(), std::begin(ad_hoc_options), std::end(ad_hoc_options));
    blame_options(parsed, given);
    auto* experiment = std::get_if<model::Experiment>(&parsed);
    if (experiment != nullptr && !overrides.only.empty()) {
        if (!keep_only(*experiment, overrides.only)) {
            return selection;
        }
        parsed = override_values(*experiment, overrides);
    }
    add(selection, std::move(parsed));
    return selection;
}

void complain(const spec::Diagnostics& mistakes)
{
    for (const spec::Diagnostic& mistake : mistakes) {
        to_stderr(fmt::format("{}\n", spec::render(mistake)));
    }
    to_stderr(fmt::format("{}.\n", counted(mistakes.size(), "mistake")));
}

bool can_be_split(const model::Experiment& experiment, std::uint32_t shards)
{
    if (experiment.stop.any()) {
        spdlog::error(
            "{}: a rule of [trials] may stop it early, which no shard can tell from its own trials: leave the rule "
            "out, or run it whole",
            experiment.name);
        return false;
    }
    const std::uint32_t trials = count_trials(model::expand(experiment));
    const bool too_few = trials > 0 && trials < shards;
    if (too_few) {
        spdlog::error("{}: {} cannot be split into {} shards", experiment.name, counted(trials, "trial"), shards);
    }
    return !too_few;
}

std::uint32_t count_trials(const std::vector<model::Cell>& cells)
{
    std::uint32_t trials = 0;
    for (const model::Cell& cell : cells) {
        trials += cell.trials;
    }
    return trials;
}

std::vector<std::filesystem::path> known_experiments()
{
    for (const std::filesystem::path& folder : {std::filesystem::path("experiments"), installed_experiments()}) {
        std::error_code ignored;
        if (std::filesystem::is_directory(folder, ignored)) {
            return experiment_files({folder});
        }
    }
    return {};
}

std::optional<std::filesystem::path> known_experiment(const std::filesystem::path& below)
{
    for (const std::filesystem::path& folder : {std::filesystem::path("experiments"), installed_experiments()}) {
        std::error_code ignored;
        if (std::filesystem::is_regular_file(folder / below, ignored)) {
            return folder / below;
        }
    }
    return std::nullopt;
}

std::vector<std::filesystem::path> experiments_about(std::string_view claim)
{
    std::vector<std::filesystem::path> files = known_experiments();
    std::erase_if(files, [claim](const std::filesystem::path& file) {
        const Selection read = select_files({file}, {});
        return read.experiments.empty() || read.experiments.front().claim != claim;
    });
    return files;
}

} // namespace bulkhead::cli
