// How far a campaign is, in the columns that there are for it.
#include "harness/cli/progress.hpp"

#include <doctest/doctest.h>

using namespace bulkhead;

TEST_CASE("where columns are few the rate is left out first, and what is inconclusive last")
{
    cli::Advance advance{
        .finished = 50, .planned = 100, .before = 0, .inconclusive = 0, .took = std::chrono::seconds{25}};
    const std::string whole = "50/100 trials  50%  inconclusive 0  2 trials/s  eta 25 s";
    CHECK(cli::describe(advance) == whole);
    CHECK(cli::describe_within(advance, whole.size()) == whole);
    CHECK(cli::describe_within(advance, whole.size() - 1) == "50/100 trials  50%  inconclusive 0  eta 25 s");
    CHECK(cli::describe_within(advance, 34) == "50/100 trials  50%  eta 25 s");
    advance.inconclusive = 3;
    CHECK(cli::describe_within(advance, 34) == "50/100 trials  50%  inconclusive 3");
    CHECK(cli::describe_within(advance, 18) == "50/100 trials  50%");
    CHECK(cli::describe_within(advance, 17).empty());
}
