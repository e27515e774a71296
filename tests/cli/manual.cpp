// Man pages as scdoc(1) makes them and man(1) shows them.
#include "tests/cli/tools.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <sstream>

namespace bulkhead::tests {
namespace {

bool tools_are_there(const TempDir& folder)
{
    for (const std::string program : {"scdoc", "groff", "man"}) {
        if (code_of(shell(folder.path(), "command -v " + program)) != 0) {
            MESSAGE("skipped: " << program << " is not installed (Debian: scdoc, groff-base, man-db)");
            return false;
        }
    }
    return true;
}

/// What man(1) shows of a page, on a wide terminal and without bold; every warning of the tools on the way is a
/// failure.
std::string shown(const TempDir& folder, const std::string& arguments)
{
    const Ended made = shell(folder.path(), "'" BULKHEAD_BINARY "' generate " + arguments +
                                                " > page.scd && scdoc < page.scd > page.1");
    CAPTURE(arguments);
    CAPTURE(made.err);
    REQUIRE(code_of(made) == 0);
    const Ended linted = shell(folder.path(), "groff -man -ww -z -Tutf8 -K utf8 page.1 2>&1");
    CHECK(linted.out == "");
    const Ended man = shell(folder.path(), "MANWIDTH=200 LC_ALL=C.UTF-8 man -l -P cat page.1 | sed 's/.\x08//g'");
    CHECK(code_of(man) == 0);
    return man.out;
}

TEST_CASE("man shows a page for each command without a warning, with its synopsis, options and exit codes")
{
    const TempDir folder;
    if (!tools_are_there(folder)) {
        return;
    }
    std::istringstream pages(bulkhead(folder.path(), {"generate", "pages"}).out);
    std::size_t count = 0;
    for (std::string name; std::getline(pages, name); ++count) {
        const std::string text = shown(folder, "man " + name);
        CAPTURE(name);
        CHECK(has(text, "       " + name + " - "));
        CHECK(has(text, "SYNOPSIS\n       bulkhead"));
        CHECK(has(text, "       -h, --help\n"));
        CHECK(has(text, "EXIT STATUS\n"));
    }
    CHECK(count > 15);
    const std::string run = shown(folder, "man bulkhead-run");
    CHECK(has(run, "       -j, --jobs N\n           Trials that run side by side (1).\n"));
    CHECK(has(run, "           bulkhead run --shape 8x1 --fault hold-lock --share lock\n"));
}

TEST_CASE("man shows the pages of the reference without a warning, and nothing of Markdown is left in them")
{
    const TempDir folder;
    if (!tools_are_there(folder)) {
        return;
    }
    const std::string reference = BULKHEAD_SOURCE_DIR "/docs/reference/";
    const std::string experiment =
        shown(folder, "manual 'bulkhead-experiment(5)' '" + reference + "experiment-file.md'");
    CHECK(has(experiment, "bulkhead-experiment - The experiment file"));
    CHECK(has(experiment, "       evidence_ops\n"));
    CHECK(has(experiment, "           kinds = [\"segv-null\"]"));
    const std::string results = shown(folder, "manual 'bulkhead-results(5)' '" + reference + "results.md'");
    const std::string faults = shown(folder, "manual 'bulkhead-faults(7)' '" + reference + "faults.md'");
    CHECK(has(faults, "segv-null"));
    for (const std::string& text : {experiment, results, faults}) {
        CHECK_FALSE(has(text, ".md)"));
        CHECK_FALSE(has(text, "|---"));
        CHECK_FALSE(has(text, "**"));
    }
}

} // namespace
} // namespace bulkhead::tests
