#include "tests/unit/model_records.hpp"

#include <csignal>

#include <doctest/doctest.h>

using namespace bulkhead::model;
using namespace bulkhead::tests;
using bulkhead::sys::Exited;
using bulkhead::sys::Signaled;

namespace {

std::string why_not(const TrialRecord& record)
{
    const Activation activation = activation_of(record);
    CHECK(activation.proven == activation.reason.empty());
    return activation.reason;
}

} // namespace

TEST_CASE("every fault that struck, and ended the victim as its row says, is activated in every shape")
{
    for (const FaultRow& row : catalogue()) {
        const std::string id = std::string(row.id) + (takes_signal(row) ? ":SIGTERM" : "");
        if (is_golden(fault(id)))
            continue;
        for (const char* pool : {"8x1", "1x8", "4x2", "1x1"}) {
            CAPTURE(id);
            CAPTURE(pool);
            CHECK(why_not(struck_record(id, pool)) == "");
        }
    }
    for (const char* id : {"kill:SIGSTOP", "tgkill:SIGSTOP", "kill:SIGCHLD", "kill:SIGTSTP"}) {
        CAPTURE(id);
        CHECK(why_not(struck_record(id, "4x2", {1, 1})) == "");
    }
}

TEST_CASE("a fault that never fired is not activated, though the victim ended the right way")
{
    TrialRecord record = struck_record("segv-null", "8x1");
    record.fired.reset();
    CHECK(why_not(record) == "not-activated: the victim did not reach the fault");
    record = struck_record("kill:SIGTERM", "8x1");
    record.fired.reset();
    CHECK(why_not(record) == "not-activated: the signal was not sent");
}

TEST_CASE("a signal that nobody sent is not survived")
{
    CHECK(why_not(quiet_record("kill:SIGCHLD", "8x1")) == "not-activated: the signal was not sent");
}

TEST_CASE("a fault that came back without an effect is not activated")
{
    TrialRecord record = quiet_record("divide-by-zero", "8x1");
    record.fired = fired_at;
    record.did_not_take = true;
    CHECK(why_not(record) == "not-activated: the fault came back without an effect");
}

TEST_CASE("exit(139) is not a SIGSEGV")
{
    TrialRecord record = struck_record("segv-null", "8x1", {2, 0});
    end_host(record, 2, Exited{139});
    CHECK(why_not(record) == "not-activated: expected killed by SIGSEGV, saw exited with code 139");
    end_host(record, 2, Exited{11});
    CHECK(why_not(record) == "not-activated: expected killed by SIGSEGV, saw exited with code 11");
}

TEST_CASE("another signal, and another exit code, are not the fault's")
{
    TrialRecord record = struck_record("segv-null", "8x1");
    end_host(record, 0, Signaled{SIGABRT, false});
    CHECK(why_not(record) == "not-activated: expected killed by SIGSEGV, saw killed by SIGABRT");
    record = struck_record("exit", "8x1");
    end_host(record, 0, Exited{0});
    CHECK(why_not(record) == "not-activated: expected exited with code 3, saw exited with code 0");
}

TEST_CASE("a core file does not make it another end")
{
    TrialRecord record = struck_record("segv-null", "8x1");
    end_host(record, 0, Signaled{SIGSEGV, true});
    CHECK(why_not(record) == "");
}

TEST_CASE("a victim that ended only when it was told to was not ended by the fault")
{
    TrialRecord record = struck_record("self-kill", "8x1");
    victim_host(record).ended_in_teardown = true;
    CHECK(why_not(record) == "not-activated: expected killed by SIGKILL, saw its process live on");
}

TEST_CASE("the end of another host proves nothing about the victim's")
{
    TrialRecord record = quiet_record("segv-null", "8x1", {2, 0});
    record.fired = fired_at;
    end_host(record, 3, Signaled{SIGSEGV, false});
    CHECK(why_not(record) == "not-activated: expected killed by SIGSEGV, saw its process live on");
}

TEST_CASE("a process that ended with its wait status lost proves nothing")
{
    TrialRecord record = struck_record("segv-null", "8x1");
    victim_host(record).termination.reset();
    CHECK(why_not(record) ==
          "not-activated: expected killed by SIGSEGV, saw its process end with a wait status that was lost");
}

TEST_CASE("a victim whose end was seen before the fault fired did not end by it")
{
    TrialRecord record = struck_record("kill:SIGKILL", "8x1");
    record.fired = end_seen_at + 1;
    CHECK(why_not(record) == "not-activated: the victim's end was seen before the fault fired");
}

TEST_CASE("a stamp in a spoiled black box proves nothing")
{
    TrialRecord record = struck_record("heap-smash", "8x1");
    victim_host(record).box_spoiled = true;
    CHECK(why_not(record).find("spoiled") != std::string::npos);
    record = struck_record("kill:SIGKILL", "8x1"); // but that of the supervisor does
    victim_host(record).box_spoiled = true;
    CHECK(why_not(record) == "");
}

TEST_CASE("a thread that was not seen to end is not activated, though it fell silent")
{
    TrialRecord record = struck_record("thread-exit", "1x8", {0, 3});
    victim(record).thread_end_seen.reset();
    record.window_ended = true;
    CHECK(why_not(record) == "not-activated: the victim's thread was not seen to end");
}

TEST_CASE("the end of a cell-mate's thread is not the victim's")
{
    TrialRecord record = struck_record("thread-exit", "1x8", {0, 3});
    victim(record).thread_end_seen.reset();
    record.workers[4].thread_end_seen = end_seen_at;
    CHECK(why_not(record) == "not-activated: the victim's thread was not seen to end");
}

TEST_CASE("the last thread takes its process with it, in the way its row says and no other")
{
    TrialRecord record = struck_record("seccomp-kill-thread", "8x1");
    CHECK(why_not(record) == "");
    end_host(record, 0, Exited{0});
    CHECK(why_not(record) == "not-activated: expected killed by SIGSYS, saw exited with code 0");
}

TEST_CASE("a thread's end that ends the whole process all the same is activated: what it did is a finding")
{
    TrialRecord record = struck_record("seccomp-kill-thread", "1x8");
    victim(record).thread_end_seen.reset();
    end_host(record, 0, Signaled{SIGSYS, false});
    CHECK(why_not(record) == "");
}

TEST_CASE("an image that was not seen to be another program is not replaced")
{
    TrialRecord record = struck_record("exec-replace", "8x1");
    victim_host(record).image_replaced = false;
    CHECK(why_not(record) == "not-activated: expected another program under its pid, saw its process live on");
    end_host(record, 0, Exited{127});
    CHECK(why_not(record) == "not-activated: expected another program under its pid, saw exited with code 127");
}

TEST_CASE("a process that was not seen to be stopped is not")
{
    TrialRecord record = struck_record("kill:SIGSTOP", "8x1");
    victim_host(record).stopped = false;
    CHECK(why_not(record) == "not-activated: expected its process stop, saw its process live on");
}

TEST_CASE("a victim that goes on proves it by its own ops and check")
{
    TrialRecord record = struck_record("exception-caught", "8x1");
    CHECK(why_not(record) == "");
    victim(record).after->check_holds = false;
    CHECK(why_not(record) == "not-activated: the victim did not prove that it went on");
    victim(record).after.reset();
    CHECK(why_not(record) == "not-activated: the victim did not prove that it went on");
    end_host(record, 0, Signaled{SIGABRT, false});
    CHECK(why_not(record) == "not-activated: expected the victim go on with its work, saw killed by SIGABRT");
}

TEST_CASE("an attack on the black box is proven by the damage alone")
{
    TrialRecord record = struck_record("scribble-black-box", "8x1");
    record.fired.reset();
    victim(record).after.reset();
    CHECK(why_not(record) == "");
    victim_host(record).box_spoiled = false;
    CHECK(why_not(record) == "not-activated: the black box of the victim's host is whole");
    record.hosts[1].box_spoiled = true; // somebody else's
    CHECK(why_not(record) == "not-activated: the black box of the victim's host is whole");
}

TEST_CASE("a golden run is one in which nothing fired")
{
    TrialRecord record = quiet_record("none", "8x1");
    CHECK(why_not(record) == "");
    record.fired = fired_at;
    CHECK(why_not(record) == "a fault fired in a golden run");
}

TEST_CASE("a record without its hosts and workers proves nothing")
{
    TrialRecord record = struck_record("segv-null", "8x1");
    record.hosts.clear();
    CHECK_FALSE(activation_of(record).proven);
    record = struck_record("segv-null", "8x1");
    record.plan.victim = {8, 0};
    CHECK_FALSE(activation_of(record).proven);
    CHECK_FALSE(activation_of(TrialRecord{}).proven);
}

TEST_CASE("a thread that ended with its whole process did not end by a fault that ends a thread alone")
{
    TrialRecord record = struck_record("thread-exit", "1x8", {0, 3});
    CHECK(activation_of(record).proven);
    end_host(record, 0, Signaled{SIGABRT, false});
    CHECK_FALSE(activation_of(record).proven);
    // But where a cell-mate worked on in between, the process's end is another matter, and a finding.
    record.workers[5].after = Answer{.ops = 120, .check_holds = true, .at = end_seen_at + 1'000};
    CHECK(activation_of(record).proven);
}
