// Makes real results with the built binary, and reports of them. Each is made once, when a test asks for it first.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const binary = process.env.BULKHEAD_BINARY;
/** Of its own for each process that runs tests, for they would overwrite one another's. */
export const folder = path.join(process.env.BULKHEAD_PAGE_FOLDER, path.basename(process.argv[1] || "page", ".test.js"));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

export function experimentFile(name) {
  return path.join(root, "experiments", name);
}

/** Runs the binary; a verdict of "refuted" or "inconclusive" is no failure here. */
export function bulkhead(...words) {
  const ended = spawnSync(binary, words, { encoding: "utf8", maxBuffer: 1 << 28, cwd: folder });
  if (ended.status === null || ![0, 1, 3].includes(ended.status)) {
    throw new Error(`bulkhead ${words.join(" ")} ended with ${ended.status ?? ended.signal}: ${ended.stderr}`);
  }
  return ended.stdout;
}

/** The results file NAME.db of a run with these options. */
export function results(name, ...words) {
  const file = path.join(folder, `${name}.db`);
  if (!existsSync(file)) {
    bulkhead("run", ...words, "--out", file);
  }
  return file;
}

/** The page NAME.html over results files, with further options. */
export function report(name, files, ...options) {
  const page = path.join(folder, `${name}.html`);
  if (!existsSync(page)) {
    bulkhead("report", ...files, "-o", page, ...options);
  }
  return page;
}

/** What `show` prints of results, or of a trial of theirs, as JSON. */
export function shown(file, ...words) {
  return JSON.parse(bulkhead("show", file, ...words, "--format", "json"));
}

export function firstLookResults() {
  return results("first-look", experimentFile("first-look.toml"), "--trials", "6");
}

/** A report with all views but the claims, the price of a message and a comparison. */
export function firstLook(language = "en") {
  const anatomy = path.join(folder, "anatomy.json");
  if (!existsSync(anatomy)) {
    writeFileSync(anatomy, bulkhead("anatomy", "--shape", "2x2", "--format", "json"));
  }
  return report(language === "en" ? "first-look" : `first-look-${language}`, [firstLookResults()], "--anatomy", anatomy, "--lang", language);
}

export function claimsResults() {
  return ["C13-one-of-many", "C13-boundary-shared-lock", "C16-one-of-many"].map((name) =>
    results(name, experimentFile(`claims/${name}.toml`), "--trials", "2"));
}

/** Results of which one of two expectations is refuted, while everything goes as the program predicts. */
export function refutedResults() {
  const toml = path.join(folder, "refuted.toml");
  writeFileSync(toml, "schema = 1\nname = \"refuted\"\nquestion = \"Does a worker that dies take its siblings with it?\"\n"
    + "[pool]\nshapes = [\"1x4\", \"4x1\"]\n[fault]\nkinds = [\"segv-null\", \"abort\", \"exit\"]\n[trials]\ncount = 3\nseed = 1\n"
    + "[[expect]]\nwhen = { shape = \"4x1\" }\nsurvivors = \"all\"\n[[expect]]\nwhen = { shape = \"1x4\" }\nsurvivors = \"all\"\n");
  return results("refuted", toml);
}

/** Changes a results file as somebody might who means harm. */
export function tamper(file, statements) {
  const program = "import sqlite3, sys, json\nbase = sqlite3.connect(sys.argv[1])\n"
    + "for text, values in json.load(sys.stdin):\n    base.execute(text, values)\nbase.commit()";
  execFileSync("python3", ["-c", program, file], { input: JSON.stringify(statements) });
}
