"use strict";
// Puts the views together, and follows the fragment of the address: #faults, #cell-17, #trial-261, and in a report over
// several experiments #x2-trial-261.

const experimentViews = [answerView, faultsView, lifelinesView, dialView, priceView, memoryView, repeatView];

/** In how many milliseconds from when it was opened the page was drawn. */
let drawnAfter = null;

/** Which of the experiments is shown below the overview. */
let shown = null;

/** Whether the whole page is about one experiment. */
function isSingle() {
  return island.experiments.length === 1 && !island.comparison;
}

function prefixOf(experiment) {
  return isSingle() ? "" : `x${island.experiments.indexOf(experiment) + 1}-`;
}

function fragmentOf(experiment, what, id) {
  return `#${prefixOf(experiment)}${what}${id === undefined ? "" : `-${id}`}`;
}

/** Takes a fragment out of the address that is no longer so, without a jump. */
function leaveFragment(experiment, what, id) {
  if (location.hash === fragmentOf(experiment, what, id)) {
    history.replaceState(null, "", fragmentOf(experiment, "faults"));
  }
}

/** {experiment, what, id}; null for a fragment that names nothing. */
function routeOf(fragment) {
  const found = /^#(?:x(\d+)-)?([a-z]+)(?:-(\d+))?$/.exec(fragment);
  if (!found) {
    return null;
  }
  const experiment = found[1] ? island.experiments[Number(found[1]) - 1] : shown;
  return experiment === undefined ? null : { experiment, what: found[2], id: found[3] === undefined ? null : Number(found[3]) };
}

function follow() {
  const route = routeOf(location.hash);
  if (!route) {
    return;
  }
  if (route.experiment && route.experiment !== shown) {
    show(route.experiment);
  }
  if (route.what === "cell") {
    const cell = shown.report.cells.find((each) => each.number === route.id);
    if (cell) {
      openDrawer(shown, cell);
    }
    return;
  }
  closeDrawer();
  if (route.what === "trial") {
    showTrial(shown, route.id);
  }
  const target = document.getElementById(route.what === "trial" ? "lifelines" : route.what);
  if (target) {
    target.scrollIntoView({ block: "start" });
    const title = target.querySelector("h1, h2");
    if (title) {
      title.focus({ preventScroll: true });
    }
  }
}

function viewsOf(experiment) {
  const views = experimentViews.map((make) => make(experiment)).filter(Boolean);
  if (isSingle()) {
    const claims = claimsView();
    if (claims) {
      views.splice(-1, 0, claims);
    }
  }
  return views;
}

/** Draws the views of one of several experiments. */
function show(experiment) {
  shown = experiment;
  const views = viewsOf(experiment);
  document.getElementById("experiment").replaceChildren(...(isSingle() ? views : [picker(experiment), ...demoted(views)]));
  drawNavigation();
}

/** Below an overview, an experiment's question is no page title. */
function demoted(views) {
  const title = views[0].querySelector("h1");
  const smaller = h("h2", { id: "experiment-title", tabindex: "-1" }, title.textContent);
  title.replaceWith(smaller);
  views[0].id = "question";
  views[0].setAttribute("aria-labelledby", "experiment-title");
  return views;
}

/** The two of a comparison mostly have the same name. */
function nameInPicker(experiment, at) {
  const name = experiment.report.experiment.name;
  return island.comparison && island.experiments.length === 2 ? `${at === 0 ? t("Before") : t("After")}: ${name}` : name;
}

function picker(experiment) {
  const select = h("select", { id: "pick", onchange: () => { location.hash = fragmentOf(island.experiments[select.value], "experiment"); } },
    island.experiments.map((each, at) => h("option", { value: at, selected: each === experiment }, nameInPicker(each, at))));
  return h("div", { class: "picker" }, h("label", { for: "pick" }, t("Experiment")), " ", select);
}

function drawNavigation() {
  const links = [...document.querySelectorAll("main section.view")].map((section) => {
    const title = section.querySelector("h1, h2").textContent;
    const name = section.id === "answer" ? t("The answer") : section.id === "question" ? shown.report.experiment.name : title;
    return h("li", null, h("a", { href: "#" + section.id }, name));
  });
  document.getElementById("views").replaceChildren(h("ul", null, links));
}

/** Keeps the theme that was chosen, where the browser lets a page of a file keep anything. */
function themeButton() {
  const root = document.documentElement;
  const kept = () => { try { return localStorage.getItem("bulkhead-theme"); } catch { return null; } };
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const toggle = button(t("Dark"), () => {
    apply(root.dataset.theme === "dark" ? "light" : "dark");
    try { localStorage.setItem("bulkhead-theme", root.dataset.theme); } catch { /* for this time only */ }
  }, { class: "small theme" });
  const apply = (theme) => {
    root.dataset.theme = theme;
    toggle.setAttribute("aria-pressed", String(theme === "dark"));
  };
  apply(kept() || (dark.matches ? "dark" : "light"));
  dark.addEventListener("change", () => { if (!kept()) { apply(dark.matches ? "dark" : "light"); } });
  return toggle;
}

function titleOfPage() {
  if (island.title) {
    return island.title;
  }
  if (island.comparison) {
    return t("Comparison");
  }
  return isSingle() ? island.experiments[0].report.experiment.name : t("{0} experiments", island.experiments.length);
}

function start() {
  island = readIsland();
  document.documentElement.lang = island.language || "en";
  document.title = `${titleOfPage()} · Bulkhead`;
  const whole = isSingle() ? [] : [island.comparison ? comparisonView(island.comparison) : overviewView(), claimsView()].filter(Boolean);
  document.body.prepend(
    h("a", { class: "skip", href: "#main" }, t("Skip to the answer")),
    h("header", { class: "top" },
      h("p", { class: "brand" }, emblem(), "Bulkhead"),
      h("nav", { id: "views", "aria-label": t("Views") }),
      themeButton()),
    h("main", { id: "main", tabindex: "-1" }, whole, h("div", { id: "experiment" })),
    h("footer", null, t("Made by Bulkhead {0}. This file asks nothing of any network.", island.version)));
  if (island.experiments.length > 0) {
    show(island.experiments[0]);
  } else {
    drawNavigation();
  }
  window.addEventListener("hashchange", follow);
  follow();
  drawnAfter = performance.now();
  document.body.dataset.drawn = "true";
}

/** A hull with its compartments, one of them flooded. */
function emblem() {
  const svg = d3.create("svg").attr("class", "emblem").attr("viewBox", "0 0 28 16").attr("aria-hidden", "true");
  svg.append("path").attr("class", "flooded").attr("d", "M14 3h6v10h-6z");
  svg.append("path").attr("class", "hull").attr("d", "M2 3h24l-4 10H6zM8 3v10M14 3v10M20 3v10");
  return svg.node();
}

document.addEventListener("DOMContentLoaded", start);
