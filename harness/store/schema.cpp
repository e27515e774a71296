#include "harness/store/schema.hpp"

namespace bulkhead::store {

// Comments inside a statement are kept by SQLite: `sqlite3 FILE .schema` shows them.
//
// What a commit costs is the pages it writes. So the rows of hosts and workers are keyed by `place`, which grows with
// every trial added, and not by the trial's id: ids come in the shuffled order of the plan, and a row in the middle of
// a table splits pages (measured with 64x1: 230 us a trial for a key of trial and number, 135 us for `place`).
const char* const schema = R"sql(
PRAGMA application_id = 1112296264;
PRAGMA user_version = 5;

CREATE TABLE experiment (    -- one row: the question
    name TEXT NOT NULL,
    question TEXT NOT NULL,
    origin TEXT NOT NULL,    -- path of the experiment file, or 'command line'
    text TEXT NOT NULL,      -- the experiment as TOML, as it was read
    trials INTEGER NOT NULL, -- per cell that is not of golden runs
    seed INTEGER NOT NULL,   -- 64 bits: format('%u', seed) is the number of the file
    golden_share REAL NOT NULL
) STRICT;

CREATE TABLE fact (          -- what is known of the machine and of the program
    position INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE campaign (      -- one row: the run. Times are UTC
    started TEXT NOT NULL,
    ended TEXT,              -- NULL: never ended in order, or still at work
    how TEXT,                -- 'complete', 'interrupted', or why it broke off
    took INTEGER             -- nanoseconds that it was at work, each time that it was gone on with included: noted at the
                             -- end and, where `for` is to stop it, as each round begins. NULL: not noted yet
) STRICT;

CREATE TABLE stop (          -- at most one row: a stop rule held, and the rest of the plan was saved
    rule TEXT NOT NULL,      -- its key in [trials]: 'half_width', 'sequential', 'until_refuted' or 'for'
    rounds INTEGER NOT NULL  -- that it saw, all of them whole. Trials of later rounds were under way then
) STRICT;

CREATE TABLE look (          -- at most one row, where trials may stop the campaign: what the first ones come to for that
    rounds INTEGER NOT NULL, -- all trials of so many rounds are in it
    sums TEXT NOT NULL       -- JSON. It follows from the trials: a short cut for `resume`, and nothing is judged by it
) STRICT;

CREATE TABLE signal (        -- the signals by the numbers that they have on the machine that ran the trials
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE cell (          -- the plan: one combination of shape and fault
    number INTEGER PRIMARY KEY,
    shape TEXT NOT NULL,     -- '4x2'
    hosts INTEGER NOT NULL,
    threads INTEGER NOT NULL,
    fault TEXT NOT NULL,     -- 'none' for the golden runs of a shape and variant
    variant TEXT NOT NULL,   -- what else varies: the workload, and how it works: 'ledger lock=robust'
    trials INTEGER NOT NULL, -- planned
    first_id INTEGER NOT NULL,
    containment TEXT NOT NULL, -- what separates and connects its workers: 'commons share=segment,lock guard=catch'
    skipped TEXT               -- why this machine could not run it; NULL when it could
) STRICT;

CREATE TABLE trial (
    id INTEGER PRIMARY KEY,
    sequence INTEGER NOT NULL,   -- its turn, from 0, in the order in which the trials of this file finished
    cell INTEGER NOT NULL REFERENCES cell (number),
    number INTEGER NOT NULL,     -- within the cell, from 0
    lane INTEGER NOT NULL,
    seed INTEGER NOT NULL,       -- 64 bits, as in experiment
    victim_host INTEGER NOT NULL,
    victim_thread INTEGER NOT NULL,
    at INTEGER NOT NULL CHECK (at IN (0, 1)),         -- 0 between-ops, 1 inside-op
    after_ops INTEGER NOT NULL,
    evidence_ops INTEGER NOT NULL,
    launch INTEGER NOT NULL CHECK (launch IN (0, 1)), -- 0 exec, 1 zygote
    pace_us INTEGER NOT NULL,
    window_ms INTEGER NOT NULL,
    burst_ms INTEGER NOT NULL,       -- how long the rates were measured, before and after; 0: they were not
    degraded_below REAL NOT NULL,    -- share of its rate before below which a worker is degraded
    measures INTEGER NOT NULL,       -- what was measured besides: 1 throughput, 2 memory, 4 anatomy, 8 round trip, 16 switch
    inconclusive TEXT,           -- why the trial cannot be judged; NULL when it can
    started INTEGER NOT NULL,    -- nanoseconds on CLOCK_MONOTONIC
    -- Stamps from here on, in all tables: nanoseconds since `started`; NULL: not seen to happen.
    steady INTEGER,              -- every worker had answered the first challenge
    ordered INTEGER,             -- the order was given to the victim
    fired INTEGER,               -- right before the fault
    fired_at_op INTEGER,         -- ops the victim had completed then
    did_not_take INTEGER NOT NULL, -- 0 or 1, as all flags. The victim's own word: the fault had no effect
    went_on INTEGER NOT NULL,      -- its word that the fault came back as it should
    oom_kills INTEGER,           -- counted by the kernel for the victim's cgroup; NULL: there was none
    end_seen INTEGER,            -- the victim's end was seen
    challenged INTEGER,          -- the siblings were challenged
    settled INTEGER,             -- every sibling's fate was certain, or the window ended
    window_ended INTEGER NOT NULL,
    given_up INTEGER,            -- the supervisor saw one end too many, and ended everything
    finished INTEGER NOT NULL    -- everything was reaped
) STRICT;

CREATE TABLE host (
    place INTEGER PRIMARY KEY,   -- 1024 * trial.sequence + number
    trial INTEGER NOT NULL REFERENCES trial (id),
    number INTEGER NOT NULL,
    pid INTEGER NOT NULL,
    exit_code INTEGER,           -- it exited with this code
    signal INTEGER,              -- or this signal ended it. Both NULL: it was never reaped
    core_dumped INTEGER,         -- NULL without a signal
    end_seen INTEGER,            -- when the supervisor knew
    ended_in_teardown INTEGER NOT NULL, -- it lived until it was told to stop
    image_replaced INTEGER NOT NULL,    -- the pid was seen to run another program
    stopped INTEGER NOT NULL,           -- it was seen to be stopped by a signal
    box_spoiled INTEGER NOT NULL        -- its black box held what no host writes
) STRICT;

CREATE TABLE worker (
    place INTEGER PRIMARY KEY,   -- 1024 * trial.sequence + position in the pool, from p0t0
    trial INTEGER NOT NULL REFERENCES trial (id),
    host INTEGER NOT NULL,
    thread INTEGER NOT NULL,
    tid INTEGER NOT NULL,        -- 0: it never started
    ops_final INTEGER NOT NULL,  -- ops completed when the trial was over
    before_at INTEGER,           -- when it answered the challenge at steady state; NULL: no answer
    before_ops INTEGER,          -- ops completed by then
    before_check_holds INTEGER,
    after_at INTEGER,            -- the same for the challenge after the fault
    after_ops INTEGER,
    after_check_holds INTEGER,
    check_failures INTEGER NOT NULL, -- ops whose own check did not hold
    thread_end_seen INTEGER,     -- its thread was seen to be gone, though its host was not
    broken INTEGER NOT NULL,     -- places that failed a check: 1 stack, 2 heap, 4 globals, 8 segment, 16 shared record
    probed INTEGER NOT NULL,     -- the state of its process, and its thread's own, was probed before the fault and after
    rate_before REAL,            -- ops per second at full speed
    rate_after REAL,
    asleep_seen INTEGER,         -- it owed an answer, and slept on without once being run
    starved INTEGER NOT NULL,    -- it owed an answer, but was hardly run, got on, or was stopped by others: no stall
    receiving TEXT,              -- what its channel from the worker before it showed in the end; NULL: nothing unusual
    sending TEXT                 -- the same of its channel to the next worker
) STRICT;

CREATE TABLE change (            -- of the state of a worker's process, or its own, between the two probes
    worker INTEGER NOT NULL REFERENCES worker (place),
    what TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL
) STRICT;
CREATE INDEX change_by_worker ON change (worker);

CREATE TABLE figure (            -- what was measured in a trial beside what the other tables tell
    trial INTEGER NOT NULL REFERENCES trial (id),
    name TEXT NOT NULL,          -- see `bulkhead list figures`, for its unit too
    value REAL NOT NULL
) STRICT;
CREATE INDEX figure_by_trial ON figure (trial);

CREATE TABLE strike (            -- the fault, committed once more, on the victim's replacement; the first is in `trial`
    trial INTEGER NOT NULL REFERENCES trial (id),
    number INTEGER NOT NULL,     -- from 2
    ordered INTEGER NOT NULL,    -- these are as in `trial`
    fired INTEGER,
    fired_at_op INTEGER,
    end_seen INTEGER
) STRICT;
CREATE INDEX strike_by_trial ON strike (trial);

CREATE TABLE restart (           -- a host that the supervisor launched in the place of one that had ended
    trial INTEGER NOT NULL REFERENCES trial (id),
    strike INTEGER NOT NULL,     -- the one that it followed, from 1
    host INTEGER NOT NULL,       -- its place: the number of the first host there, which is in `host`
    collateral INTEGER NOT NULL, -- the one before it had not ended: the supervisor ended it because of another
    pid INTEGER NOT NULL,
    launched INTEGER NOT NULL,
    ready INTEGER,               -- all of its workers had completed their first ops
    exit_code INTEGER,           -- how it ended, as in `host`
    signal INTEGER,
    core_dumped INTEGER,
    end_seen INTEGER,
    ended_in_teardown INTEGER NOT NULL
) STRICT;
CREATE INDEX restart_by_trial ON restart (trial);

CREATE TABLE job (               -- of the workload `jobs`: those that did not simply get done
    trial INTEGER NOT NULL REFERENCES trial (id),
    number INTEGER NOT NULL,     -- within the trial, from 0
    host INTEGER NOT NULL,       -- the last worker that had it and did not tell a result
    thread INTEGER NOT NULL,
    fate TEXT NOT NULL CHECK (fate IN ('lost', 'unknown', 'doubled')),
    handed INTEGER NOT NULL,     -- times that it was handed out
    effects INTEGER NOT NULL     -- times that its effect was done
) STRICT;
CREATE INDEX job_by_trial ON job (trial);

CREATE TABLE stack (             -- of a host, when the trial had taken longer than it may
    trial INTEGER NOT NULL REFERENCES trial (id),
    host INTEGER NOT NULL,
    text TEXT NOT NULL           -- what the debugger told of its threads
) STRICT;
CREATE INDEX stack_by_trial ON stack (trial);

-- The plan of each trial, in words.
CREATE VIEW trial_plan AS
SELECT t.id, c.shape, c.fault, t.number, format('p%dt%d', t.victim_host, t.victim_thread) AS victim,
       CASE t.at WHEN 0 THEN 'between-ops' WHEN 1 THEN 'inside-op' END AS at, t.after_ops,
       CASE t.launch WHEN 0 THEN 'exec' WHEN 1 THEN 'zygote' END AS launch, t.pace_us, t.window_ms, t.evidence_ops,
       format('%u', t.seed) AS seed, t.inconclusive
FROM trial t JOIN cell c ON c.number = t.cell;

-- How long the parts of each trial took, in microseconds.
CREATE VIEW trial_times AS
SELECT t.id, c.shape, c.fault,
       t.steady / 1000.0 AS steady_us,                   -- launch, until every worker had answered
       (t.end_seen - t.fired) / 1000.0 AS detect_us,     -- fault, until the supervisor knew
       (t.settled - t.challenged) / 1000.0 AS settle_us, -- challenge, until every sibling's fate was certain
       (t.finished - t.settled) / 1000.0 AS teardown_us,
       t.finished / 1000.0 AS trial_us
FROM trial t JOIN cell c ON c.number = t.cell;

-- How each host ended, in words.
CREATE VIEW host_end AS
SELECT h.place, h.trial, h.number, h.pid,
       CASE WHEN h.exit_code IS NOT NULL THEN format('exited with code %d', h.exit_code)
            WHEN h.signal IS NOT NULL THEN 'killed by ' || coalesce(s.name, format('signal %d', h.signal))
                                           || iif(h.core_dumped, ' (core dumped)', '')
            ELSE 'not reaped' END AS how,
       h.ended_in_teardown, h.image_replaced, h.stopped, h.box_spoiled
FROM host h LEFT JOIN signal s ON s.number = h.signal;

-- How the victim's host ended, counted over the trials of each cell.
CREATE VIEW victim_end AS
SELECT c.shape, c.fault, e.how, e.ended_in_teardown, e.image_replaced, e.stopped,
       (w.thread_end_seen IS NOT NULL) AS thread_ended, count(*) AS trials
FROM trial t JOIN cell c ON c.number = t.cell
     JOIN host_end e ON e.place = 1024 * t.sequence + t.victim_host
     LEFT JOIN worker w ON w.place = 1024 * t.sequence + t.victim_host * c.threads + t.victim_thread
GROUP BY c.number, e.how, e.ended_in_teardown, e.image_replaced, e.stopped, thread_ended;

-- What changed under each worker's feet, in words.
CREATE VIEW changed AS
SELECT w.trial, c.shape, c.fault, format('p%dt%d', w.host, w.thread) AS worker, h.what, h.before, h.after
FROM change h JOIN worker w ON w.place = h.worker JOIN trial t ON t.id = w.trial JOIN cell c ON c.number = t.cell;

-- Workers that were seen to end before the teardown, or that were challenged after the fault and did not answer.
CREATE VIEW lost_workers AS
SELECT t.id AS trial, c.shape, c.fault, format('p%dt%d', w.host, w.thread) AS worker,
       (w.host = t.victim_host AND w.thread = t.victim_thread) AS is_victim,
       (w.host = t.victim_host) AS in_victims_host,
       CASE WHEN h.end_seen IS NOT NULL AND NOT h.ended_in_teardown THEN 'its host ended'
            WHEN w.thread_end_seen IS NOT NULL THEN 'its thread ended'
            WHEN h.image_replaced THEN 'its host runs another program'
            WHEN h.stopped THEN 'its host was stopped'
            ELSE 'it did not answer' END AS seen,
       w.ops_final
FROM worker w JOIN trial t ON t.id = w.trial JOIN cell c ON c.number = t.cell
     JOIN host h ON h.place = 1024 * t.sequence + w.host
WHERE (h.end_seen IS NOT NULL AND NOT h.ended_in_teardown) OR w.thread_end_seen IS NOT NULL OR h.image_replaced
      OR h.stopped OR (t.challenged IS NOT NULL AND w.after_at IS NULL);
)sql";

} // namespace bulkhead::store
