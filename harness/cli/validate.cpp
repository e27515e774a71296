#include "harness/cli/commands.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/selection.hpp"
#include "harness/model/support.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

using Json = nlohmann::ordered_json;

Json as_json(const std::filesystem::path& file, const Selection& read)
{
    Json mistakes = Json::array();
    for (const spec::Diagnostic& mistake : read.mistakes) {
        mistakes.push_back({{"line", mistake.line},
                            {"column", mistake.column},
                            {"message", mistake.message},
                            {"hint", mistake.hint},
                            {"source", mistake.source}});
    }
    Json json{{"file", file.string()}, {"valid", read.mistakes.empty()}};
    if (!read.experiments.empty()) {
        const auto cells = model::expand(read.experiments.front());
        json["name"] = read.experiments.front().name;
        json["cells"] = cells.size();
        json["trials"] = count_trials(cells);
        Json support = Json::array();
        for (const model::Support& each : model::support_of(read.experiments.front())) {
            support.push_back({{"line", each.line == 0 ? Json() : Json(each.line)},
                               {"trials", each.trials},
                               {"otherwise_at_most", each.otherwise},
                               {"enough", each.enough},
                               {"text", each.text}});
        }
        json["support"] = std::move(support);
    }
    json["mistakes"] = std::move(mistakes);
    return json;
}

std::string ok_line(const std::filesystem::path& file, const model::Experiment& experiment)
{
    const auto cells = model::expand(experiment);
    return fmt::format("ok  {}  {}, {}\n", file.string(), counted(cells.size(), "cell"),
                       counted(count_trials(cells), "trial"));
}

/// What its trials can support: of each expectation where `in_full`, otherwise only what concerns all, and what cannot
/// be.
std::string support_lines(const std::filesystem::path& file, const model::Experiment& experiment, bool in_full)
{
    constexpr std::size_t hanging = 6;
    const std::size_t width = style_of_stdout().width;
    std::string text;
    for (const model::Support& each : model::support_of(experiment)) {
        if (each.line == 0) {
            text += fmt::format("    {}\n", wrapped(each.text, width, hanging));
        } else if (in_full || !each.enough) {
            const std::string place = fmt::format("{}:{}: ", file.string(), each.line);
            text += fmt::format("    {}\n", wrapped(place + each.text, width, hanging));
        }
    }
    return text;
}

/// Folders that were named and have no experiment: nobody would notice that nothing of them was read.
std::vector<std::filesystem::path> without_experiments(std::vector<std::filesystem::path> named)
{
    std::erase_if(named, [](const std::filesystem::path& path) { return !experiment_files({path}).empty(); });
    return named;
}

} // namespace

Exit execute(const ValidateCommand& command)
{
    const auto files = experiment_files(command.files);
    for (const std::filesystem::path& folder : without_experiments(command.files)) {
        spdlog::log(files.empty() ? spdlog::level::err : spdlog::level::warn,
                    "nothing to validate in {}: there is no *.toml in it or below it", folder.string());
    }
    if (files.empty()) {
        return Exit::nothing_selected;
    }
    spdlog::debug("{} to read", counted(files.size(), "file"));
    spec::Diagnostics mistakes;
    Json documents = Json::array();
    for (const std::filesystem::path& file : files) {
        Selection read = select_files({file}, {});
        documents.push_back(as_json(file, read));
        if (command.format == Format::text && !read.experiments.empty()) {
            const model::Experiment& experiment = read.experiments.front();
            print(ok_line(file, experiment) + support_lines(file, experiment, files.size() == 1));
        }
        mistakes.insert(mistakes.end(), read.mistakes.begin(), read.mistakes.end());
    }
    if (command.format == Format::json) {
        print(documents.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    } else if (!mistakes.empty()) {
        complain(mistakes);
    }
    return mistakes.empty() ? Exit::upheld : Exit::mistake;
}

} // namespace bulkhead::cli
