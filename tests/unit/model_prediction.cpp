#include "tests/unit/model_records.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace bulkhead::model;
using bulkhead::tests::fault;
using bulkhead::tests::shape;

namespace {

struct Row {
    const char* fault;
    Outcome victim;
    Outcome cell_mate;
    Outcome other_host;
};

Fault any_fault()
{
    const auto row = *rc::gen::inRange<std::size_t>(0, catalogue().size());
    Fault chosen{.row = static_cast<std::uint16_t>(row), .signal = 0};
    if (takes_signal(catalogue()[row])) {
        const auto names = signal_names();
        chosen.signal = *parse_signal(names[*rc::gen::inRange<std::size_t>(0, names.size())]);
    }
    return chosen;
}

Shape any_shape()
{
    return {*rc::gen::inRange<std::uint32_t>(1, 9), *rc::gen::inRange<std::uint32_t>(1, 9)};
}

} // namespace

TEST_CASE("a prediction is effect x reach x relation")
{
    using enum Outcome;
    for (const Row& row : std::initializer_list<Row>{{"none", intact, intact, intact},
                                                     {"segv-null", died, died, intact},
                                                     {"self-kill", died, died, intact},
                                                     {"exit", died, died, intact},
                                                     {"exec-replace", died, died, intact},
                                                     {"truncate-shared-file", died, died, intact},
                                                     {"thread-exit", died, intact, intact},
                                                     {"seccomp-kill-thread", died, intact, intact},
                                                     {"exception-caught", intact, intact, intact},
                                                     {"kill:SIGTERM", died, died, intact},
                                                     {"tgkill:SIGSEGV", died, died, intact},
                                                     {"kill:SIGSTOP", stalled, stalled, intact},
                                                     {"tgkill:SIGSTOP", stalled, stalled, intact},
                                                     {"kill:SIGCHLD", intact, intact, intact},
                                                     {"kill:SIGTSTP", intact, intact, intact},
                                                     {"scribble-black-box", intact, intact, intact}}) {
        CAPTURE(row.fault);
        CHECK(predict(fault(row.fault), Relation::victim) == row.victim);
        CHECK(predict(fault(row.fault), Relation::cell_mate) == row.cell_mate);
        CHECK(predict(fault(row.fault), Relation::other_host) == row.other_host);
    }
}

TEST_CASE("hosts that share nothing are out of reach of everything but a fight for processors")
{
    for (const FaultRow& row : catalogue()) {
        CAPTURE(row.id);
        if (row.medium == Medium::processors)
            continue;
        const std::string text = std::string(row.id) + (takes_signal(row) ? ":SIGKILL" : "");
        CHECK(predict(fault(text), Relation::other_host) == Outcome::intact);
    }
}

TEST_CASE("what hosts share carries an effect from one to another")
{
    struct Case {
        const char* fault;
        Medium medium;
        Outcome other_host;
    };
    using enum Outcome;
    for (const Case& row : std::initializer_list<Case>{{"hold-lock", Medium::lock, stalled},
                                                       {"die-holding-lock", Medium::lock, stalled},
                                                       {"segv-holding-lock", Medium::lock, stalled},
                                                       {"segment-scribble", Medium::segment, corrupted},
                                                       {"torn-update", Medium::segment, corrupted},
                                                       {"truncate-shared-file", Medium::segment, died},
                                                       {"seek-shared-file", Medium::description, contaminated},
                                                       {"disk-full", Medium::disk, contaminated},
                                                       {"last-reader-dies", Medium::channel, died},
                                                       {"backpressure", Medium::channel, stalled},
                                                       {"group-signal:SIGTERM", Medium::group, died}}) {
        CAPTURE(row.fault);
        Containment containment;
        for (const Medium medium : shareable) {
            containment.shared = bit_of(medium);
            const Outcome expected = medium == row.medium ? row.other_host : intact;
            CHECK(predict(fault(row.fault), Relation::other_host, containment) == expected);
        }
    }
}

TEST_CASE("a robust lock mends what an owner's end did, and not what a living owner does")
{
    Containment containment;
    containment.shared = bit_of(Medium::lock);
    containment.robust_lock = true;
    CHECK(predict(fault("die-holding-lock"), Relation::cell_mate, containment) == Outcome::intact);
    CHECK(predict(fault("die-holding-lock"), Relation::other_host, containment) == Outcome::intact);
    CHECK(predict(fault("segv-holding-lock"), Relation::other_host, containment) == Outcome::intact);
    CHECK(predict(fault("hold-lock"), Relation::other_host, containment) == Outcome::stalled);
}

TEST_CASE("a guard takes the end away from a fault, and leaves what the fault left behind")
{
    Containment containment;
    containment.guard = Guard::siglongjmp;
    CHECK(predict(fault("segv-null"), Relation::cell_mate, containment) == Outcome::intact);
    CHECK(predict(fault("segv-holding-lock"), Relation::cell_mate, containment) == Outcome::stalled);
    CHECK(predict(fault("segv-inside-malloc"), Relation::cell_mate, containment) == Outcome::stalled);
    CHECK(predict(fault("abort"), Relation::cell_mate, containment) == Outcome::died);
    CHECK(predict(fault("self-kill"), Relation::cell_mate, containment) == Outcome::died);
    containment.robust_lock = true; // its owner lives
    CHECK(predict(fault("segv-holding-lock"), Relation::cell_mate, containment) == Outcome::stalled);
    containment.guard = Guard::catch_all;
    CHECK(predict(fault("uncaught-exception"), Relation::cell_mate, containment) == Outcome::intact);
    CHECK(predict(fault("noexcept-throw"), Relation::cell_mate, containment) == Outcome::died);
    CHECK(predict(fault("segv-null"), Relation::cell_mate, containment) == Outcome::died);
}

TEST_CASE("who fights for processors, and for threads, depends on the machine")
{
    Containment containment;
    CHECK(predict(fault("cpu-hog"), Relation::other_host, containment) == Outcome::degraded);
    containment.processors_by_host = true;
    CHECK(predict(fault("cpu-hog"), Relation::other_host, containment) == Outcome::intact);
    CHECK(predict(fault("cpu-hog"), Relation::cell_mate, containment) == Outcome::degraded);
    containment.thread_limit = ThreadLimit::nproc;
    CHECK(predict(fault("thread-bomb"), Relation::other_host, containment) == Outcome::contaminated);
    containment.thread_limit = ThreadLimit::pids;
    CHECK(predict(fault("thread-bomb"), Relation::other_host, containment) == Outcome::intact);
    containment.shared = bit_of(Medium::cgroup);
    CHECK(predict(fault("thread-bomb"), Relation::other_host, containment) == Outcome::contaminated);
}

TEST_CASE("the number of predicted survivors follows from the shape")
{
    CHECK(predicted_survivors(fault("segv-null"), shape("8x1")) == 7);
    CHECK(predicted_survivors(fault("segv-null"), shape("4x2")) == 6);
    CHECK(predicted_survivors(fault("segv-null"), shape("1x8")) == 0);
    CHECK(predicted_survivors(fault("segv-null"), shape("1x1")) == 0);
    CHECK(predicted_survivors(fault("thread-exit"), shape("1x8")) == 7);
    CHECK(predicted_survivors(fault("kill:SIGSTOP"), shape("4x2")) == 6);
    CHECK(predicted_survivors(fault("none"), shape("4x2")) == 7);
}

TEST_CASE(
    "a worker stands to the victim as itself, as a cell-mate, or in a host that was launched before or after its own")
{
    CHECK(relation_of({1, 2}, {1, 2}) == Relation::victim);
    CHECK(relation_of({1, 0}, {1, 2}) == Relation::cell_mate);
    CHECK(relation_of({0, 2}, {1, 2}) == Relation::other_host);
    CHECK(relation_of({2, 2}, {1, 2}) == Relation::other_host);
    CHECK(relation_by_order({0, 2}, {1, 2}) == Relation::other_host);
    CHECK(relation_by_order({2, 2}, {1, 2}) == Relation::later_host);
    CHECK(relation_by_order({1, 0}, {1, 2}) == Relation::cell_mate);
}

TEST_CASE("unsupervised, the number of predicted survivors is the same for every victim, and the sum over its siblings")
{
    CHECK(rc::check([] {
        const Fault chosen = any_fault();
        const Shape pool = any_shape();
        for (std::uint32_t victim = 0; victim < pool.workers(); ++victim) {
            std::uint32_t survivors = 0;
            for (std::uint32_t index = 0; index < pool.workers(); ++index) {
                const Relation relation = relation_of(worker_at(index, pool), worker_at(victim, pool));
                if (relation != Relation::victim && predict(chosen, relation) == Outcome::intact)
                    ++survivors;
            }
            RC_ASSERT(survivors == predicted_survivors(chosen, pool));
        }
    }));
}

TEST_CASE("no fault does more to another host than to a cell-mate, nor more to a cell-mate than to the victim")
{
    CHECK(rc::check([] {
        const Fault chosen = any_fault();
        RC_ASSERT(predict(chosen, Relation::other_host) <= predict(chosen, Relation::cell_mate));
        RC_ASSERT(predict(chosen, Relation::cell_mate) <= predict(chosen, Relation::victim));
    }));
}
