"use strict";
// The answer first: the question, the verdict in one sentence, the figures that decide, the control arm, the machine.

function countVerdicts(verdictList) {
  const counts = { upheld: 0, refuted: 0, inconclusive: 0 };
  for (const each of verdictList) {
    counts[each.verdict] = (counts[each.verdict] || 0) + 1;
  }
  return counts;
}

/** The verdict over several expectations: refuted before inconclusive before upheld; null: nothing was expected. */
function verdictOf(verdictList) {
  const counts = countVerdicts(verdictList);
  return counts.refuted > 0 ? "refuted" : counts.inconclusive > 0 ? "inconclusive" : verdictList.length > 0 ? "upheld" : null;
}

function verdictSentence(verdictList) {
  const counts = countVerdicts(verdictList);
  const all = verdictList.length;
  switch (verdictOf(verdictList)) {
    case "refuted": return all === 1 ? t("The expectation is refuted.")
      : counts.refuted === 1 ? t("1 of {0} expectations is refuted.", all) : t("{0} of {1} expectations are refuted.", counts.refuted, all);
    case "inconclusive": return all === 1 ? t("The expectation could not be judged.")
      : t("{0} of {1} expectations could not be judged.", counts.inconclusive, all);
    case "upheld": return all === 1 ? t("The expectation is upheld.") : t("All {0} expectations are upheld.", all);
    default: return "";
  }
}

/** Of Bulkhead's own prediction for each cell, which may well hold where what somebody expected is refuted. */
function predictionSentence(experiment) {
  const judged = faultCells(experiment).filter((cell) => cell.as_predicted !== null);
  const unlike = judged.filter((cell) => !cell.as_predicted).length;
  if (judged.length === 0) {
    return "";
  }
  if (unlike === 0) {
    return judged.length === 1 ? t("What Bulkhead predicted held.") : t("What Bulkhead predicted held in all {0}.", cellsText(judged.length));
  }
  return judged.length === 1 ? t("What Bulkhead predicted did not hold.")
    : t("What Bulkhead predicted did not hold in {0} of {1}.", unlike, cellsText(judged.length));
}

function answerSentence(experiment) {
  const report = experiment.report;
  if (report.campaign.shard) {
    return t("This is shard {0} of {1}; verdicts are given over all of them.", report.campaign.shard.number, report.campaign.shard.count);
  }
  if (report.campaign.finished === 0) {
    return t("No trial has run.");
  }
  return [verdictSentence(report.verdicts), predictionSentence(experiment)].filter(Boolean).join(" ");
}

/** The cells with a fault whose trials were judged. */
function faultCells(experiment) {
  return experiment.report.cells.filter((cell) => !cell.golden);
}

function shapesOf(experiment) {
  return [...new Set(experiment.report.cells.map((cell) => cell.shape))].filter(shapeOf);
}

/** How many siblings were lost, shape by shape: the figures that decide. */
function figureTiles(experiment) {
  const tiles = shapesOf(experiment).sort(byIsolation).map((shape) => {
    const cells = faultCells(experiment).filter((cell) => cell.shape === shape);
    return { shape, blast: blastRadius(cells), worst: worstOf(sumOutcomes(cells)) };
  }).filter((tile) => tile.blast !== null);
  if (tiles.length === 0) {
    return null;
  }
  return h("div", null,
    h(isSingle() ? "h2" : "h3", { class: "sub" }, t("Siblings lost, on average over all faults")),
    h("ul", { class: "tiles" }, tiles.slice(0, 8).map((tile) =>
      h("li", { class: "tile" },
        h("span", { class: "tile-name" }, h("b", null, tile.shape), " ", shapeWords(tile.shape)),
        h("span", { class: "tile-figure" }, percent(tile.blast.share)),
        h("span", { class: "bar", "aria-hidden": "true" }, barPart(tile.blast.share, tile.worst)),
        h("span", { class: "quiet" }, t("{0} to {1} (90% interval), {2}", percent(tile.blast.low), percent(tile.blast.high), trialsText(tile.blast.trials)))))));
}

function barPart(share, outcome) {
  const part = h("span", { class: "bar-part f-" + outcome });
  part.style.width = `${100 * share}%`;
  return part;
}

function sumOutcomes(cells, field = "sibling_outcomes") {
  const sum = {};
  for (const cell of cells) {
    for (const [name, value] of Object.entries(cell[field] || {})) {
      sum[name] = (sum[name] || 0) + value;
    }
  }
  return sum;
}

const verdictsShownAtOnce = 6;

function verdictList(experiment) {
  const rank = { refuted: 0, inconclusive: 1, upheld: 2 };
  const sorted = [...experiment.report.verdicts].sort((one, other) => rank[one.verdict] - rank[other.verdict]);
  const item = (each) => h("li", null, verdictMark(each.verdict),
    h("div", null, h("p", { class: "expectation" }, said(each.text)), h("p", { class: "quiet" }, said(each.reason))));
  if (sorted.length === 0) {
    return null;
  }
  const rest = sorted.slice(verdictsShownAtOnce);
  return h("div", null,
    h(isSingle() ? "h2" : "h3", { class: "sub" }, t("What was expected")),
    h("ul", { class: "verdicts" }, sorted.slice(0, verdictsShownAtOnce).map(item)),
    rest.length > 0 ? details(t("{0} more expectations", rest.length), h("ul", { class: "verdicts" }, rest.map(item))) : null);
}

/** Without it nothing can be concluded, so it is told beside the verdict. */
function goldenSentence(experiment) {
  const golden = experiment.report.cells.filter((cell) => cell.golden && cell.trials.judged > 0);
  const trials = d3.sum(golden, (cell) => cell.trials.judged);
  const siblings = d3.sum(golden, (cell) => cell.siblings);
  // The would-be victims count, too: nothing was done to them either.
  const victims = d3.sum(golden, (cell) => d3.sum(Object.entries(cell.victim_outcomes), ([outcome, n]) => (outcome === "intact" ? 0 : n)));
  const lost = siblings - d3.sum(golden, (cell) => cell.survivors) + victims;
  if (golden.length === 0) {
    return null;
  }
  return lost === 0 ? t("{0} without a fault: no worker was lost", trialsText(trials))
    : t("{0} without a fault lost {1}: nothing can be concluded at {2}", trialsText(trials), workersText(lost), experiment.report.golden_lost.join(", "));
}

function factOf(experiment, name) {
  const found = (experiment.facts || []).find((fact) => fact.name === name);
  return found ? found.value : null;
}

function machineText(experiment) {
  const cores = factOf(experiment, "cores");
  const parts = [factOf(experiment, "processor"), cores ? coresText(cores) : null, factOf(experiment, "kernel"), factOf(experiment, "architecture")];
  return parts.filter(Boolean).join(", ") || null;
}

function trialsSentence(campaign) {
  const parts = [t("{0} in {1}", trialsText(campaign.finished), duration(campaign.took_ns))];
  parts.push(campaign.inconclusive > 0 ? t("{0} inconclusive", number(campaign.inconclusive)) : t("none inconclusive"));
  if (campaign.not_run > 0) {
    parts.push(t("{0} not run", number(campaign.not_run)));
  }
  if (campaign.saved > 0) {
    parts.push(t("{0} saved by a stop rule", number(campaign.saved)));
  }
  return parts.join(", ");
}

/** A link only where the page has the trial. */
function worstTrial(experiment) {
  const worst = experiment.report.worst_trial;
  if (!worst) {
    return null;
  }
  const name = t("trial {0}, {1} at {2}", worst.id, worst.fault === "none" ? t("golden run") : worst.fault, worst.shape);
  return Object.hasOwn(experiment.full, worst.id) ? h("a", { href: fragmentOf(experiment, "trial", worst.id) }, name) : name;
}

function answerView(experiment) {
  const report = experiment.report;
  const verdict = report.campaign.shard ? null : verdictOf(report.verdicts);
  return h("section", { id: "answer", "aria-labelledby": "answer-title", class: "view answer" },
    h("p", { class: "eyebrow" }, report.experiment.name),
    h("h1", { id: "answer-title", tabindex: "-1" }, said(report.experiment.question) || report.experiment.name),
    h("p", { class: "verdict-line" }, verdict ? verdictMark(verdict) : null, " ", answerSentence(experiment)),
    figureTiles(experiment),
    verdictList(experiment),
    definitions([
      [t("Trials"), trialsSentence(report.campaign)],
      [t("Golden runs"), goldenSentence(experiment)],
      [t("Look first at"), worstTrial(experiment)],
      [t("Machine"), machineText(experiment)],
    ]));
}

/** Of a report over several experiments: each with its question and its verdict. */
function overviewView() {
  const all = island.experiments.flatMap((experiment) => experiment.report.verdicts);
  const verdict = verdictOf(all);
  return h("section", { id: "answer", "aria-labelledby": "answer-title", class: "view answer" },
    h("h1", { id: "answer-title", tabindex: "-1" }, t("{0} experiments", island.experiments.length)),
    h("p", { class: "verdict-line" }, verdict ? verdictMark(verdict) : null, " ", verdictSentence(all)),
    table(t("The experiments"), [
      { head: t("Experiment"), cell: (each) => h("a", { href: fragmentOf(each, "experiment") }, each.report.experiment.name) },
      { head: t("Question"), text: (each) => said(each.report.experiment.question) },
      { head: t("Verdict"), cell: (each) => { const word = verdictOf(each.report.verdicts); return word ? verdictMark(word) : "–"; } },
      { head: t("Trials"), text: (each) => number(each.report.campaign.finished), number: true },
    ], island.experiments));
}
