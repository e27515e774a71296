#include "tests/cli/run_binary.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace bulkhead::tests {
namespace {

struct Mistake {
    std::vector<std::string> arguments;
    std::string said; ///< on stderr
};

TEST_CASE("a mistake in the usage exits with 2, says what is wrong and the nearest word, and prints no result")
{
    const Mistake mistakes[] = {
        {{}, "a command is missing"},
        {{"rnu"}, "\"rnu\" is not a command; did you mean \"run\"?"},
        {{"--vresion"}, "unknown option --vresion; did you mean \"--version\"?"},
        {{"run", "--fualt", "abort"}, "unknown option --fualt; did you mean \"--fault\"?"},
        {{"run", "--trails=5", "x.toml"}, "unknown option --trails; did you mean \"--trials\"?"},
        {{"run"}, "name an experiment FILE, or a fault by --fault"},
        {{"run", "--fault", "abort", "--trials", "many"}, "--trials: \"many\" is not a number"},
        {{"run", "--fault", "abort", "--trials", "0"}, "command line: --trials: 0 is out of range"},
        {{"run", "--fault", "abort", "--jobs", "0"}, "--jobs: \"0\" is not a number from 1 to 1024"},
        {{"run", "--fault", "abort", "--seed", "-1"}, "--seed: \"-1\" is not a number from 0 to"},
        {{"run", "--fault", "abort", "--after-ops", "abc"}, "\"abc\" is neither a number such as 10 nor a range"},
        {{"run", "--fault", "segv"}, "command line: --fault: there is no fault \"segv\""},
        {{"run", "--fault", "segv"}, "did you mean \"segv-null\"?"},
        {{"run", "--fault", "abort", "--only", "8x1"}, "--only takes SHAPE/FAULT"},
        {{"run", "x.toml", "--fault", "abort"}, "without a FILE"},
        {{"run", "--fault", "abort", "--no-record", "--out", "x.db"}, "exclude each other"},
        {{"list", "fautls"}, "did you mean \"faults\"?"},
        {{"list", "faults", "more"}, "\"more\" is one word too many"},
        {{"doctor", "--format", "jsno"}, "did you mean \"json\"?"},
        {{"explain", "segv-nul"}, "did you mean \"segv-null\"?"},
        {{"explain", "kill:SIGTREM"}, "did you mean \"kill:SIGTERM\"?"},
        {{"show"}, "RESULTS is required: A results file"},
        {{"list"}, "WHAT is required: faults, workloads,"},
        {{"baseline"}, "a subcommand is missing; valid: save, list"},
        {{"submit", "pbs", "x"}, "\"pbs\" is no subcommand of it; valid: slurm"},
        {{"lab", "--format", "json"}, "unknown option --format"},
    };
    const TempDir folder;
    for (const Mistake& mistake : mistakes) {
        const Ended ended = bulkhead(folder.path(), mistake.arguments);
        CAPTURE(mistake.said);
        CAPTURE(ended.err);
        CHECK(code_of(ended) == 2);
        CHECK(has(ended.err, mistake.said));
        CHECK(ended.out.empty());
    }
    CHECK(folder.files().empty());
}

TEST_CASE("help is a result: it goes to stdout, exits with 0 and shows examples")
{
    const TempDir folder;
    CHECK(has(bulkhead(folder.path(), {"--help"}).out, "Start with:"));
    for (const std::string command :
         {"run", "validate", "list", "explain", "show", "replay", "export", "anatomy", "compare", "baseline"}) {
        const Ended ended = bulkhead(folder.path(), {command, "--help"});
        CAPTURE(command);
        CHECK(code_of(ended) == 0);
        CHECK(has(ended.out, "Example"));
        CHECK(has(ended.out, "bulkhead " + command + " "));
        CHECK(ended.err.empty());
    }
}

TEST_CASE("no line of any help is wider than 100 columns")
{
    const TempDir folder;
    for (const std::string command : {"", "run", "validate", "list", "explain", "show", "replay", "export", "anatomy",
                                      "compare", "baseline", "doctor"}) {
        const Ended ended =
            command.empty() ? bulkhead(folder.path(), {"--help"}) : bulkhead(folder.path(), {command, "--help"});
        std::size_t start = 0;
        for (auto end = ended.out.find('\n'); end != std::string::npos; end = ended.out.find('\n', start)) {
            CHECK_MESSAGE(end - start <= 100, ended.out.substr(start, end - start));
            start = end + 1;
        }
    }
}

TEST_CASE("the version names what the program was built with")
{
    const TempDir folder;
    const Ended ended = bulkhead(folder.path(), {"--version"});
    CHECK(code_of(ended) == 0);
    for (const std::string part : {"bulkhead 0.", "Boost 1.", "SQLite 3."}) {
        CHECK(has(ended.out, part));
    }
}

TEST_CASE("results that cannot be written to stdout do not look like success")
{
    const TempDir folder;
    const Ended ended =
        Program({"list", "faults"}, {folder.path(), {}, false, {"sh", "-c", "exec \"$@\" >/dev/full", "sh"}}).wait();
    CHECK(code_of(ended) == 2);
    CHECK(has(ended.err, "standard output"));
}

} // namespace
} // namespace bulkhead::tests
