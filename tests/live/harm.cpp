// Harm that is not death: what it is seen by, through what it travels, and what a guard leaves behind.

#include "harness/sys/processors.hpp"
#include "tests/live/trials.hpp"

#include <algorithm>
#include <csignal>
#include <doctest/doctest.h>

using namespace bulkhead;
using model::Outcome;
using test::outcome_of;
using test::plan_for;

namespace {

struct Result {
    model::TrialRecord record;
    model::TrialJudgement judgement;
};

Result run_once(const model::TrialPlan& plan)
{
    Result result{run::run_trial(plan, test::options_with()), {}};
    result.judgement = model::judge(result.record);
    return result;
}

/// Every sibling's outcome is this one, and as predicted.
void check_siblings(const model::TrialPlan& plan, Outcome expected)
{
    CAPTURE(to_string(plan.fault));
    CAPTURE(to_string(plan.shape));
    CAPTURE(to_string(plan.containment));
    const Result result = run_once(plan);
    REQUIRE(result.judgement.inconclusive == "");
    for (std::size_t i = 0; i < result.record.workers.size(); ++i) {
        CAPTURE(i);
        if (result.record.workers[i].id != plan.victim)
            CHECK(outcome_of(result.judgement, i) == to_string(expected));
    }
    CHECK(result.judgement.as_predicted);
}

model::Containment sharing(std::initializer_list<model::Medium> media, bool robust = false)
{
    model::Containment containment;
    for (const model::Medium medium : media)
        containment.shared |= bit_of(medium);
    containment.robust_lock = robust;
    return containment;
}

model::Containment guarded(model::Guard guard)
{
    model::Containment containment;
    containment.guard = guard;
    return containment;
}

/// What the probes of a cell-mate of the victim saw change.
std::vector<model::Change> changes_by(std::string_view fault)
{
    const auto plan = plan_for(fault, "1x2");
    CAPTURE(fault);
    const Result result = run_once(plan);
    REQUIRE(result.judgement.inconclusive == "");
    const auto& mate = result.record.workers[plan.victim.thread == 0 ? 1 : 0];
    CHECK(mate.probed);
    return mate.changes;
}

bool has_change(const std::vector<model::Change>& changes, std::string_view what, std::string_view after)
{
    return std::ranges::any_of(changes, [&](const model::Change& change) {
        return change.what.starts_with(what) && change.before != change.after &&
               change.after.find(after) != std::string::npos;
    });
}

} // namespace

TEST_CASE("a probe says exactly what a cell-mate changed")
{
    struct Expected {
        std::string_view fault;
        std::string_view what;
        std::string_view after;
    };
    for (const Expected& row : std::initializer_list<Expected>{
             {"change-directory", "working directory", "/"},
             {"umask", "umask", ""},
             {"close-descriptor", "descriptor ", "not there"},
             {"replace-descriptor", "descriptor ", "/dev/zero"},
             {"seek-shared-file", "descriptor ", "offset"},
             {"set-nonblocking", "descriptor ", "flags"},
             {"drop-record-lock", "record lock", "not held"},
             {"ignore-signal", "signal 10", "ignored"},
             {"steal-handler", "signal 12", "handler"},
             {"lower-limit", "limit MSGQUEUE", ""},
             {"environment", "variable ", ""},
             {"locale", "locale", "UTF-8"},
             {"timezone", "time zone", ""},
             {"fd-leak", "opening a file", "Too many open files"},
             {"memory-leak", "allocating", "Cannot allocate memory"},
         }) {
        CAPTURE(row.fault);
        CHECK(has_change(changes_by(row.fault), row.what, row.after));
    }
}

TEST_CASE("what a thread has for itself does not change for its cell-mates")
{
    for (const std::string_view fault : {"errno", "signal-mask", "nice", "affinity", "rounding-mode", "thread-name",
                                         "locale-alone", "change-directory-alone"}) {
        CAPTURE(fault);
        CHECK(changes_by(fault).empty());
    }
}

TEST_CASE("a check that fails names the place")
{
    struct Expected {
        std::string_view fault;
        model::Place place;
    };
    for (const Expected& row : std::initializer_list<Expected>{{"wild-write", model::Place::heap},
                                                               {"use-after-free", model::Place::heap},
                                                               {"overflow-into-neighbour", model::Place::heap},
                                                               {"stack-scribble", model::Place::stack},
                                                               {"bit-flip", model::Place::globals},
                                                               {"segment-scribble", model::Place::segment},
                                                               {"torn-update", model::Place::shared_record}}) {
        CAPTURE(row.fault);
        const auto plan = plan_for(row.fault, "1x2");
        const Result result = run_once(plan);
        REQUIRE(result.judgement.inconclusive == "");
        const auto& mate = result.record.workers[plan.victim.thread == 0 ? 1 : 0];
        CHECK((mate.broken >> static_cast<unsigned>(row.place) & 1U) == 1);
        CHECK(mate.check_failures > 0);
    }
}

TEST_CASE("what hosts share carries harm from one to another")
{
    using enum model::Medium;
    check_siblings(plan_for("hold-lock", "3x1", sharing({lock})), Outcome::stalled);
    check_siblings(plan_for("die-holding-lock", "3x1", sharing({lock})), Outcome::stalled);
    check_siblings(plan_for("segv-holding-lock", "3x1", sharing({lock})), Outcome::stalled);
    check_siblings(plan_for("segment-scribble", "3x1", sharing({segment})), Outcome::corrupted);
    check_siblings(plan_for("torn-update", "3x1", sharing({segment}, true)), Outcome::corrupted);
    check_siblings(plan_for("truncate-shared-file", "3x1", sharing({segment}, true)), Outcome::died);
    check_siblings(plan_for("seek-shared-file", "3x1", sharing({description})), Outcome::contaminated);
    check_siblings(plan_for("set-nonblocking", "3x1", sharing({description})), Outcome::contaminated);
    check_siblings(plan_for("backpressure", "3x1", sharing({channel})), Outcome::stalled);
    check_siblings(plan_for("last-reader-dies", "3x1", sharing({channel})), Outcome::died);
    check_siblings(plan_for("group-signal:TERM", "3x1", sharing({group})), Outcome::died);
    for (const auto launch : {model::Launch::exec, model::Launch::zygote}) {
        auto plan = plan_for("hold-lock", "2x2", sharing({lock, segment, description, group}));
        plan.launch = launch;
        check_siblings(plan, Outcome::stalled);
    }
}

TEST_CASE("what a worker could not do before the fault is not taken for the fault's doing")
{
    auto plan = plan_for("fd-leak", "1x2");
    std::string reason;
    for (plan.containment.limits.nofile = 16; plan.containment.limits.nofile > 2 && reason.empty();
         --plan.containment.limits.nofile) { // until the limit is below what the host has open already
        const Result result = run_once(plan);
        reason = result.judgement.inconclusive;
    }
    CAPTURE(reason);
    CHECK(reason.starts_with("no steady state: worker p0t"));
    CHECK(reason.ends_with("failed at opening a file: Too many open files"));
}

TEST_CASE("when the only reader of a pipe dies, every writer dies of SIGPIPE, host by host")
{
    for (const auto launch : {model::Launch::exec, model::Launch::zygote}) {
        for (const std::string_view shape : {"4x1", "3x2"}) {
            auto plan = plan_for("last-reader-dies", shape, sharing({model::Medium::channel}));
            plan.launch = launch;
            const Result result = run_once(plan);
            REQUIRE(result.judgement.inconclusive == "");
            for (const model::HostRecord& host : result.record.hosts) {
                CAPTURE(host.number);
                const int signal = host.number == plan.victim.host ? SIGKILL : SIGPIPE;
                REQUIRE(host.termination);
                CHECK(*host.termination == sys::Termination{sys::Signaled{signal, false}});
            }
            plan.fault = *model::parse_fault("none");
            check_siblings(plan, Outcome::intact);
        }
    }
}

TEST_CASE("a robust lock is handed on when its owner ends, as a thread or with its process, and not while it lives")
{
    using enum model::Medium;
    check_siblings(plan_for("die-holding-lock", "1x3", sharing({}, true)), Outcome::intact);
    check_siblings(plan_for("die-holding-lock", "3x1", sharing({lock}, true)), Outcome::intact);
    check_siblings(plan_for("segv-holding-lock", "3x1", sharing({lock}, true)), Outcome::intact);
    check_siblings(plan_for("hold-lock", "3x1", sharing({lock}, true)), Outcome::stalled);
}

TEST_CASE("what hosts do not share stops at the process")
{
    for (const std::string_view fault : {"hold-lock", "segment-scribble", "truncate-shared-file", "seek-shared-file",
                                         "backpressure", "last-reader-dies", "group-signal:TERM"})
        check_siblings(plan_for(fault, "3x1"), Outcome::intact);
}

TEST_CASE("a small disk is filled for all who share it")
{
    const auto fault = *model::parse_fault("disk-full");
    if (const std::string reason = test::why_skipped(fault); !reason.empty()) {
        MESSAGE("skipped: " << reason);
        return;
    }
    check_siblings(plan_for("disk-full", "3x1", sharing({model::Medium::disk})), Outcome::contaminated);
    check_siblings(plan_for("disk-full", "3x1"), Outcome::intact);
}

TEST_CASE("a jump out of the handler saves the thread, and what it held stays held")
{
    const auto jump = guarded(model::Guard::siglongjmp);
    for (const std::string_view fault : {"segv-null", "bus-error", "divide-by-zero", "stack-overflow"})
        check_siblings(plan_for(fault, "1x3", jump), Outcome::intact);
    check_siblings(plan_for("segv-holding-lock", "1x3", jump), Outcome::stalled);
    check_siblings(plan_for("segv-inside-malloc", "1x3", jump), Outcome::stalled);
    check_siblings(plan_for("abort", "1x3", jump), Outcome::died);
    for (const std::string_view strikes_again : {"protect-page", "unmap-page", "truncate-shared-file"})
        check_siblings(plan_for(strikes_again, "1x3", jump), Outcome::died);
    auto robust = jump;
    robust.robust_lock = true; // it is handed on when its owner ends, and the guard saved that
    check_siblings(plan_for("segv-holding-lock", "1x3", robust), Outcome::stalled);
    check_siblings(plan_for("wild-write", "1x3", jump), Outcome::corrupted);
}

TEST_CASE("a catch at the thread's top helps against the exception that reaches it, and nothing else")
{
    const auto catching = guarded(model::Guard::catch_all);
    check_siblings(plan_for("uncaught-exception", "1x3", catching), Outcome::intact);
    check_siblings(plan_for("thread-exit", "1x3", catching), Outcome::intact);
    check_siblings(plan_for("noexcept-throw", "1x3", catching), Outcome::died);
    check_siblings(plan_for("segv-null", "1x3", catching), Outcome::died);
}

TEST_CASE("a paced reader keeps nobody waiting, however many write to it")
{
    model::Containment containment;
    containment.commons = containment.pipe = true;
    for (const std::string_view shape : {"1x32", "2x16"})
        check_siblings(plan_for("none", shape, containment), Outcome::intact);
    check_siblings(plan_for("none", "1x32", sharing({model::Medium::channel})), Outcome::intact);
}

TEST_CASE("a stall is known by a silent sleeper, long before the window ends")
{
    auto plan = plan_for("hold-lock", "1x3");
    plan.window = std::chrono::seconds{20};
    const Result result = run_once(plan);
    REQUIRE(result.judgement.inconclusive == "");
    CHECK_FALSE(result.record.window_ended);
    CHECK(result.record.workers[0].asleep_seen.has_value());
    CHECK(result.judgement.survivors == 0);
    CHECK(*result.record.settled - *result.record.challenged < 10'000'000'000);
}

TEST_CASE("what a control changes for its thread alone is seen there, and in no sibling")
{
    struct Control {
        std::string_view fault;
        std::string_view line; ///< of the probe
    };
    constexpr Control controls[] = {{"errno", "errno"},
                                    {"signal-mask", "blocked signals"},
                                    {"nice", "nice"},
                                    {"affinity", "processors"},
                                    {"rounding-mode", "rounding mode"},
                                    {"thread-name", "thread name"},
                                    {"locale-alone", "locale of the thread"}};
    for (const Control& control : controls) {
        CAPTURE(control.fault);
        if (control.line == "processors" && sys::allowed_processors().size() == 1) {
            MESSAGE("left out: there is only one processor to be bound to");
            continue;
        }
        for (const std::string_view shape : {"1x3", "2x2"}) {
            const auto record = run::run_trial(plan_for(control.fault, shape), test::options_with());
            REQUIRE(record.inconclusive == "");
            for (const model::WorkerRecord& worker : record.workers) {
                REQUIRE(worker.probed);
                const auto has_changed = [&](const model::Change& change) { return change.what == control.line; };
                CHECK(std::ranges::any_of(worker.changes, has_changed) == (worker.id == record.plan.victim));
                if (!(worker.id == record.plan.victim))
                    CHECK(worker.changes.empty());
            }
        }
    }
}
