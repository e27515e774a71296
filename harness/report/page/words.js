"use strict";
// The words and figures that several views say alike: outcomes, counts, durations, shares, and their intervals.

/** By severity. The sign is what tells them apart without colour. */
const outcomes = [
  { name: "intact", sign: "✓", word: () => t("intact"), means: () => t("delivered new, checked results after the fault") },
  { name: "contaminated", sign: "~", word: () => t("contaminated"), means: () => t("works, but something of its process was changed under its feet") },
  { name: "degraded", sign: "↓", word: () => t("degraded"), means: () => t("works, but much slower than before") },
  { name: "stalled", sign: "‖", word: () => t("stalled"), means: () => t("is there, and does no more work") },
  { name: "corrupted", sign: "#", word: () => t("corrupted"), means: () => t("its results or its memory are wrong") },
  { name: "died", sign: "×", word: () => t("died"), means: () => t("its process or its thread has ended") },
];
const outcomeByName = new Map(outcomes.map((outcome) => [outcome.name, outcome]));

function outcomeWord(name) {
  return outcomeByName.has(name) ? outcomeByName.get(name).word() : String(name);
}

function outcomeSign(name) {
  return outcomeByName.has(name) ? outcomeByName.get(name).sign : "?";
}

/** The worst outcome that is counted at least once; null when nothing is counted. */
function worstOf(counts) {
  const found = outcomes.filter((outcome) => counts[outcome.name] > 0);
  return found.length > 0 ? found[found.length - 1].name : null;
}

function outcomeMark(name) {
  return h("span", { class: "mark o-" + name }, h("span", { class: "sign", "aria-hidden": "true" }, outcomeSign(name)), " ", outcomeWord(name));
}

const families = [
  { name: "crash", word: () => t("Crashes") },
  { name: "exit", word: () => t("Exits") },
  { name: "outside", word: () => t("From outside") },
  { name: "stall", word: () => t("Stalls") },
  { name: "resource", word: () => t("Resources used up") },
  { name: "corruption", word: () => t("Corruption") },
  { name: "contamination", word: () => t("Contamination") },
  { name: "channel", word: () => t("Channels") },
  { name: "harness", word: () => t("Of the harness") },
  { name: "control", word: () => t("Control") },
];

const verdicts = {
  upheld: { sign: "✓", word: () => t("upheld") },
  refuted: { sign: "×", word: () => t("refuted") },
  inconclusive: { sign: "?", word: () => t("inconclusive") },
};

function verdictMark(name) {
  const verdict = Object.hasOwn(verdicts, name) ? verdicts[name] : { sign: "?", word: () => String(name) };
  const kind = Object.hasOwn(verdicts, name) ? name : "inconclusive";
  return h("span", { class: "verdict v-" + kind }, h("span", { class: "sign", "aria-hidden": "true" }, verdict.sign), " ", verdict.word());
}

function number(value) {
  return Number(value).toLocaleString("en-US", { maximumFractionDigits: 2 });
}

/** Three digits that say something: 0.0123, 1.25, 48.6, 1,820,000. */
function rounded(value) {
  if (value === 0 || !Number.isFinite(value)) {
    return String(value);
  }
  return Number(value.toPrecision(3)).toLocaleString("en-US", { maximumSignificantDigits: 3 });
}

function duration(ns) {
  if (ns === null || ns === undefined) {
    return "–";
  }
  const size = Math.abs(ns);
  const [unit, scale] = size < 1e3 ? ["ns", 1] : size < 1e6 ? ["µs", 1e3] : size < 1e9 ? ["ms", 1e6] : ["s", 1e9];
  return `${rounded(ns / scale)} ${unit}`;
}

/** As many digits as the verdicts and the single pictures have. */
function percent(share) {
  return `${rounded(100 * share)}%`;
}

function trialsText(n) { return n === 1 ? t("1 trial") : t("{0} trials", number(n)); }
function workersText(n) { return n === 1 ? t("1 worker") : t("{0} workers", number(n)); }
function siblingsText(n) { return n === 1 ? t("1 sibling") : t("{0} siblings", number(n)); }
function coresText(n) { return Number(n) === 1 ? t("1 core") : t("{0} cores", n); }
function figuresText(n) { return n === 1 ? t("1 figure") : t("{0} figures", number(n)); }
function cellsText(n) { return n === 1 ? t("1 cell") : t("{0} cells", number(n)); }

/** "4x2" as its numbers; null for what is none. */
function shapeOf(text) {
  const found = /^(\d+)x(\d+)$/.exec(text);
  return found ? { hosts: Number(found[1]), threads: Number(found[2]), workers: found[1] * found[2] } : null;
}

function shapeWords(text) {
  const shape = shapeOf(text);
  if (!shape) {
    return "";
  }
  if (shape.hosts === 1) {
    return t("one process of {0} threads", shape.threads);
  }
  return shape.threads === 1 ? t("{0} processes", shape.hosts) : t("{0} processes of {1} threads", shape.hosts, shape.threads);
}

/** From the thread pool to the process pool: by how many of a worker's siblings live in its process. */
function byIsolation(one, other) {
  const togetherIn = (text) => {
    const shape = shapeOf(text);
    return shape && shape.workers > 1 ? (shape.threads - 1) / (shape.workers - 1) : 0;
  };
  return togetherIn(other) - togetherIn(one) || shapeOf(one).workers - shapeOf(other).workers;
}

function hasVariants(experiment) {
  return new Set(experiment.report.cells.map((cell) => cell.variant)).size > 1;
}

/** Only what differs: without the workload, where all cells have the same one. */
function variantName(experiment, variant) {
  const workloads = new Set(experiment.report.cells.map((cell) => cell.variant.split(" ")[0]));
  const rest = variant.split(" ").slice(1).join(" ");
  return workloads.size === 1 && rest !== "" ? rest : variant;
}

/** What a cell is called: "segv-null", "golden run", with what else varies where something does. */
function faultName(cell) {
  return cell.golden ? t("golden run") : cell.fault;
}

function cellName(experiment, cell) {
  const name = t("{0} at {1}", faultName(cell), cell.shape);
  return hasVariants(experiment) ? `${name}, ${variantName(experiment, cell.variant)}` : name;
}
