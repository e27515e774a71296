// Recorded trials as tables, read by programs that others wrote.
#include "tests/cli/tools.hpp"

#include <doctest/doctest.h>

namespace bulkhead::tests {
namespace {

TEST_CASE("Python's csv and json read the same trials from both exports, as many as were recorded")
{
    const TempDir folder;
    if (code_of(shell(folder.path(), std::string(debian_python) + " -c 'import csv, json'")) != 0) {
        MESSAGE("skipped: Debian's Python is not installed (python3)");
        return;
    }
    folder.write("a.toml", small_experiment("first", "survivors = \"all\""));
    REQUIRE(code_of(bulkhead(folder.path(), {"run", "a.toml", "--out", "r.db"})) == 1);
    for (const std::string rows : {"trials", "figures", "cells", "verdicts"}) {
        folder.write(rows + ".csv", bulkhead(folder.path(), {"export", "r.db", "--format", "csv", "--rows", rows}).out);
        folder.write(rows + ".jsonl",
                     bulkhead(folder.path(), {"export", "r.db", "--format", "jsonl", "--rows", rows}).out);
    }
    folder.write("compare.py", R"(import csv, json
for rows in "trials", "figures", "cells", "verdicts":
    objects = [json.loads(line) for line in open(rows + ".jsonl")]
    table = list(csv.DictReader(open(rows + ".csv", newline=""), strict=True))
    def as_text(value):
        return "" if value is None else value if isinstance(value, str) else json.dumps(value)
    same = [{k: as_text(v) for k, v in each.items()} for each in objects] == table
    print(rows, len(table) if rows != "figures" else len(table) > 0, "same" if same else "different")
)");
    const Ended read = shell(folder.path(), std::string(debian_python) + " compare.py");
    CAPTURE(read.err);
    CHECK(read.out == "trials 8 same\nfigures True same\ncells 4 same\nverdicts 2 same\n");
}

TEST_CASE("CSV without rows has its heading, and JSON Lines are none then")
{
    const TempDir folder;
    std::string text = small_experiment("first", "");
    text.erase(text.find("[[expect]]"));
    folder.write("a.toml", text);
    REQUIRE(code_of(bulkhead(folder.path(), {"run", "a.toml", "--out", "r.db"})) == 0);
    const auto verdicts_as = [&folder](const std::string& format) {
        return bulkhead(folder.path(), {"export", "r.db", "--format", format, "--rows", "verdicts"}).out;
    };
    CHECK(verdicts_as("csv") == "experiment,expectation,file,line,says,verdict,cell,cell_verdict,reason,look\n");
    CHECK(verdicts_as("jsonl").empty());
}

TEST_CASE("the Markdown of a results file has its verdicts and facts, whatever the verdicts are")
{
    const TempDir folder;
    folder.write("a.toml", small_experiment("first", "survivors = \"all\""));
    REQUIRE(code_of(bulkhead(folder.path(), {"run", "a.toml", "--out", "r.db"})) == 1);
    const Ended exported = bulkhead(folder.path(), {"export", "r.db", "--format", "markdown"});
    CHECK(code_of(exported) == 0);
    CHECK(exported.out.starts_with("## first\n"));
    CHECK(has(exported.out, "| **refuted** | every shape, every fault: survivors = all (line "));
    CHECK(has(exported.out, "`bulkhead show r.db "));
    CHECK(has(exported.out, "| seed | 1 |"));
}

TEST_CASE("the verdicts of a campaign that its own rule stopped are exported as they were told")
{
    const TempDir folder;
    std::string text = small_experiment("first", "when = { shape = \"2x1\" }\nsurvivors = \">= 0.1\"");
    text.replace(text.find("count = 3"), 9, "count = 1000000\nfor = \"2s\"");
    folder.write("a.toml", text);
    CHECK(code_of(bulkhead(folder.path(), {"run", "a.toml", "--out", "r.db"})) == 0);
    const Ended exported = bulkhead(folder.path(), {"export", "r.db", "--format", "markdown"});
    CHECK(has(exported.out, "| upheld | 2x1, every fault: survivors \\>= 0.1 (line "));
    CHECK_FALSE(has(exported.out, "No success"));
}

TEST_CASE("GitHub's own Markdown parser makes tables of the verdicts and of the facts, and text of what is in them")
{
    const TempDir folder;
    if (code_of(shell(folder.path(), "command -v cmark-gfm")) != 0) {
        MESSAGE("skipped: cmark-gfm is not installed (Debian: cmark-gfm)");
        return;
    }
    std::string text = small_experiment("first", "survivors = \"all\"");
    text.replace(text.find("Does a worker"), 13, "<b>a</b> | *b* worker");
    folder.write("a.toml", text);
    REQUIRE(code_of(bulkhead(folder.path(), {"run", "a.toml", "--out", "r.db"})) == 1);
    folder.write("r.md", bulkhead(folder.path(), {"export", "r.db", "--format", "markdown"}).out);
    const std::string html = shell(folder.path(), "cmark-gfm -e table r.md").out;
    CAPTURE(html);
    CHECK(has(html, "<p>&lt;b&gt;a&lt;/b&gt; | *b* worker that dies"));
    CHECK(has(html, "<td><strong>refuted</strong></td>\n<td>every shape, every fault: survivors = all (line "));
    CHECK(has(html, "<td><strong>refuted</strong></td>\n<td>1x2 segv-null</td>\n<td>survivors = all</td>\n"));
    CHECK(has(html, "<td>seed</td>\n<td>1</td>"));
}

TEST_CASE("an export that cannot be had says what can")
{
    const TempDir folder;
    folder.write("a.toml", small_experiment("first", "survivors = \"all\""));
    bulkhead(folder.path(), {"run", "a.toml", "--out", "r.db"});
    const std::vector<std::pair<std::vector<std::string>, std::string>> mistakes = {
        {{"export", "r.db", "--format", "cvs"}, "did you mean \"csv\"?"},
        {{"export", "r.db", "--format", "csv", "--rows", "trial"}, "did you mean \"trials\"?"},
        {{"export", "r.db", "--format", "markdown", "--rows", "cells"}, "take csv or jsonl"},
        {{"export", "r.db"}, "--format is missing"},
        {{"export", "none.db", "--format", "csv"}, "none.db"},
    };
    for (const auto& [arguments, said] : mistakes) {
        const Ended ended = bulkhead(folder.path(), arguments);
        CAPTURE(ended.err);
        CHECK(code_of(ended) == 2);
        CHECK(has(ended.err, said));
        CHECK(ended.out.empty());
    }
}

} // namespace
} // namespace bulkhead::tests
