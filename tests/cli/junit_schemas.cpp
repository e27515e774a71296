// JUnit's XML against the schemas that Jenkins has: nobody here wrote them, and they are not in the repository.
// scripts/setup.sh fetches them where it can; see tests/schemas/README.md.
#include "tests/cli/tools.hpp"

#include <csignal>
#include <cstdlib>
#include <doctest/doctest.h>

namespace bulkhead::tests {
namespace {

namespace fs = std::filesystem;

/// Where a schema lies; empty, with the reason as a message, where it does not.
fs::path schema(const TempDir& folder, const char* name, const char* variable)
{
    if (code_of(shell(folder.path(), "command -v xmllint")) != 0) {
        MESSAGE("skipped: xmllint is not installed (Debian: libxml2-utils)");
        return {};
    }
    const char* const named = std::getenv(variable);
    fs::path path = named != nullptr ? fs::path(named) : fs::path(BULKHEAD_SOURCE_DIR) / "build/schemas" / name;
    if (!fs::exists(path)) {
        MESSAGE("skipped: there is no ", path.string(), ", which scripts/test.sh fetches where it can");
        return {};
    }
    return path;
}

std::string experiment_with(const std::string& kinds, const std::string& count, const std::string& expectations)
{
    std::string text = small_experiment("mixed", expectations);
    text.replace(text.find("Does a worker"), 13, "<&\\\"'> \xec\x9e\x91\xec\x97\x85\xec\x9e\x90 ]]> Does a worker");
    text.replace(text.find("\"segv-null\""), 11, kinds);
    text.replace(text.find("count = 3"), 9, count);
    return text;
}

/// Everything that can become of an expectation and of a campaign, by each command that writes JUnit's XML. In out/.
void write_all(const TempDir& folder)
{
    const std::string kinds = R"("segv-null", "kill:SIGTERM", "exit")";
    const std::string expectations =
        "survivors = \"all\"\n[[expect]]\nwhen = { shape = \"2x1\" }\nsurvivors = \"all\"\n"
        "[[expect]]\nwhen = { shape = \"2x1\" }\nsurvivors = \">= 0.99\"\n"
        "[[expect]]\nblast_radius = \"predicted\"\n";
    folder.write("a.toml", experiment_with(kinds, "count = 3", expectations));
    folder.write("long.toml", experiment_with(kinds, "count = 100000", expectations));
    folder.write("x/a.toml", experiment_with(kinds, "count = 100000", expectations));
    folder.write("x/b.toml", small_experiment("second", "blast_radius = \"predicted\""));
    bulkhead(folder.path(), {"run", "a.toml", "--out", "r.db", "--junit", "out/run.xml"});
    bulkhead(folder.path(), {"judge", "r.db", "--junit", "out/judge.xml"});
    bulkhead(folder.path(), {"resume", "r.db", "--junit", "out/resume.xml"});
    bulkhead(folder.path(), {"run", "a.toml", "--only", "*/*", "--no-record", "--junit", "out/only.xml"});
    bulkhead(folder.path(), {"run", "long.toml", "--no-record", "--time-limit", "100ms", "--junit", "out/late.xml"});
    for (const char* part : {"1/2", "2/2"})
        bulkhead(folder.path(), {"run", "a.toml", "--shard", part, "--out", std::string("s") + part[0] + ".db"});
    bulkhead(folder.path(), {"merge", "all.db", "s1.db", "s2.db", "--junit", "out/merge.xml"});
    Program program({"run", "x", "--out", "results", "--junit", "out/interrupted.xml"}, {folder.path(), {}, false, {}});
    REQUIRE(within(std::chrono::seconds{120}, [&] { return fs::exists(folder / "results"); }));
    program.send(SIGINT);
    program.wait();
    if (const auto start = as_nobody(folder)) {
        fs::permissions(folder / "out", fs::perms(0777));
        Program({"run", "--shape", "2x1", "--fault", "drop-privileges", "--no-record", "--junit", "out/skipped.xml"},
                *start)
            .wait();
    }
}

} // namespace

TEST_CASE("Jenkins' schema takes JUnit's XML, whatever became of the campaign and whichever command wrote it")
{
    const TempDir folder;
    const fs::path today = schema(folder, "junit-10.xsd", "BULKHEAD_JUNIT_XSD");
    if (today.empty())
        return;
    write_all(folder);
    const Ended checked = shell(folder.path(), "xmllint --noout --schema '" + today.string() + "' out/*.xml");
    CHECK_MESSAGE(code_of(checked) == 0, checked.err);
    CHECK(has(checked.err, "out/run.xml validates"));
    CHECK(has(checked.err, "out/merge.xml validates"));
    CHECK(has(checked.err, "out/interrupted.xml validates"));
    const Ended broken =
        shell(folder.path(), "sed s/testcase/testCase/ out/run.xml >broken && xmllint --noout --schema '" +
                                 today.string() + "' broken");
    CHECK_MESSAGE(code_of(broken) != 0, "the schema is one, and is looked at");
}

// It has no attribute `file` of a suite yet, and the reason of what was skipped as text.
TEST_CASE("Jenkins' schema from before takes JUnit's XML but for two attributes that it does not know yet")
{
    const TempDir folder;
    const fs::path before = schema(folder, "junit-4.xsd", "BULKHEAD_JUNIT_4_XSD");
    if (before.empty())
        return;
    write_all(folder);
    const std::string known = R"sed(s/(<testsuite [^>]*) file="[^"]*"/\1/; )sed"
                              R"sed(s/<skipped message="([^"]*)"\/>/<skipped>\1<\/skipped>/)sed";
    const Ended checked =
        shell(folder.path(),
              "cd out && sed -i -E '" + known + "' *.xml && xmllint --noout --schema '" + before.string() + "' *.xml");
    CHECK_MESSAGE(code_of(checked) == 0, checked.err);
    CHECK(has(checked.err, "run.xml validates"));
}

} // namespace bulkhead::tests
