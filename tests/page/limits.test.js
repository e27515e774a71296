// What the page may weigh, how soon it must be there, and that nothing in it runs but its own script.

import assert from "node:assert/strict";
import { statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { opened, picture, startBrowser, stopBrowser, viewsOf } from "./browser.js";
import { folder, report, results, tamper } from "./reports.js";

before(startBrowser);
after(stopBrowser);

const faults = "segv-null,abort,divide-by-zero,stack-overflow,uncaught-exception,illegal-instruction,exit,exit-immediately,thread-exit,kill:SIGKILL";

function large() {
  return report("large", [results("large", "--shape", "1x2,2x1", "--fault", faults, "--trials", "455", "--launch", "zygote")]);
}

test("a report over 10 trials is under 500 kB", async () => {
  const page = report("small", [results("small", "--shape", "1x4,4x1", "--fault", "segv-null", "--trials", "3")]);
  assert.ok(statSync(page).size < 500e3, `${statSync(page).size} bytes`);
  await opened(page, {}, async (shown) => assert.ok((await viewsOf(shown)).includes("lifelines")));
});

test("a report over 10,000 trials is under 3 MB, and opens in under two seconds", async () => {
  const page = large();
  assert.ok(statSync(page).size < 3e6, `${statSync(page).size} bytes`);
  await opened(page, {}, async (shown) => assert.ok(await shown.evaluate(() => island.experiments[0].report.campaign.finished) >= 10000));
  const best = await timeToDraw(page);
  assert.ok(best < 2000, `${best} ms`);
});

/** In how many milliseconds the page is drawn: the best of a few, for what else is at work makes it longer, and never shorter. */
async function timeToDraw(page) {
  let best = Infinity;
  for (let round = 0; round < 5 && best > 2000; ++round) {
    await opened(page, {}, async (shown) => { best = Math.min(best, await shown.evaluate(() => drawnAfter)); });
  }
  console.log(`drawn ${Math.round(best)} ms after it was begun to be opened`);
  return best;
}

test("a report over 100 cells, with trials of each in full, opens in under two seconds", async () => {
  const many = `${faults},segv-unmapped,segv-readonly,segv-noexec,assert-failed,breakpoint,double-free,quick-exit,exec-replace,self-kill,umask,change-directory,kill:SIGTERM,kill:SIGINT,kill:SIGHUP`;
  const page = report("cells", [results("cells", "--shape", "8x1,4x2,2x4,1x8", "--fault", many, "--trials", "5", "--launch", "zygote")]);
  assert.ok(statSync(page).size < 3e6, `${statSync(page).size} bytes`);
  await opened(page, {}, async (shown) => {
    assert.equal(await shown.locator(".cell").count(), 100);
    assert.equal(await shown.evaluate(() => new Set(island.experiments[0].chosen.map((each) => each.cell)).size), 100);
  });
  const best = await timeToDraw(page);
  assert.ok(best < 2000, `${best} ms`);
});

test("a pool so wide that the page has no room for its trials says so, tells how to see them, and links to none", async () => {
  for (const [language, says] of [["en", /^The trials of this pool are too large for this page/], ["ko", /^이 풀의 시행은 너무 커서/]]) {
    const page = report(`wide-${language}`, [results("wide", "--shape", "1x1024", "--fault", "segv-null", "--trials", "2")], "--lang", language);
    assert.ok(statSync(page).size < 500e3, `${statSync(page).size} bytes`);
    await opened(page, {}, async (shown) => {
      assert.ok((await viewsOf(shown)).includes("lifelines"));
      assert.deepEqual(await shown.evaluate(() => Object.keys(island.experiments[0].full)), []);
      assert.match(await shown.textContent("#lifelines .too-large"), says);
      const file = path.join(folder, "wide.db");
      const id = await shown.evaluate(() => island.experiments[0].report.worst_trial.id);
      assert.deepEqual(await shown.locator("#lifelines code").allTextContents(), ["show", "replay"].map((each) => `bulkhead ${each} ${file} ${id}`));
      assert.ok((await shown.textContent("#answer .facts")).includes(String(id)));
      assert.equal(await shown.locator("a[href*=trial]").count(), 0);
      assert.equal(await shown.locator(".lifelines").count(), 0);
      await picture(shown, `wide-${language}`);
    });
  }
});

test("ten trials of 256 workers have lifelines", async () => {
  const page = report("hundreds", [results("hundreds", "--shape", "1x256", "--fault", "segv-null", "--trials", "9")]);
  assert.ok(statSync(page).size < 500e3, `${statSync(page).size} bytes`);
  await opened(page, {}, async (shown) => {
    assert.ok(await shown.locator(".lifelines .thread").count() >= 256);
    await picture(shown, "hundreds");
  });
});

test("where there is room for some cells only, the others are told of, and no link leads to a trial that is not there", async () => {
  const page = report("some", [results("some", "--shape", "1x2,1x1024", "--fault", "segv-null", "--trials", "2")]);
  assert.ok(statSync(page).size < 500e3, `${statSync(page).size} bytes`);
  await opened(page, {}, async (shown) => {
    assert.deepEqual(await shown.$$eval(".point-name", (all) => all.filter((each) => each.getBoundingClientRect().right > each.ownerSVGElement.getBoundingClientRect().right)
      .map((each) => each.textContent)), [], "no name of a point is cut off");
    assert.match(await shown.textContent(".too-large"), /no room in this page for a trial of 2 cells \(1x1024\)/);
    for (const cell of await shown.$$eval(".cell", (all) => all.map((each) => each.dataset.cell))) {
      await shown.evaluate((number) => { location.hash = `#cell-${number}`; }, cell);
      await shown.waitForSelector("#drawer[open]");
      const there = await shown.evaluate(() => Object.keys(island.experiments[0].full));
      const linked = await shown.$$eval("a[href*=trial]", (all) => all.map((each) => each.hash.match(/\d+$/)[0]));
      assert.deepEqual(linked.filter((each) => !there.includes(each)), []);
      await shown.keyboard.press("Escape");
      await shown.waitForSelector("#drawer", { state: "detached" });
    }
  });
});

test("the trials of a cell of hundreds come a part at a time", async () => {
  await opened(large(), {}, async (page) => {
    await page.locator(".cell").last().click();
    const rows = page.locator("#drawer .trials tbody tr");
    await rows.first().waitFor({ state: "attached" });
    assert.equal(await rows.count(), 50);
    await page.click("#drawer .trials button");
    await rows.nth(50).waitFor({ state: "attached" });
    assert.equal(await rows.count(), 250);
  });
});

const payloads = [
  "</script><script>window.harmed = 1</script>",
  "<img src=x onerror=\"window.harmed = 1\"><svg onload=\"window.harmed = 1\">",
  "<!--<script>",
  "\u2028window.harmed = 1\u2029'\"`;window.harmed=1//",
  "javascript:window.harmed=1",
  "{0} {1} __proto__ constructor",
];

/** Results with the text in every place where somebody may put one; the question is of an experiment file. */
function hostile(name, payload) {
  const toml = path.join(folder, `${name}.toml`);
  writeFileSync(toml, `schema = 1\nname = "hostile"\nquestion = ${JSON.stringify(payload)}\n`
    + "[pool]\nshapes = [\"1x2\", \"2x1\"]\n[fault]\nkinds = [\"segv-null\", \"change-directory\"]\n[trials]\ncount = 3\n");
  const file = results(name, toml);
  tamper(file, [
    ["UPDATE fact SET value = ?", [payload]],
    ["INSERT INTO fact (position, name, value) VALUES (10000, ?, ?)", [payload, payload]],
    ["UPDATE trial SET inconclusive = ? WHERE id % 3 = 1", [payload]],
    ["UPDATE change SET what = ?, before = ?, after = ?", [payload, payload, payload]],
    ["INSERT INTO figure (trial, name, value) SELECT id, ?, 1 FROM trial", [payload]],
    ["UPDATE experiment SET origin = ?", [payload]],
  ]);
  return report(name, [file]);
}

for (const [at, payload] of payloads.entries()) {
  test(`text of somebody else runs nothing, and is shown as what it is: ${JSON.stringify(payload)}`, async () => {
    await opened(hostile(`hostile-${at}`, payload), {}, async (page) => {
      assert.equal(await page.textContent("h1"), payload);
      for (const summary of await page.locator("main summary:visible").all()) {
        await summary.click();
      }
      const facts = await page.locator("#repeat tbody td").allTextContents();
      assert.ok(facts.length > 0 && facts.every((fact) => fact === payload), facts.join("\n"));
      for (const trial of await page.$$eval("#trial-pick option", (options) => options.map((option) => option.value))) {
        await page.selectOption("#trial-pick", trial);
      }
      await page.locator(".cell").first().click();
      await page.waitForSelector("#drawer[open]");
      assert.ok((await page.textContent("#drawer")).includes(payload));
      assert.equal(await page.evaluate(() => window.harmed), undefined);
      assert.equal(await page.locator("img, iframe, object, embed, script:not(body > script)").count(), 0);
    });
  });
}

test("a script that the page does not bring itself would not go unnoticed", async () => {
  await opened(hostile("hostile-own", payloads[0]), {}, async (page) => {
    await page.evaluate(() => document.body.append(Object.assign(document.createElement("script"), { textContent: "window.harmed = 1" })));
    assert.equal(await page.evaluate(() => window.harmed), 1);
  });
});
