"use strict";
// Lifelines: one trial as horizontal lines, one for each worker, grouped by host. The compartments of a host that dies end
// with it; the lines of the others go on.

/** What is drawn now, so that links and keys can change it. */
let lifelines = null;

/** The trials that have lifelines: the worst of each cell before the typical ones. */
function shownTrials(experiment) {
  const rank = (each) => (each.why === "worst" ? 0 : 1);
  const all = (experiment.chosen || []).filter((each) => Object.hasOwn(experiment.full, each.id));
  const worst = experiment.report.worst_trial ? experiment.report.worst_trial.id : null;
  return [...all].sort((one, other) => (other.id === worst) - (one.id === worst) || rank(one) - rank(other) || one.cell - other.cell || one.id - other.id);
}

function choiceText(experiment, chosen) {
  const cell = experiment.report.cells.find((each) => each.number === chosen.cell);
  const name = cell ? cellName(experiment, cell) : t("cell {0}", chosen.cell);
  return `${name} – ${t("trial {0}", chosen.id)}`;
}

function trialPicker(experiment, choices) {
  const select = h("select", { id: "trial-pick", onchange: () => { location.hash = fragmentOf(experiment, "trial", select.value); } });
  for (const [why, word] of [["worst", t("Worst of each cell")], ["typical", t("Typical of each cell")]]) {
    const some = choices.filter((each) => each.why === why);
    if (some.length > 0) {
      select.append(h("optgroup", { label: word }, some.map((each) => h("option", { value: each.id }, choiceText(experiment, each)))));
    }
  }
  return select;
}

/** The cells that have trials, none of which found room in the page. */
function cellsWithoutLifelines(experiment) {
  const shown = new Set(shownTrials(experiment).map((each) => each.cell));
  return experiment.report.cells.filter((cell) => cell.worst_trial && !shown.has(cell.number));
}

/** A trial of a pool of hundreds may be larger than all that a page may have: then it says what shows one instead. */
function tooLargeNotice(experiment) {
  const cells = cellsWithoutLifelines(experiment);
  const { worst_trial: first, campaign } = experiment.report;
  if (cells.length === 0 || !campaign.results) {
    return null;
  }
  const shapes = [...new Set(cells.map((cell) => cell.shape))].join(", ");
  const isWorstOfAll = first && cells.some((cell) => cell.worst_trial.id === first.id);
  const id = isWorstOfAll ? first.id : cells[0].worst_trial.id;
  return h("div", { class: "too-large" },
    h("p", null, shownTrials(experiment).length === 0 ? t("The trials of this pool are too large for this page. To see one, and to run it again:")
      : t("There was no room in this page for a trial of {0} ({1}). To see one, and to run it again:", cellsText(cells.length), shapes)),
    commandLine(`bulkhead show ${quoted(campaign.results)} ${id}`),
    commandLine(`bulkhead replay ${quoted(campaign.results)} ${id}`));
}

function lifelinesView(experiment) {
  const choices = shownTrials(experiment);
  const notice = tooLargeNotice(experiment);
  lifelines = null;
  if (choices.length === 0) {
    return notice && view("lifelines", t("Lifelines"), null, notice);
  }
  const select = trialPicker(experiment, choices);
  const step = (by) => {
    const at = choices.findIndex((each) => each.id === lifelines.id);
    location.hash = fragmentOf(experiment, "trial", choices[(at + by + choices.length) % choices.length].id);
  };
  const figure = h("div", { class: "trial" });
  lifelines = { experiment, select, figure, step, id: null };
  const section = view("lifelines", t("Lifelines"),
    t("One trial, one line for each worker, in the compartment of its process. A tick is an op; where they are too dense, a band. Ops are spread evenly between the moments at which they were counted."),
    h("div", { class: "tools" },
      h("label", { for: "trial-pick" }, t("Trial")), select,
      button("←", () => step(-1), { "aria-label": t("Previous trial") }),
      button("→", () => step(1), { "aria-label": t("Next trial") })),
    figure, notice);
  showTrial(experiment, choices[0].id);
  return section;
}

/** Draws a trial that the page has in full; false for any other. */
function showTrial(experiment, id) {
  if (!lifelines || !Object.hasOwn(experiment.full || {}, id)) {
    return false;
  }
  const trial = experiment.full[id];
  lifelines.id = id;
  lifelines.select.value = String(id);
  const chart = lifelineChart(trial, lifelines.step);
  lifelines.figure.replaceChildren(...[
    h("p", { class: "trial-line", "aria-live": "polite" }, trialSentence(trial)),
    elsewhere(experiment, trial), chart, evidenceList(trial),
    details(t("What happened, as a table"), eventTable(trial)),
    details(t("The workers, as a table"), workerTable(trial))].filter(Boolean));
  return true;
}

/** The same fault at other shapes: where the lines of one pool end, those of another go on. */
function elsewhere(experiment, trial) {
  const cellOf = (id) => experiment.report.cells.find((each) => each.number === id);
  const here = cellOf(trial.cell);
  const byShape = new Map();
  for (const each of shownTrials(experiment)) {
    const cell = cellOf(each.cell);
    if (here && cell && cell.fault === here.fault && cell.variant === here.variant && !byShape.has(cell.shape)) {
      byShape.set(cell.shape, each.id);
    }
  }
  const shapes = [...byShape.keys()].sort(byIsolation);
  return shapes.length < 2 ? null : h("p", { class: "elsewhere" }, t("The same at"), " ", shapes.map((shape) =>
    h("a", { href: fragmentOf(experiment, "trial", byShape.get(shape)), "aria-current": here.shape === shape ? "true" : null }, shape)));
}

function trialSentence(trial) {
  const { judgement, plan, times } = trial;
  const name = t("Trial {0}: {1} to {2} at {3}", trial.trial, plan.fault === "none" ? t("golden run") : plan.fault, plan.victim, plan.shape);
  if (judgement.inconclusive) {
    return `${name}. ${t("Inconclusive")}: ${judgement.inconclusive}.`;
  }
  const survived = t("{0} of {1} survived", judgement.survivors, siblingsText(judgement.siblings));
  const noticed = times.detection_ns === null ? "" : `, ${t("noticed after {0}", duration(times.detection_ns))}`;
  return `${name}. ${survived}, ${judgement.as_predicted ? t("as predicted") : t("not as predicted")}${noticed}.`;
}

function evidenceList(trial) {
  return trial.evidence.length === 0 ? null : h("ul", { class: "evidence" }, trial.evidence.map((each) =>
    h("li", null, each.outcome ? outcomeMark(each.outcome) : null, " ", h("span", { class: "who" }, each.workers.join(" ")), " ", each.lines.join("; "))));
}

function eventTable(trial) {
  const zero = trial.times.fired_ns;
  return table(t("What happened"), [
    { head: t("When"), text: (each) => duration(each.at_ns), number: true },
    { head: t("From the fault"), text: (each) => (zero === null ? "–" : signedDuration(each.at_ns - zero)), number: true },
    { head: t("What"), text: (each) => each.event },
    { head: "", text: (each) => each.text },
  ], trial.events);
}

function signedDuration(ns) {
  return ns === 0 ? "0" : `${ns > 0 ? "+" : "−"}${duration(Math.abs(ns))}`;
}

function workerTable(trial) {
  return table(t("The workers"), [
    { head: t("Worker"), text: (each) => each.id },
    { head: t("Relation"), text: (each) => relationWord(each.relation) },
    { head: t("Outcome"), cell: (each) => (each.outcome ? outcomeMark(each.outcome) : "–") },
    { head: t("Predicted"), text: (each) => outcomeWord(each.predicted) },
    { head: t("Ops before"), text: (each) => (each.before ? number(each.before.ops) : "–"), number: true },
    { head: t("Ops after"), text: (each) => (each.after ? number(each.after.ops) : "–"), number: true },
    { head: t("Ops in all"), text: (each) => number(each.ops_final), number: true },
  ], trial.workers);
}

function relationWord(relation) {
  const words = { victim: t("victim"), "cell-mate": t("same process"), "other host": t("other process") };
  return Object.hasOwn(words, relation) ? words[relation] : relation;
}
