"use strict";
// The dial: the blast radius as the shape is turned from one process of many threads to many processes of one thread.
// Faults that went alike share a picture; beside each measurement stands the prediction.

const dialLayout = { width: 300, height: 210, left: 42, right: 12, top: 14, bottom: 30 };
const dialsShownAtOnce = 9;
const namesShownAtOnce = 5;

function predictedBlast(cell) {
  const { survivors_per_trial: least, most_survivors_per_trial: most, siblings_per_trial: siblings } = cell.predicted;
  return { low: 1 - Math.max(least, most) / siblings, high: 1 - Math.min(least, most) / siblings };
}

/** Faults whose measured and predicted blast radius are the same at every shape, of as many trials, together. */
function dialGroups(experiment, shapes) {
  const groups = new Map();
  for (const row of faultRows(experiment).filter((each) => !each.golden)) {
    const cells = shapes.map((shape) => row.cells.get(shape))
      .filter((cell) => cell && cell.share !== null && cell.predicted.siblings_per_trial > 0);
    if (cells.length < 2) {
      continue;
    }
    const key = JSON.stringify(cells.map((cell) => [cell.shape, cell.share.toFixed(6), cell.trials.judged, predictedBlast(cell)]));
    if (!groups.has(key)) {
      groups.set(key, { names: [], cells: new Map(shapes.map((shape) => [shape, []])) });
    }
    const group = groups.get(key);
    group.names.push(hasVariants(experiment) ? `${row.fault} (${variantName(experiment, row.variant)})` : row.fault);
    cells.forEach((cell) => group.cells.get(cell.shape).push(cell));
  }
  return [...groups.values()].sort((one, other) => other.names.length - one.names.length);
}

/**
 * What is drawn: for each shape what was measured, its interval, and what was predicted. Of one fault's trials, for to pool
 * the trials of those that happened to go alike would make the interval look narrower than anything measured is.
 */
function dialPoints(group, shapes) {
  return shapes.filter((shape) => group.cells.get(shape).length > 0).map((shape) => {
    const cells = group.cells.get(shape);
    return { shape, ...blastRadius([cells[0]]), predicted: predictedBlast(cells[0]), cells };
  });
}

function dialName(group) {
  const shownNames = group.names.slice(0, 3).join(", ");
  return group.names.length > 3 ? t("{0} and {1} more", shownNames, group.names.length - 3) : shownNames;
}

function drawDial(group, shapes) {
  const { width, height, left, right, top, bottom } = dialLayout;
  const points = dialPoints(group, shapes);
  const x = d3.scalePoint().domain(shapes).range([left, width - right]).padding(0.5);
  const y = d3.scaleLinear().domain([0, 1]).range([height - bottom, top]);
  const svg = d3.create("svg").attr("viewBox", `0 0 ${width} ${height}`).attr("class", "dial").attr("role", "img")
    .attr("aria-label", `${dialName(group)}: ${points.map((point) => `${point.shape} ${percent(point.share)}`).join(", ")}`);
  svg.append("g").attr("class", "grid").selectAll("line").data([0, 0.25, 0.5, 0.75, 1]).join("line")
    .attr("x1", left).attr("x2", width - right).attr("y1", y).attr("y2", y);
  svg.append("g").attr("class", "axis").attr("transform", `translate(${left},0)`)
    .call(d3.axisLeft(y).tickValues([0, 0.5, 1]).tickFormat((value) => `${100 * value}%`).tickSize(0).tickPadding(6));
  svg.append("g").attr("class", "axis").attr("transform", `translate(0,${height - bottom})`)
    .call(d3.axisBottom(x).tickSize(0).tickPadding(8));
  svg.append("path").attr("class", "curve").attr("d", d3.line().x((point) => x(point.shape)).y((point) => y(point.share))(points));
  drawDialPoints(svg, points, x, y);
  return svg.node();
}

function drawDialPoints(svg, points, x, y) {
  const beside = 12;
  const each = svg.append("g").selectAll("g").data(points).join("g").attr("transform", (point) => `translate(${x(point.shape)},0)`);
  each.append("path").attr("class", "interval")
    .attr("d", (point) => `M0 ${y(point.low)}V${y(point.high)}M-4 ${y(point.low)}h8M-4 ${y(point.high)}h8`);
  each.append("circle").attr("class", "measured").attr("cy", (point) => y(point.share)).attr("r", 4.5);
  each.append("path").attr("class", "predicted").attr("d", (point) => {
    const low = y(point.predicted.low);
    const high = y(point.predicted.high);
    return `M${beside} ${high - 5}l5 5V${low}l-5 5l-5 -5V${high}z`;
  });
  each.append("title").text((point) => t("{0}: {1} of the siblings lost (90% interval: {2} to {3}), {4} predicted; {5}", point.shape,
    percent(point.share), percent(point.low), percent(point.high), rangeText(point.predicted), trialsText(point.trials)));
}

function rangeText(range) {
  return range.low === range.high ? percent(range.low) : `${percent(range.low)}–${percent(range.high)}`;
}

function dialTable(groups, shapes) {
  const rows = groups.flatMap((group) => dialPoints(group, shapes).map((point) => ({ group, ...point })));
  return table(t("Blast radius by shape"), [
    { head: t("Faults"), text: (row) => row.group.names.join(", ") },
    { head: t("Shape"), text: (row) => row.shape },
    { head: t("Lost"), text: (row) => percent(row.share), number: true },
    { head: t("90% interval"), text: (row) => `${percent(row.low)} – ${percent(row.high)}`, number: true },
    { head: t("Predicted"), text: (row) => rangeText(row.predicted), number: true },
    { head: t("Trials of each"), text: (row) => number(row.trials), number: true },
  ], rows);
}

function dialFigure(group, shapes) {
  const most = group.names.length > namesShownAtOnce ? namesShownAtOnce - 1 : group.names.length;
  const rest = group.names.slice(most);
  return h("figure", { class: "panel" }, drawDial(group, shapes), h("figcaption", null, group.names.slice(0, most).join(", "),
    rest.length > 0 ? details(t("and {0} more", rest.length), h("p", { class: "names" }, rest.join(", "))) : null));
}

function dialView(experiment) {
  const shapes = shapesOf(experiment).sort(byIsolation);
  const groups = shapes.length > 1 ? dialGroups(experiment, shapes) : [];
  if (groups.length === 0) {
    return null;
  }
  const rest = groups.slice(dialsShownAtOnce);
  return view("dial", t("The dial"),
    t("The share of the victim's siblings that are lost with it, as the pool is turned from threads of one process into processes. Faults that went alike share a picture."),
    h("p", { class: "legend" },
      h("span", { class: "key" }, h("i", { class: "swatch measured" }), t("measured, with its 90% interval")),
      h("span", { class: "key" }, h("i", { class: "swatch predicted" }), t("predicted")),
      h("span", { class: "key" }, t("each end of an interval is by itself a bound at 95%"))),
    h("div", { class: "panels" }, groups.slice(0, dialsShownAtOnce).map((group) => dialFigure(group, shapes))),
    rest.length > 0 ? lazyDetails(t("{0} more pictures", rest.length), () => h("div", { class: "panels" }, rest.map((group) => dialFigure(group, shapes)))) : null,
    lazyDetails(t("The dial as a table"), () => dialTable(groups, shapes)));
}
