"use strict";
// The periodic table of faults: a block for each family, a row for each fault, a column for each shape. A cell has the
// colour and the sign of the worst that happened to a sibling, and says whether that was predicted.

/** The rows of the table: one for each fault, and for each variant where these differ. */
function faultRows(experiment) {
  const familyOf = new Map(experiment.report.faults.map((row) => [row.fault, row.golden ? "control" : row.family]));
  const rows = new Map();
  for (const cell of experiment.report.cells) {
    const key = cell.fault + "\n" + cell.variant;
    if (!rows.has(key)) {
      rows.set(key, { fault: cell.fault, variant: cell.variant, golden: cell.golden, family: familyOf.get(cell.fault), cells: new Map() });
    }
    rows.get(key).cells.set(cell.shape, cell);
  }
  return [...rows.values()];
}

/** A mean over trials: whole where it is one, and never rounded to one where it is not. */
function perTrial(value) {
  const whole = Math.round(value);
  return Math.abs(value - whole) < 1e-9 ? String(whole) : [1, 2, 3].map((digits) => value.toFixed(digits)).find((text) => Number(text) !== whole) || "≈" + whole;
}

/** What a cell shows: a text, a sign, and the class of its colour. */
function faceOf(cell) {
  if (cell.skipped !== null) {
    return { text: t("skipped"), sign: "", look: "none", says: t("skipped: {0}", said(cell.skipped)) };
  }
  if (cell.trials.judged === 0) {
    const text = cell.trials.inconclusive > 0 ? t("inconclusive") : t("not run");
    return { text, sign: "?", look: "none", says: text };
  }
  if (cell.predicted.siblings_per_trial === 0) {
    return { text: t("alone"), sign: "", look: "none", says: t("a pool of one worker: it has no siblings") };
  }
  const worst = worstOf(cell.sibling_outcomes) || "intact";
  const siblings = cell.predicted.siblings_per_trial;
  const survivors = perTrial(cell.share * siblings);
  return {
    text: `${survivors}/${siblings}`,
    sign: outcomeSign(worst),
    look: worst + (cell.survivors === 0 ? " all" : ""),
    says: t("{0} of {1} siblings survived; the worst outcome: {2}", survivors, siblings, outcomeWord(worst)),
  };
}

function predictionText(cell) {
  if (cell.trials.inconclusive > 0) {
    return t("{0} inconclusive", cell.trials.inconclusive);
  }
  return cell.as_predicted ? t("as predicted") : t("not as predicted");
}

function predictionMark(cell) {
  if (cell.as_predicted === null || cell.predicted.siblings_per_trial === 0) {
    return null;
  }
  const sign = !cell.as_predicted ? "!" : cell.trials.inconclusive > 0 ? "?" : "=";
  return h("span", { class: sign === "=" ? "agrees" : "differs", "aria-hidden": "true" }, sign);
}

/** The thin bar at the foot of a cell: how many siblings came to which outcome. */
function outcomeBar(counts) {
  const all = d3.sum(outcomes, (outcome) => counts[outcome.name] || 0);
  return h("span", { class: "bar", "aria-hidden": "true" },
    all === 0 ? null : outcomes.filter((outcome) => counts[outcome.name] > 0).map((outcome) => barPart(counts[outcome.name] / all, outcome.name)));
}

function cellButton(experiment, cell) {
  const face = faceOf(cell);
  const parts = [cellName(experiment, cell), face.says];
  if (cell.as_predicted !== null) {
    parts.push(predictionText(cell));
  }
  return button([
    h("span", { class: "sign", "aria-hidden": "true" }, face.sign),
    h("span", { class: "share", "aria-hidden": "true" }, face.text),
    predictionMark(cell),
    cell.trials.judged > 0 ? outcomeBar(cell.sibling_outcomes) : null,
    h("span", { class: "unseen" }, parts.join("; ")),
  ], () => { location.hash = fragmentOf(experiment, "cell", cell.number); }, {
    class: "cell o-" + face.look,
    title: parts.join("\n"),
    "data-cell": cell.number,
  });
}

function familyTable(experiment, family, rows, shapes) {
  const named = hasVariants(experiment);
  const nameOf = (row) => [row.golden ? t("golden run") : row.fault, named ? h("span", { class: "variant" }, variantName(experiment, row.variant)) : null];
  return h("section", { class: "family", "data-family": family.name, "aria-label": family.word() },
    h("h3", null, family.word(), " ", h("span", { class: "quiet" }, String(new Set(rows.map((row) => row.fault)).size))),
    h("table", { class: "periodic" },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, h("span", { class: "unseen" }, t("Fault"))),
        shapes.map((shape) => h("th", { scope: "col", title: shapeWords(shape) }, shape)))),
      h("tbody", null, rows.map((row) => h("tr", null, h("th", { scope: "row" }, nameOf(row)),
        shapes.map((shape) => h("td", null, row.cells.has(shape) ? cellButton(experiment, row.cells.get(shape)) : null)))))));
}

function familyFilter(blocks) {
  const buttons = [];
  const choose = (name) => {
    for (const each of buttons) {
      each.setAttribute("aria-pressed", String(each.dataset.family === name));
    }
    for (const block of blocks) {
      block.hidden = name !== "all" && block.dataset.family !== name;
    }
  };
  const add = (name, word) => buttons.push(button(word, () => choose(name), { class: "chip", "data-family": name, "aria-pressed": String(name === "all") }));
  add("all", t("All"));
  for (const block of blocks) {
    add(block.dataset.family, block.getAttribute("aria-label"));
  }
  return h("div", { class: "chips", role: "group", "aria-label": t("Show one family only") }, buttons);
}

function legend() {
  return h("ul", { class: "legend", "aria-label": t("Outcomes, by severity") },
    outcomes.map((outcome) => h("li", { title: outcome.means() }, outcomeMark(outcome.name))));
}

function faultsView(experiment) {
  const rows = faultRows(experiment);
  if (rows.length === 0) {
    return null;
  }
  const shapes = shapesOf(experiment).sort(byIsolation);
  const blocks = families.map((family) => [family, rows.filter((row) => row.family === family.name)])
    .filter(([, some]) => some.length > 0)
    .map(([family, some]) => familyTable(experiment, family, some, shapes));
  return view("faults", t("The periodic table of faults"),
    t("A cell says how many of the victim's siblings survived, in the colour of the worst that happened to one of them. = it went as predicted, ! it did not. Choose a cell to see its trials."),
    legend(),
    blocks.length > 1 ? familyFilter(blocks) : null,
    h("div", { class: shapes.length > 6 ? "families wide" : "families" }, blocks),
    skippedList(experiment));
}

function skippedList(experiment) {
  const skipped = experiment.report.skipped || [];
  return skipped.length === 0 ? null : details(t("What this machine could not do ({0})", skipped.length),
    table(t("Skipped faults"), [
      { head: t("Fault"), text: (each) => each.fault },
      { head: t("Why"), text: (each) => said(each.reason) },
    ], skipped));
}
