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

TEST_CASE("thirty trials with no loss support at most under 9.5% at 95%")
{
    const auto support = support_with("count = 30", "survivors = \"all\"");
    REQUIRE(support.size() == 2);
    CHECK(support[0].line == 0);
    CHECK(support[0].text == "30 trials of each cell with no loss support at most \"under 9.5%\" at 95%");
    CHECK(support[1].line == 11);
    CHECK(support[1].text == "180 trials with no loss support at most \"under 1.65%\" at 95%");
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
    CHECK(tested[1].text ==
          "60 trials with no loss support at most \"under 4.87%\" at 95%; the sequential test upholds "
          "it after 58 trials at the earliest");
    CHECK(tested[1].enough);
    CHECK_FALSE(support_with("count = 9\nsequential = {}", "survivors = \"all\"")[1].enough);
}

TEST_CASE("what has no siblings, or only golden runs, supports nothing about survivors")
{
    CHECK(model::support_of(model::Experiment{}).empty());
    CHECK(model::otherwise_after(0) == 1);
}
