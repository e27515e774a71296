// Single pictures, and the report as Markdown: `bulkhead report --format`, `bulkhead anatomy --format svg`.
#include "tests/cli/tools.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <iterator>

namespace bulkhead::tests {
namespace {

std::string text_of(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void run_small(const TempDir& folder, const std::string& name = "small")
{
    folder.write(name + ".toml", small_experiment(name, "blast_radius = \"predicted\""));
    const Ended ran = bulkhead(folder.path(), {"run", name + ".toml", "-o", name + ".db", "-q"});
    REQUIRE_MESSAGE(code_of(ran) == 0, ran.err);
}

bool has_xmllint(const TempDir& folder)
{
    if (code_of(shell(folder.path(), "command -v xmllint")) == 0) {
        return true;
    }
    MESSAGE("skipped: xmllint is not installed (Debian: libxml2-utils)");
    return false;
}

TEST_CASE("xmllint finds every picture of a run well-formed, and valid by the DTD of SVG 1.1 where that is installed")
{
    const TempDir folder;
    if (!has_xmllint(folder)) {
        return;
    }
    run_small(folder);
    std::string names;
    for (const std::string view : {"table", "dial", "lifelines", "price"}) {
        for (const std::string language : {"en", "ko"}) {
            names += " " + view + language + ".svg";
            const Ended made = bulkhead(folder.path(), {"report", "small.db", "--format", "svg", "--view", view,
                                                        "--lang", language, "-o", view + language + ".svg"});
            CHECK_MESSAGE(code_of(made) == 0, made.err);
        }
    }
    const Ended memory = bulkhead(folder.path(), {"anatomy", "--format", "svg"});
    CHECK_MESSAGE(code_of(memory) == 0, memory.err);
    folder.write("memory.svg", memory.out);
    const Ended checked = shell(folder.path(), "xmllint --noout" + names + " memory.svg");
    CHECK_MESSAGE(code_of(checked) == 0, checked.err);
    const std::string dtd = "/usr/share/xml/w3c-sgml-lib/schema/dtd/REC-SVG11-20030114/svg11.dtd"; // w3c-sgml-lib
    if (std::filesystem::exists(dtd)) {
        const Ended valid = shell(folder.path(), "xmllint --nonet --noout --dtdvalid " + dtd + names + " memory.svg");
        CHECK_MESSAGE(code_of(valid) == 0, valid.err);
    }
}

TEST_CASE("a picture goes to standard output, the lifelines of any trial can be had, and nothing is left behind")
{
    const TempDir folder;
    run_small(folder);
    const auto before = folder.files();
    const Ended table = bulkhead(folder.path(), {"report", "small.db", "--format", "svg", "--view", "table"});
    CHECK(code_of(table) == 0);
    CHECK(table.out.starts_with("<?xml version=\"1.0\""));
    CHECK(table.out.ends_with("</svg>\n"));
    const Ended trial =
        bulkhead(folder.path(), {"report", "small.db", "--format", "svg", "--view", "lifelines", "--trial", "2"});
    CHECK(has(trial.out, ">trial 2 of small: "));
    const Ended two =
        bulkhead(folder.path(), {"report", "small.db", "small.db", "--format", "svg", "--view", "price", "-o", "-"});
    CHECK(has(two.out, "small, small"));
    CHECK(folder.files() == before);
}

TEST_CASE("the report as Markdown tells how to repeat the experiment, and that works")
{
    const TempDir folder;
    run_small(folder);
    const Ended made = bulkhead(folder.path(), {"report", "small.db", "--format", "md"});
    CAPTURE(made.out);
    CHECK(code_of(made) == 0);
    CHECK(made.out.starts_with("# small\n\n"));
    CHECK(has(made.out, "**Upheld: the one expectation holds.**"));
    const std::string fence = "```toml\n";
    const std::size_t begin = made.out.find(fence) + fence.size();
    folder.write("again.toml", made.out.substr(begin, made.out.find("```", begin) - begin));
    const Ended again = bulkhead(folder.path(), {"run", "again.toml", "--no-record", "-q"});
    CHECK_MESSAGE(code_of(again) == 0, again.err);
}

TEST_CASE("a picture replaces a picture, Markdown replaces Markdown, and neither anything else")
{
    const TempDir folder;
    run_small(folder);
    const std::string results = text_of(folder / "small.db");
    folder.write("mine.svg", "my own notes");
    folder.write("mine.md", "my own notes");
    const auto draw = [&](const std::string& out) {
        return bulkhead(folder.path(), {"report", "small.db", "--format", "svg", "--view", "dial", "-o", out});
    };
    const auto write = [&](const std::string& out) {
        return bulkhead(folder.path(), {"report", "small.db", "--format", "md", "-o", out});
    };
    CHECK(code_of(draw("dial.svg")) == 0);
    CHECK(code_of(draw("dial.svg")) == 0);
    CHECK(code_of(write("report.md")) == 0);
    CHECK(code_of(write("report.md")) == 0);
    CHECK(code_of(draw("report.md")) == 2);
    CHECK(code_of(draw("mine.svg")) == 2);
    CHECK(code_of(write("mine.md")) == 2);
    CHECK(code_of(draw("small.db")) == 2);
    CHECK(text_of(folder / "mine.svg") == "my own notes");
    CHECK(text_of(folder / "mine.md") == "my own notes");
    CHECK(text_of(folder / "small.db") == results);
}

TEST_CASE("what does not go together in a piece is a mistake that says what would")
{
    const TempDir folder;
    run_small(folder);
    struct Mistake {
        std::vector<std::string> options;
        std::string said;
    };
    const Mistake mistakes[] = {
        {{"--format", "svg"}, "table, dial, lifelines, price"},
        {{"--format", "svg", "--view", "tabel"}, "did you mean \"table\"?"},
        {{"--format", "svg", "--view", "memory"}, "bulkhead anatomy --format svg"},
        {{"--format", "svg", "--view", "dial", "--trial", "1"}, "--view lifelines"},
        {{"--format", "svg", "--view", "lifelines", "--trial", "9999"}, "there is no trial 9999"},
        {{"--format", "svg", "--view", "dial", "small.db"}, "only --view price"},
        {{"--format", "md", "--view", "dial"}, "--format svg"},
        {{"--view", "dial"}, "--format svg"},
        {{"--format", "svgs"}, "valid: html, md, svg"},
    };
    const auto before = folder.files();
    for (const Mistake& mistake : mistakes) {
        std::vector<std::string> arguments{"report", "small.db"};
        arguments.insert(arguments.end(), mistake.options.begin(), mistake.options.end());
        const Ended ended = bulkhead(folder.path(), arguments);
        CAPTURE(mistake.said);
        CHECK(code_of(ended) == 2);
        CHECK_MESSAGE(has(ended.err, mistake.said), ended.err);
        CHECK(ended.out.empty());
    }
    CHECK(folder.files() == before);
}

} // namespace
} // namespace bulkhead::tests
