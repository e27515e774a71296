// Command lines in the documentation are read by the parser that the program has. None of them is run.
#include "harness/cli/command_line.hpp"
#include "harness/cli/command_model.hpp"
#include "tests/unit/docs_pages.hpp"

#include <algorithm>
#include <cctype>
#include <doctest/doctest.h>
#include <map>
#include <optional>
#include <regex>

namespace bulkhead::tests {
namespace {

using Words = std::vector<std::string>;

/// The command in a line such as "  $ VAR=1 build/release/bulkhead run x  # why"; nullopt: there is none. What stands
/// in for something ("[--jobs N]", "csv|jsonl") is made into a line that somebody could write.
std::optional<std::string> command_in(const std::string& line)
{
    static const std::regex command(
        R"(^\s*(?:- |\$ |script: |exec |time |sudo |[A-Z_]+=\S+ )*(?:\S*/)?bulkhead +(-{0,2}[a-z].*)$)");
    std::smatch match;
    if (!std::regex_match(line, match, command)) {
        return std::nullopt;
    }
    std::string words = match[1];
    for (const char* end : {" #", " | ", " > ", " && ", "; ", " 2>", " || ", "    "}) {
        words = words.substr(0, words.find(end));
    }
    words = std::regex_replace(words, std::regex(R"(\|[^ \]]+)"), ""); // of alternatives the first
    return std::regex_replace(words, std::regex(R"([\[\]]|\.\.\.|\\$)"), "");
}

/// What may stand for a number or a time in a synopsis.
std::string value_for(const std::string& word)
{
    static const std::map<std::string, std::string> values{
        {"N", "1"},      {"M", "1"},     {"TIME", "1s"},  {"PERCENT", "10"}, {"SHARE", "0.9"}, {"TRIAL", "1"},
        {"FACTOR", "2"}, {"csv", "csv"}, {"NUMBER", "1"}, {"LESSON", "3"},   {"OPS", "10"}};
    const auto found = values.find(word);
    return found == values.end() ? word : found->second;
}

Words words_of(const std::string& command)
{
    Words words;
    std::string word;
    char quote = 0;
    for (const char each : command + " ") {
        if (quote != 0 ? each == quote : each == '\'' || each == '"') {
            quote = quote != 0 ? '\0' : each;
        } else if (quote == 0 && each == ' ') {
            if (!word.empty()) {
                words.push_back(value_for(word));
            }
            word.clear();
        } else {
            word += each;
        }
    }
    return words;
}

/// True for the bare name of a command, or that with what it is about ("export RESULTS"), as a text mentions it.
bool names_command(Words words)
{
    while (!words.empty() &&
           std::ranges::all_of(words.back(), [](unsigned char each) { return std::isupper(each) != 0; })) {
        words.pop_back();
    }
    const cli::CommandModel program = cli::command_model();
    const cli::CommandModel* command = &program;
    for (const std::string& word : words) {
        const auto& below = command->commands;
        const auto found = std::ranges::find_if(below, [&](const auto& each) { return each.words.back() == word; });
        if (found == below.end()) {
            return false;
        }
        command = &*found;
    }
    return true;
}

bool parses(Words words)
{
    std::erase_if(words, [](const std::string& word) { return word == "--help" || word == "--version"; });
    if (!words.empty() && words.front() == "help") {
        words.erase(words.begin());
    }
    if (names_command(words)) {
        return true;
    }
    words.insert(words.begin(), "bulkhead");
    std::vector<char*> arguments;
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    const auto read = cli::read_command_line(static_cast<int>(arguments.size()), arguments.data());
    return std::holds_alternative<cli::CommandLine>(read);
}

/// A line that goes on in the next one is one line.
Words joined(const Words& lines)
{
    Words result;
    for (const std::string& line : lines) {
        const std::size_t first = std::min(line.find_first_not_of(' '), line.size());
        const bool goes_on = !result.empty() && (result.back().ends_with('\\') || (first > 8 && line[first] == '['));
        if (goes_on) {
            result.back() += " " + line.substr(first);
        } else {
            result.push_back(line);
        }
    }
    return result;
}

TEST_CASE("every command line of bulkhead in the documentation is one that the program can read")
{
    std::size_t commands = 0;
    for (const auto& path : all_pages()) {
        const Page page = read_page(path);
        Words lines = joined(page.code);
        lines.insert(lines.end(), page.spans.begin(), page.spans.end());
        for (const std::string& line : lines) {
            if (const auto command = command_in(line)) {
                CAPTURE(path.string());
                CAPTURE(line);
                CHECK(parses(words_of(*command)));
                ++commands;
            }
        }
    }
    CHECK(commands > 120);
}

TEST_CASE("a command line with an option that there is not is seen")
{
    const auto command = command_in("    $ build/release/bulkhead run x.toml --trails 5   # and so on");
    REQUIRE(command.has_value());
    CHECK(words_of(*command) == Words{"run", "x.toml", "--trails", "5"});
    CHECK_FALSE(parses(words_of(*command)));
    CHECK(parses(words_of(*command_in("bulkhead export RESULTS --format csv|jsonl [--rows trials|cells]"))));
    CHECK_FALSE(command_in("bulkhead: error: no such file").has_value());
}

TEST_CASE("every command has a section of its name in the reference of commands, with each of its long options")
{
    const Page page = read_page(std::filesystem::path(BULKHEAD_SOURCE_DIR) / "docs/reference/commands.md");
    std::string all;
    for (const auto* part : {&page.code, &page.spans}) {
        for (const std::string& each : *part) {
            all += each + "\n";
        }
    }
    const cli::CommandModel program = cli::command_model();
    for (const cli::CommandModel* command : cli::runnable(program)) {
        const std::string name = cli::full_name(*command, '-').substr(sizeof "bulkhead");
        const bool own = std::ranges::find(page.anchors, name) != page.anchors.end();
        const bool of_parent = std::ranges::find(page.anchors, command->words.front()) != page.anchors.end();
        CHECK_MESSAGE((own || of_parent), name);
        for (const cli::OptionModel& option : command->options) {
            CHECK_MESSAGE(all.find(option.names.back()) != std::string::npos, (name + " " + option.names.back()));
        }
    }
}

} // namespace
} // namespace bulkhead::tests
