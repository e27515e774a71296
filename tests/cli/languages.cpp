// What is said in another language than English, and what chooses it.
#include "tests/cli/run_binary.hpp"
#include "tests/korean.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <sstream>

namespace bulkhead::tests {
namespace {

using Json = nlohmann::json;

Ended in_environment(const TempDir& folder, const std::vector<std::string>& arguments,
                     std::vector<std::string> environment)
{
    Program program(arguments, {folder.path(), std::move(environment), false, {}});
    return program.wait();
}

/// The lines that must be Korean: all but ids, commands, and sources in manuals.
std::vector<std::string> lines_in_korean(const std::string& text)
{
    std::vector<std::string> lines;
    std::istringstream stream(text);
    bool in_source = false;
    for (std::string line; std::getline(stream, line);) {
        in_source = has(line, "출처") || (in_source && line.starts_with("                "));
        const bool has_letters = std::ranges::any_of(line, [](unsigned char byte) { return std::isalpha(byte) != 0; });
        if (has_letters && !in_source && line.starts_with(" ") && !line.starts_with("  bulkhead run ")) {
            lines.push_back(line);
        }
    }
    return lines;
}

std::string about(const std::string& claim, const std::string& fault)
{
    return "schema = 1\nname = \"" + fault + "\"\nclaim = \"" + claim +
           "\"\n[pool]\nshapes = [\"1x2\"]\nlaunch = \"zygote\"\n[fault]\nkinds = [\"" + fault +
           "\"]\n[trials]\ncount = 2\n[[expect]]\nsurvivors = \"none\"\n";
}

} // namespace

TEST_CASE("--lang, or else the environment, chooses the language: LC_ALL before LC_MESSAGES before LANG")
{
    const TempDir folder;
    const std::vector<std::string> explain{"explain", "segv-null"};
    const auto is_korean = [](const Ended& ended) {
        CHECK(code_of(ended) == 0);
        return has(ended.out, "널 포인터가 가리키는 곳에 씁니다");
    };
    const std::string none = "LC_ALL=";
    CHECK(is_korean(in_environment(folder, {"explain", "segv-null", "--lang", "ko"}, {"LC_ALL=C.UTF-8"})));
    CHECK_FALSE(is_korean(in_environment(folder, {"explain", "segv-null", "--lang", "en"}, {"LC_ALL=ko_KR.UTF-8"})));
    CHECK(is_korean(in_environment(folder, explain, {none, "LC_MESSAGES=", "LANG=ko_KR.UTF-8"})));
    CHECK(is_korean(in_environment(folder, explain, {none, "LC_MESSAGES=", "LANG=ko"})));
    CHECK(is_korean(in_environment(folder, explain, {none, "LC_MESSAGES=ko_KR.utf8", "LANG=en_US.UTF-8"})));
    CHECK_FALSE(is_korean(in_environment(folder, explain, {"LC_ALL=C", "LC_MESSAGES=ko_KR.UTF-8", "LANG=ko"})));
    CHECK_FALSE(is_korean(in_environment(folder, explain, {none, "LC_MESSAGES=", "LANG=fr_FR.UTF-8"})));
    CHECK_FALSE(is_korean(in_environment(folder, explain, {none, "LC_MESSAGES=", "LANG=ko_KR.EUC-KR"})));
}

TEST_CASE("a language that is not there is a mistake which names those that are")
{
    const TempDir folder;
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"explain", "segv-null"}, {"list", "claims"}, {"run", "x.toml"}}) {
        std::vector<std::string> arguments = command;
        arguments.insert(arguments.end(), {"--lang", "fr"});
        const Ended ended = bulkhead(folder.path(), arguments);
        CHECK(code_of(ended) == 2);
        CHECK(ended.out.empty());
        CHECK(has(ended.err, "\"fr\" is not a language; valid: en, ko"));
    }
}

TEST_CASE("what programs read is English in every language")
{
    const TempDir folder;
    for (const std::vector<std::string>& command : {std::vector<std::string>{"explain", "segv-null"},
                                                    {"explain", "C13"},
                                                    {"list", "faults"},
                                                    {"list", "claims"}}) {
        std::vector<std::string> arguments = command;
        arguments.insert(arguments.end(), {"--format", "json", "--lang"});
        std::vector<std::string> korean = arguments;
        arguments.emplace_back("en");
        korean.emplace_back("ko");
        CHECK(bulkhead(folder.path(), arguments).out == bulkhead(folder.path(), korean).out);
        CHECK(Json::accept(bulkhead(folder.path(), korean).out));
    }
}

TEST_CASE("every fault and every claim is explained in Korean, line by line")
{
    const TempDir folder;
    std::vector<std::string> topics{"kill", "tgkill", "kill:SIGTERM", "kill:SIGSTOP", "group-signal:SIGRTMIN+2"};
    const Json faults = Json::parse(bulkhead(folder.path(), {"list", "faults", "--format", "json"}).out);
    for (const Json& fault : faults["faults"]) {
        topics.push_back(fault["id"]);
    }
    const Json claims = Json::parse(bulkhead(folder.path(), {"list", "claims", "--format", "json"}).out);
    for (const Json& claim : claims["claims"]) {
        topics.push_back(claim["id"]);
    }
    CHECK(topics.size() > 105);
    for (const std::string& topic : topics) {
        CAPTURE(topic);
        const Ended ended = bulkhead(folder.path(), {"explain", topic, "--lang", "ko"});
        CHECK(code_of(ended) == 0);
        const auto lines = lines_in_korean(ended.out);
        CHECK(korean::has_hangul(ended.out));
        for (const std::string& line : lines) {
            CAPTURE(line);
            const bool is_list_of_names = has(line, "SIG") || has(line, "8x1");
            CHECK((korean::has_hangul(line) || is_list_of_names));
            CHECK(korean::english_in(line) == "");
        }
    }
}

TEST_CASE("columns of a Korean table stand below one another")
{
    const TempDir folder;
    const std::string text = bulkhead(folder.path(), {"explain", "die-holding-lock", "--lang", "ko"}).out;
    std::istringstream stream(text);
    std::vector<std::size_t> widths;
    for (std::string line; std::getline(stream, line);) {
        if (line.ends_with(" 1x8") || line.ends_with("/7")) {
            std::size_t columns = 0; // each syllable has three bytes and two columns
            for (const char byte : line) {
                const auto value = static_cast<unsigned char>(byte);
                columns += value < 0x80 ? 1 : value >= 0xc0 ? 2 : 0;
            }
            widths.push_back(columns);
        }
    }
    REQUIRE(widths.size() == 4);
    CHECK(std::ranges::count(widths, widths.front()) == 4);
}

TEST_CASE("the lists of faults and claims, and the table of claims, are Korean when asked for")
{
    const TempDir folder;
    const std::string faults = bulkhead(folder.path(), {"list", "faults", "--lang", "ko"}).out;
    CHECK(has(faults, "비정상 종료\n  segv-null               사망         프로세스 널 포인터가"));
    CHECK(korean::english_in(faults) == "");
    CHECK(korean::english_in(bulkhead(folder.path(), {"list", "claims", "--lang", "ko"}).out) == "");

    folder.write("claims/a.toml", about("C16", "segv-null"));
    folder.write("claims/b.toml", about("C17", "abort"));
    const Ended table = bulkhead(folder.path(), {"run", "claims", "--lang", "ko"});
    CHECK(code_of(table) == 0);
    CHECK(has(table.out, "C16  성립"));
    CHECK(has(table.out, "한계: "));
    CHECK(has(table.out, "1x2, segv-null: survivors = none") == false);
    CHECK(has(table.out, "모든 구성, 모든 결함: survivors = none"));
    CHECK(korean::english_in(table.out) == "");
}

} // namespace bulkhead::tests
