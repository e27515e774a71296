#include "harness/model/support.hpp"

#include "tests/unit/spec_reading.hpp"

// What a number of trials can support, before one of them is run.

using namespace bulkhead;
using namespace bulkhead::spec::test;

namespace {

std::vector<model::Support> support_with(std::string_view trials, std::string_view expectation)
{
    std::string file = file_with(10, trials);
    file.replace(file.find("survivors = \"all\""), std::string_view("survivors = \"all\"").size(), expectation);
    return model::support_of(experiment_in(file));
}

} // namespace

TEST_CASE("thirty trials without a loss show only that fewer than 9.5% of trials have one")
{
    const auto support = support_with("count = 30", "survivors = \"all\"");
    REQUIRE(support.size() == 2);
    CHECK(support[0].line == 0);
    CHECK(support[0].text ==
          "if none of 30 trials of a cell loses a sibling, that shows only: fewer than 9.5% of trials do (at 95%)");
    CHECK(support[1].line == 11);
    CHECK(support[1].text ==
          "if none of 180 trials loses a sibling, that shows only: fewer than 1.65% of trials do (at 95%)");
    CHECK(support[1].enough);
}

TEST_CASE("a share that so few trials cannot support is told, with the number that can")
{
    const auto support = support_with("count = 20", "when = { shape = \"8x1\" }\nsurvivors = \">= 0.99\"");
    REQUIRE(support.size() == 2);
    CHECK_FALSE(support[1].enough);
    CHECK(support[1].text ==
          "40 trials without a loss support at most >= 0.9278; 299 needed: it cannot be upheld, whatever comes");
    CHECK(support_with("count = 200", "when = { shape = \"8x1\" }\nsurvivors = \">= 0.99\"")[1].enough);
}

TEST_CASE("of rules that stop early it is told when they can hold at the earliest")
{
    const auto narrow = support_with("count = 182\nuntil = { half_width = 0.01 }", "survivors = \"all\"");
    REQUIRE(narrow.size() == 3);
    CHECK(narrow[2].text == "half_width 0.01 takes 183 trials of a cell at least: the rule cannot hold");
    CHECK(support_with("count = 183\nuntil = { half_width = 0.01 }", "survivors = \"all\"")[2].enough);
    const auto tested = support_with("count = 10\nsequential = {}", "survivors = \"all\"");
    CHECK(
        tested[1].text ==
        "if none of 60 trials loses a sibling, that shows only: fewer than 4.87% of trials do (at 95%); the sequential "
        "test upholds it after 58 trials at the earliest");
    CHECK(tested[1].enough);
    CHECK_FALSE(support_with("count = 9\nsequential = {}", "survivors = \"all\"")[1].enough);
}

TEST_CASE("a figure that so few trials cannot decide is told, with the number that can")
{
    const std::string bound = "figure = \"detection\"\nis = \"<= 2\"\nstatistic = ";
    const auto of_p99 = support_with("count = 298", bound + "\"p99\"");
    REQUIRE(of_p99.size() == 2);
    CHECK(of_p99[1].trials == 298);
    CHECK_FALSE(of_p99[1].enough);
    CHECK(of_p99[1].text ==
          "the p99 of detection takes 299 trials of each cell at least, and one has 298: it cannot be "
          "upheld, whatever comes");
    CHECK(support_with("count = 299", bound + "\"p99\"")[1].enough);
    CHECK(support_with("count = 1", bound + "\"most\"")[1].enough);
    const std::string ratio = "\ntimes = { shape = \"8x1\" }\nwhen = { shape = \"1x8\" }";
    CHECK_FALSE(support_with("count = 19", bound + "\"least\"" + ratio)[1].enough);
    CHECK(support_with("count = 20", bound + "\"least\"" + ratio)[1].enough);
    CHECK_FALSE(support_with("count = 4", bound + "\"median\"" + ratio)[1].enough);
    CHECK(support_with("count = 5", bound + "\"median\"" + ratio)[1].enough);
}

TEST_CASE("a claim about siblings cannot be upheld where one of its cells has none; a figure's can")
{
    const auto support_of = [](std::string_view expectation) {
        std::string file = file_with(4, "shapes = [\"1x1\", \"2x1\"]");
        const std::string_view usual = "survivors = \"all\"";
        file.replace(file.find(usual), usual.size(), expectation);
        return model::support_of(experiment_in(file)).at(1);
    };
    CHECK_FALSE(support_of("survivors = \"all\"").enough);
    CHECK(support_of("survivors = \"all\"").text ==
          "there is no sibling in 1x1 to speak of: it cannot be upheld, whatever comes");
    CHECK(support_of("when = { shape = \"2x1\" }\nsurvivors = \"all\"").enough);
    CHECK(support_of("victim = \"SIGSEGV\"").enough);
    const auto figure = support_of("when = { shape = \"1x1\", fault = \"none\" }\nfigure = \"startup\"\n"
                                   "statistic = \"p99\"\nis = \"<= 1000\"");
    CHECK_FALSE(figure.enough);
    CHECK(figure.trials == 20); // golden runs, as many as those of a fault, because they are listed
}

TEST_CASE("what has no siblings, or only golden runs, supports nothing about survivors")
{
    CHECK(model::support_of(model::Experiment{}).empty());
    CHECK(model::otherwise_after(0) == 1);
}
