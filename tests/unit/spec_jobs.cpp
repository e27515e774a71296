// The jobs of an experiment file, and what is said of them.

#include "harness/model/job.hpp"
#include "harness/model/judge.hpp"
#include "spec_reading.hpp"

#include <doctest/doctest.h>

using namespace bulkhead;
using namespace bulkhead::spec;
using namespace bulkhead::spec::test;
using model::Delivery;

namespace {

const std::string jobs = "shapes = [\"2x1\"]\nworkload = \"jobs\"\n";

} // namespace

TEST_CASE("deliveries are read, alone or several, and make variants of the jobs")
{
    CHECK(experiment_in(file_with(4, jobs)).variants.front().delivery == Delivery::at_most_once);
    const auto both = experiment_in(file_with(4, jobs + R"(delivery = ["at-least-once", "at-most-once"])"));
    REQUIRE(both.variants.size() == 2);
    CHECK(both.variants.front().delivery == Delivery::at_least_once);
    const auto mixed = model::variants_of({.workloads = {model::Workload::jobs, model::Workload::counter},
                                           .deliveries = {Delivery::at_most_once, Delivery::at_least_once}});
    CHECK(mixed.size() == 3);
}

TEST_CASE("every delivery reads back from the words of its variant, and only jobs have one")
{
    for (const Delivery delivery : model::deliveries) {
        const model::Variant variant{
            .workload = model::Workload::jobs, .delivery = delivery, .strategy = model::Strategy::one_for_one};
        CHECK(model::parse_variant(to_string(variant)) == variant);
    }
    CHECK(to_string(model::Variant{.workload = model::Workload::jobs}) == "jobs delivery=at-most-once");
    for (const char* text : {"jobs", "jobs delivery=", "jobs delivery=twice", "counter delivery=at-most-once"}) {
        CAPTURE(text);
        CHECK_FALSE(model::parse_variant(text).has_value());
    }
}

TEST_CASE("an expectation speaks of the deliveries that the experiment has")
{
    const std::string pool = jobs + "delivery = \"at-least-once\"\n";
    const auto experiment = experiment_in(file_with(4, pool) + "when = { delivery = \"at-least-once\" }\n");
    const model::Selection& when = experiment.expectations.front().when;
    CHECK(when.deliveries == std::vector{Delivery::at_least_once});
    CHECK(describe(when) == "every shape, delivery at-least-once, every fault");
    const auto found = mistakes_in(file_with(4, pool) + "when = { delivery = \"at-most-once\" }\n");
    REQUIRE(found.size() == 1);
    CHECK(found.front().message == "no cell of this experiment has the delivery \"at-most-once\"");
    CHECK(found.front().hint.find("deliveries of this experiment") != std::string::npos);
}

TEST_CASE("a delivery without jobs, and more threads than a host can be given sockets for, are mistakes")
{
    check_case({.line = 4,
                .text = "shapes = [\"8x1\"]\ndelivery = \"at-most-once\"",
                .column = 12,
                .message = "no workload of this experiment has jobs to deliver",
                .hint = "add workload = \"jobs\"",
                .below = 1});
    check_case({.line = 4,
                .text = "shapes = [\"1x120\", \"1x121\"]\nworkload = \"jobs\"",
                .column = 20,
                .message = "a host that is handed jobs cannot have 121 threads",
                .hint = "at most 120"});
}

TEST_CASE("a job that did not simply get done is told of in words")
{
    model::JobRecord job{.number = 17, .worker = {2, 0}, .fate = model::JobFate::unknown, .handed = 1, .effects = 1};
    CHECK(describe(job) == "job 17 was handed to p2t0, which did it and told no result: unknown");
    job.fate = model::JobFate::lost;
    CHECK(describe(job) == "job 17 was handed to p2t0, and was never done: lost");
    job = {.number = 3, .worker = {0, 1}, .fate = model::JobFate::doubled, .handed = 2, .effects = 2};
    CHECK(describe(job) ==
          "job 3 was handed to p0t1, which told no result; done 2 times: doubled (handed out 2 times)");
}
