#include "harness/model/shape.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace bulkhead::model;

TEST_CASE("a shape is read from PxT and from nothing else")
{
    CHECK(parse_shape("8x1") == Shape{8, 1});
    CHECK(parse_shape("1x8") == Shape{1, 8});
    CHECK(parse_shape("16x16") == Shape{16, 16});
    CHECK(parse_shape("1024x1") == Shape{1024, 1});
    CHECK(parse_shape("32x32") == Shape{32, 32});
    for (const char* text :
         {"",     "x",    "8",    "8x",    "x8",    "0x1",    "1x0",    "8X1",   " 8x1",         "8x1 ",       "+8x1",
          "8x-1", "08x1", "8x01", "8x1x1", "8.0x1", "1025x1", "1x1025", "33x32", "4294967297x1", "65536x65536"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_shape(text));
    }
}

TEST_CASE("a worker is read from pPtT and from nothing else")
{
    CHECK(parse_worker("p0t0") == WorkerId{0, 0});
    CHECK(parse_worker("p12t345") == WorkerId{12, 345});
    CHECK(parse_worker("p1023t1023") == WorkerId{1023, 1023});
    for (const char* text : {"", "p", "t", "pt", "p0", "t0", "0t0", "p0t", "pt0", "p0t0 ", "P0T0", "p-1t0", "p00t0",
                             "p0t01", "p1024t0", "p0t1024", "p0t0t0", "any"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_worker(text));
    }
}

TEST_CASE("every shape and every worker of it is read back as it was written")
{
    CHECK(rc::check([] {
        const auto hosts = *rc::gen::inRange<std::uint32_t>(1, max_hosts + 1);
        const auto threads = *rc::gen::inRange<std::uint32_t>(1, max_workers / hosts + 1);
        const Shape shape{hosts, threads};
        RC_ASSERT(parse_shape(to_string(shape)) == shape);

        const auto index = *rc::gen::inRange<std::uint32_t>(0, shape.workers());
        const WorkerId worker = worker_at(index, shape);
        RC_ASSERT(index_of(worker, shape) == index);
        RC_ASSERT(parse_worker(to_string(worker)) == worker);
    }));
}

TEST_CASE("any text at all is either a shape in its one spelling or none")
{
    CHECK(rc::check([](const std::string& text) {
        if (const auto shape = parse_shape(text))
            RC_ASSERT(to_string(*shape) == text);
        if (const auto worker = parse_worker(text))
            RC_ASSERT(to_string(*worker) == text);
    }));
}
