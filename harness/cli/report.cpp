#include "harness/cli/commands.hpp"
#include "harness/cli/html_file.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/paged.hpp"
#include "harness/cli/pieces.hpp"
#include "harness/report/html.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// The results files that are meant: each folder stands for every *.db in it and below it, in alphabetical order.
/// nullopt, with the reason on stderr, when a folder has none.
std::optional<std::vector<fs::path>> results_files(const std::vector<fs::path>& named)
{
    std::vector<fs::path> files;
    for (const fs::path& path : named) {
        std::error_code error;
        if (!fs::is_directory(path, error)) {
            files.push_back(path);
            continue;
        }
        std::vector<fs::path> inside;
        for (fs::recursive_directory_iterator at(path, error), end; !error && at != end; at.increment(error)) {
            std::error_code ignored;
            if (at->path().extension() == ".db" && at->is_regular_file(ignored)) {
                inside.push_back(at->path());
            }
        }
        if (error || inside.empty()) {
            spdlog::error("{}: {}", path.string(), error ? error.message() : "there is no results file (*.db) in it");
            return std::nullopt;
        }
        std::ranges::sort(inside);
        files.insert(files.end(), inside.begin(), inside.end());
    }
    return files;
}

fs::path page_beside(const std::vector<fs::path>& files)
{
    return files.size() == 1 ? fs::path(files.front()).replace_extension(".html")
                             : fs::path(files.front()).replace_filename("report.html");
}

/// What `bulkhead anatomy --format json` has printed; nullopt, with the reason on stderr, when it is anything else.
std::optional<std::string> read_anatomy(const fs::path& path)
{
    constexpr int deepest = 32; // ours has six levels; what has thousands would exhaust the stack of whoever walks it
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        spdlog::error("cannot read {}", path.string());
        return std::nullopt;
    }
    bool too_deep = false;
    const auto look_at_depth = [&too_deep](int depth, Json::parse_event_t /*event*/, Json& /*parsed*/) {
        too_deep = too_deep || depth > deepest;
        return !too_deep;
    };
    const Json json = Json::parse(file, look_at_depth, false);
    if (too_deep || !json.is_object() || json.value("format", Json()) != "bulkhead-anatomy") {
        spdlog::error("{}: this is not what 'bulkhead anatomy --format json' prints", path.string());
        return std::nullopt;
    }
    return report::compact(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::string title_of(const ReportCommand& command, const std::vector<fs::path>& files)
{
    if (!command.title.empty()) {
        return command.title;
    }
    return (files.size() == 1 ? files.front().stem().string() : counted(files.size(), "experiment")) + ", Bulkhead";
}

/// Not where the page itself goes to standard output, by whatever name.
void tell_of(const fs::path& page, std::size_t bytes)
{
    std::error_code ignored;
    if (fs::is_regular_file(page, ignored) && !fs::is_symlink(page, ignored)) {
        print(fmt::format("{}: {} kB, to be opened in a browser\n", page.string(), (bytes + 999) / 1000));
    }
}

} // namespace

Exit execute(const ReportCommand& command)
{
    const auto files = results_files(command.results);
    if (!files) {
        return Exit::mistake;
    }
    if (command.form != ReportForm::html) {
        return make_piece(command, *files);
    }
    if (!command.view.empty() || command.trial) {
        spdlog::error("--view and --trial go with --format svg");
        return Exit::mistake;
    }
    const fs::path out = command.out.empty() ? page_beside(*files) : command.out;
    if (!may_replace(out)) {
        return Exit::mistake;
    }
    std::string anatomy;
    if (!command.anatomy.empty()) {
        auto read = read_anatomy(command.anatomy);
        if (!read) {
            return Exit::mistake;
        }
        anatomy = std::move(*read);
    }
    Paged paged;
    if (!std::ranges::all_of(*files, [&paged](const fs::path& file) { return paged.add(file); })) {
        return Exit::mistake;
    }
    report::Island island{.language = command.language, .title = command.title};
    if (!paged.finish(island, anatomy)) {
        return Exit::mistake;
    }
    const std::string page =
        report::fill_page({to_string(island.language), title_of(command, *files), report::island_json(island)});
    if (!write_page(out, page)) {
        return Exit::mistake;
    }
    tell_of(out, page.size());
    return Exit::upheld;
}

} // namespace bulkhead::cli
