"use strict";
// What lies behind a cell of the periodic table, in a drawer: its figures and its trials. The list of trials is made when
// it is asked for, and a part at a time, for a report may have thousands.

const trialsShownAtOnce = 50;

/** The trials of a cell as rows, those that went otherwise than predicted first. */
function trialsOfCell(experiment, cell) {
  const all = experiment.trials;
  if (!all) {
    return [];
  }
  const rows = [];
  for (let at = 0; at < all.id.length; ++at) {
    if (all.cell[at] === cell.number) {
      rows.push({
        id: all.id[at], victim: all.victim[at], survivors: all.survivors[at], siblings: all.siblings[at], worst: all.worst[at],
        detection: all.detection_us[at], inconclusive: Boolean(all.inconclusive[at]), asPredicted: Boolean(all.as_predicted[at]),
      });
    }
  }
  const rank = (row) => (row.inconclusive ? 1 : row.asPredicted ? 2 : 0);
  return rows.sort((one, other) => rank(one) - rank(other) || one.id - other.id);
}

function trialTable(experiment, rows) {
  return table(t("Trials"), [
    { head: t("Trial"), cell: (row) => (experiment.full && Object.hasOwn(experiment.full, row.id)
      ? h("a", { href: fragmentOf(experiment, "trial", row.id), "aria-label": t("Lifelines of trial {0}", row.id) }, row.id) : String(row.id)) },
    { head: t("Victim"), text: (row) => row.victim },
    { head: t("Survived"), text: (row) => (row.inconclusive ? "–" : `${row.survivors}/${row.siblings}`), number: true },
    { head: t("Worst"), cell: (row) => (row.inconclusive ? t("inconclusive") : row.siblings > 0 ? outcomeMark(row.worst) : "–") },
    { head: t("Noticed after"), text: (row) => (row.detection === null ? "–" : duration(1000 * row.detection)), number: true },
    { head: t("As predicted"), text: (row) => (row.inconclusive ? "–" : row.asPredicted ? t("yes") : t("no")) },
  ], rows);
}

function trialList(experiment, cell) {
  const rows = trialsOfCell(experiment, cell);
  if (rows.length === 0) {
    return experiment.trials_left_out > 0
      ? h("p", { class: "quiet" }, t("{0} are too many to be listed here; the results file has them.", trialsText(experiment.trials_left_out))) : null;
  }
  const holder = h("div", null);
  const show = (many) => {
    const left = rows.length - many;
    holder.replaceChildren(trialTable(experiment, rows.slice(0, many)),
      left > 0 ? button(t("Show {0} more of {1}", Math.min(left, 4 * trialsShownAtOnce), left), () => show(many + 4 * trialsShownAtOnce)) : "");
  };
  show(trialsShownAtOnce);
  return h("div", { class: "trials" }, h("h3", null, t("Its trials")), holder);
}

function outcomeList(counts) {
  const rows = outcomes.filter((outcome) => counts[outcome.name] > 0);
  return h("ul", { class: "legend" }, rows.map((outcome) => h("li", null, outcomeMark(outcome.name), " ", number(counts[outcome.name]))));
}

function predictedText(cell) {
  const predicted = cell.predicted;
  if (predicted.siblings_per_trial === 0) {
    return null;
  }
  const range = predicted.survivors_per_trial === predicted.most_survivors_per_trial ? predicted.survivors_per_trial
    : `${predicted.survivors_per_trial}–${predicted.most_survivors_per_trial}`;
  const parts = [t("{0} of {1} siblings survive", range, predicted.siblings_per_trial)];
  if (predicted.cell_mates) {
    parts.push(t("in the victim's process: {0}", outcomeWord(predicted.cell_mates)));
  }
  if (predicted.other_hosts) {
    parts.push(t("in other processes: {0}", outcomeWord(predicted.other_hosts)));
  }
  return parts.join("; ");
}

function cellFacts(cell) {
  const judged = cell.trials.judged > 0;
  const detection = cell.detection;
  return definitions([
    [t("Predicted"), predictedText(cell)],
    [t("Went as predicted"), judged ? t("{0} of {1}", number(cell.trials.as_predicted), trialsText(cell.trials.judged)) : null],
    [t("Inconclusive"), cell.trials.inconclusive > 0 ? `${number(cell.trials.inconclusive)}: ${said(cell.first_inconclusive)}` : null],
    [t("The victim's end"), said(cell.victim_end)],
    [t("Noticed after"), detection.count > 0 ? t("{0} (median), {1} (slowest)", duration(detection.median_ns), duration(detection.most_ns)) : null],
    [t("Unsteady"), cell.unsteady ? t("{0} went otherwise than the rest ({1})", trialsText(cell.unsteady.odd), said(cell.unsteady.usual)) : null],
    [t("Skipped"), said(cell.skipped)],
  ]);
}

function figureTable(cell) {
  return cell.figures.length === 0 ? null : details(t("Figures ({0})", cell.figures.length), table(t("Figures"), [
    { head: t("Figure"), text: (row) => row.name.replaceAll("_", " ") },
    { head: t("Median"), text: (row) => withUnit(row.median, row.unit), number: true },
    { head: t("90% interval"), text: (row) => (row.low_95 === null ? "–" : `${withUnit(row.low_95, row.unit)} – ${withUnit(row.high_95, row.unit)}`), number: true },
    { head: t("Trials"), text: (row) => number(row.trials), number: true },
  ], cell.figures));
}

/** Times in the unit that suits them. */
function withUnit(value, unit) {
  if (unit === "us" || unit === "ns") {
    return duration(unit === "us" ? 1000 * value : value);
  }
  return unit ? `${rounded(value)} ${unit}` : rounded(value);
}

/** The trials of the cell that have lifelines. */
function lifelineLinks(experiment, cell) {
  const some = shownTrials(experiment).filter((each) => each.cell === cell.number);
  const word = { worst: t("the worst"), typical: t("a typical one") };
  return some.length === 0 ? null : h("p", { class: "elsewhere" }, t("Lifelines"), some.map((each) =>
    h("a", { href: fragmentOf(experiment, "trial", each.id) }, `${word[each.why] || ""} (${each.id})`)));
}

function drawerContent(experiment, cell) {
  const face = faceOf(cell);
  return [
    h("p", { class: "quiet" }, shapeWords(cell.shape)),
    h("h2", { id: "drawer-title", tabindex: "-1" }, cellName(experiment, cell)),
    h("p", { class: "lead" }, face.says, cell.as_predicted === null ? "" : `; ${predictionText(cell)}`),
    cell.trials.judged > 0 && cell.siblings > 0 ? [outcomeBar(cell.sibling_outcomes), outcomeList(cell.sibling_outcomes)] : null,
    lifelineLinks(experiment, cell), cellFacts(cell), figureTable(cell), trialList(experiment, cell),
  ].flat().filter(Boolean);
}

/** Opens the drawer on a cell; the element that had the focus gets it back when it is closed. */
function openDrawer(experiment, cell) {
  closeDrawer();
  const drawer = h("dialog", { id: "drawer", class: "drawer", "aria-labelledby": "drawer-title" },
    button("×", () => drawer.close(), { class: "close", "aria-label": t("Close") }),
    h("div", { class: "drawer-body" }, drawerContent(experiment, cell)));
  drawer.addEventListener("click", (event) => {
    if (event.target === drawer) {
      drawer.close();
    }
  });
  drawer.addEventListener("close", () => {
    drawer.remove();
    leaveFragment(experiment, "cell", cell.number);
    const origin = document.querySelector(`[data-cell="${Number(cell.number)}"]`);
    if (origin && document.activeElement === document.body) {
      origin.focus({ preventScroll: true });
    }
  });
  document.body.append(drawer);
  drawer.showModal();
  drawer.querySelector("#drawer-title").focus();
}

function closeDrawer() {
  const open = document.getElementById("drawer");
  if (open) {
    open.close();
  }
}
