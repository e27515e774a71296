#include "spec_reading.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace bulkhead;
using namespace bulkhead::spec;
using namespace bulkhead::spec::test;

namespace {

const std::filesystem::path experiments = std::filesystem::path(BULKHEAD_SOURCE_DIR) / "experiments";

Diagnostic at(std::uint32_t line, std::uint32_t column, std::string source)
{
    return {"x.toml", line, column, "message", "hint", std::move(source)};
}

/// The second and third line of what is rendered.
std::pair<std::string, std::string> source_and_caret(const Diagnostic& diagnostic)
{
    const std::string text = render(diagnostic);
    return {std::string(line_in(text, 1)), std::string(line_in(text, 2))};
}

std::string read_whole(const std::filesystem::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace

TEST_CASE("a mistake is rendered as compilers do")
{
    CHECK(render(at(12, 3, "a = 1")) == "x.toml:12:3: message\n    12 | a = 1\n       |   ^\n  hint: hint\n");
    CHECK(render({"x.toml", 1, 1, "message", "", "a"}) == "x.toml:1:1: message\n     1 | a\n       | ^\n");
}

TEST_CASE("a mistake of the file as a whole is rendered without a line")
{
    CHECK(render({"x.toml", 0, 0, "message", "hint", ""}) == "x.toml: message\n  hint: hint\n");
}

TEST_CASE("tabs before the column are kept below, so that the caret stands right")
{
    CHECK(source_and_caret(at(1, 4, "\ta\t= 1")).second == "       | \t \t^");
}

TEST_CASE("a character of several bytes takes one column")
{
    CHECK(source_and_caret(at(1, 5, "ä = é")).second == "       |     ^");
}

TEST_CASE("bytes that are no text, and orders to a terminal, are not printed as they are")
{
    CHECK(source_and_caret(at(1, 1, "\x1b[31m \xff \xc2\x9b")).first == "     1 | \uFFFD[31m \uFFFD \uFFFD");
    CHECK(mistakes_in("\"\\u001b[31m\" = 1\n").back().message.find('\x1b') == std::string::npos);
}

TEST_CASE("a caret beyond the end of its line stands at the end")
{
    CHECK(source_and_caret(at(1, 99, "abc")).second == "       |    ^");
}

TEST_CASE("a long line is cut around the column")
{
    const std::string line = std::string(500, 'a') + "X" + std::string(500, 'b');
    const auto [source, caret] = source_and_caret(at(1, 501, line));
    CHECK(source.size() <= 90);
    CHECK(source.find("...a") != std::string::npos);
    CHECK(source.ends_with("b..."));
    CHECK(source.at(caret.size() - 1) == 'X');
    CHECK_FALSE(source_and_caret(at(1, 1, line)).first.find("| ...") != std::string::npos);
    CHECK_FALSE(source_and_caret(at(1, 1001, line)).first.ends_with("..."));
}

TEST_CASE("the caret stands below the character of its column, wherever that is")
{
    CHECK(rc::check([] {
        const auto length = *rc::gen::inRange<std::size_t>(1, 300);
        const auto position = *rc::gen::inRange<std::size_t>(0, length);
        std::string line(length, '.');
        line[position] = 'X';
        const auto [source, caret] = source_and_caret(at(1, static_cast<std::uint32_t>(position + 1), line));
        RC_ASSERT(caret.back() == '^');
        RC_ASSERT(source.at(caret.size() - 1) == 'X');
    }));
}

TEST_CASE("what is not TOML is one mistake with the place where it stops being so")
{
    struct NotToml {
        std::string_view text;
        std::uint32_t line;
        std::uint32_t column;
        std::string_view hint;
    };
    for (const NotToml& expected : std::initializer_list<NotToml>{
             {"[ = \"x\"", 1, 3, "key = value"},
             {"schema = 1\nname = first\n", 2, 9, "in quotes"},
             {"name = \"x", 1, 10, "the quote it began with"},
             {"name = \"x\n", 1, 10, "an escape"},
             {"[pool]\n[pool]\n", 2, 1, "written once"},
             {"golden = 10%\n", 1, 12, "such as 0.1 for 10%"},
             {"golden = .5\n", 1, 10, "20 or 0.5"},
             {"window = 500ms\n", 1, 13, "\"500ms\""},
             {"name = \"\\xff\"\n", 1, 10, "a backslash is written \\\\;"},
             {"name = \"C:\\dir\"\n", 1, 12, "a backslash is written \\\\;"},
             {"name = 1\n [expect]\n[[expect]]\n", 3, 1, "write [[expect]] here and in line 2"},
             {"[[expect]]\n[expect]\n", 2, 1, "write [[expect]] here, too"},
             {"kinds = [\"a\" \"b\"]\n", 1, 14, "with a comma"},
             {"name = \"\xff\"\n", 1, 8, "UTF-8"},
             {"seed = 9223372036854775808\n", 1, 27, "9223372036854775807"},
         }) {
        CAPTURE(expected.text);
        const Diagnostics found = mistakes_in(expected.text);
        REQUIRE(found.size() == 1);
        CHECK(found[0].message.starts_with("not valid TOML: "));
        CHECK(found[0].line == expected.line);
        CHECK(found[0].column == expected.column);
        CHECK_MESSAGE(found[0].hint.find(expected.hint) != std::string::npos, found[0].hint);
    }
}

TEST_CASE("a file that is too large or nested too deeply is refused before it is parsed")
{
    CHECK(mistakes_in(std::string(200'000, '#')).at(0).message == "too large for an experiment");
    std::string deep = "a";
    for (int i = 0; i < 60'000; ++i)
        deep += ".a";
    CHECK(mistakes_in(deep + " = 1\n").at(0).message == "too many dots for an experiment");
    std::string nearly = "a";
    for (int i = 0; i < 2'000; ++i)
        nearly += ".a";
    CHECK(mistakes_in(nearly + " = 1\n").at(0).message == "there is no key \"a\" at the top level");
    CHECK(mistakes_in("a = " + std::string(60'000, '[')).size() == 1);
}

TEST_CASE("whatever is done to a file, reading it ends in an experiment or in mistakes with their places")
{
    const std::string original = read_whole(experiments / "first-look.toml");
    CHECK(rc::check([&original] {
        std::string text = original;
        const auto edits = *rc::gen::inRange(1, 5);
        for (int i = 0; i < edits; ++i) {
            const auto from = *rc::gen::inRange<std::size_t>(0, text.size());
            const auto removed = *rc::gen::inRange<std::size_t>(0, 4);
            text.replace(from, removed, *rc::gen::container<std::string>(rc::gen::arbitrary<char>()));
        }
        const auto result = parse(text, "x.toml");
        if (const auto* found = std::get_if<Diagnostics>(&result)) {
            RC_ASSERT(!found->empty());
            for (const Diagnostic& diagnostic : *found) {
                RC_ASSERT(diagnostic.line >= 1U);
                RC_ASSERT(diagnostic.column >= 1U);
                RC_ASSERT(render(diagnostic).ends_with("\n"));
            }
        }
    }));
}

TEST_CASE("a file that cannot be read is one mistake without a line, and says what to do")
{
    const auto only = [](const std::filesystem::path& path) {
        const auto result = load(path);
        return std::get<Diagnostics>(result).at(0);
    };
    const Diagnostic missing = only(experiments / "frist-look.toml");
    CHECK(missing.line == 0);
    CHECK(missing.message == "there is no such file");
    CHECK(missing.hint.find("first-look.toml\"?") != std::string::npos);
    CHECK(only(experiments).message == "this is a folder");
    CHECK(only(experiments / "first-look.toml" / "x").line == 0);
    CHECK(only("/nowhere/at/all.toml").message == "there is no such file");
    CHECK(only("segv-null").hint.starts_with("did you mean bulkhead run --fault segv-null? "));
    CHECK(only("SIGTERM").hint.starts_with("did you mean bulkhead run --fault kill:SIGTERM? "));
    CHECK(only("8x1").hint.starts_with("did you mean bulkhead run --shape 8x1 --fault FAULT? "));
}

namespace {

/// The files of the claims begin with the claim's number, as people write it.
std::string in_small_letters(std::string text)
{
    for (char& c : text)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

} // namespace

TEST_CASE("every experiment that comes with the program is valid, and its file is named after it")
{
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(experiments)) {
        if (entry.path().extension() != ".toml")
            continue;
        ++count;
        const auto result = load(entry.path());
        if (const auto* found = std::get_if<Diagnostics>(&result))
            FAIL_CHECK(render(found->front()));
        else
            CHECK(std::get<model::Experiment>(result).name == in_small_letters(entry.path().stem().string()));
    }
    CHECK(count >= 4);
}

TEST_CASE("crashes.toml, exits.toml and channels.toml hold every fault of their family")
{
    const auto faults = [](model::Family family) {
        std::vector<std::string> ids;
        for (const model::FaultRow& row : model::catalogue()) {
            if (row.family == family)
                ids.emplace_back(row.id);
        }
        return ids;
    };
    const auto listed = [](const char* file) {
        const auto experiment = load(experiments / file);
        std::vector<std::string> ids;
        for (const model::Fault fault : std::get<model::Experiment>(experiment).faults)
            ids.push_back(to_string(fault));
        return ids;
    };
    CHECK(listed("crashes.toml") == faults(model::Family::crash));
    CHECK(listed("exits.toml") == faults(model::Family::exit));
    CHECK(listed("channels.toml") == faults(model::Family::channel));
}
