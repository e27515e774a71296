// Every exit code of docs/reference/exit-codes.md, and that what other programs read never says otherwise.
#include "tests/cli/tools.hpp"

#include <csignal>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>

namespace bulkhead::tests {
namespace {

using namespace std::chrono_literals;

std::string text_of(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

struct Told {
    int code;
    std::string expectation;
    std::string counts; ///< in JUnit's XML
};
const Told told[] = {
    {0, "blast_radius = \"predicted\"", "tests=\"2\" failures=\"0\" errors=\"0\""},
    {1, "when = { shape = \"1x2\" }\nsurvivors = \"all\"", "tests=\"1\" failures=\"1\" errors=\"0\""},
    {3, "when = { shape = \"2x1\" }\nsurvivors = \">= 0.99\"", "tests=\"1\" failures=\"0\" errors=\"1\""},
};

TEST_CASE(
    "exit codes 0, 1 and 3: upheld, refuted and inconclusive, by run, judge and resume, and JUnit's XML says the same")
{
    for (const Told& each : told) {
        const TempDir folder;
        folder.write("a.toml", small_experiment("first", each.expectation));
        CAPTURE(each.code);
        CHECK(code_of(bulkhead(folder.path(), {"run", "a.toml", "--out", "r.db", "--junit", "run.xml"})) == each.code);
        CHECK(code_of(bulkhead(folder.path(), {"judge", "r.db", "--junit", "judge.xml"})) == each.code);
        CHECK(code_of(bulkhead(folder.path(), {"resume", "r.db", "--junit", "resume.xml"})) == each.code);
        for (const char* const name : {"run.xml", "judge.xml", "resume.xml"}) {
            CHECK_MESSAGE(has(text_of(folder / name), each.counts), text_of(folder / name));
        }
    }
}

TEST_CASE("exit code 2: a mistake in the usage or in a file, and nothing is written")
{
    const TempDir folder;
    folder.write("wrong.toml", "schema = 1\n");
    const auto before = folder.files();
    CHECK(code_of(bulkhead(folder.path(), {"run", "--no-such-option"})) == 2);
    CHECK(code_of(bulkhead(folder.path(), {"run", "wrong.toml", "--junit", "j.xml"})) == 2);
    CHECK(code_of(bulkhead(folder.path(), {"run", "missing.toml", "--junit", "j.xml"})) == 2);
    CHECK(code_of(bulkhead(folder.path(), {"judge", "missing.db", "--junit", "j.xml"})) == 2);
    CHECK(folder.files() == before);
}

TEST_CASE("exit code 4: nothing was selected, and nothing is written")
{
    const TempDir folder;
    folder.write("a.toml", small_experiment("first", "survivors = \"all\""));
    std::filesystem::create_directory(folder / "empty");
    const auto before = folder.files();
    CHECK(code_of(bulkhead(folder.path(), {"run", "empty", "--junit", "j.xml"})) == 4);
    CHECK(code_of(bulkhead(folder.path(), {"run", "a.toml", "--only", "9x9/*", "--junit", "j.xml"})) == 4);
    CHECK(code_of(bulkhead(folder.path(), {"validate", "empty"})) == 4);
    CHECK(folder.files() == before);
}

TEST_CASE("exit code 77: everything was skipped, and so it is in JUnit's XML and in TAP")
{
    const TempDir folder;
    const auto start = as_nobody(folder);
    REQUIRE(start);
    std::filesystem::create_directory(folder / "out");
    std::filesystem::permissions(folder / "out", std::filesystem::perms(0777));
    const Ended ran = Program({"run", "--shape", "2x1", "--fault", "drop-privileges", "--no-record", "--junit",
                               "out/j.xml", "--tap", "out/t.tap"},
                              *start)
                          .wait();
    CAPTURE(ran.err);
    CHECK(code_of(ran) == 77);
    const std::string xml = text_of(folder / "out/j.xml");
    CHECK(has(xml, "tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\""));
    CHECK(has(xml, "<skipped message=\"skipped on this machine: "));
    CHECK(has(text_of(folder / "out/t.tap"), "\nok 1 - ad-hoc: 2x1 drop-privileges: blast_radius = predicted # SKIP "));
}

TEST_CASE("what can be run decides, where the rest is skipped: the golden runs alone, too")
{
    const TempDir folder;
    const auto start = as_nobody(folder);
    REQUIRE(start);
    const auto exits_with = [&](const std::string& most_us) {
        folder.write("g.toml", "schema = 1\nname = \"g\"\n[pool]\nshapes = [\"2x1\"]\n[fault]\nkinds = [\"none\", "
                               "\"drop-privileges\"]\n[trials]\ncount = 2\n[[expect]]\nwhen = { fault = \"none\" }\n"
                               "figure = \"startup\"\nstatistic = \"most\"\nis = \"<= " +
                                   most_us + "\"\n");
        return code_of(Program({"run", "g.toml", "--no-record"}, *start).wait());
    };
    CHECK(exits_with("0") == 1);
    CHECK(exits_with("60000000") == 0);
    folder.write("g.toml", "schema = 1\nname = \"g\"\n[pool]\nshapes = [\"2x1\"]\n[fault]\nkinds = [\"none\", "
                           "\"drop-privileges\"]\n[trials]\ncount = 2\n[[expect]]\nblast_radius = \"predicted\"\n");
    CHECK(code_of(Program({"run", "g.toml", "--no-record"}, *start).wait()) == 77);
}

TEST_CASE("exit code 130: interrupted, and what other programs read is written all the same, and is no success")
{
    const TempDir folder;
    std::string first = small_experiment("first", "when = { shape = \"2x1\" }\nsurvivors = \"all\"");
    first.replace(first.find("count = 3"), 9, "count = 100000");
    folder.write("x/a.toml", first);
    folder.write("x/b.toml", small_experiment("second", "blast_radius = \"predicted\""));
    Program program({"run", "x", "--out", "out", "--junit", "j.xml"}, {folder.path(), {}, false, {}});
    REQUIRE(within(120s, [&] { return std::filesystem::exists(folder / "out"); }));
    program.send(SIGINT);
    const Ended ended = program.wait();
    CAPTURE(ended.err);
    CHECK(code_of(ended) == 130);
    const std::string xml = text_of(folder / "j.xml");
    CHECK(has(xml, "<testsuite name=\"first\""));
    CHECK(has(xml, "message=\"interrupted: "));
    CHECK(has(xml, "<testsuite name=\"second\""));
    CHECK(has(xml, "message=\"not begun: 0 of 8 trials were run\""));
}

} // namespace
} // namespace bulkhead::tests
