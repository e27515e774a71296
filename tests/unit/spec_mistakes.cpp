#include "spec_reading.hpp"

#include <algorithm>

using namespace bulkhead::spec;
using namespace bulkhead::spec::test;

TEST_CASE("the valid file that the cases are made of has no mistake")
{
    CHECK(mistakes_in(file_with(0, "")).empty());
}

TEST_CASE("a key that does not exist is reported with the nearest that does, or with its table")
{
    for (const Case& expected : std::initializer_list<Case>{
             {8, "windw = \"1s\"", 1, "there is no key \"windw\" in [observe]", "did you mean \"window\"?"},
             {8, "windw = \"1s\"", 1, "there is no key \"windw\" in [observe]", "valid here: window, evidence_ops"},
             {8, "victim = \"any\"", 1, "there is no key \"victim\" in [observe]", "\"victim\" belongs in [fault]"},
             {10, "  cuont = 1", 3, "there is no key \"cuont\" in [trials]", "did you mean \"count\"?"},
             {10, "trials = 50", 1, "there is no key \"trials\" in [trials]", "did you mean \"count\"? valid here"},
             {8, "pool = 1", 1, "there is no key \"pool\" in [observe]", "valid here: window"},
             {8, "question = 1", 1, "there is no key \"question\" in [observe]",
              "\"question\" belongs at the top level;"},
             {9, "[trails]", 2, "there is no key \"trails\" at the top level", "did you mean \"trials\"?"},
             {12, "survivor = 1\nsurvivors = \"all\"", 1, "there is no key \"survivor\" in [[expect]]",
              "when, survivors, outcome, blast_radius"},
             {12, "when = { shapes = 1 }\nsurvivors = \"all\"", 10, "there is no key \"shapes\" in when",
              "did you mean \"shape\"? valid here: shape, fault"},
         })
        check_case(expected);
}

TEST_CASE("a key that a file must have is missed where it belongs")
{
    check_case({1, "", 1, "\"schema\" is missing at the top level", "add schema = 1"});
    const Diagnostics found = mistakes_in("name = \"x\"\n\n[pool]\n[fault]\n");
    REQUIRE(found.size() == 3);
    CHECK(found[0].message == "\"schema\" is missing at the top level");
    CHECK(found[0].line == 1);
    CHECK(found[1].message == "\"shapes\" is missing in [pool]");
    CHECK(found[1].line == 3);
    CHECK(found[1].hint == R"(add shapes = ["8x1", "4x2", "1x8"])");
    CHECK(found[2].message == "\"kinds\" is missing in [fault]");
    CHECK(found[2].line == 4);
}

TEST_CASE("what is misspelt is not missed as well")
{
    for (const Case& expected : std::initializer_list<Case>{
             {3, "[pools]", 2, "there is no key \"pools\" at the top level", "did you mean \"pool\"?"},
             {4, "shape = [\"8x1\"]", 1, "there is no key \"shape\" in [pool]", "did you mean \"shapes\"?"},
             {12, "survivers = \"all\"", 1, "there is no key \"survivers\" in [[expect]]", "\"survivors\"?"},
             {12, "figrue = \"throughput\"\nis = \">= 1.5\"", 1, "there is no key \"figrue\" in [[expect]]",
              "did you mean \"figure\"?"},
         })
        check_case(expected);
    CHECK(mistakes_in(file_with(12, "whne = { shape = \"8x1\" }")).size() == 2); // it claims nothing, too
}

TEST_CASE("an empty file misses all four that it must have")
{
    const Diagnostics found = mistakes_in("");
    REQUIRE(found.size() == 4);
    for (const Diagnostic& diagnostic : found) {
        CHECK(diagnostic.line == 1);
        CHECK(diagnostic.column == 1);
    }
    CHECK(found[2].hint == R"(add [pool], with shapes = ["8x1", "1x8"] below it)");
}

TEST_CASE("a value of the wrong type is told what was expected and what was found")
{
    for (const Case& expected : std::initializer_list<Case>{
             {8, "window = 500", 10, "expected a string such as \"500ms\", found an integer", "like \"500ms\""},
             {10, "count = \"20\"", 9, "expected an integer such as 20, found a string", "without quotes"},
             {10, "count = 2.5", 9, "expected an integer such as 20, found a number with a fraction", "20"},
             {10, "seed = true", 8, "expected an integer such as 1, found a boolean", "1"},
             {10, "golden = \"0.1\"", 10, "expected a number such as 0.1, found a string", "without quotes"},
             {2, "name = 1979-05-27", 8, "expected a string such as \"first-look\", found a date or time", ""},
             {4, "shapes = \"8x1\"", 10,
              R"(expected an array of strings such as ["8x1", "4x2", "1x8"], found a string)", "in brackets"},
             {12, "survivors = [\"all\"]", 13, "expected a string such as \"all\" or \">= 0.99\", found an array",
              "\"all\""},
             {12, "survivors = \"all\"\nwhen = 3", 8, "expected a table, found an integer", "{ shape = \"8x1\"", 1},
             {5, "[fault]\nafter_ops = \"x\"", 13,
              "expected an integer or a range such as 10 or [10, 100], found a string", "without quotes", 1},
             {5, "[fault]\nafter_ops = [1, true]", 17, "expected an integer such as 10, found a boolean", "10", 1},
             {5, "[fault]\nvictim = 1", 10, "expected a string such as \"any\" or \"p0t1\", found an integer", "", 1},
         })
        check_case(expected);
}

TEST_CASE("a table in the place of something else, and the other way round, is a mistake of its type")
{
    const Diagnostics found = mistakes_in("schema = 1\nname = \"x\"\nfault = 3\nobserve = []\n"
                                          "[[pool]]\n[expect]\n");
    REQUIRE(found.size() == 4);
    CHECK(found[0].message == "expected a table, found an integer");
    CHECK(found[0].line == 3);
    CHECK(found[0].column == 9);
    CHECK(found[1].message == "expected a table, found an array");
    CHECK(found[2].message == "expected a table, found an array");
    CHECK(found[2].line == 5);
    CHECK(found[3].message == "expected an array of tables, found a table");
    CHECK(found[3].line == 6);
}

TEST_CASE("a name that no file could have is refused")
{
    for (const Case& expected : std::initializer_list<Case>{
             {2, "name = \"First Look\"", 8, "\"First Look\" is not a name for an experiment",
              "did you mean \"first-look\"?"},
             {2, "name = \"\"", 8, "\"\" is not a name for an experiment", "1 to 64 characters"},
             {2, "name = \"a/b\"", 8, "\"a/b\" is not a name for an experiment", "did you mean \"a-b\"?"},
             {1, "schema = 2", 10, "schema 2 is not known", "schema = 1"},
         })
        check_case(expected);
    CHECK(mistakes_in(file_with(2, "name = \"" + std::string(64, 'a') + "\"")).empty());
    CHECK(mistakes_in(file_with(2, "name = \"" + std::string(65, 'a') + "\"")).size() == 1);
}

TEST_CASE("a question is one line of text")
{
    const auto refused = [](const std::string& question) {
        return mistakes_in(file_with(2, "name = \"x\"\nquestion = \"" + question + "\"")).size() == 1;
    };
    CHECK_FALSE(refused("Überlebt wer?"));
    CHECK_FALSE(refused(std::string(500, 'a')));
    CHECK(refused(std::string(501, 'a')));
    CHECK(refused("two\\nlines"));
    CHECK(refused("\\u001b[31m"));
}

TEST_CASE("each element of an array is reported at its own place")
{
    const Diagnostics found = mistakes_in(file_with(4, R"(shapes = ["8x1", "8", 3, "4*2", "0x1", "33x32", "8x1"])"));
    REQUIRE(found.size() == 6);
    CHECK(found[0].column == 18);
    CHECK(found[0].message == "\"8\" is not a shape");
    CHECK(found[1].column == 23);
    CHECK(found[1].message == "expected a string such as \"4x2\", found an integer");
    CHECK(found[2].column == 26);
    CHECK(found[2].hint.starts_with("did you mean \"4x2\"? a shape is PxT"));
    CHECK(found[3].column == 33);
    CHECK(found[3].message == "\"0x1\" is not a shape");
    CHECK(found[4].column == 40);
    CHECK(found[4].hint.find("at most 1024 workers") != std::string::npos);
    CHECK(found[5].column == 49);
    CHECK(found[5].message == "\"8x1\" is in the list already");
}

TEST_CASE("an array without an element is a mistake")
{
    check_case({4, "shapes = []", 10, "the list is empty", "at least one"});
    check_case({6, "kinds = []", 9, "the list is empty", "at least one"});
}

TEST_CASE("a fault that does not exist is reported with the nearest that does")
{
    for (const Case& expected : std::initializer_list<Case>{
             {6, "kinds = [\"segv-nul\"]", 10, "there is no fault \"segv-nul\"", "did you mean \"segv-null\"?"},
             {6, "kinds = [\"zzz\"]", 10, "there is no fault \"zzz\"", "bulkhead list faults"},
             {6, "kinds = [\"segv\"]", 10, "there is no fault \"segv\"",
              "did you mean \"segv-null\", \"segv-unmapped\", \"segv-readonly\""},
             {6, "kinds = [\"SIGTERM\"]", 10, "there is no fault \"SIGTERM\"", "did you mean \"kill:SIGTERM\"?"},
             {6, "kinds = [\"TERM\"]", 10, "there is no fault \"TERM\"", "did you mean \"kill:SIGTERM\"?"},
             {6, "kinds = [\"kill -9\"]", 10, "there is no fault \"kill -9\"", "did you mean \"kill:SIGKILL\"?"},
             {6, "kinds = [\"kil\"]", 10, "there is no fault \"kil\"", "did you mean \"kill:SIGTERM\"?"},
             {6, "kinds = [\"kill:9\"]", 10, "a signal is named, and \"9\" is its number", "write \"kill:SIGKILL\""},
             {6, "kinds = [\"kill:99\"]", 10, "there is no signal \"99\" for kill", "signal(7)"},
             {6, "kinds = [\"kill\"]", 10, "\"kill\" lacks its signal", "\"kill:SIGTERM\""},
             {6, "kinds = [\"tgkill:\"]", 10, "\"tgkill:\" lacks its signal", "\"tgkill:SIGTERM\""},
             {6, "kinds = [\"kill:SIGTREM\"]", 10, "there is no signal \"SIGTREM\" for kill",
              "did you mean \"kill:SIGTERM\"?"},
             {6, "kinds = [\"tgkill:SEGB\"]", 10, "there is no signal \"SEGB\" for tgkill", "signal(7)"},
             {6, "kinds = [\"abort:SIGTERM\"]", 10, "\"abort\" takes no signal", "write \"abort\""},
             {6, "kinds = [\"kill:TERM\", \"kill:SIGTERM\"]", 23, "\"kill:SIGTERM\" is in the list already", "once"},
         })
        check_case(expected);
}

TEST_CASE("faults that are aimed at the harness itself are never proposed")
{
    const Diagnostics found = mistakes_in(file_with(6, "kinds = [\"scribble-black-bo\"]"));
    REQUIRE(found.size() == 1);
    CHECK(found[0].hint.find("did you mean") == std::string::npos);
}

TEST_CASE("a word that is not one of the valid ones is reported with all of them")
{
    for (const Case& expected : std::initializer_list<Case>{
             {3, "[pool]\nlaunch = \"exce\"", 10, "\"exce\" is not a valid value",
              "did you mean \"exec\"? valid values are exec, zygote", 1},
             {3, "[pool]\nworkload = \"\"", 12, "\"\" is not a valid value",
              "valid values are counter, ledger, compute", 1},
             {3, "[pool]\npace = \"2s\"", 8, "\"2s\" is out of range", "from \"1us\" to \"1s\"", 1},
             {3, "[pool]\npace = \"none\"", 8, "\"none\" is not a duration", "\"auto\"", 1},
             {5, "[fault]\nafter_ops = 1000001", 13, "1000001 is out of range", "from 0 to 1000000", 1},
             {5, "[fault]\nafter_ops = [1]", 13, "a range has two ends, this one has 1", "[10, 100]", 1},
         })
        check_case(expected);
}

TEST_CASE("a number that is out of its range is reported with the range")
{
    for (const Case& expected : std::initializer_list<Case>{
             {8, "evidence_ops = 0", 16, "0 is out of range", "from 1 to 1000000"},
             {8, "evidence_ops = 1000001", 16, "1000001 is out of range", "from 1 to 1000000"},
             {8, "window = \"0ms\"", 10, "\"0ms\" is out of range", "from \"1ms\" to \"1h\""},
             {8, "window = \"61min\"", 10, "\"61min\" is out of range", "from \"1ms\" to \"1h\""},
             {8, "window = \"99999999999999999999h\"", 10, "\"99999999999999999999h\" is out of range", "\"1h\""},
             {8, "window = \"1500us\"", 10, "a window is a whole number of milliseconds", "\"1ms\""},
             {8, "window = \"500\"", 10, "\"500\" is not a duration", "us, ms, s, min, h"},
             {8, "window = \"half\"", 10, "\"half\" is not a duration", "\"500ms\""},
             {8, "window = \"-1s\"", 10, "\"-1s\" is not a duration", "\"500ms\""},
             {10, "count = 0", 9, "0 is out of range", "from 1 to 10000000"},
             {10, "count = 10000001", 9, "10000001 is out of range", "from 1 to 10000000"},
             {10, "seed = -1", 8, "-1 is out of range", "from 0 to 9223372036854775807"},
             {10, "golden = 1000.5", 10, "1000.5 is not a share", "0 to 1000"},
             {10, "golden = -0.1", 10, "-0.1 is not a share", "0 to 1000"},
             {10, "golden = nan", 10, "nan is not a share", "0 to 1000"},
         })
        check_case(expected);
}

TEST_CASE("a claim that says nothing, or nothing that can be measured, is refused")
{
    for (const Case& expected : std::initializer_list<Case>{
             {12, "survivors = \"al\"", 13, "\"al\" does not say who survives", "did you mean \"all\"?"},
             {12, "survivors = \"some\"", 13, "\"some\" does not say who survives", "valid are \"all\""},
             {12, "survivors = \"0.99\"", 13, "\"0.99\" does not say who survives", "\">= 0.99\""},
             {12, "survivors = \">= half\"", 13, "\">= half\" does not say who survives", "\"all\", \"none\""},
             {12, "survivors = \">= 0.5 \"", 13, "\">= 0.5 \" does not say who survives", "\">= 0.99\""},
             {12, "survivors = \">= inf\"", 13, "\">= inf\" does not say who survives", "\">= 0.99\""},
             {12, "survivors = \">= 99\"", 13, "\">= 99\" is not about a share", "for 99 percent write \">= 0.99\""},
             {12, "survivors = \"> -1\"", 13, "\"> -1\" is not about a share", "between 0 and 1"},
             {12, "survivors = \">= 0\"", 13, "\">= 0\" is decided before any trial is run", "valid are"},
             {12, "survivors = \"> 1\"", 13, "\"> 1\" is decided before any trial is run", "valid are"},
             {12, "survivors = \"<= 1\"", 13, "\"<= 1\" is decided before any trial is run", "valid are"},
             {12, "survivors = \"< 0\"", 13, "\"< 0\" is decided before any trial is run", "valid are"},
             {12, "blast_radius = \"predict\"", 16, "\"predict\" is not a valid value",
              "did you mean \"predicted\"? the only valid value is predicted"},
             {11, "[[expect]]\n[[expect]]", 1, "this expectation claims nothing", "survivors = \"all\""},
         })
        check_case(expected);
}

TEST_CASE("an expectation that claims two things is reported at the second")
{
    const Diagnostics found = mistakes_in(file_with(12, "blast_radius = \"predicted\"\nsurvivors = \"all\""));
    REQUIRE(found.size() == 1);
    CHECK(found[0].message == "an expectation claims one thing, this one two");
    CHECK(found[0].line == 13);
    CHECK(found[0].column == 13);
}

TEST_CASE("all mistakes of a file are reported in one go, in the order of the file")
{
    const Diagnostics found = mistakes_in("schema = 2\n[pool]\nshapes = [\"8y1\"]\nlaunch = \"exce\"\nworkload = 1\n"
                                          "pace = \"10s\"\n[fault]\nkinds = [\"none\"]\nat = \"inside\"\n"
                                          "after_ops = [100, 10]\nvictim = \"x\"\n");
    std::vector<std::uint32_t> lines;
    for (const Diagnostic& diagnostic : found)
        lines.push_back(diagnostic.line);
    CHECK(lines == std::vector<std::uint32_t>{1, 1, 3, 4, 5, 6, 9, 10, 11});
    CHECK(found.back().message == "\"x\" is not a worker");
    CHECK(found[7].hint == "write after_ops = [10, 100]");
    CHECK(found[6].hint == "did you mean \"inside-op\"? valid values are between-ops, inside-op");
}
