// A page of a file in Debian's Chromium, watched: nothing may go wrong in it, and it may ask for nothing but itself.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { folder } from "./reports.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = path.join(folder, "page-screenshots");
mkdirSync(pictures, { recursive: true });

export const looks = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 360, height: 740 }, colorScheme: "light", deviceScaleFactor: 2 },
};

/** For a machine that is busy with something else; nothing is found right or wrong by it. In milliseconds. */
const patience = 180_000;

let browser = null;

export async function startBrowser() {
  browser = await chromium.launch({
    executablePath: process.env.BULKHEAD_CHROMIUM,
    timeout: patience,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
}

export async function stopBrowser() {
  await browser?.close();
}

/** What scripts leave behind where there was nothing to show. */
async function blunders(page) {
  return page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) => (node.parentElement.closest("script, pre")
      ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
    const found = [];
    while (texts.nextNode()) {
      const text = texts.currentNode.textContent;
      if (/^(null|undefined|false|true|\[object .*)$|\bNaN\b/.test(text)) {
        found.push(`${texts.currentNode.parentElement.outerHTML.slice(0, 80)}: ${text}`);
      }
    }
    return found;
  });
}

/** Opens the file, does what is to be done, and holds against it whatever it complained of or asked for. */
export async function opened(file, { look = "light", fragment = "" } = {}, act) {
  const context = await browser.newContext({ ...looks[look], reducedMotion: "reduce" });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const complaints = [];
  const requests = [];
  const address = pathToFileURL(file).href;
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) { complaints.push(message.text()); } });
  page.on("pageerror", (error) => complaints.push(error.stack || String(error)));
  page.on("dialog", (dialog) => { complaints.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (request.url().split("#")[0] !== address && !request.url().startsWith("data:")) { requests.push(request.url()); } });
  try {
    await page.goto(address + fragment);
    await page.waitForSelector("body[data-drawn]", { state: "attached" });
    await act(page);
    assert.deepEqual(await blunders(page), [], "nothing is shown that is no text");
    assert.deepEqual(requests, [], "it asks for nothing but itself");
    assert.deepEqual(complaints, [], "nothing goes wrong in it");
  } finally {
    await context.close();
  }
}

/** The sections of the page, from above. */
export async function viewsOf(page) {
  return page.$$eval("main section.view", (sections) => sections.map((section) => section.id));
}

export async function picture(page, name, options = { fullPage: true }) {
  await page.screenshot({ path: path.join(pictures, `${name}.png`), ...options });
}

/** What axe-core finds that is serious or critical, in words. */
export async function violationsOf(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.filter((each) => ["serious", "critical"].includes(each.impact))
    .map((each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`).join(" | ")}`);
}

/** What sticks out of a page to the right, and would make it scroll sideways. */
export async function tooWide(page) {
  return page.evaluate(() => (document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest(".scroll, pre, .stage, nav"))
    .slice(0, 5).map((element) => `${element.tagName} ${element.className}`)));
}
