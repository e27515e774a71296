// A page in Korean says everything in Korean, and the same figures.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { looks, opened, picture, startBrowser, stopBrowser, tooWide, violationsOf } from "./browser.js";
import { englishIn, figuresIn, hasHangul } from "./korean.js";
import { claimsResults, firstLook, firstLookResults, folder, refutedResults, report, results, shown, tamper } from "./reports.js";

before(startBrowser);
after(stopBrowser);

/** The texts of the answer, piece by piece. */
async function answerOf(file, fragment = "") {
  let answer = null;
  await opened(file, { fragment }, async (page) => {
    const texts = (selector) => page.$$eval(selector, (all) => all.map((each) => each.textContent));
    answer = {
      title: await page.textContent("h1"),
      verdict: await page.textContent(".verdict-line"),
      tiles: await texts(".tile-figure"),
      expected: await texts(".answer .expectation"),
      reasons: await texts(".answer .verdicts .quiet"),
      claims: await texts("#claims .verdicts p"),
      ended: await texts("#repeat .facts div:last-child dd"),
      facts: await texts(".answer .facts div:not(:last-child) dd"), // the last is the machine
    };
  });
  return answer;
}

/** Results some trials of which are inconclusive. */
function unjudged() {
  const toml = path.join(folder, "unjudged.toml");
  writeFileSync(toml, "schema = 1\nname = \"unjudged\"\nquestion = \"Does a worker that dies take its siblings with it?\"\n"
    + "[pool]\nshapes = [\"1x4\", \"4x1\"]\n[fault]\nkinds = [\"segv-null\", \"thread-exit\"]\n[trials]\ncount = 4\n"
    + "[[expect]]\nwhen = { shape = \"4x1\" }\nsurvivors = \"all\"\n[[expect]]\nwhen = { shape = \"1x4\" }\nsurvivors = \"none\"\n");
  const file = results("unjudged", toml);
  tamper(file, [["UPDATE trial SET inconclusive = ? WHERE id % 2 = 0", ["no steady state: worker p0t1 had not completed its first 200 ops within 5000 ms"]]]);
  return file;
}

const reports = {
  "first-look": (language) => firstLook(language),
  claims: (language) => report(`claims-${language}`, claimsResults(), "--lang", language),
  refuted: (language) => report(`refuted-${language}`, [refutedResults()], "--lang", language),
  unjudged: (language) => report(`unjudged-${language}`, [unjudged()], "--lang", language),
};

for (const [name, make] of Object.entries(reports)) {
  test(`the answer of ${name} is told in Korean without a word of English, and keeps the figures`, async () => {
    const english = await answerOf(make("en"));
    const korean = await answerOf(make("ko"));
    assert.ok(english.expected.length + english.claims.length > 0);
    assert.deepEqual(korean.tiles, english.tiles);
    for (const [what, said] of Object.entries(korean).filter(([each]) => each !== "tiles")) {
      const [all, original] = [said, english[what]].map((each) => [each].flat());
      assert.deepEqual(all.flatMap(englishIn), [], what);
      assert.equal(all.length, original.length, what);
      all.forEach((text, at) => assert.deepEqual(figuresIn(text), figuresIn(original[at]), `${text} | ${original[at]}`));
    }
    for (const text of [korean.title, korean.verdict, ...korean.ended, ...korean.reasons]) {
      assert.ok(hasHangul(text), text);
    }
  });
}

test("what is told of a cell and of a trial is told in Korean, too", async () => {
  await opened(reports.unjudged("ko"), {}, async (page) => {
    for (const cell of await page.$$eval(".cell", (all) => all.map((each) => each.dataset.cell))) {
      await page.evaluate((number) => { location.hash = `#cell-${number}`; }, cell);
      await page.waitForSelector(`#drawer[open]`);
      assert.deepEqual((await page.locator("#drawer dd, #drawer .lead").allTextContents()).flatMap(englishIn), []);
      await page.keyboard.press("Escape");
    }
    for (const trial of await page.$$eval("#trial-pick option", (options) => options.map((option) => option.value))) {
      await page.selectOption("#trial-pick", trial);
      await page.waitForFunction((id) => document.querySelector(".trial-line").textContent.includes(` ${id}:`), trial);
      const told = await page.locator(".trial-line, .evidence li, .trial td, .trial .lifelines text").allTextContents();
      assert.deepEqual(told.flatMap(englishIn), []);
    }
  });
});

test("the report within the page stays what machines read", async () => {
  const inEnglish = shown(firstLookResults());
  await opened(firstLook("ko"), {}, async (page) => {
    assert.equal(await page.getAttribute("html", "lang"), "ko");
    assert.deepEqual(await page.evaluate(() => island.experiments[0].report.verdicts), inEnglish.verdicts);
  });
});

for (const look of Object.keys(looks)) {
  test(`axe-core finds nothing serious in a page in Korean, ${look}, and nothing sticks out`, async () => {
    await opened(firstLook("ko"), { look }, async (page) => {
      await picture(page, `first-look-ko-${look}`);
      assert.deepEqual(await violationsOf(page), []);
      assert.deepEqual(await tooWide(page), []);
    });
  });
}
