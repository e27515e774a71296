// What may come next on a command line: told by the same model that the parser gives.
#include "harness/cli/completion.hpp"
#include "harness/model/fault.hpp"

#include <algorithm>
#include <doctest/doctest.h>

namespace bulkhead::tests {
namespace {

using cli::CommandModel;
using cli::OptionModel;
using cli::Values;
using Words = std::vector<std::string>;

Words offered(const Words& words)
{
    static const CommandModel program = cli::command_model();
    Words found;
    for (const cli::Candidate& each : cli::completions(program, words).words) {
        found.push_back(each.word);
    }
    return found;
}

bool contains(const Words& words, const std::string& word)
{
    return std::ranges::find(words, word) != words.end();
}

Words line_of(const CommandModel& command, const std::string& last)
{
    Words line = command.words;
    line.push_back(last);
    return line;
}

TEST_CASE("every command is offered, and of every command every option")
{
    const CommandModel program = cli::command_model();
    CHECK(program.commands.size() >= 15);
    for (const CommandModel& command : program.commands) {
        CHECK(contains(offered({""}), command.words.front()));
    }
    std::size_t options = 0;
    for (const CommandModel* command : cli::runnable(program)) {
        const Words found = offered(line_of(*command, "-"));
        for (const OptionModel& option : command->options) {
            for (const std::string& name : option.names) {
                CAPTURE(cli::full_name(*command) + " " + name);
                CHECK(contains(found, name));
                ++options;
            }
        }
        CHECK(contains(found, "--quiet"));
        CHECK_FALSE(contains(found, "--version"));
    }
    CHECK(options > 100);
}

TEST_CASE("what is for packages and shells only is offered to nobody, and is in no page")
{
    CHECK_FALSE(contains(offered({"gen"}), "generate"));
    const CommandModel program = cli::command_model();
    for (const CommandModel* command : cli::runnable(program)) {
        CHECK(command->words.front() != "generate");
    }
}

TEST_CASE("an option whose value is one of some words has these words to offer")
{
    const CommandModel program = cli::command_model();
    for (const CommandModel* command : cli::runnable(program)) {
        for (const OptionModel& option : command->options) {
            const bool closed = option.value == "WORD" || option.value == "FORMAT" || option.value == "LIST" ||
                                option.value == "LANG" || option.value == "SHAPE" || option.value == "VIEW";
            const Values values = cli::values_of(*command, option, {});
            CAPTURE(cli::full_name(*command) + " " + option.names.back());
            CHECK((!closed || !values.words.empty()));
            CHECK((option.value != "LIST" || values.list));
            CHECK((option.value != "PATH" || values.files));
        }
    }
}

TEST_CASE("an argument that is a file is completed as one, by its ending")
{
    const CommandModel program = cli::command_model();
    CHECK(cli::completions(program, {"run", "exp"}).endings == Words{"toml"});
    CHECK(cli::completions(program, {"show", ""}).endings == Words{"db"});
    CHECK(cli::completions(program, {"show", "x.db", ""}).files == false);
    CHECK(cli::completions(program, {"merge", "all.db", "a.db", "b.db", ""}).files);
    CHECK(cli::completions(program, {"run", "--out", ""}).files);
    CHECK(cli::completions(program, {"run", "--trials", "5", ""}).files);
}

TEST_CASE("every fault that can be run is offered, but not those aimed at the harness")
{
    const Words found = offered({"run", "--fault", ""});
    for (const model::FaultRow& row : model::catalogue()) {
        const std::string word = std::string(row.id) + (takes_signal(row) ? ":SIGTERM" : "");
        CAPTURE(word);
        CHECK(contains(found, word) == (row.family != model::Family::harness));
    }
    CHECK(contains(offered({"explain", "C1"}), "C13"));
}

TEST_CASE("of a list the next word is offered, after what is there, and none twice")
{
    CHECK(offered({"run", "--shape", "8x1,4"}) == Words{"8x1,4x2"});
    const Words more = offered({"run", "--share", "lock,segment,"});
    CHECK(contains(more, "lock,segment,disk"));
    CHECK_FALSE(contains(more, "lock,segment,lock"));
    CHECK_FALSE(contains(more, "lock,segment,segment"));
}

TEST_CASE("a value may be written after an equals sign, and options of the program after its commands")
{
    CHECK(offered({"doctor", "--format=j"}) == Words{"--format=json"});
    CHECK(offered({"-v", "doctor", "--format", "j"}) == Words{"json"});
    CHECK(offered({"baseline", "s"}) == Words{"save"});
    CHECK(contains(offered({"baseline", "save", "--re"}), "--replace"));
    CHECK(offered({"submit", "slurm", "--", "--re"}).empty());
}

TEST_CASE("expectations are offered by the ids that the file on the line has")
{
    const std::string file = BULKHEAD_SOURCE_DIR "/experiments/first-look.toml";
    CHECK(contains(offered({"run", file, "--expectation", ""}), "8x1-every-fault-survivors-all"));
    CHECK(offered({"run", "--expectation", ""}).empty());
}

TEST_CASE("a shell is told first whether files are to be completed, and whether the word goes on")
{
    const CommandModel program = cli::command_model();
    CHECK(cli::as_lines(cli::completions(program, {"doctor", "--format", "t"})) == "words\ntext\t\n");
    CHECK(cli::as_lines(cli::completions(program, {"show", "x"})) == "files db\n");
    CHECK(cli::as_lines(cli::completions(program, {"run", "--shape", "8"})) == "list\n8x1\t\n");
}

} // namespace
} // namespace bulkhead::tests
