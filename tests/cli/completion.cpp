// Completion as shells do it, with the script that the program prints.
#include "tests/cli/tools.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <sstream>

namespace bulkhead::tests {
namespace {

const std::string folder_of_binary = std::filesystem::path(BULKHEAD_BINARY).parent_path().string();

bool is_installed(const TempDir& folder, const std::string& program)
{
    return code_of(shell(folder.path(), "command -v " + program)) == 0;
}

/// Writes a script and has the shell run it, with the binary in its PATH.
Ended run_script(const TempDir& folder, const std::string& program, const std::string& script)
{
    folder.write("script", script);
    return shell(folder.path(), "PATH='" + folder_of_binary + "':\"$PATH\" " + program + " ./script");
}

/// What bash offers for the line, with the cursor at its end; it breaks words as readline does.
std::string bash_offers(const TempDir& folder, const std::string& line, const std::string& words)
{
    const Ended ended = run_script(folder, "bash",
                                   "source <(bulkhead generate completion bash)\n"
                                   "complete -p bulkhead >/dev/null || exit 9\n"
                                   "compopt() { echo \"compopt $*\"; }\n" // there is none outside of the line editor
                                   "COMP_LINE='" +
                                       line + "'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(" + words +
                                       "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
                                       "_bulkhead; printf '%s\\n' \"${COMPREPLY[@]}\"\n");
    CAPTURE(ended.err);
    CHECK(code_of(ended) == 0);
    return ended.out;
}

TEST_CASE("bash completes commands, options, words and lists")
{
    const TempDir folder;
    CHECK(bash_offers(folder, "bulkhead anat", "bulkhead anat") == "anatomy\n");
    CHECK(bash_offers(folder, "bulkhead run --tri", "bulkhead run --tri") == "--trials\n");
    CHECK(bash_offers(folder, "bulkhead run --order by", "bulkhead run --order by") == "by-cell\n");
    CHECK(bash_offers(folder, "bulkhead explain segv-nu", "bulkhead explain segv-nu") == "segv-null\n");
    CHECK(bash_offers(folder, "bulkhead run --shape 8x1,4", "bulkhead run --shape 8x1,4") ==
          "compopt -o nospace\n8x1,4x2\n");
    CHECK(has(bash_offers(folder, "bulkhead ", "bulkhead ''"), "validate\n"));
}

TEST_CASE("bash completes after = and :, at which it breaks words")
{
    const TempDir folder;
    CHECK(bash_offers(folder, "bulkhead doctor --format=js", "bulkhead doctor --format = js") == "json\n");
    CHECK(bash_offers(folder, "bulkhead doctor --format=", "bulkhead doctor --format =") == "text\njson\n");
    CHECK(bash_offers(folder, "bulkhead explain kill:SIGTE", "bulkhead explain kill : SIGTE") == "SIGTERM\n");
}

TEST_CASE("bash completes files by the ending that an argument has, and folders")
{
    const TempDir folder;
    folder.write("mine.toml", "");
    folder.write("mine.db", "");
    folder.write("my/other.toml", "");
    const std::string offered = bash_offers(folder, "bulkhead validate m", "bulkhead validate m");
    CHECK(has(offered, "mine.toml\n"));
    CHECK(has(offered, "my\n"));
    CHECK_FALSE(has(offered, "mine.db"));
    CHECK(has(bash_offers(folder, "bulkhead run --out m", "bulkhead run --out m"), "mine.db\n"));
}

TEST_CASE("zsh completes words and files")
{
    const TempDir folder;
    if (!is_installed(folder, "zsh")) {
        MESSAGE("skipped: zsh is not installed");
        return;
    }
    // What the line editor would do is written down instead: it cannot be had without a terminal.
    const std::string stand_ins = "compdef() { print -r -- \"compdef $*\"; }\n"
                                  "compadd() { print -rl -- $names; }\n"
                                  "compset() { }\n_files() { print -r -- \"files $*\"; }\nCOLUMNS=80\n"
                                  "source <(bulkhead generate completion zsh)\n";
    const Ended words =
        run_script(folder, "zsh -f", stand_ins + "words=(bulkhead run --order); CURRENT=4; PREFIX=by; _bulkhead\n");
    CHECK(words.out == "compdef _bulkhead bulkhead\nby-cell\n");
    const Ended files =
        run_script(folder, "zsh -f", stand_ins + "words=(bulkhead show); CURRENT=3; PREFIX=; _bulkhead\n");
    CHECK(files.out == "compdef _bulkhead bulkhead\nfiles -g *.(db)\n");
    CHECK(files.err.empty());
}

TEST_CASE("fish completes words with what they mean, and files")
{
    const TempDir folder;
    if (!is_installed(folder, "fish")) {
        MESSAGE("skipped: fish is not installed");
        return;
    }
    folder.write("mine.toml", "");
    folder.write("mine.db", "");
    const std::string source = "set -gx HOME $PWD\nbulkhead generate completion fish | source\n";
    const Ended words = run_script(folder, "fish --no-config",
                                   source + "complete -C 'bulkhead run --ord'\n"
                                            "complete -C 'bulkhead list f'\n");
    CHECK(has(words.out, "--order\tOrder: interleaved"));
    CHECK(has(words.out, "faults\n"));
    const Ended files = run_script(folder, "fish --no-config", source + "complete -C 'bulkhead validate mi'\n");
    CHECK(has(files.out, "mine.toml"));
    CHECK_FALSE(has(files.out, "mine.db"));
}

TEST_CASE("what is offered for --format is what each command takes, and no more")
{
    const TempDir folder;
    for (const std::string command : {"run", "validate", "list", "explain", "show", "replay", "resume", "judge",
                                      "merge", "anatomy", "compare", "doctor", "baseline list"}) {
        CAPTURE(command);
        std::istringstream split(command);
        std::vector<std::string> words{std::istream_iterator<std::string>(split), {}};
        std::vector<std::string> asked{"generate", "candidates", "--"};
        asked.insert(asked.end(), words.begin(), words.end());
        asked.insert(asked.end(), {"--format", ""});
        std::string offered;
        std::istringstream lines(bulkhead(folder.path(), asked).out);
        std::string line;
        for (std::getline(lines, line); std::getline(lines, line);) {
            offered += (offered.empty() ? "" : ", ") + line.substr(0, line.find('\t'));
        }
        words.insert(words.end(), {"--format", "no-such-format"});
        CHECK_FALSE(offered.empty());
        CHECK(has(bulkhead(folder.path(), words).err, "valid: " + offered + "\n"));
    }
}

TEST_CASE("what cannot be generated is a mistake, and told")
{
    const TempDir folder;
    for (const std::vector<std::string>& wrong : {std::vector<std::string>{"generate", "completion", "tcsh"},
                                                  {"generate", "man", "bulkhead-rum"},
                                                  {"generate", "manual", "x", "y.md"},
                                                  {"generate", "manual", "x(5)", "no-such.md"},
                                                  {"generate", "more"}}) {
        const Ended ended = bulkhead(folder.path(), wrong);
        CAPTURE(ended.err);
        CHECK(code_of(ended) == 2);
        CHECK(ended.out.empty());
        CHECK_FALSE(ended.err.empty());
    }
}

} // namespace
} // namespace bulkhead::tests
