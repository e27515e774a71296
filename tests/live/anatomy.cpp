// What processes and threads are, and share, read from live pools.

#include "harness/run/anatomy.hpp"
#include "tests/live/ordinary_user.hpp"
#include "tests/live/stand_in.hpp"
#include "tests/live/trials.hpp"

#include <algorithm>
#include <csignal>
#include <doctest/doctest.h>
#include <map>
#include <set>

using namespace bulkhead;
using model::Common;
using model::Part;
using model::Relation;
using model::Sight;
using test::options_with;

namespace {

model::Anatomy anatomy_of(const std::string& shape, model::Launch launch = model::Launch::exec,
                          std::uint32_t shared = 0, const std::string& host = BULKHEAD_HOST_BINARY)
{
    model::Experiment experiment;
    experiment.shapes = {model::parse_shape(shape).value()};
    experiment.launch = launch;
    experiment.containment.shared = shared;
    model::contain(experiment, run::offer_of_machine());
    return run::run_anatomy(run::plan_anatomy(experiment), options_with(host));
}

bool all(const model::Anatomy& anatomy, Relation relation, Part part, Sight sight)
{
    return count(anatomy, relation, part, sight) == count_pairs(anatomy, relation);
}

bool all(const model::Anatomy& anatomy, Relation relation, sys::Resource resource, Common common)
{
    return count(anatomy, relation, resource, common) == count_pairs(anatomy, relation);
}

constexpr Part written[] = {Part::global, Part::heap, Part::stack, Part::thread_local_storage, Part::segment};

/// Every write is seen by every cell-mate and by nobody else, as far as it is to be looked for.
void check_that_nothing_leaves_the_host(const model::Anatomy& anatomy)
{
    for (const Part part : written) {
        CAPTURE(to_string(part));
        CHECK(all(anatomy, Relation::cell_mate, part, Sight::seen));
        CHECK(count(anatomy, Relation::other_host, part, Sight::seen) == 0);
        CHECK(count(anatomy, Relation::other_host, part, Sight::unknown) == 0);
    }
    const auto [held, of] = model::controls_that_hold(anatomy);
    CHECK(of == 5 * anatomy.workers.size());
    CHECK(held == of);
}

/// All hosts have this part at the same address, and nobody sees another's write there.
void check_same_address(const model::Anatomy& anatomy, Part part)
{
    CAPTURE(to_string(part));
    std::set<std::uint64_t> addresses;
    for (const auto& worker : anatomy.workers)
        addresses.insert(address_of(worker, part)->value);
    CHECK(addresses.size() == 1);
    CHECK(all(anatomy, Relation::other_host, part, Sight::other_memory));
}

} // namespace

TEST_CASE("cell-mates see one another's writes to every part, the stack and thread-local storage included; other hosts "
          "see none")
{
    for (const auto launch : {model::Launch::exec, model::Launch::zygote})
        for (const std::string shape : {"2x2", "1x4", "4x1"}) {
            CAPTURE(shape);
            check_that_nothing_leaves_the_host(anatomy_of(shape, launch));
        }
}

TEST_CASE("hosts have parts at the same addresses, and yet other memory there")
{
    check_same_address(anatomy_of("3x1"), Part::global);
    const auto forked = anatomy_of("3x1", model::Launch::zygote);
    for (const Part part : {Part::global, Part::heap, Part::stack, Part::thread_local_storage})
        check_same_address(forked, part);
}

TEST_CASE("a segment that hosts share is where they see one another's writes, and the only place")
{
    const auto anatomy = anatomy_of("2x2", model::Launch::zygote, bit_of(model::Medium::segment));
    CHECK(all(anatomy, Relation::other_host, Part::segment, Sight::seen));
    CHECK(all(anatomy, Relation::cell_mate, Part::segment, Sight::seen));
    for (const Part part : {Part::global, Part::heap, Part::stack, Part::thread_local_storage})
        CHECK(all(anatomy, Relation::other_host, part, Sight::other_memory));
    CHECK(all(anatomy, Relation::other_host, sys::Resource::vm, Common::no));
}

TEST_CASE("by the kernel's word cell-mates share all but the I/O context, and hosts share nothing")
{
    using sys::Resource;
    const auto anatomy = anatomy_of("2x2");
    if (count(anatomy, Relation::cell_mate, Resource::vm, Common::unknown) > 0) {
        MESSAGE("skipped: " << anatomy.pairs.front().why_unknown.front());
        return;
    }
    for (const Resource resource :
         {Resource::vm, Resource::files, Resource::fs, Resource::sighand, Resource::sysvsem}) {
        CAPTURE(model::to_string(resource));
        CHECK(all(anatomy, Relation::cell_mate, resource, Common::yes));
        CHECK(all(anatomy, Relation::other_host, resource, Common::no));
    }
    CHECK(all(anatomy, Relation::cell_mate, Resource::io, Common::no)); // pthread_create gives no CLONE_IO
    CHECK(all(anatomy, Relation::other_host, Resource::io, Common::no));
}

TEST_CASE("a thread that unshares its descriptor table and its folder shares them no more, and its memory still")
{
    using sys::Resource;
    model::Experiment experiment;
    experiment.shapes = {{2, 3}};
    const auto anatomy =
        run::run_anatomy(run::plan_anatomy(experiment), options_with(), {Resource::files, Resource::fs});
    CHECK(all(anatomy, Relation::cell_mate, Part::stack, Sight::seen));
    for (const model::Pair& pair : anatomy.pairs) {
        if (pair.writer.host != pair.reader.host || pair.resources.front() == Common::unknown)
            continue;
        const bool one_has_left = pair.writer.thread == 2 || pair.reader.thread == 2;
        for (const Resource resource : {Resource::files, Resource::fs})
            CHECK(pair.resources.at(static_cast<std::size_t>(resource)) == (one_has_left ? Common::no : Common::yes));
        CHECK(pair.resources.at(static_cast<std::size_t>(Resource::vm)) == Common::yes);
        CHECK(pair.resources.at(static_cast<std::size_t>(Resource::sysvsem)) == Common::yes);
    }
}

TEST_CASE("each part lies in the mapping that it should")
{
    for (const auto launch : {model::Launch::exec, model::Launch::zygote})
        for (const auto& worker : anatomy_of("2x2", launch).workers) {
            CAPTURE(to_string(worker.id));
            std::map<Part, sys::MapsLine> in;
            for (const auto& address : worker.addresses) {
                CAPTURE(to_string(address.part));
                REQUIRE(address.mapping.has_value());
                in[address.part] = *address.mapping;
            }
            REQUIRE(in.size() == model::part_count);
            CHECK(in[Part::code].permissions == "r-xp");
            CHECK(in[Part::code].path.ends_with("/bulkhead-host"));
            CHECK(in[Part::global].permissions == "rw-p");
            CHECK(in[Part::global].path.ends_with("/bulkhead-host"));
            CHECK(in[Part::heap].path == "[heap]");
            CHECK(in[Part::segment].permissions == "rw-s");
            CHECK(in[Part::segment].path == "/memfd:bulkhead-segment (deleted)");
            // The kernel made the stack of the main thread; the C library mapped those of the others, and laid their
            // thread-local storage beside them.
            CHECK(in[Part::stack].path == (worker.id.thread == 0 ? "[stack]" : ""));
            if (worker.id.thread != 0)
                CHECK(in[Part::thread_local_storage] == in[Part::stack]);
        }
}

TEST_CASE("a process is known by its id, state, memory, threads and descriptors, a thread by its id and its schedule")
{
    const auto anatomy = anatomy_of("2x3");
    std::set<std::int32_t> pids;
    for (const auto& host : anatomy.hosts) {
        pids.insert(host.pid);
        REQUIRE(host.status.has_value());
        CHECK(host.status->name == "bulkhead-host");
        CHECK(host.status->parent == ::getpid());
        CHECK(host.status->state == 'S');
        CHECK(host.status->threads == 3);
        CHECK(host.status->size_kib.value_or(0) > host.status->resident_kib.value_or(0));
        CHECK(host.proportional_kib.value_or(0) <= host.status->resident_kib.value_or(0));
        CHECK(host.descriptors.size() >= 3);
    }
    CHECK(pids.size() == 2);
    for (const auto& worker : anatomy.workers) {
        REQUIRE(worker.schedule.has_value());
        CHECK(worker.schedule->state == 'S');
        CHECK(worker.schedule->priority == 20 + worker.schedule->nice);
        CHECK((worker.tid == anatomy.hosts[worker.id.host].pid) == (worker.id.thread == 0));
    }
}

TEST_CASE("a host that was forked beside others holds nothing of theirs: one bell, and no black box but the mapped one")
{
    const auto anatomy = anatomy_of("12x1", model::Launch::zygote); // more than are forked at once
    std::set<std::int32_t> pids;
    for (const auto& host : anatomy.hosts) {
        pids.insert(host.pid);
        const auto holds = [&host](std::string_view what) {
            return std::ranges::count_if(
                host.descriptors, [what](const auto& open) { return open.target.find(what) != std::string::npos; });
        };
        CHECK(holds("eventfd") == 1);
        CHECK(holds("black-box") == 0);
        CHECK(holds("socket") == 0);
    }
    CHECK(pids.size() == 12);
}

TEST_CASE("a host that was killed and not reaped has an id and a state, and neither memory nor descriptors")
{
    for (const std::string shape : {"2x2", "1x1"}) {
        const auto anatomy = anatomy_of(shape);
        REQUIRE(anatomy.remains.has_value());
        CHECK(anatomy.remains->pid == anatomy.hosts.back().pid);
        REQUIRE(anatomy.remains->status.has_value());
        CHECK(anatomy.remains->status->state == 'Z');
        CHECK_FALSE(anatomy.remains->status->size_kib.has_value());
        CHECK(anatomy.remains->status->descriptor_slots == 0);
        CHECK(anatomy.remains->status->threads == 1);
        CHECK(anatomy.remains->descriptors.empty());
        for (const auto& host : anatomy.hosts)
            CHECK_MESSAGE(::kill(host.pid, 0) != 0, "every host was reaped");
    }
}

TEST_CASE("an ordinary user can read a pool as root can")
{
    const test::StandIn host = test::host_for_everybody();
    const bool done = test::as_ordinary_user(
        [&] { check_that_nothing_leaves_the_host(anatomy_of("2x2", model::Launch::exec, 0, host.path())); });
    if (!done)
        MESSAGE("skipped: root's rights could not be given up");
}
