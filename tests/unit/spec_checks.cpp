#include "spec_reading.hpp"

using namespace bulkhead::spec;
using namespace bulkhead::spec::test;

TEST_CASE("an expectation for a shape or a fault that the experiment lacks is reported with the nearest it has")
{
    for (const Case& expected : std::initializer_list<Case>{
             {11, "[[expect]]\nwhen = { shape = \"8x2\" }", 18, "no cell of this experiment has the shape \"8x2\"",
              "did you mean \"8x1\"? shapes of this experiment: 8x1, 4x2, 1x8", 1},
             {11, "[[expect]]\nwhen = { shape = [\"8x1\", \"64x16\"] }", 26,
              "no cell of this experiment has the shape \"64x16\"", "shapes of this experiment: 8x1, 4x2, 1x8", 1},
             {11, "[[expect]]\nwhen = { fault = \"segv-noexec\" }", 18,
              "no cell of this experiment has the fault \"segv-noexec\"",
              "faults of this experiment: none, segv-null, abort", 1},
             {11, "[[expect]]\nwhen = { fault = [\"abort\", \"assert-failed\"] }", 28,
              "no cell of this experiment has the fault \"assert-failed\"", "faults of this experiment", 1},
         })
        check_case(expected);
}

TEST_CASE("an expectation may speak of golden runs whether or not they are listed")
{
    CHECK(mistakes_in(file_with(11, "[[expect]]\nwhen = { fault = \"none\" }")).empty());
    CHECK(mistakes_in("schema = 1\nname = \"x\"\npool.shapes = [\"2x1\"]\nfault.kinds = [\"abort\"]\n"
                      "[[expect]]\nwhen = { fault = \"none\" }\nsurvivors = \"all\"\n")
              .empty());
}

TEST_CASE("an expectation without a fault matches nothing where there are only golden runs")
{
    const Diagnostics found = mistakes_in(file_with(6, "kinds = [\"none\"]"));
    REQUIRE(found.size() == 1);
    CHECK(found[0].line == 11);
    CHECK(found[0].message == "no cell of this experiment has a fault, and golden runs must be named");
}

TEST_CASE("a mistake in a list does not make mistakes of the expectations that rely on it")
{
    const auto count = [](std::string_view shape, std::string_view fault) {
        return mistakes_in("schema = 1\nname = \"x\"\npool.shapes = [\"" + std::string(shape) +
                           "\", \"2x1\"]\nfault.kinds = [\"" + std::string(fault) +
                           "\", \"exit\"]\n[[expect]]\nwhen = { shape = \"2x2\", fault = \"abort\" }\n"
                           "survivors = \"all\"\n")
            .size();
    };
    CHECK(count("2x2", "abort") == 0);
    CHECK(count("2y2", "abort") == 1);
    CHECK(count("2x2", "abrt") == 1);
}

TEST_CASE("an expectation whose words are all there, but nowhere together, speaks of no cell")
{
    const auto found_in = [](const std::string& pool, const std::string& expectation) {
        return mistakes_in("schema = 1\nname = \"x\"\n[pool]\nshapes = [\"1x2\"]\n" + pool +
                           "\n[fault]\nkinds = [\"abort\"]\n[[expect]]\n" + expectation);
    };
    const std::string both = R"(workload = ["counter", "ledger"]
lock = ["plain", "none"])";
    const std::string survive = "\nsurvivors = \"none\"\n";
    CHECK(found_in(both, R"(when = { workload = "ledger", lock = "none" })" + survive).empty());
    const Diagnostics apart = found_in(both, R"(when = { workload = "counter", lock = "none" })" + survive);
    REQUIRE(apart.size() == 1);
    CHECK(apart[0].line == 9);
    CHECK(apart[0].message ==
          "no cell of this experiment has all of this: every shape, counter, lock none, every fault");
    CHECK(apart[0].hint == "it has the variants counter, ledger, ledger lock=none");
    // An earlier version ran such a file, and its results can still be read.
    const std::string text = "schema = 1\nname = \"x\"\npool.shapes = [\"1x2\"]\nfault.kinds = [\"abort\"]\n"
                             "[[expect]]\nwhen.channel = \"pipe\"\nsurvivors = \"none\"\n";
    CHECK(std::holds_alternative<Diagnostics>(parse(text, "x.toml")));
    CHECK(std::holds_alternative<bulkhead::model::Experiment>(parse_recorded(text, "x.toml")));
    // What every workload has in its words, and only some have in fact.
    CHECK(found_in("", R"(when = { channel = "pipe" })" + survive).size() == 1);
    CHECK(found_in("", R"(when = { delivery = "at-most-once" })" + survive).size() == 1);
    const Diagnostics times = found_in(both, R"(when = { workload = "ledger", fault = "none" }
figure = "startup"
is = "< 2"
times = { workload = "counter", lock = "none", fault = "none" })");
    REQUIRE(times.size() == 1);
    CHECK(times[0].line == 13);
}

TEST_CASE("an expectation that speaks only of pools of one worker has no sibling to speak of")
{
    const auto lines = [](std::string_view shapes) {
        std::vector<std::uint32_t> result;
        for (const Diagnostic& diagnostic : mistakes_in(file_with(4, shapes))) {
            CHECK(diagnostic.message == "this expectation is about siblings, and a pool of one worker has none");
            result.push_back(diagnostic.line);
        }
        return result;
    };
    CHECK(lines("shapes = [\"1x1\"]") == std::vector<std::uint32_t>{11});
    CHECK(lines("shapes = [\"1x1\", \"2x1\"]").empty());
    CHECK(lines("shapes = [\"1x1\", \"2x1\"]\n[[expect]]\nwhen.shape = \"1x1\"\nblast_radius = \"predicted\"") ==
          std::vector<std::uint32_t>{5});
}

TEST_CASE("a victim must exist in every shape")
{
    for (const Case& expected : std::initializer_list<Case>{
             {5, "[fault]\nvictim = \"p0t9\"", 10, "there is no worker p0t9 in 8x1, 4x2, 1x8",
              "the only worker that every shape has is p0t0", 1},
             {5, "[fault]\nvictim = \"p0t1\"", 10, "there is no worker p0t1 in 8x1", "\"any\"", 1},
             {5, "[fault]\nvictim = \"p1\"", 10, "\"p1\" is not a worker", "\"p0t1\"", 1},
         })
        check_case(expected);
    CHECK(mistakes_in(file_with(5, "[fault]\nvictim = \"p0t0\"")).empty());
}

TEST_CASE("the workers that every shape has are named for a victim that some shape lacks")
{
    const Diagnostics found = mistakes_in("schema = 1\nname = \"x\"\npool.shapes = [\"8x2\", \"4x4\"]\n"
                                          "fault.kinds = [\"abort\"]\nfault.victim = \"p5t0\"\n");
    REQUIRE(found.size() == 1);
    CHECK(found[0].message == "there is no worker p5t0 in 4x4");
    CHECK(found[0].hint == "every shape has p0t0 to p3t1; \"any\" draws one in each trial");
}

TEST_CASE("a fault that the victim cannot have is reported at the fault")
{
    const std::string head = "schema = 1\nname = \"x\"\npool.shapes = [\"1x8\"]\n[fault]\n";
    const Diagnostics found = mistakes_in(head + "kinds = [\"abort\", \"main-returns\"]\nvictim = \"p0t3\"\n");
    REQUIRE(found.size() == 1);
    CHECK(found[0].line == 5);
    CHECK(found[0].column == 19);
    CHECK(found[0].message == "\"main-returns\" cannot strike p0t3: only thread 0 of a host can be its victim");
    CHECK(found[0].hint == "write victim = \"any\", or one such as \"p0t0\"");
    CHECK(mistakes_in(head + "kinds = [\"main-returns\"]\nvictim = \"p0t0\"\n").empty());
    CHECK(mistakes_in(head + "kinds = [\"main-returns\"]\nvictim = \"any\"\n").empty());
}

TEST_CASE("more trials than can be numbered are refused at their count")
{
    std::string kinds;
    for (int signal = 34; signal < 64; ++signal)
        kinds += ", \"kill:SIGRTMIN+" + std::to_string(signal - 33) + "\"";
    std::string shapes;
    for (int hosts = 2; hosts < 10; ++hosts)
        shapes += ", \"" + std::to_string(hosts) + "x1\"";
    const std::string file = "schema = 1\nname = \"x\"\npool.shapes = [\"1x2\"" + shapes +
                             "]\nfault.kinds = [\"abort\"" + kinds + "]\ntrials.count = ";
    CHECK(mistakes_in(file + "7000000\n").empty());
    const Diagnostics found = mistakes_in(file + "10000000\n");
    REQUIRE(found.size() == 1);
    CHECK(found[0].line == 5);
    CHECK(found[0].column == 16);
    CHECK(found[0].message == "279 cells of 10000000 trials are too many");
    CHECK(found[0].hint == "at most 7697074 trials in each of these cells");
    CHECK_MESSAGE(mistakes_in(file + "7000000\ntrials.golden = 1000\n").size() == 1, "golden runs have numbers, too");
}

TEST_CASE("an injection point and a fault from outside may stand in one list")
{
    CHECK(mistakes_in(file_with(6, "kinds = [\"abort\", \"kill:SIGTERM\"]\nat = \"inside-op\"")).empty());
}
