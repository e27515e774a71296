#include "harness/cli/outputs.hpp"
#include "harness/cli/output.hpp"

#include "harness/cli/text_file.hpp"
#include "harness/report/github.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <fmt/format.h>
#include <fstream>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

namespace fs = std::filesystem;

struct Output {
    const char* option;
    fs::path path;
    std::string (*text)(const std::vector<report::Suite>&);
};

std::array<Output, 3> all_of(const OutputFiles& outputs)
{
    return {{{"--junit", outputs.junit, report::junit_xml},
             {"--tap", outputs.tap, report::tap_text},
             {"--sarif", outputs.sarif, report::sarif_json}}};
}

/// By whatever names, and also when neither is there yet.
bool are_same(const fs::path& a, const fs::path& b)
{
    std::error_code ignored;
    const auto whole = [&ignored](const fs::path& path) {
        return fs::weakly_canonical(fs::absolute(path), ignored).lexically_normal();
    };
    return !a.empty() && !b.empty() && (fs::equivalent(a, b, ignored) || whole(a) == whole(b));
}

std::string environment(const char* name)
{
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

/// What GitHub shows beside the lines of the files, and on the page of the run.
void tell_github(const std::vector<report::Suite>& suites)
{
    to_stderr(fmt::format("{}", report::github_annotations(suites)));
    const std::string summary = environment("GITHUB_STEP_SUMMARY");
    if (summary.empty()) {
        return;
    }
    std::ofstream file(summary, std::ios::app);
    file << report::github_summary(suites);
    file.close();
    if (!file.good()) {
        spdlog::warn("the step summary {} could not be written", summary);
    }
}

bool is_on_github()
{
    return environment("GITHUB_ACTIONS") == "true";
}

} // namespace

bool can_be_written(const OutputFiles& outputs, const std::vector<fs::path>& others)
{
    std::vector<fs::path> taken = others;
    for (const Output& output : all_of(outputs)) {
        if (output.path.empty()) {
            continue;
        }
        if (std::ranges::any_of(taken, [&](const fs::path& path) { return are_same(path, output.path); })) {
            spdlog::error("{} {}: another file of this command is the same, or has the same name", output.option,
                          output.path.string());
            return false;
        }
        taken.push_back(output.path);
        if (!can_be_written(output.path)) {
            return false;
        }
    }
    return true;
}

bool any_wanted(const OutputFiles& outputs)
{
    return is_on_github() || !outputs.junit.empty() || !outputs.tap.empty() || !outputs.sarif.empty();
}

Exit write_outputs(const OutputFiles& outputs, const std::vector<report::Suite>& suites)
{
    bool all_written = true;
    for (const Output& output : all_of(outputs)) {
        all_written = (output.path.empty() || write_text(output.path, output.text(suites))) && all_written;
    }
    if (is_on_github()) {
        tell_github(suites);
    }
    return all_written ? Exit::upheld : Exit::mistake;
}

std::string utc_now()
{
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    char text[32];
    return {text, std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &utc)};
}

} // namespace bulkhead::cli
