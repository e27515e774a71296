"use strict";
// Two runs side by side: what got worse, what got better, and by how much, with intervals.

const differences = {
  worse: { sign: "▲", word: () => t("worse") },
  better: { sign: "▼", word: () => t("better") },
  differs: { sign: "≠", word: () => t("differs") },
  same: { sign: "=", word: () => t("the same") },
  "cannot tell": { sign: "?", word: () => t("cannot tell") },
};

function lookOfDifference(name) {
  return name === "worse" || name === "better" ? `d-${name}` : "d-other";
}

function differenceMark(name) {
  const kind = Object.hasOwn(differences, name) ? differences[name] : { sign: "?", word: () => String(name) };
  return h("span", { class: `difference ${lookOfDifference(name)}` }, h("span", { class: "sign", "aria-hidden": "true" }, kind.sign), " ", kind.word());
}

function comparisonSentence(comparison) {
  const counts = comparison.counts;
  const worse = counts.worse || 0;
  const better = counts.better || 0;
  const all = comparison.figures.length;
  const untold = counts["cannot tell"] || 0;
  const others = counts.differs || 0;
  const moved = worse > 0 ? t("{0} of {1} figures got worse, {2} better.", worse, all, better)
    : better > 0 ? t("Nothing got worse; {0} of {1} figures got better.", better, all) : null;
  const differing = others > 0 ? t("{0} differ, of which neither is better.", others) : null;
  if (moved === null) {
    return [untold > 0 ? t("None got worse and none better; for {0} of {1} it cannot be told.", untold, figuresText(all))
      : t("Of {0}, none got worse and none better.", figuresText(all)), differing].filter(Boolean).join(" ");
  }
  return [moved, differing, untold > 0 ? t("For {0} it cannot be told.", figuresText(untold)) : null].filter(Boolean).join(" ");
}

function sideText(side, unit) {
  return side.of !== undefined ? t("{0} of {1} trials", number(side.trials), number(side.of)) : withUnit(side.median, unit);
}

function changeText(figure, value) {
  if (value === null || value === undefined) {
    return "–";
  }
  return figure.change.as === "difference" ? `${value > 0 ? "+" : ""}${rounded(value)}` : `× ${rounded(value)}`;
}

const forestLayout = { width: 240, height: 22 };

/** The change with its interval, on a scale on which no change is in the middle. */
function forest(figure, reach) {
  const { width, height } = forestLayout;
  const position = (value) => (figure.change.as === "difference" ? value : Math.log2(Math.max(value, 1e-9)));
  const x = d3.scaleLinear().domain([-reach(figure), reach(figure)]).range([4, width - 4]).clamp(true);
  const svg = d3.create("svg").attr("class", "forest").attr("viewBox", `0 0 ${width} ${height}`).attr("aria-hidden", "true");
  svg.append("line").attr("class", "moment").attr("x1", width / 2).attr("x2", width / 2).attr("y1", 0).attr("y2", height);
  const { estimate, low, high } = figure.change;
  if (low !== null && high !== null) {
    svg.append("line").attr("class", "interval").attr("x1", x(position(low))).attr("x2", x(position(high))).attr("y1", height / 2).attr("y2", height / 2);
  }
  svg.append("circle").attr("class", `measured ${lookOfDifference(figure.difference)}`)
    .attr("cx", x(position(estimate))).attr("cy", height / 2).attr("r", 4.5);
  return svg.node();
}

/** How far the scale goes: differences and ratios have one each. */
function reachOfForest(figures) {
  const most = (some, position) => d3.max(some.flatMap((each) => [each.change.estimate, each.change.low, each.change.high])
    .filter((value) => Number.isFinite(value)), position) || 1;
  const ratios = figures.filter((each) => each.change.as !== "difference");
  const reach = {
    difference: most(figures.filter((each) => each.change.as === "difference"), Math.abs),
    ratio: Math.min(6, Math.max(0.2, most(ratios, (value) => Math.abs(Math.log2(Math.max(value, 1e-3)))))),
  };
  return (figure) => (figure.change.as === "difference" ? reach.difference : reach.ratio);
}

function figureName(figure) {
  const where = figure.fault === "none" ? t("golden run") : figure.fault;
  return `${t("{0} at {1}", where, figure.shape)}${figure.variant && figure.variant !== "counter" ? `, ${figure.variant}` : ""}`;
}

function comparisonTable(caption, figures, { reach, confidence }) {
  return table(caption, [
    { head: t("Cell"), text: figureName },
    { head: t("Figure"), text: (each) => each.figure.replaceAll("_", " ") },
    { head: "", cell: (each) => differenceMark(each.difference) },
    { head: t("Before"), text: (each) => sideText(each.base, each.unit), number: true },
    { head: t("After"), text: (each) => sideText(each.new, each.unit), number: true },
    { head: t("Change"), text: (each) => changeText(each, each.change.estimate), number: true },
    { head: t("Interval ({0})", percent(confidence)), text: (each) => (each.change.low === null ? "–" : `${changeText(each, each.change.low)} – ${changeText(each, each.change.high)}`), number: true },
    { head: t("Picture"), cell: (each) => forest(each, reach) },
  ], figures);
}

function unlikeTable(comparison) {
  return comparison.unlike.length === 0 ? null : details(t("What was not alike ({0})", comparison.unlike.length), table(t("What was not alike"), [
    { head: t("What"), text: (each) => each.what },
    { head: t("Before"), text: (each) => each.base ?? "–" },
    { head: t("After"), text: (each) => each.new ?? "–" },
  ], comparison.unlike));
}

/** Golden runs that lost a worker, on either side: then the figures below prove nothing. */
function controlArmsLine(comparison) {
  const failures = [comparison.base, comparison.new].flatMap((side) => side.control_arm_failures.map((failure) => `${side.path}: ${failure}.`));
  return failures.length === 0 ? null : h("p", { class: "verdict-line" }, verdictMark("inconclusive"), " ",
    t("Nothing can be concluded, for the control arm failed. {0}", failures.join(" ")));
}

/** Those of which a difference is shown not to matter, and those of which nothing is shown: not the same thing at all. */
function foldsOfUnmoved(comparison, scale) {
  const fold = (difference, summary, caption) => {
    const figures = comparison.figures.filter((each) => each.difference === difference);
    return figures.length === 0 ? null : lazyDetails(summary(figuresText(figures.length)), () => comparisonTable(caption, figures, scale));
  };
  return [
    fold("same", (many) => t("The same: {0}, shown to lie within {1}, shares within {2} points", many, percent(comparison.tolerance),
      rounded(100 * comparison.points)), t("Figures that are the same")),
    fold("cannot tell", (many) => t("Cannot tell: {0}, of which neither a change nor its absence is proven", many),
      t("Figures for which it cannot be told")),
  ];
}

function comparisonView(comparison) {
  const scale = { reach: reachOfForest(comparison.figures), confidence: comparison.confidence };
  const moved = comparison.figures.filter((each) => ["worse", "better", "differs"].includes(each.difference));
  const sideName = (side) => t("{0}, {1}", side.path, trialsText(side.trials));
  return h("section", { id: "comparison", "aria-labelledby": "comparison-title", class: "view answer" },
    h("p", { class: "eyebrow" }, comparison.new.experiment),
    h("h1", { id: "comparison-title", tabindex: "-1" }, t("What changed?")),
    controlArmsLine(comparison),
    h("p", { class: "verdict-line" }, (comparison.counts.worse || 0) > 0 ? differenceMark("worse") : null, " ", comparisonSentence(comparison)),
    definitions([[t("Before"), sideName(comparison.base)], [t("After"), sideName(comparison.new)],
      [t("Confidence"), percent(comparison.confidence)]]),
    moved.length > 0 ? comparisonTable(t("What changed"), moved, scale) : null,
    foldsOfUnmoved(comparison, scale),
    unlikeTable(comparison));
}
