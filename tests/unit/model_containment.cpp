#include "tests/unit/model_records.hpp"

#include <algorithm>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace bulkhead::model;
using bulkhead::tests::fault;

TEST_CASE("a containment reads back as it was written")
{
    CHECK(rc::check([] {
        Containment containment;
        containment.commons = *rc::gen::arbitrary<bool>();
        containment.pipe = *rc::gen::arbitrary<bool>();
        containment.disk = *rc::gen::arbitrary<bool>();
        for (const Medium medium : shareable)
            containment.shared |= *rc::gen::arbitrary<bool>() ? bit_of(medium) : 0;
        containment.unlocked = *rc::gen::arbitrary<bool>();
        containment.robust_lock = *rc::gen::arbitrary<bool>();
        containment.guard = static_cast<Guard>(*rc::gen::inRange(0, 3));
        containment.thread_limit = static_cast<ThreadLimit>(*rc::gen::inRange(0, 3));
        containment.processors_by_host = *rc::gen::arbitrary<bool>();
        containment.limits = {.memory_mib = *rc::gen::arbitrary<std::uint32_t>(),
                              .nofile = *rc::gen::arbitrary<std::uint32_t>(),
                              .threads = *rc::gen::arbitrary<std::uint32_t>(),
                              .cpu_s = *rc::gen::arbitrary<std::uint32_t>(),
                              .via_cgroup = *rc::gen::arbitrary<bool>()};
        RC_ASSERT(parse_containment(to_string(containment)) == containment);
    }));
    CHECK(parse_containment("") == Containment{});
    CHECK(to_string(Containment{}) == "");
}

TEST_CASE("what is no containment is not read as one")
{
    for (const char* text : {"common", "share=", "share=lock,", "share=heap", "guard=all", "memory=-1", "memory=x",
                             "commons=1 robust", "robust=1", "=", " commons"}) {
        CAPTURE(text);
        const auto read = parse_containment(text);
        CHECK((!read.has_value() || to_string(*read) != text));
    }
    CHECK_FALSE(parse_containment("share=heap").has_value());
    CHECK_FALSE(parse_containment("guard=all").has_value());
    CHECK_FALSE(parse_containment("memory=x").has_value());
    CHECK_FALSE(parse_containment("common").has_value());
}

TEST_CASE("an experiment gets the commons, the limits and the lock that its faults need, and no more")
{
    Experiment plain;
    plain.faults = {fault("segv-null"), fault("exit"), fault("kill:SIGTERM")};
    contain(plain, {});
    CHECK(plain.containment == Containment{});

    Experiment harm;
    harm.faults = {fault("segv-null"), fault("umask")};
    contain(harm, {});
    CHECK(harm.containment.commons);
    CHECK(harm.containment.limits == Limits{});
    CHECK_FALSE(harm.containment.pipe);
    CHECK_FALSE(harm.containment.disk);

    Experiment resource;
    resource.faults = {fault("fd-leak"), fault("disk-full"), fault("backpressure")};
    resource.containment.limits.nofile = 100;
    contain(resource, {});
    CHECK(resource.containment.limits.nofile == 100);
    CHECK(resource.containment.limits.memory_mib > 0);
    CHECK(resource.containment.limits.threads > 0);
    CHECK(resource.containment.disk);
    CHECK(resource.containment.pipe);

    Experiment sharing;
    sharing.faults = {fault("segv-null")};
    sharing.containment.shared = bit_of(Medium::segment);
    contain(sharing, {});
    CHECK(sharing.containment.commons);
    CHECK(shares(sharing.containment, Medium::lock)); // or its record would be torn without any fault
}

TEST_CASE("what the machine cannot have is skipped with the reason, and has no trials")
{
    Offer offer;
    offer.root = false;
    offer.thread_limit = ThreadLimit::none;
    offer.why_no_memory_cgroup = "no memory cgroup";
    offer.why_no_small_disk = "no tmpfs";
    offer.why_no_thread_limit = "no limit on threads";
    Experiment experiment;
    experiment.shapes = {{.hosts = 2, .threads = 1}};
    experiment.faults = {fault("oom-kill"), fault("disk-full"), fault("thread-bomb"), fault("drop-privileges"),
                         fault("umask")};
    contain(experiment, offer);
    const auto cells = expand(experiment);
    REQUIRE(cells.size() == 6); // and the golden runs
    const auto reason_of = [&](const char* id) { return std::ranges::find(cells, fault(id), &Cell::fault)->skipped; };
    CHECK(reason_of("oom-kill") == "no memory cgroup");
    CHECK(reason_of("disk-full") == "no tmpfs");
    CHECK(reason_of("thread-bomb") == "no limit on threads");
    CHECK(reason_of("drop-privileges") != "");
    CHECK(reason_of("umask") == "");
    for (const Cell& cell : cells)
        CHECK((cell.trials == 0) == !cell.skipped.empty());
    for (const TrialAddress& address : order_trials(experiment, cells))
        CHECK(cells[address.cell].skipped.empty());
}

TEST_CASE("where every fault is skipped there are no golden runs either")
{
    Offer offer;
    offer.root = false;
    Experiment experiment;
    experiment.shapes = {{.hosts = 2, .threads = 1}};
    experiment.faults = {fault("drop-privileges"), fault("drop-privileges-alone")};
    contain(experiment, offer);
    for (const Cell& cell : expand(experiment))
        CHECK(cell.trials == 0);
}

TEST_CASE("what changed between two probes is said once, from what to what")
{
    const auto changes = changes_between("a=1\nb=2\nc=x=y\n", "a=1\nc=x=z\nd=4\n");
    REQUIRE(changes.size() == 3);
    CHECK(changes[0] == Change{"b", "2", "not there"});
    CHECK(changes[1] == Change{"c", "x=y", "x=z"});
    CHECK(changes[2] == Change{"d", "not there", "4"});
    CHECK(changes_between("", "").empty());
    CHECK(changes_between("a=1\n", "a=1").empty());
}

TEST_CASE("places that failed a check are named")
{
    CHECK(describe_places(0) == "");
    CHECK(describe_places(0b10) == "its heap");
    CHECK(describe_places(0b10001) == "its stack and the record that all share");
}
