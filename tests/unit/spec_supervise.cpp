#include "spec_reading.hpp"

using namespace bulkhead;
using namespace bulkhead::spec::test;
using model::Strategy;

namespace {

/// The table, put in the place of an empty line of [trials].
std::string supervise(std::string_view rest)
{
    return "\n[supervise]\n" + std::string(rest);
}

} // namespace

TEST_CASE("a file that names no strategy has nobody launched anew")
{
    const model::Experiment experiment = experiment_in(file_with(0, ""));
    CHECK(experiment.containment.supervision == model::Supervision{});
    CHECK(experiment.variants == std::vector{model::Variant{}});
}

TEST_CASE("strategies are one more axis of the cells, and the limits are those of OTP unless they are named")
{
    const auto one = experiment_in(file_with(10, supervise("strategy = \"one-for-all\"")));
    CHECK(one.variants == std::vector{model::Variant{.strategy = Strategy::one_for_all}});
    CHECK(one.containment.supervision.max_restarts == 3);
    CHECK(one.containment.supervision.within == std::chrono::seconds{5});
    CHECK(one.containment.supervision.strikes == 1);
    const auto several = experiment_in(file_with(
        10, supervise("strategy = [\"never\", \"rest-for-one\"]\nmax_restarts = 0\nwithin = \"1100ms\"\nstrikes = 5")));
    REQUIRE(several.variants.size() == 2);
    CHECK(several.variants[0].strategy == Strategy::never);
    CHECK(several.variants[1].strategy == Strategy::rest_for_one);
    CHECK(several.containment.supervision.max_restarts == 0);
    CHECK(several.containment.supervision.within == std::chrono::milliseconds{1100});
    CHECK(several.containment.supervision.strikes == 5);
}

TEST_CASE("an expectation may speak of one strategy")
{
    const auto experiment = experiment_in(
        file_with(10, supervise("strategy = [\"never\", \"one-for-all\"]\n[[expect]]\nwhen = { strategy = "
                                "\"one-for-all\" }\nsurvivors = \"none\"")));
    REQUIRE(experiment.expectations.size() == 2);
    CHECK(experiment.expectations[0].when.strategies == std::vector{Strategy::one_for_all});
}

TEST_CASE("mistakes in [supervise] are told where they are, with what would be valid")
{
    for (const spec::test::Case& expected : std::initializer_list<spec::test::Case>{
             {10, "\n[supervise]\nstrategy = \"one-for-al\"", 12, "\"one-for-al\" is not a valid value",
              "did you mean \"one-for-all\"?", 2},
             {10, "\n[supervise]\nmax_restarts = 3", 1, "\"strategy\" is missing in [supervise]",
              "add strategy = \"one-for-one\"", 1},
             {10, "\n[supervise]\nstrategy = \"never\"\nmax_restart = 3", 1,
              "there is no key \"max_restart\" in [supervise]", "did you mean \"max_restarts\"?", 3},
             {10, "\n[supervise]\nstrategy = \"one-for-one\"\nwithin = \"900ms\"\nstrikes = 4", 11,
              "whether so many strikes fall within so short a time cannot be foretold", "write within = \"1s\"", 4},
             {10, "\n[supervise]\nstrategy = \"one-for-one\"\nmax_restarts = -1", 16, "-1 is out of range",
              "a whole number from 0 to 1000", 3},
             {10, "\n[supervise]\nstrategy = \"one-for-one\"\nwithin = \"5\"", 10, "\"5\" is not a duration", "\"5s\"",
              3},
             {10, "\n[supervise]\nstrategy = \"one-for-one\"\nwithin = \"1500us\"", 10,
              "restarts are counted over a whole number of milliseconds", "write \"1ms\"", 3},
             {10, "\n[supervise]\nstrategy = \"one-for-one\"\nstrikes = 0", 11, "0 is out of range", "from 1 to 100",
              3},
             {10, "\n[supervise]\nstrategy = \"never\"\nstrikes = 2", 11,
              "nobody is launched anew who could be struck again", "write strikes = 1", 3},
             {8, "strategy = \"never\"", 1, "there is no key \"strategy\" in [observe]",
              "\"strategy\" belongs in [supervise]"},
             {9, "[supervize]", 2, "there is no key \"supervize\" at the top level", "did you mean \"supervise\"?"},
             {12, "when = { strategy = \"one-for-one\" }\nsurvivors = \"all\"", 21,
              "no cell of this experiment has the strategy \"one-for-one\"", "strategies of this experiment: never"}})
        check_case(expected);
}

TEST_CASE("a fault that ends no host of the experiment cannot be repeated")
{
    const std::string file =
        "schema = 1\nname = \"x\"\n[pool]\nshapes = [\"1x8\"]\n[fault]\nkinds = [\"thread-exit\"]\n"
        "[supervise]\nstrategy = \"one-for-one\"\nstrikes = 2\n";
    const auto found = mistakes_in(file);
    REQUIRE(found.size() == 1);
    CHECK(found[0].line == 9);
    CHECK(found[0].message == "no fault of this experiment ends a host, and only one that does is repeated");
    CHECK(mistakes_in(std::string(file).replace(file.find("1x8"), 3, "8x1")).empty());
}
