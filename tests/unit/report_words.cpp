#include "harness/report/page.hpp"
#include "harness/report/report.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <array>
#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace bulkhead;
using namespace std::chrono_literals;
using std::chrono::nanoseconds;

namespace {

bool is_steering(char letter)
{
    const auto byte = static_cast<unsigned char>(letter);
    return byte < 0x20 || byte == 0x7f;
}

} // namespace

TEST_CASE("a duration has at most three significant digits and the unit that suits it")
{
    struct Case {
        nanoseconds duration;
        std::string text;
    };
    const auto cases = std::to_array<Case>({{0ns, "0 ns"},
                                            {7ns, "7 ns"},
                                            {999ns, "999 ns"},
                                            {1us, "1 us"},
                                            {61200ns, "61.2 us"},
                                            {612us, "612 us"},
                                            {612400ns, "612 us"},
                                            {1240us, "1.24 ms"},
                                            {1500us, "1.5 ms"},
                                            {500ms, "500 ms"},
                                            {3100ms, "3.1 s"},
                                            {-61us, "-61 us"}});
    for (const Case& one : cases) {
        CHECK(report::describe(one.duration) == one.text);
    }
}

TEST_CASE("a duration that rounds up to a thousand takes the next unit")
{
    CHECK(report::describe(999'499ns) == "999 us");
    CHECK(report::describe(999'600ns) == "1 ms");
    CHECK(report::describe(9'996us) == "10 ms");
    CHECK(report::describe(59'949ms) == "59.9 s");
    CHECK(report::describe(59'999ms) == "1 min 0 s");
}

TEST_CASE("from a minute on a duration is told as people tell it")
{
    CHECK(report::describe(75s) == "1 min 15 s");
    CHECK(report::describe(125min) == "2 h 5 min");
    CHECK_FALSE(report::describe(nanoseconds::min()).empty());
    CHECK_FALSE(report::describe(nanoseconds::max()).empty());
}

TEST_CASE("what was cut from a name is marked")
{
    CHECK(report::fitted("segv-null", 9) == "segv-null");
    CHECK(report::fitted("truncate-shared-file", 10) == "truncate..");
}

TEST_CASE("a wide character takes two columns and an accent none")
{
    CHECK(report::columns("abc") == 3);
    CHECK(report::columns("\xe6\xbc\xa2\xe5\xad\x97") == 4);
    CHECK(report::columns("e\xcc\x81") == 1);
    CHECK(report::fitted("\xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2", 5) == "\xe6\xbc\xa2..");
}

TEST_CASE("a syllable of Hangul takes two columns, whether it comes whole or in its letters")
{
    CHECK(report::columns("한글") == 4);
    CHECK(report::columns("\u1112\u1161\u11ab") == 2);
    CHECK(report::columns("\ud7b0") == 0);
    CHECK(report::columns("\u3000") == 2);
    CHECK(report::columns("\uffe6") == 2); // the fullwidth sign of the won
    CHECK(report::columns("\u20a9") == 1); // the won itself
    CHECK(report::left("워커", 6) == "워커  ");
    CHECK(report::fitted("프로세스", 5) == "프..");
}

TEST_CASE("Korean is wrapped by its width, and no syllable is broken")
{
    const std::string text = "스레드는 프로세스의 주소 공간을 함께 씁니다";
    CHECK(report::wrapped(text, 17) ==
          std::vector<std::string>{"스레드는", "프로세스의 주소", "공간을 함께", "씁니다"});
    for (std::size_t width = 2; width < 30; ++width) {
        for (const std::string& line : report::wrapped("가나다라마바사" + text, width)) {
            CHECK(report::columns(line) <= width);
            CHECK(report::clean(line) == line); // a broken one would come out as question marks
            CHECK(line.find('?') == std::string::npos);
        }
    }
}

TEST_CASE("text from a file cannot steer the terminal")
{
    CHECK(report::clean("a\x1b[31mb\r\nc") == "a [31mb  c");
    CHECK(report::clean("C1: \xc2\x9b"
                        "31m") == "C1:  31m");
    CHECK(report::clean("not UTF-8: \xff\xc3") == "not UTF-8: ??");
    CHECK(rc::check("no control character comes out of `clean`", [](const std::string& text) {
        RC_ASSERT(std::ranges::none_of(report::clean(text), is_steering));
    }));
}

TEST_CASE("wrapped text keeps its words and stays within the width")
{
    CHECK(report::wrapped("\xcc\x98 aaa", 2) == std::vector<std::string>{"\xcc\x98", "aa", "a"}); // a mark alone
    CHECK(rc::check([](const std::string& text) {
        const auto width = *rc::gen::inRange<std::size_t>(2, 40);
        std::string words;
        for (const std::string& line : report::wrapped(text, width)) {
            RC_ASSERT(report::columns(line) <= width);
            words += line;
        }
        std::string whole = report::clean(text);
        std::erase(whole, ' ');
        std::erase(words, ' ');
        RC_ASSERT(words == whole);
    }));
}

TEST_CASE("a rounded number has three significant digits and a letter for its size")
{
    CHECK(report::rounded(0) == "0");
    CHECK(report::rounded(16.4) == "16");
    CHECK(report::rounded(999.4) == "999");
    CHECK(report::rounded(999.6) == "1.00 k");
    CHECK(report::rounded(49'259) == "49.3 k");
    CHECK(report::rounded(492'593) == "493 k");
    CHECK(report::rounded(2'251'356) == "2.25 M");
    CHECK(report::rounded(1e12) == "1e+12");
}

TEST_CASE("a word is quoted for the shell only where it must be")
{
    CHECK(report::shell_word("bulkhead-results/first-look.db") == "bulkhead-results/first-look.db");
    CHECK(report::shell_word("my results.db") == "'my results.db'");
    CHECK(report::shell_word("it's.db") == "'it'\\''s.db'");
    CHECK(report::shell_word("") == "''");
}

TEST_CASE("a table breaks into even blocks, each with the names in front")
{
    report::Column names;
    report::Column column;
    for (const char* const text : {"head", "row"}) {
        names.add({{text}});
        column.add({{"0123456789"}});
    }
    names.level();
    report::Page page({.colour = false, .width = 40});
    report::print_table(page, names, {column, column, column, column});
    const std::string row = "row   0123456789  0123456789\n";
    const std::string head = "head  0123456789  0123456789\n";
    CHECK(page.take() == head + row + "\n" + head + row);
}
