#include "harness/cli/options.hpp"

#include "harness/cli/output.hpp"
#include "harness/spec/words.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace bulkhead::cli {

void add_format(CLI::App& command, Format& format, std::span<const FormatWord> words)
{
    const auto read = [&format, words](const std::string& word) {
        const std::string meant = word == "md" ? "markdown" : word; // as `report` calls it
        const auto found = std::ranges::find(words, std::string_view(meant), &FormatWord::word);
        if (found == words.end()) {
            std::vector<std::string> valid;
            for (const FormatWord& each : words) {
                valid.emplace_back(each.word);
            }
            throw CLI::ValidationError("--format", fmt::format("\"{}\" is not a format; valid: {}{}", word,
                                                               fmt::join(valid, ", "), did_you_mean(word, valid)));
        }
        format = found->format;
    };
    const std::string more = words.size() > 2 ? fmt::format(", json or {}", words.back().word) : " or json";
    command.add_option_function<std::string>("--format", read, "How results are printed: text (the default)" + more)
        ->type_name("FORMAT");
}

void add_list(CLI::App& command, const std::string& name, std::vector<std::string>& list, const std::string& text)
{
    const auto read = [&list](const std::string& words) { list = CLI::detail::split(words, ','); };
    command.add_option_function<std::string>(name, read, text)->type_name("LIST");
}

void add_outputs(CLI::App& command, OutputFiles& outputs)
{
    command.add_option("--junit", outputs.junit, "Write the verdicts as JUnit's XML, too")->type_name("PATH");
    command.add_option("--tap", outputs.tap, "Write them as TAP, version 13")->type_name("PATH");
    command.add_option("--sarif", outputs.sarif, "Write those that are not upheld as SARIF 2.1.0")->type_name("PATH");
}

void add_lanes(CLI::App& command, std::uint32_t& lanes, const std::string& text)
{
    command.add_option("-j,--jobs", lanes, text)->check(CLI::Range(1U, 1024U).description(""))->type_name("N");
}

void add_time_limit(CLI::App& command, std::optional<std::chrono::microseconds>& limit, const std::string& text)
{
    static constexpr std::chrono::hours most{10'000}; // as of a file's time_limit
    const auto read = [&limit](const std::string& word) {
        limit = spec::parse_duration(word);
        if (!limit || limit->count() == 0) {
            throw CLI::ValidationError("--time-limit", fmt::format("\"{}\" is no duration; a whole number and its unit "
                                                                   "(us, ms, s, min, h), such as 10min",
                                                                   word));
        }
        if (*limit > most) {
            throw CLI::ValidationError("--time-limit", fmt::format("\"{}\" is out of range; at most 10000h", word));
        }
    };
    command.add_option_function<std::string>("--time-limit", read, text)->type_name("TIME");
}

} // namespace bulkhead::cli
