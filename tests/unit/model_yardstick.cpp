#include "harness/model/figure.hpp"
#include "harness/model/yardstick.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace bulkhead::model;

TEST_CASE("every figure of the catalogue has a yardstick, and times are known to be timed")
{
    for (const FigureRow& row : figure_catalogue()) {
        CAPTURE(row.name);
        const auto yardstick = yardstick_of(row.name);
        REQUIRE(yardstick);
        const bool is_time = row.unit == "us" || row.unit == "ns" || row.unit == "ops/s";
        if (is_time)
            CHECK(yardstick->is_timed);
    }
}

TEST_CASE("more of what is lost is worse, less of what is done is, and what only describes has no direction")
{
    CHECK(yardstick_of("detection")->direction == Direction::more_is_worse);
    CHECK(yardstick_of("throughput")->direction == Direction::less_is_worse);
    CHECK(yardstick_of("availability")->direction == Direction::less_is_worse);
    CHECK(yardstick_of("seen_by_other_hosts.heap")->direction == Direction::more_is_worse);
    CHECK(yardstick_of("seen_by_cell_mates.heap")->direction == Direction::none);
    CHECK(yardstick_of("shared_with_other_hosts.code")->direction == Direction::none);
    CHECK(yardstick_of("shared_with_other_hosts.vm")->direction == Direction::more_is_worse);
    CHECK_FALSE(yardstick_of("no_such_figure"));
}
