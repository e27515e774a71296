#include "harness/store/baseline.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

namespace bulkhead::store {
namespace {

namespace fs = std::filesystem;

std::string quoted(const std::string& text)
{
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<std::string> lines_of(std::string_view text)
{
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(quoted(std::string(text.substr(0, end))));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::string cell_text(const model::CellSample& cell)
{
    std::vector<std::string> worst;
    for (const model::Outcome outcome : model::all_outcomes) {
        if (const auto trials = cell.worst.at(static_cast<std::size_t>(outcome)); trials > 0) {
            worst.push_back(fmt::format("\"{}\": {}", to_string(outcome), trials));
        }
    }
    std::vector<std::string> survivors;
    for (const auto& [number, trials] : cell.survivors) {
        survivors.push_back(fmt::format("\"{}\": {}", number, trials));
    }
    std::vector<std::string> figures;
    for (const auto& [name, values] : cell.figures) {
        figures.push_back(fmt::format("\n      {}: [{}]", quoted(name), fmt::join(values, ", ")));
    }
    std::vector<std::string> having;
    for (const auto& [name, trials] : cell.having) {
        having.push_back(fmt::format("{}: {}", quoted(name), trials));
    }
    const std::string some =
        having.empty() ? "" : fmt::format("\"having\": {{{}}}, ", fmt::join(having, ", ")); // else all have all
    return fmt::format("    {{\"shape\": {}, \"fault\": {}, \"variant\": {}, \"judged\": {}, \"inconclusive\": {}, "
                       "\"worst\": {{{}}}, \"survivors\": {{{}}}, {}\"figures\": {{{}}}}}",
                       quoted(cell.shape), quoted(cell.fault), quoted(cell.variant), cell.judged, cell.inconclusive,
                       fmt::join(worst, ", "), fmt::join(survivors, ", "), some, fmt::join(figures, ","));
}

[[noreturn]] void refuse(const fs::path& path, const std::string& why)
{
    throw StoreError(fmt::format("cannot write the baseline {}: {}", path.string(), why));
}

} // namespace

std::string baseline_text(const Baseline& baseline)
{
    std::vector<std::string> facts;
    for (const auto& [name, value] : baseline.sample.facts) {
        facts.push_back(fmt::format("    {}: {}", quoted(name), quoted(value)));
    }
    std::vector<std::string> cells;
    for (const model::CellSample& cell : baseline.sample.cells) {
        cells.push_back(cell_text(cell));
    }
    return fmt::format("{{\n  \"bulkhead_baseline\": 1,\n  \"name\": {},\n  \"experiment\": {},\n  \"ended\": {},\n"
                       "  \"facts\": {{\n{}\n  }},\n  \"text\": [\n    {}\n  ],\n  \"cells\": [\n{}\n  ]\n}}\n",
                       quoted(baseline.name), quoted(baseline.sample.experiment), quoted(baseline.sample.ended),
                       fmt::join(facts, ",\n"), fmt::join(lines_of(baseline.sample.text), ",\n    "),
                       fmt::join(cells, ",\n"));
}

void write_baseline(const fs::path& path, const Baseline& baseline, bool replace)
{
    for (const model::CellSample& cell : baseline.sample.cells) {
        if (std::max(cell.judged, cell.inconclusive) > most_trials_of_cell) {
            refuse(path, fmt::format("{} has more trials than the {} of a cell that a baseline may have",
                                     model::name_of(cell), most_trials_of_cell));
        }
    }
    std::error_code error;
    if (!path.parent_path().empty()) {
        fs::create_directories(path.parent_path(), error);
    }
    if (error) {
        refuse(path, error.message());
    }
    if (!replace && fs::exists(path, error)) {
        refuse(path, "it exists. Take another name, or --replace.");
    }
    fs::path partial = path;
    partial += ".new";
    std::ofstream file(partial, std::ios::binary | std::ios::trunc);
    file << baseline_text(baseline);
    file.close();
    const bool is_whole = file.good();
    if (is_whole) {
        fs::rename(partial, path, error);
    }
    if (!is_whole || error) {
        std::error_code ignored;
        fs::remove(partial, ignored);
        refuse(path, is_whole ? error.message() : "the disk may be full, or the folder not one to write in");
    }
}

bool may_name_baseline(std::string_view name)
{
    const auto is_word = [](char letter) { return std::isalnum(static_cast<unsigned char>(letter)) != 0; };
    return !name.empty() && name.size() <= 100 && is_word(name.front()) && std::ranges::all_of(name, [&](char letter) {
        return is_word(letter) || letter == '.' || letter == '_' || letter == '-';
    });
}

} // namespace bulkhead::store
