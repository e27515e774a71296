#include "tests/unit/model_records.hpp"

#include <doctest/doctest.h>

using namespace bulkhead::model;
using bulkhead::tests::claiming;
using bulkhead::tests::fault;
using bulkhead::tests::shape;

namespace {

Cell cell_of(const char* pool, const char* what)
{
    return {.shape = shape(pool), .fault = fault(what)};
}

} // namespace

TEST_CASE("an expectation without a shape or fault speaks of every cell but the golden runs")
{
    const Expectation expectation = claiming(AllSiblings{});
    CHECK(matches(expectation.when, cell_of("8x1", "segv-null")));
    CHECK(matches(expectation.when, cell_of("1x8", "kill:SIGTERM")));
    CHECK_FALSE(matches(expectation.when, cell_of("8x1", "none")));
}

TEST_CASE("an expectation speaks of the shapes and faults that it names, and of both at once")
{
    Expectation expectation = claiming(AllSiblings{});
    expectation.when.shapes = {shape("8x1"), shape("4x2")};
    expectation.when.faults = {fault("segv-null"), fault("kill:SIGTERM")};
    CHECK(matches(expectation.when, cell_of("8x1", "segv-null")));
    CHECK(matches(expectation.when, cell_of("4x2", "kill:SIGTERM")));
    CHECK_FALSE(matches(expectation.when, cell_of("1x8", "segv-null")));
    CHECK_FALSE(matches(expectation.when, cell_of("8x1", "abort")));
    CHECK_FALSE(matches(expectation.when, cell_of("8x1", "kill:SIGKILL")));
    CHECK_FALSE(matches(expectation.when, cell_of("8x1", "tgkill:SIGTERM")));
    CHECK_FALSE(matches(expectation.when, cell_of("8x1", "none")));
}

TEST_CASE("an expectation that names none speaks of the golden runs")
{
    Expectation expectation = claiming(AllSiblings{});
    expectation.when.faults = {fault("none")};
    CHECK(matches(expectation.when, cell_of("8x1", "none")));
    CHECK_FALSE(matches(expectation.when, cell_of("8x1", "segv-null")));
}

TEST_CASE("a claim reads as it is written in a file")
{
    CHECK(describe(Claim{AllSiblings{}}) == "survivors = all");
    CHECK(describe(Claim{NoSibling{}}) == "survivors = none");
    CHECK(describe(Claim{AsPredicted{}}) == "blast_radius = predicted");
    CHECK(describe(Claim{ShareOfSiblings{Comparison::at_least, 0.99}}) == "survivors >= 0.99");
    CHECK(describe(Claim{ShareOfSiblings{Comparison::less_than, 1.0}}) == "survivors < 1");
}

TEST_CASE("an expectation says what it speaks of and what it claims")
{
    Expectation expectation = claiming(AllSiblings{});
    CHECK(describe(expectation) == "every shape, every fault: survivors = all");
    expectation.when.shapes = {shape("8x1"), shape("4x2")};
    CHECK(describe(expectation) == "8x1 and 4x2, every fault: survivors = all");
    expectation.when.shapes = {shape("1x8")};
    expectation.when.faults = {fault("segv-null"), fault("abort"), fault("kill:TERM")};
    expectation.claim = NoSibling{};
    CHECK(describe(expectation) == "1x8, segv-null, abort and kill:SIGTERM: survivors = none");
}
