// What can be told of a Korean text without reading it.

import { readFileSync } from "node:fs";
import { experimentFile } from "./reports.js";

const header = readFileSync(experimentFile("../tests/korean.hpp"), "utf8");
const small = new Set([...header.match(/small = [^(]*\(\s*\{([^}]*)\}/)[1].matchAll(/"([a-z]+)"/g)].map((found) => found[1]));

/** The small words of English in it, those of tests/korean.hpp. Names of calls, files and options are no English. */
export function englishIn(text) {
  return [...text.matchAll(/[A-Za-z]+/g)]
    .filter((found) => small.has(found[0]) && !/[-_./:]/.test(text[found.index - 1] ?? "") && !/[-_/(]/.test(text[found.index + found[0].length] ?? ""))
    .map((found) => `${found[0]}: ${text}`);
}

export function hasHangul(text) {
  return /[\uac00-\ud7a3]/.test(text);
}

/** The figures in a text, whatever their order is. */
export function figuresIn(text) {
  return (text.match(/\d+(?:[.,]\d+)*/g) ?? []).sort();
}
