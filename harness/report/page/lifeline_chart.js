"use strict";
// The drawing of lifelines: compartments, lines, moments, and the zoom over time.

const lifelineLayout = { left: 58, right: 14, top: 56, bottom: 30, gap: 10, pad: 6 };

/** Rows get lower where there are many workers, so that a pool of hundreds still fits. */
function rowHeight(workers) {
  return workers <= 16 ? 22 : workers <= 64 ? 13 : 6;
}

/** Gives each host and worker its place; returns the height of it all. */
function placeRows(model) {
  const layout = lifelineLayout;
  const row = rowHeight(d3.sum(model.hosts, (each) => each.workers.length));
  let y = layout.top;
  for (const host of model.hosts) {
    host.y = y;
    host.workers.forEach((line, at) => { line.y = y + layout.pad + (at + 0.5) * row; line.height = row; });
    host.height = 2 * layout.pad + row * host.workers.length;
    y += host.height + layout.gap;
  }
  return y - layout.gap + layout.bottom;
}

function lifelineChart(trial, step) {
  const model = lifelinesOf(trial);
  const height = placeRows(model);
  const svg = d3.create("svg").attr("class", "lifelines").attr("height", height).attr("role", "img")
    .attr("aria-label", trialSentence(trial));
  const chart = { trial, model, height, svg, zero: trial.times.fired_ns ?? 0, shown: model.first };
  const stage = h("div", { class: "stage", tabindex: "0", role: "group",
    "aria-label": t("Lifelines over time. Keys: plus and minus zoom, left and right move, 0 shows the whole trial, n and p go to the next and the previous trial.") }, svg.node());
  const figure = h("figure", null, zoomTools(chart), stage, lifelineLegend(trial));
  addZoom(chart, stage);
  stage.addEventListener("keydown", (event) => lifelineKey(chart, event, step));
  new ResizeObserver(() => resizeChart(chart, stage)).observe(stage);
  return figure;
}

function resizeChart(chart, stage) {
  const width = Math.max(280, stage.clientWidth);
  if (width === chart.width) {
    return;
  }
  chart.width = width;
  const { left, right } = lifelineLayout;
  chart.svg.attr("viewBox", `0 0 ${width} ${chart.height}`).attr("width", width);
  chart.base = d3.scaleLinear().domain(chart.model.span).range([left, width - right]);
  chart.zoom.extent([[left, 0], [width - right, chart.height]]);
  look(chart, chart.shown);
}

/** The trial's time is the base; what is shown of it is the zoom. A wheel alone scrolls the page, as everywhere. */
function addZoom(chart, stage) {
  chart.zoom = d3.zoom().scaleExtent([0.9, 20000])
    .filter(() => !d3.event.button && (d3.event.type !== "wheel" || d3.event.ctrlKey || d3.event.metaKey))
    .on("zoom", () => {
      chart.x = d3.event.transform.rescaleX(chart.base);
      chart.shown = chart.x.domain();
      drawLifelines(chart);
    });
  chart.svg.call(chart.zoom).on("dblclick.zoom", null);
  stage.classList.add("draggable");
}

/** Shows this stretch of time. */
function look(chart, [from, to]) {
  const [start, end] = chart.base.range();
  const scale = (end - start) / (chart.base(to) - chart.base(from));
  chart.svg.call(chart.zoom.transform, d3.zoomIdentity.translate(start - scale * chart.base(from), 0).scale(scale));
}

function nudge(chart, share) {
  const [from, to] = chart.shown;
  look(chart, [from + share * (to - from), to + share * (to - from)]);
}

/** Nearer or farther; around the fault while that is in sight. */
function closeUp(chart, factor) {
  const [from, to] = chart.shown;
  const fault = chart.trial.times.fired_ns;
  const centre = fault !== null && fault > from && fault < to ? fault : (from + to) / 2;
  look(chart, [centre + (from - centre) * factor, centre + (to - centre) * factor]);
}

function aroundFault(chart) {
  const { fired_ns: fired, end_seen_ns: seen, challenged_ns: challenged } = chart.trial.times;
  const until = seen ?? challenged ?? chart.trial.times.finished_ns;
  const width = Math.max(until - fired, 1000);
  look(chart, [fired - 0.4 * width, until + 0.6 * width]);
}

function zoomTools(chart) {
  const margin = 0.02 * chart.model.span[1];
  chart.whole = () => look(chart, [-margin, chart.model.span[1] + margin]);
  return h("div", { class: "tools", role: "group", "aria-label": t("What is shown") },
    button(t("Whole trial"), chart.whole),
    button(t("After the start-up"), () => look(chart, chart.model.first)),
    chart.trial.times.fired_ns === null ? null : button(t("The fault"), () => aroundFault(chart)),
    button("−", () => closeUp(chart, 2), { "aria-label": t("Zoom out") }),
    button("+", () => closeUp(chart, 0.5), { "aria-label": t("Zoom in") }),
    h("span", { class: "quiet hint" }, t("Drag to move, Ctrl and wheel to zoom")));
}

function lifelineKey(chart, event, step) {
  const keys = {
    "+": () => closeUp(chart, 0.5), "=": () => closeUp(chart, 0.5), "-": () => closeUp(chart, 2),
    ArrowLeft: () => nudge(chart, -0.2), ArrowRight: () => nudge(chart, 0.2), 0: chart.whole,
    n: () => step(1), p: () => step(-1),
  };
  if (!event.ctrlKey && !event.metaKey && !event.altKey && Object.hasOwn(keys, event.key)) {
    event.preventDefault();
    keys[event.key]();
    if (event.key === "n" || event.key === "p") {
      keepStage();
    }
  }
}

/** After a step to another trial, the keys go on to work on its lifelines. */
function keepStage() {
  window.addEventListener("hashchange", () => requestAnimationFrame(() => {
    const stage = document.querySelector("#lifelines .stage");
    if (stage) {
      stage.focus({ preventScroll: true });
    }
  }), { once: true });
}

function lifelineLegend(trial) {
  const seen = new Set(trial.workers.map((worker) => worker.outcome).filter(Boolean));
  return h("figcaption", { class: "legend" },
    outcomes.filter((outcome) => seen.has(outcome.name)).map((outcome) => h("span", null, outcomeMark(outcome.name))),
    h("span", { class: "key" }, h("i", { class: "swatch unknown" }), t("no op is known of")),
    trial.restarts.length > 0 ? h("span", { class: "key" }, h("i", { class: "swatch restarted" }), t("started again")) : null);
}
