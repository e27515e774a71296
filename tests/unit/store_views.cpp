#include "tests/unit/store_fixture.hpp"

#include <doctest/doctest.h>

using namespace bulkhead;
using namespace bulkhead::store;
using namespace bulkhead::store::fixture;

namespace {

using Rows = std::vector<std::string>;

/// Two trials in which p0t1 dies and takes its host with it, and one in which only its thread ends.
void add_three(Writer& results)
{
    results.add(trial(13));
    results.add(trial(11));
    model::TrialRecord alone = trial(12);
    alone.hosts[0] = alone.hosts[1];
    alone.hosts[0].number = 0;
    alone.workers[0].after = alone.workers[2].after;
    alone.workers[1].thread_end_seen = alone.end_seen;
    results.add(alone);
}

} // namespace

TEST_CASE("trial_plan says the plan in words")
{
    const Folder folder;
    Writer results = writer(folder / "r.db");
    model::TrialRecord record = trial(11);
    record.plan.seed = 0xffffffffffffffffU;
    results.add(record);
    CHECK(rows_of(folder / "r.db", "SELECT id, shape, fault, victim, at, after_ops, launch, seed FROM trial_plan", 8) ==
          Rows{"11|2x2|segv-null|p0t1|inside-op|20|zygote|18446744073709551615"});
}

TEST_CASE("trial_times gives microseconds, and nothing for what did not happen")
{
    const Folder folder;
    Writer results = writer(folder / "r.db");
    results.add(trial(11));
    model::TrialRecord never_fired = trial(12);
    never_fired.fired = std::nullopt;
    results.add(never_fired);
    CHECK(rows_of(folder / "r.db", "SELECT id, steady_us, detect_us, settle_us, teardown_us, trial_us FROM trial_times",
                  6) == Rows{"11|300.0|80.0|90.0|400.0|900.0", "12|300.0||90.0|400.0|900.0"});
}

TEST_CASE("host_end says in words whether a host exited, was killed or was not reaped")
{
    const Folder folder;
    Writer results = writer(folder / "r.db");
    model::TrialRecord record = trial(11);
    record.hosts[0].termination = sys::Signaled{SIGABRT, true};
    record.hosts[1].termination = std::nullopt;
    results.add(record);
    record = trial(12);
    record.hosts[0].termination = sys::Exited{139};
    results.add(record);
    CHECK(rows_of(folder / "r.db", "SELECT trial, number, how FROM host_end ORDER BY trial, number", 3) ==
          Rows{"11|0|killed by SIGABRT (core dumped)", "11|1|not reaped", "12|0|exited with code 139",
               "12|1|exited with code 0"});
}

TEST_CASE("victim_end counts how the victim's host ended in each cell")
{
    const Folder folder;
    Writer results = writer(folder / "r.db");
    add_three(results);
    CHECK(rows_of(folder / "r.db", "SELECT shape, fault, how, ended_in_teardown, thread_ended, trials FROM victim_end",
                  6) == Rows{"2x2|segv-null|exited with code 0|1|1|1", "2x2|segv-null|killed by SIGSEGV|0|0|2"});
}

TEST_CASE("lost_workers lists who ended or did not answer, and nobody else")
{
    const Folder folder;
    Writer results = writer(folder / "r.db");
    add_three(results);
    model::TrialRecord silent = trial(14);
    silent.workers[3].after = std::nullopt;
    results.add(silent);
    model::TrialRecord never_challenged = trial(15);
    never_challenged.hosts[0] = never_challenged.hosts[1];
    never_challenged.hosts[0].number = 0;
    never_challenged.challenged = std::nullopt;
    results.add(never_challenged);
    CHECK(rows_of(folder / "r.db",
                  "SELECT trial, worker, is_victim, in_victims_host, seen FROM lost_workers WHERE trial <> 13 "
                  "ORDER BY trial, worker",
                  5) == Rows{"11|p0t0|0|1|its host ended", "11|p0t1|1|1|its host ended", "12|p0t1|1|1|its thread ended",
                             "14|p0t0|0|1|its host ended", "14|p0t1|1|1|its host ended",
                             "14|p1t1|0|0|it did not answer"});
}
