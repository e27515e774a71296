#include "tests/cli/run_binary.hpp"

#include <doctest/doctest.h>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>

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
        {{"version"}, "\"version\" is not a command; did you mean \"--version\"?"},
        {{"--lang", "ko", "list", "claims"}, "--lang is an option of list: write it after that word"},
        {{"rnu"}, "\"rnu\" is not a command; did you mean \"run\"?"},
        {{"--vresion"}, "unknown option --vresion; did you mean \"--version\"?"},
        {{"run", "--fualt", "abort"}, "unknown option --fualt; did you mean \"--fault\"?"},
        {{"run", "--trails=5", "x.toml"}, "unknown option --trails; did you mean \"--trials\"?"},
        {{"run"}, "name an experiment FILE, or a fault by --fault"},
        {{"run", "--fault", "abort", "--trials", "many"}, "--trials: \"many\" is not a whole number, 0 or more"},
        {{"run", "--fault", "abort", "--trials", "0"}, "command line: --trials: 0 is out of range"},
        {{"run", "--fault", "abort", "--jobs", "0"}, "--jobs: \"0\" is not a number from 1 to 1024"},
        {{"run", "--fault", "abort", "--seed", "-1"}, "--seed: \"-1\" is not a number from 0 to"},
        {{"run", "--fault", "abort", "--after-ops", "abc"}, "\"abc\" is neither a number such as 10 nor a range"},
        {{"run", "--fault"}, "--fault: a value is missing"},
        {{"run", "--seed", "1", "--seed", "2"}, "--seed is given more than once"},
        {{"run", "--fault", "abort", "--trials", "99999999999"}, "--trials: \"99999999999\" is too large"},
        {{"run", "--no-record=x"}, "--no-record takes no value"},
        {{"run", "--sup", "never"}, "unknown option --sup; did you mean \"--supervise\"?"},
        {{"help", "rnu"}, "\"rnu\" is not a command; did you mean \"run\"?"},
        {{"compare", "a", "b", "--confidence", "95"}, "--confidence: \"95\" is not a number from 0.5 to 0.999999"},
        {{"run", "--fault", "segv"}, "command line: --fault: there is no fault \"segv\""},
        {{"run", "--fault", "segv"}, "did you mean \"segv-null\", \"segv-unmapped\", "},
        {{"run", "--fault", "abort", "--only", "8x1"}, "--only takes SHAPE/FAULT"},
        {{"run", "x.toml", "--fault", "abort"}, "a FILE says this itself: --fault; --only"},
        {{"run", "--fault", "abort", "--no-record", "--out", "x.db"}, "exclude each other"},
        {{"list", "fautls"}, "did you mean \"faults\"?"},
        {{"list", "faults", "more"}, "\"more\" is one word too many"},
        {{"doctor", "--format", "jsno"}, "did you mean \"json\"?"},
        {{"explain", "SIGTERM"}, "did you mean \"kill:SIGTERM\"?"},
        {{"explain", "segv"}, "did you mean \"segv-null\", "},
        {{"explain", "segv-nul"}, "did you mean \"segv-null\"?"},
        {{"explain", "kill:SIGTREM"}, "did you mean \"kill:SIGTERM\"?"},
        {{"show"}, "RESULTS is missing: A results file"},
        {{"list"}, "WHAT is missing: faults, workloads,"},
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

TEST_CASE("help may be asked for by the word, too")
{
    const TempDir folder;
    for (const auto& [asked, meant] : {std::pair{std::vector<std::string>{"help"}, std::vector<std::string>{"--help"}},
                                       {{"help", "run"}, {"run", "--help"}},
                                       {{"help", "submit", "slurm"}, {"submit", "slurm", "--help"}}}) {
        const Ended ended = bulkhead(folder.path(), asked);
        CHECK(code_of(ended) == 0);
        CHECK(ended.out == bulkhead(folder.path(), meant).out);
    }
}

TEST_CASE("no line of any help is wider than 80 columns")
{
    const TempDir folder;
    for (const char* const words : {"--help",
                                    "run --help",
                                    "validate --help",
                                    "list --help",
                                    "explain --help",
                                    "show --help",
                                    "replay --help",
                                    "resume --help",
                                    "judge --help",
                                    "export --help",
                                    "merge --help",
                                    "submit slurm --help",
                                    "anatomy --help",
                                    "compare --help",
                                    "baseline --help",
                                    "baseline save --help",
                                    "baseline list --help",
                                    "lab --help",
                                    "report --help",
                                    "doctor --help",
                                    "generate --help"}) {
        std::istringstream split(words);
        const Ended ended = bulkhead(folder.path(), {std::istream_iterator<std::string>(split), {}});
        CAPTURE(words);
        CHECK(code_of(ended) == 0);
        std::istringstream lines(ended.out);
        for (std::string line; std::getline(lines, line);) {
            CHECK_MESSAGE(line.size() <= 80, line);
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
