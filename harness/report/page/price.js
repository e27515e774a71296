"use strict";
// The price: what each shape costs, beside how many siblings a crash takes with it. Down and to the left is better; for
// throughput, up.

const priceFigures = [
  { key: "startup", word: () => t("Start-up"), scale: 1000, text: duration },
  { key: "throughput", word: () => t("Throughput"), better: "more", text: (value) => t("{0} ops/s", shortNumber(value)) },
  { key: "memory_per_worker", word: () => t("Memory for each worker (PSS)"), text: (value) => `${rounded(value)} KiB` },
  { key: "unique_per_worker", word: () => t("Memory of its own for each worker"), text: (value) => `${rounded(value)} KiB` },
  { key: "round_trip_p50", word: () => t("Round trip of a message"), scale: 1, text: duration },
  { key: "switch", word: () => t("Switch to another worker"), scale: 1, text: duration },
];

function shortNumber(value) {
  return Math.abs(value) >= 1e6 ? `${rounded(value / 1e6)} M` : Math.abs(value) >= 1e4 ? `${rounded(value / 1e3)} k` : rounded(value);
}

/** The figure by its name, with or without its unit at the end. */
function costOf(figures, key) {
  const name = [key, `${key}_us`, `${key}_ns`, `${key}_kib`].find((each) => Object.hasOwn(figures, each));
  return name ? figures[name] : null;
}

/** How many siblings are lost at a shape: measured here, else those that live in the victim's process. */
function lossAt(experiment, shape) {
  const blast = blastRadius(faultCells(experiment).filter((cell) => cell.shape === shape));
  const { threads, workers } = shapeOf(shape);
  return blast ? { share: blast.share, measured: true } : { share: workers > 1 ? (threads - 1) / (workers - 1) : 0, measured: false };
}

/** Of one figure and one variant: a point for each shape, from the golden runs where there are any. */
function pricePoints(experiment, row, variant) {
  const points = new Map();
  for (const cost of experiment.cost) {
    const cell = experiment.report.cells.find((each) => each.number === cost.cell);
    const figure = costOf(cost.figures, row.key);
    if (!cell || cell.variant !== variant || !figure || !shapeOf(cost.shape) || (points.has(cost.shape) && !cell.golden)) {
      continue;
    }
    const scaled = (value) => (value === null || value === undefined ? null : value * (row.scale || 1));
    points.set(cost.shape, { shape: cost.shape, median: scaled(figure.median), low: scaled(figure.low), high: scaled(figure.high),
      count: figure.count, loss: lossAt(experiment, cost.shape) });
  }
  return [...points.values()].sort((one, other) => byIsolation(one.shape, other.shape));
}

function pricePanels(experiment) {
  const variants = [...new Set(experiment.report.cells.map((cell) => cell.variant))];
  return priceFigures.flatMap((row) => variants.map((variant) => ({
    row, name: variants.length > 1 ? `${row.word()}, ${variantName(experiment, variant)}` : row.word(), points: pricePoints(experiment, row, variant),
  }))).filter((panel) => panel.points.length > 0);
}

const priceLayout = { width: 320, height: 240, left: 62, right: 34, top: 18, bottom: 44 };

function drawPrice(panel) {
  const { width, height, left, right, top, bottom } = priceLayout;
  const { points, row } = panel;
  const x = d3.scaleLinear().domain([0, 1]).range([left + 14, width - right]);
  const y = d3.scaleLinear().domain([0, d3.max(points, (point) => point.high ?? point.median) || 1]).nice(4).range([height - bottom, top]);
  const svg = d3.create("svg").attr("viewBox", `0 0 ${width} ${height}`).attr("class", "price").attr("role", "img")
    .attr("aria-label", `${panel.name}: ${points.map((point) => `${point.shape} ${row.text(point.median)}`).join(", ")}`);
  svg.append("g").attr("class", "grid").selectAll("line").data(y.ticks(4)).join("line")
    .attr("x1", left).attr("x2", width - right).attr("y1", y).attr("y2", y);
  svg.append("g").attr("class", "axis").attr("transform", `translate(${left},0)`)
    .call(d3.axisLeft(y).ticks(4).tickFormat((value) => (value === 0 ? "0" : row.text(value))).tickSize(0).tickPadding(6));
  svg.append("g").attr("class", "axis").attr("transform", `translate(0,${height - bottom})`)
    .call(d3.axisBottom(x).tickValues([0, 0.5, 1]).tickFormat((value) => `${100 * value}%`).tickSize(0).tickPadding(8));
  svg.append("text").attr("class", "axis-name").attr("x", (left + width - right) / 2 + 7).attr("y", height - 4).attr("text-anchor", "middle").text(t("siblings lost"));
  svg.append("path").attr("class", "curve").attr("d", d3.line().x((point) => x(point.loss.share)).y((point) => y(point.median))(points));
  drawPricePoints(svg, panel, x, y);
  return svg.node();
}

function drawPricePoints(svg, panel, x, y) {
  const each = svg.append("g").selectAll("g").data(panel.points).join("g").attr("transform", (point) => `translate(${x(point.loss.share)},0)`);
  each.filter((point) => point.low !== null && point.high !== null).append("path").attr("class", "interval")
    .attr("d", (point) => `M0 ${y(point.low)}V${y(point.high)}M-4 ${y(point.low)}h8M-4 ${y(point.high)}h8`);
  each.append("circle").attr("class", "measured").attr("cy", (point) => y(point.median)).attr("r", 4.5);
  // A long name at the right edge would be cut off there.
  const isLeft = (point) => x(point.loss.share) + 8 + 7.5 * point.shape.length > priceLayout.width;
  each.append("text").attr("class", "point-name").attr("x", (point) => (isLeft(point) ? -8 : 8)).attr("text-anchor", (point) => (isLeft(point) ? "end" : "start"))
    .attr("y", (point) => y(point.median) - 7).text((point) => point.shape);
  each.append("title").text((point) => `${point.shape}: ${panel.row.text(point.median)}`);
}

function priceTable(panels) {
  const rows = panels.flatMap((panel) => panel.points.map((point) => ({ panel, ...point })));
  const text = (row, value) => (value === null ? "–" : row.panel.row.text(value));
  return table(t("The price by shape"), [
    { head: t("Figure"), text: (row) => row.panel.name },
    { head: t("Shape"), text: (row) => row.shape },
    { head: t("Median"), text: (row) => text(row, row.median), number: true },
    { head: t("90% interval"), text: (row) => (row.low === null ? "–" : `${text(row, row.low)} – ${text(row, row.high)}`), number: true },
    { head: t("Siblings lost"), text: (row) => percent(row.loss.share), number: true },
    { head: t("Trials"), text: (row) => number(row.count), number: true },
  ], rows);
}

function priceView(experiment) {
  const panels = experiment.cost ? pricePanels(experiment) : [];
  if (panels.length === 0) {
    return null;
  }
  const isMeasured = panels.every((panel) => panel.points.every((point) => point.loss.measured));
  return view("price", t("The price"),
    isMeasured ? t("What a shape costs (upwards) beside the share of siblings that were lost there (to the right).")
      : t("What a shape costs (upwards) beside the share of siblings that live in the victim's process, and would be lost with it (to the right). This experiment measured no fault."),
    h("div", { class: "panels" }, panels.map((panel) => h("figure", { class: "panel" }, drawPrice(panel),
      h("figcaption", null, panel.name, " ", h("span", { class: "quiet" }, panel.row.better === "more" ? t("more is better") : t("less is better")))))),
    details(t("The price as a table"), priceTable(panels)));
}
