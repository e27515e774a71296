#include "harness/store/baseline.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/sides.hpp"
#include "harness/report/comparison.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// Where a program lay says nothing of what it is, and has no place in a repository.
void drop_paths(model::Sample& sample)
{
    std::erase_if(sample.facts, [](const auto& fact) { return fact.first == "host"; });
}

std::size_t cells_run(const model::Sample& sample)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        sample.cells, [](const model::CellSample& cell) { return cell.judged + cell.inconclusive > 0; }));
}

std::vector<fs::path> baseline_files(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".json") {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

} // namespace

Exit execute(const BaselineSaveCommand& command)
{
    if (!store::may_name_baseline(command.name)) {
        spdlog::error(
            "\"{}\" cannot name a baseline: letters, digits, '.', '_' and '-' can, beginning with a letter or "
            "digit",
            command.name);
        return Exit::mistake;
    }
    auto side = read_side(command.results, command.folder);
    if (!side) {
        return Exit::mistake;
    }
    drop_paths(side->sample);
    const std::size_t cells = cells_run(side->sample);
    if (cells == 0) {
        spdlog::error("{} has no trial to compare anything with", command.results.string());
        return Exit::mistake;
    }
    if (const auto failures = model::control_arm_failures(side->sample, side->sample); !failures.empty()) {
        spdlog::error("{}: the control arm failed: {}. Nothing can be compared with that", command.results.string(),
                      fmt::join(failures, "; "));
        return Exit::inconclusive;
    }
    if (side->sample.ended != model::whole) {
        spdlog::error("{} is no whole campaign ({}): others would be compared with what happened to be done",
                      command.results.string(), side->sample.ended);
        return Exit::inconclusive;
    }
    const fs::path file = baseline_file(command.folder, command.name);
    try {
        store::write_baseline(file, {command.name, side->sample}, command.replace);
    } catch (const store::StoreError& error) {
        spdlog::error("{}", error.what());
        return Exit::mistake;
    }
    print(fmt::format("{}: {} in {} of {}\n  bulkhead compare {} RESULTS\n", file.string(),
                      counted(report::trials_of(side->sample), "trial"), counted(cells, "cell"),
                      side->sample.experiment, quoted(command.name)));
    return Exit::upheld;
}

Exit execute(const BaselineListCommand& command)
{
    Exit exit = Exit::upheld;
    Json list = Json::array();
    std::string text;
    for (const fs::path& file : baseline_files(command.folder)) {
        const auto side = read_side(file, command.folder);
        if (!side) {
            exit = Exit::mistake;
            continue;
        }
        const std::uint64_t trials = report::trials_of(side->sample);
        const std::size_t cells = cells_run(side->sample);
        text += fmt::format("{:<24} {:<20} {:>6} trials in {:>3} cells\n", file.stem().string(),
                            side->sample.experiment, trials, cells);
        list.push_back({{"name", file.stem().string()},
                        {"path", file.string()},
                        {"experiment", side->sample.experiment},
                        {"trials", trials},
                        {"cells", cells}});
    }
    if (command.format == Format::json) {
        print(Json{{"baselines", list}}.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    } else if (text.empty() && exit == Exit::upheld) {
        print(fmt::format("no baselines in {}\n", command.folder.string()));
    } else {
        print(text);
    }
    return exit;
}

} // namespace bulkhead::cli
