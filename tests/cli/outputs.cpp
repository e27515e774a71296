// What other programs read, held against schemas and parsers that others wrote.
#include "tests/cli/tools.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

namespace bulkhead::tests {
namespace {

using Json = nlohmann::json;

const std::string schemas = BULKHEAD_SOURCE_DIR "/tests/schemas/";

std::string text_of(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Two cells; of the three expectations one is upheld, one refuted, and one has too few trials to be either.
std::string mixed_experiment(const std::string& name)
{
    std::string text = small_experiment(name, "when = { shape = \"2x1\" }\nsurvivors = \"all\"");
    text.replace(text.find("Does a worker"), 13, "<&\\\"'> Does a worker");
    return text + "\n[[expect]]\nwhen = { shape = \"1x2\" }\nsurvivors = \"all\"\n" +
           "\n[[expect]]\nwhen = { shape = \"2x1\" }\nsurvivors = \">= 0.99\"\n";
}

/// Runs two experiments of which the second has a victim that only root can be, and writes all three files.
Ended run_with_outputs(const TempDir& folder)
{
    folder.write("x/a.toml", mixed_experiment("mixed"));
    folder.write("x/b.toml", small_experiment("plain", "blast_radius = \"predicted\""));
    return bulkhead(folder.path(), {"run", "x", "--no-record", "--junit", "out/j.xml", "--tap", "out/t.tap", "--sarif",
                                    "out/s.sarif"});
}

TEST_CASE("JUnit's XML of a run has one test case for each expectation and cell")
{
    const TempDir folder;
    const Ended ran = run_with_outputs(folder);
    CAPTURE(ran.err);
    CHECK(code_of(ran) == 3);
    const std::string xml = text_of(folder / "out/j.xml");
    CHECK(has(xml, "tests=\"5\" failures=\"1\" errors=\"1\""));
    CHECK(has(xml, "<property name=\"kernel\" value=\"Linux "));
    CHECK(has(xml, "<property name=\"seed\" value=\"1\"/>"));
    CHECK(has(xml, "<property name=\"bulkhead\" value=\"bulkhead 0."));
}

TEST_CASE("xmllint finds JUnit's XML of a run valid by its schema")
{
    const TempDir folder;
    if (code_of(shell(folder.path(), "command -v xmllint")) != 0) {
        MESSAGE("skipped: xmllint is not installed (Debian: libxml2-utils)");
        return;
    }
    run_with_outputs(folder);
    const Ended checked = shell(folder.path(), "xmllint --noout --relaxng '" + schemas + "junit.rng' out/j.xml");
    CHECK_MESSAGE(code_of(checked) == 0, checked.err);
}

TEST_CASE("Perl's TAP parser finds the plan good, no error, and the points that failed")
{
    const TempDir folder;
    if (code_of(shell(folder.path(), "perl -MTAP::Parser -e 1")) != 0) {
        MESSAGE("skipped: Perl's TAP::Parser is not installed (Debian: perl)");
        return;
    }
    run_with_outputs(folder);
    const Ended parsed = shell(folder.path(), R"(perl -MTAP::Parser -e '
        my $parser = TAP::Parser->new({ tap => do { local $/; <STDIN> } });
        while (my $result = $parser->next) {
            print "reason ", $result->data->{reason}, "\n" if $result->is_yaml;
            print "unknown ", $result->raw, "\n" if $result->is_unknown;
        }
        print "version ", $parser->version, " plan ", $parser->is_good_plan ? "good" : "bad", "\n";
        print "errors ", scalar($parser->parse_errors), "\n";
        print "failed ", join(",", $parser->failed), "\n";' <out/t.tap)");
    CAPTURE(parsed.err);
    CAPTURE(text_of(folder / "out/t.tap"));
    CHECK(has(parsed.out, "version 13 plan good\nerrors 0\nfailed 2,3\n"));
    CHECK(has(parsed.out, "reason 3 of 3 siblings lost, in 3 of 3 trials\n"));
    CHECK_FALSE(has(parsed.out, "unknown"));
}

TEST_CASE("in SARIF a result's region is the line of its expectation in the file")
{
    const TempDir folder;
    run_with_outputs(folder);
    const Json sarif = Json::parse(text_of(folder / "out/s.sarif"));
    const Json& results = sarif["runs"][0]["results"];
    REQUIRE(results.size() == 2);
    CHECK(results[0]["level"] == "error");
    CHECK(results[1]["level"] == "warning");
    const Json& place = results[0]["locations"][0]["physicalLocation"];
    CHECK(place["artifactLocation"]["uri"] == "x/a.toml");
    const std::string text = mixed_experiment("mixed");
    const auto second = text.find("[[expect]]", text.find("[[expect]]") + 1);
    CHECK(place["region"]["startLine"] == 1 + std::count(text.begin(), text.begin() + static_cast<long>(second), '\n'));
}

TEST_CASE("Python's jsonschema finds SARIF of a run valid by its schema")
{
    const TempDir folder;
    const std::string python = debian_python;
    if (code_of(shell(folder.path(), python + " -c 'import jsonschema'")) != 0) {
        MESSAGE("skipped: Python's jsonschema is not installed (Debian: python3-jsonschema)");
        return;
    }
    run_with_outputs(folder);
    const Ended checked =
        shell(folder.path(), python + " -m jsonschema -i out/s.sarif '" + schemas + "sarif-2.1.0-rtm.5.json'");
    CHECK_MESSAGE(code_of(checked) == 0, (checked.out + checked.err));
}

TEST_CASE("a file for another program that cannot be written is told before anything runs")
{
    const TempDir folder;
    folder.write("a.toml", small_experiment("first", "survivors = \"all\""));
    folder.write("file", "");
    std::filesystem::create_directory(folder / "folder");
    std::filesystem::create_directory_symlink("folder", folder / "link");
    std::filesystem::create_hard_link(folder / "a.toml", folder / "a.xml");
    folder.write("others.db", std::string("SQLite format 3\0and more", 24));
    std::filesystem::create_symlink("others.db", folder / "latest.db");
    const std::vector<std::pair<std::vector<std::string>, std::string>> mistakes = {
        {{"--junit", "file/j.xml"}, "cannot write file/j.xml"},
        {{"--tap", "folder"}, "this is a folder"},
        {{"--sarif", "/proc/s.sarif"}, "cannot write /proc/s.sarif"},
        {{"--junit", "same", "--tap", "./same"}, "the same name"},
        {{"--junit", "r.db", "--out", "r.db"}, "the same name"},
        {{"--sarif", "./a.toml"}, "the same name"},
        {{"--sarif", "a.xml"}, "the same"},
        {{"--junit", "folder/j", "--tap", "link/j"}, "the same name"},
        {{"--junit", "folder/r.db", "--out", "link/r.db"}, "the same name"},
        {{"--junit", "others.db"}, "a results file is there"},
        {{"--tap", "latest.db"}, "a results file is there"},
    };
    const auto before = folder.files();
    for (const auto& mistake : mistakes) {
        const std::string& said = mistake.second;
        std::vector<std::string> arguments{"run", "a.toml"};
        arguments.insert(arguments.end(), mistake.first.begin(), mistake.first.end());
        const Ended ended = bulkhead(folder.path(), arguments);
        CAPTURE(said);
        CAPTURE(ended.err);
        CHECK(code_of(ended) == 2);
        CHECK(has(ended.err, said));
        CHECK(ended.out.empty());
        CHECK(folder.files() == before);
    }
}

TEST_CASE("what lies beside the files for other programs is left alone, whatever it is called")
{
    const TempDir folder;
    folder.write("a.toml", small_experiment("first", "blast_radius = \"predicted\""));
    folder.write("j.xml.new", "somebody's");
    const Ended ran =
        bulkhead(folder.path(), {"run", "a.toml", "--no-record", "--junit", "a.new", "--tap", "a", "--sarif", "j.xml"});
    CAPTURE(ran.err);
    CHECK(code_of(ran) == 0);
    CHECK(text_of(folder / "j.xml.new") == "somebody's");
    CHECK(has(text_of(folder / "a.new"), "<testsuites"));
    CHECK(has(text_of(folder / "a"), "TAP version 13\n"));
    CHECK(folder.files() == std::vector<std::string>{"a", "a.new", "a.toml", "j.xml", "j.xml.new"});
}

TEST_CASE("a link that leads to a file or to a descriptor is written through, and stays")
{
    namespace fs = std::filesystem;
    const TempDir folder;
    folder.write("a.toml", small_experiment("first", "blast_radius = \"predicted\""));
    folder.write("old/j.xml", "of another day");
    fs::create_symlink("old/j.xml", folder / "latest.xml");
    fs::create_symlink("old/t.tap", folder / "latest.tap"); // which is not there
    fs::create_symlink("/dev/stdout", folder / "stdout");   // and not this itself, which a failure would replace
    const std::vector<std::string> through{"/bin/sh", "-c", "{ \"$@\" && echo afterwards; } >said", "sh"};
    const Ended ran = Program({"run", "a.toml", "--no-record", "--junit", "latest.xml", "--tap", "latest.tap",
                               "--sarif", "stdout", "--format", "json"},
                              {folder.path(), {}, false, through})
                          .wait();
    CAPTURE(ran.err);
    CHECK(code_of(ran) == 0);
    CHECK(fs::is_symlink(folder / "latest.xml"));
    CHECK(has(text_of(folder / "old/j.xml"), "<testsuites"));
    CHECK(fs::is_symlink(folder / "latest.tap"));
    CHECK(has(text_of(folder / "old/t.tap"), "TAP version 13\n"));
    CHECK(fs::is_symlink(folder / "stdout"));
    const std::string said = text_of(folder / "said");
    CHECK(said.starts_with("{"));
    CHECK(has(said, "}\n{")); // the report, and then SARIF
    CHECK(has(said, "sarif-2.1.0"));
    CHECK(said.ends_with("}\nafterwards\n"));
}

TEST_CASE("judge writes the same verdicts as the run whose results it reads, and in place of a file that is there")
{
    const TempDir folder;
    folder.write("a.toml", mixed_experiment("mixed"));
    folder.write("t.tap", "of another day");
    CHECK(code_of(bulkhead(folder.path(), {"run", "a.toml", "--out", "r.db", "--tap", "t.tap", "--trials", "4"})) == 3);
    CHECK(code_of(bulkhead(folder.path(), {"judge", "r.db", "--tap", "judged.tap", "--sarif", "s.sarif"})) == 3);
    const std::string tap = text_of(folder / "t.tap");
    CHECK(has(tap, "not ok 2"));
    CHECK(has(tap, "bulkhead show r.db "));
    CHECK(tap == text_of(folder / "judged.tap"));
    // The results hold another text than the file, for a value was overridden: the lines are those of the file all the
    // same.
    const std::string text = mixed_experiment("mixed");
    const auto second = text.find("[[expect]]", text.find("[[expect]]") + 1);
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<long>(second), '\n');
    const Json sarif = Json::parse(text_of(folder / "s.sarif"));
    CHECK(sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] == line);
}

TEST_CASE("on GitHub a run annotates the lines of what is not upheld, and adds to the step's summary")
{
    const TempDir folder;
    folder.write("a.toml", mixed_experiment("mixed"));
    folder.write("summary.md", "before\n");
    const std::vector<std::string> on_github{"GITHUB_ACTIONS=true", "GITHUB_STEP_SUMMARY=summary.md"};
    const Ended ran =
        Program({"run", "a.toml", "--no-record", "-q", "--format", "json"}, {folder.path(), on_github, false, {}})
            .wait();
    CHECK(code_of(ran) == 3);
    CHECK(has(ran.err, "::error file=a.toml,line="));
    CHECK(has(ran.err, "::warning file=a.toml,line="));
    CHECK(Json::accept(ran.out)); // the results are not mixed with the commands
    const std::string summary = text_of(folder / "summary.md");
    CHECK(summary.starts_with("before\n## mixed\n"));
    CHECK(has(summary, "| **refuted** | 1x2, every fault: survivors = all (line "));

    const Ended elsewhere =
        Program({"run", "a.toml", "--no-record", "-q"}, {folder.path(), {"GITHUB_ACTIONS=false"}, false, {}}).wait();
    CHECK_FALSE(has(elsewhere.err, "::error"));
}

} // namespace
} // namespace bulkhead::tests
