// The live view as a person has it: in a real terminal, which tmux(1) stands in for.
#include "tests/cli/tmux.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <fstream>
#include <sstream>
#include <utility>
#include <vector>

namespace bulkhead::tests {
namespace {

using namespace std::chrono_literals;

std::string text_of(const std::filesystem::path& file)
{
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

/// A terminal to look at live views in.
class Terminal {
public:
    Terminal(const TempDir& folder, int columns, int lines, const std::string& locale = "C.UTF-8")
        : folder_(folder), tmux_(folder, columns, lines,
                                 "export ASAN_OPTIONS=handle_segv=0 TSAN_OPTIONS=handle_segv=0 LC_ALL=" + locale +
                                     " BULKHEAD='" BULKHEAD_BINARY "' BULKHEAD_HOST='" BULKHEAD_HOST_BINARY "'")
    {
        type("stty -a > before; stty size; echo rea''dy");
        REQUIRE(shows("\nready"));
    }

    void type(const std::string& line) const { tmux_.command(line); }
    void press(const std::string& key) const { tmux_.press(key); }
    void resize(int columns, int lines) const { tmux_.resize(columns, lines); }
    [[nodiscard]] std::string screen() const { return tmux_.screen(); }
    [[nodiscard]] int program() const { return tmux_.program(); }
    [[nodiscard]] std::string in_front() const { return tmux_.in_front(); }

    [[nodiscard]] bool shows(const std::string& text) const
    {
        const bool shown = within(120s, [&] { return has(screen(), text); });
        if (!shown) {
            MESSAGE("not shown: " << text << "\n" << screen());
        }
        return shown;
    }
    /// True while the alternate screen is what is seen.
    [[nodiscard]] bool has_alternate() const { return tmux_.state().starts_with("1"); }
    [[nodiscard]] bool has_cursor() const { return tmux_.state().ends_with("1\n"); }

    /// The main screen with its cursor, and every mode as it was at first.
    [[nodiscard]] bool is_as_before() const
    {
        type("echo; stty -a > after; echo com''pared"); // the word alone on a line, of an empty screen as well
        const std::string before = text_of(folder_.path() / "before");
        return shows("\ncompared") && before == text_of(folder_.path() / "after") && !before.empty() &&
               !has_alternate() && has_cursor();
    }

private:
    const TempDir& folder_;
    Tmux tmux_;
};

bool there_is_tmux()
{
    if (!Tmux::is_there()) {
        MESSAGE("skipped: there is no tmux(1)");
        return false;
    }
    return true;
}

const std::string run_of_threads =
    "$BULKHEAD run --live --shape 1x4 --fault segv-null --trials 2 --no-record --launch zygote ";

/// Its victims burn processor time until a limit of a second ends them: on a busy machine some get none in time, and
/// the campaign ends with 3.
const std::string trials_of_a_second = "--shape 2x1 --fault cpu-limit --order as-written --no-record --launch zygote ";

} // namespace

TEST_CASE(
    "a live view shows the workers, the fault, who stops and the tally, and then the report in a terminal as before")
{
    const TempDir folder;
    if (!there_is_tmux()) {
        return;
    }
    const Terminal terminal(folder, 100, 30);
    terminal.type(run_of_threads + "--pace 4s --order by-cell; echo code $?");
    REQUIRE(terminal.shows("FAULT"));
    CHECK(terminal.has_alternate());
    CHECK(!terminal.has_cursor());
    const std::string struck = terminal.screen();
    CHECK(has(struck, "steady"));
    CHECK(has(struck, "└t3"));
    CHECK(has(struck, "✸"));
    CHECK(has(struck, "siblings that survived"));
    REQUIRE(terminal.shows("died SIGSEGV"));
    CHECK(has(terminal.screen(), "✖"));
    REQUIRE(terminal.shows("0 of 3 siblings survived, as predicted"));
    CHECK(terminal.shows("> segv-null"));
    for (int i = 0; i < 4; ++i) {
        terminal.press("n");
    }
    REQUIRE(terminal.shows("\ncode 0"));
    CHECK(has(terminal.screen(), "UPHELD"));
    CHECK(terminal.is_as_before());
}

TEST_CASE("whatever signal ends a live view, the terminal is as it was before")
{
    const TempDir folder;
    if (!there_is_tmux()) {
        return;
    }
    const Terminal terminal(folder, 80, 24);
    for (const auto& ending : std::vector<std::pair<std::string, int>>{
             {"INT", 130}, {"TERM", 130}, {"HUP", 129}, {"QUIT", 131}, {"SEGV", 139}}) {
        const std::string& name = ending.first; // clang 14 captures no structured binding
        const int code = ending.second;
        CAPTURE(name);
        terminal.type("clear; " + run_of_threads + "--pace 1h; echo " + name + " code $?");
        REQUIRE(terminal.shows("1/3 trials"));
        CHECK(terminal.has_alternate());
        const int program = terminal.program();
        REQUIRE(program > 0);
        shell(folder.path(), "kill -" + name + " " + std::to_string(program));
        CHECK(terminal.shows(name + " code " + std::to_string(code)));
        CHECK(terminal.is_as_before());
    }
}

TEST_CASE("Ctrl-C ends a live view and the campaign, and Ctrl-Z gives the terminal back until fg")
{
    const TempDir folder;
    if (!there_is_tmux()) {
        return;
    }
    const Terminal terminal(folder, 80, 24);
    terminal.type(run_of_threads + "--pace 1h; echo code $?");
    REQUIRE(terminal.shows("1/3 trials"));
    CHECK_MESSAGE(has(terminal.screen(), "q quit  n next  space pause  s slow  f fast   1/3 trials  33%"),
                  "80 columns have room for all keys, and for how far it is");
    terminal.press("C-z");
    REQUIRE(terminal.shows("Stopped"));
    CHECK(terminal.is_as_before());
    terminal.type("fg");
    REQUIRE(terminal.shows("1/3 trials"));
    CHECK(terminal.has_alternate());
    terminal.press("C-c");
    REQUIRE(terminal.shows("interrupted: 1 of 3 trials were run"));
    CHECK(terminal.is_as_before());
}

TEST_CASE("keys pause a live view and leave it, and the campaign goes on without it")
{
    const TempDir folder;
    if (!there_is_tmux()) {
        return;
    }
    const Terminal terminal(folder, 100, 24);
    terminal.type(run_of_threads + "--pace 1h; echo code $?");
    REQUIRE(terminal.shows("1/3 trials"));
    terminal.press("Space");
    CHECK(terminal.shows("paused"));
    terminal.press("q");
    REQUIRE(terminal.shows("\ncode 0")); // without the hour that each of the others would have been shown
    CHECK(has(terminal.screen(), "UPHELD"));
    CHECK(terminal.is_as_before());
}

TEST_CASE("a live view fits the terminal when that gets smaller")
{
    const TempDir folder;
    if (!there_is_tmux()) {
        return;
    }
    const Terminal terminal(folder, 120, 40);
    terminal.type("$BULKHEAD run --live --shape 1x40 --fault segv-null --trials 1 --no-record --pace 1h");
    REQUIRE(terminal.shows("p0 ┌t0"));
    CHECK(!has(terminal.screen(), "f fast\n\n"));
    terminal.resize(50, 16);
    REQUIRE(terminal.shows("more"));
    CHECK(within(120s, [&] {
        std::istringstream lines(terminal.screen());
        std::string line;
        std::string last;
        for (int i = 0; std::getline(lines, line); ++i) {
            last = line;
        }
        return last == "q quit  n next  space pause  s slow  f fast";
    }));
    terminal.press("C-c");
    CHECK(within(120s, [&] { return !terminal.has_alternate(); }));
}

TEST_CASE("where the locale is not UTF-8 a live view is drawn in ASCII")
{
    const TempDir folder;
    if (!there_is_tmux()) {
        return;
    }
    const Terminal terminal(folder, 80, 24, "C");
    terminal.type(run_of_threads + "--pace 2s --order by-cell");
    REQUIRE(terminal.shows("died SIGSEGV"));
    const std::string screen = terminal.screen();
    CHECK(has(screen, "X"));
    CHECK(std::ranges::all_of(screen, [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
}

TEST_CASE("a trial that takes long is shown while it runs")
{
    const TempDir folder;
    if (!there_is_tmux()) {
        return;
    }
    const Terminal terminal(folder, 80, 24);
    terminal.type("$BULKHEAD run --live " + trials_of_a_second + "--trials 3; echo en''ded $?");
    REQUIRE(terminal.shows("running now"));
    CHECK(terminal.has_alternate());
    REQUIRE(terminal.shows("\nended "));
    CHECK(terminal.is_as_before());
}

TEST_CASE("a time limit ends a live view, though a trial was given up, or one is shown for an hour and paused")
{
    const TempDir folder;
    if (!there_is_tmux()) {
        return;
    }
    const Terminal terminal(folder, 100, 24);
    terminal.type("$BULKHEAD run --live " + trials_of_a_second +
                  "--trials 500 --time-limit 4s; echo given up: code $?");
    REQUIRE(terminal.shows("given up: code 3"));
    CHECK(terminal.is_as_before());
    terminal.type("clear; " + run_of_threads + "--pace 1h --time-limit 4s; echo paused: code $?");
    REQUIRE(terminal.shows("1/3 trials"));
    terminal.press("Space");
    REQUIRE(terminal.shows("paused: code 3"));
    CHECK(terminal.is_as_before());
}

TEST_CASE("with a pace, lanes take turns on the screen though the trial of one takes long")
{
    const TempDir folder;
    if (!there_is_tmux()) {
        return;
    }
    const Terminal terminal(folder, 100, 24);
    terminal.type("$BULKHEAD run --live " + trials_of_a_second + "--trials 6 --jobs 2 --pace 500ms; echo en''ded $?");
    REQUIRE(terminal.shows("\nended "));
    CHECK(terminal.is_as_before());
}

TEST_CASE("signals act on a campaign whose live view was left")
{
    const TempDir folder;
    if (!there_is_tmux()) {
        return;
    }
    const Terminal terminal(folder, 100, 24);
    terminal.type("$BULKHEAD run --live " + trials_of_a_second + "--trials 500; echo code $?");
    REQUIRE(terminal.shows("running now"));
    terminal.press("q");
    REQUIRE(within(120s, [&] { return !terminal.has_alternate(); }));
    terminal.press("C-z");
    REQUIRE(terminal.shows("Stopped"));
    terminal.type("clear; fg");
    REQUIRE(within(120s, [&] { return terminal.in_front() == "bulkhead"; }));
    terminal.press("C-c");
    REQUIRE(terminal.shows("interrupted"));
    CHECK(terminal.is_as_before());
}

TEST_CASE("where there is no terminal, a dumb one or too small a one, --live is as if it were not said")
{
    const TempDir folder;
    const std::vector<std::string> run{"run",       "--live",   "--pace", "1h",          "--shape",  "1x2",   "--fault",
                                       "segv-null", "--trials", "2",      "--no-record", "--launch", "zygote"};
    const Ended ended = Program(run, {folder.path(), {}, false, {}}).wait();
    CHECK(code_of(ended) == 0);
    CHECK(has(ended.err, "3/3 trials  100%"));
    CHECK(has(ended.err, "--live shows nothing here"));
    CHECK(!has(ended.err + ended.out, "\x1b"));
    if (!there_is_tmux()) {
        return;
    }
    struct Poor {
        int columns;
        int lines;
        std::string before;
    };
    for (const Poor& poor : {Poor{30, 24, ""}, Poor{80, 8, ""}, Poor{80, 24, "TERM=dumb "}}) {
        const Terminal terminal(folder, poor.columns, poor.lines);
        terminal.type("clear; " + poor.before + run_of_threads + "--pace 1h > out; echo code $?");
        CHECK(terminal.shows("\ncode 0"));
        CHECK(!terminal.has_alternate());
    }
}

TEST_CASE("--pace is refused without --live, and what is no time is")
{
    const TempDir folder;
    const Ended alone = bulkhead(folder.path(), {"run", "--fault", "exit", "--pace", "2s"});
    CHECK(code_of(alone) == 2);
    CHECK(has(alone.err, "--pace tells how long --live shows each trial"));
    const Ended wrong = bulkhead(folder.path(), {"run", "--fault", "exit", "--live", "--pace", "fast"});
    CHECK(code_of(wrong) == 2);
    CHECK(has(wrong.err, "\"fast\" is no duration"));
}

} // namespace bulkhead::tests
