"use strict";
// A trial as lines over time, apart from how they are drawn. A record has few stamps and counts of ops; between two of
// them nobody knows when each op was, so they are spread evenly there, and the page says so.

/** The lives of a host: the first one, then one for each time that it was started again. */
function livesOf(trial, host) {
  const finished = trial.times.finished_ns;
  const ends = (each) => ({ to: each.end_seen_ns ?? finished, inTeardown: each.ended_in_teardown || each.end_seen_ns === null });
  const lives = [{ from: 0, ready: 0, pid: host.pid, words: host.words, ...ends(host) }];
  for (const restart of trial.restarts.filter((each) => each.host === host.number)) {
    lives.push({ from: restart.launched_ns, ready: restart.ready_ns, pid: restart.pid, restarted: true, words: "", ...ends(restart) });
  }
  return lives.filter((life) => life.from !== null);
}

/** Every commitment of the fault: {fired, seen, number}. */
function strikesOf(trial) {
  const first = { number: 1, fired: trial.times.fired_ns, seen: trial.times.end_seen_ns };
  const further = trial.strikes.map((each) => ({ number: each.number, fired: each.fired_ns, seen: each.end_seen_ns }));
  return [first, ...further].filter((each) => each.fired !== null);
}

/** How long the worker's first life lasted, and how it ended. */
function endOfWorker(trial, worker, life) {
  if (worker.thread_end_seen_ns !== null && worker.thread_end_seen_ns <= life.to) {
    return { at: worker.thread_end_seen_ns, how: "thread gone" };
  }
  return { at: life.to, how: life.inTeardown ? "teardown" : "died" };
}

/** Stretches {from, to, ops}; ops is null where none is known of. They follow one another without a gap. */
function stretchesOf(trial, worker, life) {
  const end = endOfWorker(trial, worker, life);
  const times = trial.times;
  const known = [{ at: 0, ops: 0 }];
  const add = (at, ops) => {
    const last = known[known.length - 1];
    if (at !== null && at !== undefined && at > last.at && at <= end.at && ops >= last.ops) {
      known.push({ at, ops });
    }
  };
  const isVictim = worker.relation === "victim";
  if (worker.before) {
    add(worker.before.at_ns, worker.before.ops);
  }
  if (isVictim && times.fired_ns !== null && trial.fired_at_op !== null) {
    add(times.ordered_ns, trial.fired_at_op - trial.plan.after_ops);
    add(times.fired_ns, trial.fired_at_op);
  }
  if (worker.after) {
    add(times.challenged_ns, worker.after.ops - trial.plan.evidence_ops);
    add(worker.after.at_ns, worker.after.ops);
  }
  const lastOp = lastOpOf(trial, worker, end);
  add(lastOp, worker.ops_final);
  splitAt(known, times.fired_ns);
  const stretches = known.slice(1).map((point, at) => ({ from: known[at].at, to: point.at, ops: point.ops - known[at].ops }));
  const reached = known[known.length - 1].at;
  return reached < end.at ? [...stretches, { from: reached, to: end.at, ops: null }] : stretches;
}

/** Adds a point at a moment, with as many ops as there would be by then if they were evenly spread. */
function splitAt(known, moment) {
  const next = known.findIndex((point) => point.at > moment);
  if (moment === null || next < 1 || known[next - 1].at === moment) {
    return;
  }
  const [before, after] = [known[next - 1], known[next]];
  const share = (moment - before.at) / (after.at - before.at);
  known.splice(next, 0, { at: moment, ops: before.ops + Math.round(share * (after.ops - before.ops)) });
}

/** The last moment at which the worker can have completed an op. */
function lastOpOf(trial, worker, end) {
  const times = trial.times;
  const struck = times.fired_ns !== null && times.fired_ns < end.at;
  const isLost = worker.outcome === "died" && end.how !== "teardown" && worker.relation !== "other host";
  if (struck && isLost) {
    return times.fired_ns;
  }
  const still = worker.asleep_seen_ns ?? (worker.outcome === "stalled" ? times.challenged_ns ?? times.fired_ns : null);
  return still !== null && still < end.at ? still : end.at;
}

/** Hosts, each with its lives and its workers, and the whole span of time. */
function lifelinesOf(trial) {
  const hosts = trial.hosts.map((host) => {
    const lives = livesOf(trial, host);
    const workers = trial.workers.filter((worker) => Number(/^p(\d+)/.exec(worker.id)[1]) === host.number)
      .map((worker) => ({ worker, stretches: stretchesOf(trial, worker, lives[0]), end: endOfWorker(trial, worker, lives[0]) }));
    return { host, lives, workers };
  }).filter((each) => each.workers.length > 0);
  return { hosts, strikes: strikesOf(trial), span: [0, trial.times.finished_ns], first: firstView(trial) };
}

/** What is shown first: from the steady state on, for the start-up takes most of a trial. */
function firstView(trial) {
  const { steady_ns: steady, fired_ns: fired, finished_ns: finished } = trial.times;
  const from = steady ?? fired;
  if (from === null || from >= finished) {
    return [0, finished];
  }
  return [Math.max(0, from - 0.08 * (finished - from)), finished + 0.04 * (finished - from)];
}

/** The moments that are drawn through all lines: {at, name, look}. */
function momentsOf(trial) {
  const times = trial.times;
  const strikes = strikesOf(trial);
  const moments = [
    { at: times.steady_ns, name: t("steady") },
    { at: times.challenged_ns, name: t("challenged") },
    { at: times.settled_ns, name: t("settled") },
    ...strikes.map((each) => ({ at: each.fired, look: "fault", name: strikes.length > 1 ? t("fault {0}", each.number) : t("fault") })),
    ...strikes.map((each) => ({ at: each.seen, look: "seen", name: t("noticed") })),
  ];
  return moments.filter((each) => each.at !== null && each.at !== undefined).sort((one, other) => one.at - other.at);
}
