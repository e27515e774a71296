// What the page shows is what the results say, and every part of it answers to mouse and keyboard.

import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { looks, opened, picture, startBrowser, stopBrowser, tooWide, viewsOf, violationsOf } from "./browser.js";
import { bulkhead, claimsResults, experimentFile, firstLook, firstLookResults, folder, refutedResults, report, results, shown as shownOf } from "./reports.js";

before(startBrowser);
after(stopBrowser);

function supervision() {
  return report("supervision", [results("supervision", experimentFile("supervision.toml"), "--trials", "4")]);
}

function claims() {
  return report("claims", claimsResults());
}

function comparison() {
  const page = path.join(folder, "comparison.html");
  if (!existsSync(page)) {
    const files = ["1", "9"].map((seed) => results(`seed-${seed}`, "--shape", "8x1,1x8", "--fault", "segv-null", "--trials", "12", "--seed", seed));
    bulkhead("compare", ...files, "--html", page);
  }
  return page;
}

test("the views are there in their order, and only those for which there is data", async () => {
  await opened(firstLook(), {}, async (page) => {
    assert.deepEqual(await viewsOf(page), ["answer", "faults", "lifelines", "dial", "price", "memory", "repeat"]);
  });
  await opened(supervision(), {}, async (page) => {
    const views = await viewsOf(page);
    assert.ok(!views.includes("memory") && !views.includes("claims"), views.join());
  });
});

test("every link of the navigation leads to a view, and moves the focus there", async () => {
  await opened(firstLook(), {}, async (page) => {
    for (const link of await page.$$("#views a")) {
      const target = (await link.getAttribute("href")).slice(1);
      await link.click();
      await page.waitForFunction((id) => document.activeElement?.closest("section")?.id === id, target);
    }
  });
});

test("the answer tells the question, the verdict over all expectations, and how many siblings were lost at each shape", async () => {
  const shown = shownOf(firstLookResults());
  await opened(firstLook(), {}, async (page) => {
    assert.equal(await page.textContent("h1"), shown.experiment.question);
    const verdicts = new Set(shown.verdicts.map((each) => each.verdict));
    const worst = verdicts.has("refuted") ? "refuted" : verdicts.has("inconclusive") ? "inconclusive" : "upheld";
    assert.match(await page.textContent(".verdict-line .verdict"), new RegExp(worst));
    for (const shape of ["1x8", "4x2", "8x1"]) {
      const cells = shown.cells.filter((cell) => cell.shape === shape && !cell.golden && cell.share !== null);
      const judged = cells.reduce((sum, cell) => sum + cell.trials.judged, 0);
      const lost = cells.reduce((sum, cell) => sum + (1 - cell.share) * cell.trials.judged, 0) / judged;
      const tile = page.locator(".tile", { hasText: shape });
      assert.ok(Math.abs(Number.parseFloat(await tile.locator(".tile-figure").textContent()) - 100 * lost) < 0.06, shape);
    }
  });
});

test("that an expectation is refuted is not told in one breath with everything having gone as predicted", async () => {
  await opened(report("refuted", [refutedResults()]), {}, async (page) => {
    assert.match(await page.textContent(".verdict-line"), /refuted 1 of 2 expectations is refuted\. What Bulkhead predicted held in all 6 cells\.$/);
    const said = (verdicts) => page.evaluate((words) => verdictSentence(words.map((verdict) => ({ verdict }))), verdicts);
    assert.equal(await said(["refuted"]), "The expectation is refuted.");
    assert.equal(await said(["refuted", "refuted", "upheld"]), "2 of 3 expectations are refuted.");
    assert.equal(await said(["inconclusive"]), "The expectation could not be judged.");
  });
});

test("on a phone the whole menu is in sight", async () => {
  await opened(firstLook(), { look: "phone" }, async (page) => {
    const outside = await page.$$eval("#views a", (all) => all.filter((each) => each.getBoundingClientRect().right > window.innerWidth || each.getBoundingClientRect().left < 0)
      .map((each) => each.textContent));
    assert.deepEqual(outside, []);
    assert.ok(await page.$eval("#views", (nav) => nav.scrollWidth <= nav.clientWidth));
  });
});

test("the answer tells of the golden runs, and of the machine", async () => {
  const shown = shownOf(firstLookResults());
  const golden = shown.cells.filter((cell) => cell.golden).reduce((sum, cell) => sum + cell.trials.judged, 0);
  await opened(firstLook(), {}, async (page) => {
    const told = async (term) => page.locator("#answer .facts div", { has: page.locator("dt", { hasText: new RegExp(`^${term}$`) }) }).locator("dd").textContent();
    assert.ok(golden > 1);
    assert.equal(await told("Golden runs"), `${golden} trials without a fault: no worker was lost`);
    const machine = await told("Machine");
    for (const fact of ["processor", "kernel", "architecture"]) {
      assert.ok(shown.facts[fact].length > 0 && machine.includes(shown.facts[fact]), `${fact}: ${machine}`);
    }
    assert.match(machine, new RegExp(`\\b${shown.facts.cores} cores?\\b`));
    const withLoss = await page.evaluate(() => {
      const experiment = structuredClone(island.experiments[0]);
      const cell = experiment.report.cells.find((each) => each.golden);
      cell.survivors = cell.siblings - 2;
      experiment.report.golden_lost = [cell.shape];
      return [goldenSentence(experiment), cell.shape];
    });
    assert.equal(withLoss[0], `${golden} trials without a fault lost 2 workers: nothing can be concluded at ${withLoss[1]}`);
  });
});

test("every cell of the periodic table has the survivors, the worst outcome and the prediction of the results", async () => {
  const shown = shownOf(firstLookResults());
  const bySeverity = ["intact", "contaminated", "degraded", "stalled", "corrupted", "died"];
  await opened(firstLook(), {}, async (page) => {
    assert.equal(await page.locator(".cell").count(), shown.cells.length);
    for (const cell of shown.cells.filter((each) => each.trials.judged > 0)) {
      const button = page.locator(`.cell[data-cell="${cell.number}"]`);
      const says = await button.locator(".unseen").textContent();
      const worst = bySeverity.filter((name) => cell.sibling_outcomes[name] > 0).pop();
      assert.ok(says.includes(cell.shape) && says.includes(worst), says);
      assert.ok((await button.getAttribute("class")).includes(`o-${worst}`), says);
      const [survivors, siblings] = (await button.locator(".share").textContent()).split("/").map(Number);
      assert.equal(siblings, cell.predicted.siblings_per_trial);
      assert.ok(Math.abs(survivors - cell.survivors / cell.trials.judged) < 0.06, says);
      assert.equal(says.includes("not as predicted"), !cell.as_predicted, says);
    }
  });
});

test("a family alone can be shown", async () => {
  await opened(firstLook(), {}, async (page) => {
    await page.click(".chip[data-family=exit]");
    assert.deepEqual(await page.$$eval(".family", (all) => all.filter((each) => !each.hidden).map((each) => each.dataset.family)), ["exit"]);
    await page.click(".chip[data-family=all]");
    assert.equal(await page.locator(".family:visible").count(), 3);
  });
});

test("Enter on a cell lists its trials, Escape goes back to the cell", async () => {
  await opened(firstLook(), {}, async (page) => {
    const cell = page.locator(".cell").first();
    const number = await cell.getAttribute("data-cell");
    await cell.focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector("#drawer[open]");
    assert.equal(await page.locator("#drawer .trials tbody tr").count(), 6);
    assert.ok(page.url().endsWith(`#cell-${number}`));
    await page.keyboard.press("Escape");
    await page.waitForSelector("#drawer", { state: "detached" });
    assert.equal(await page.evaluate(() => document.activeElement.dataset.cell), number);
  });
});

test("a trial of a cell leads to its lifelines, and the keys n and p to the next one and back", async () => {
  await opened(firstLook(), {}, async (page) => {
    await page.locator(".cell").first().click();
    const link = page.locator("#drawer .trials tbody a").first();
    const id = await link.textContent();
    await link.click();
    await page.waitForFunction((trial) => document.querySelector(".trial-line").textContent.startsWith(`Trial ${trial}:`), id);
    assert.equal(await page.locator("#drawer").count(), 0);
    const sentence = () => page.textContent(".trial-line");
    const here = await sentence();
    await page.focus(".stage");
    await page.keyboard.press("n");
    await page.waitForFunction((text) => document.querySelector(".trial-line").textContent !== text, here);
    await page.waitForFunction(() => document.activeElement.classList.contains("stage"));
    await page.keyboard.press("p");
    await page.waitForFunction((text) => document.querySelector(".trial-line").textContent === text, here);
  });
});

test("the trial that is opened first is the one to look at first, or else the worst of the first cell that has one", async () => {
  const shown = shownOf(firstLookResults());
  await opened(firstLook(), {}, async (page) => {
    const drawn = async () => [Number(await page.inputValue("#trial-pick")), Number((await page.textContent(".trial-line")).match(/^Trial (\d+):/)[1])];
    const { chosen } = await page.evaluate(() => island.experiments[0]);
    const first = chosen.find((each) => each.id === shown.worst_trial.id);
    assert.ok(["worst", "typical"].includes(first.why));
    assert.deepEqual(await drawn(), [first.id, first.id]);
    const others = chosen.filter((each) => each.id !== first.id);
    const next = [...others.filter((each) => each.why === "worst"), ...others][0];
    await page.evaluate((id) => { delete island.experiments[0].full[id]; show(island.experiments[0]); }, first.id);
    assert.deepEqual(await drawn(), [next.id, next.id]);
  });
});

test("a lifeline chart has a line for each worker, ends those of who died, and zooms by button, key and wheel", async () => {
  const shown = shownOf(firstLookResults());
  const worst = shownOf(firstLookResults(), String(shown.worst_trial.id));
  await opened(firstLook(), { fragment: `#trial-${worst.trial}` }, async (page) => {
    assert.equal(await page.locator(".lifelines .name").count(), worst.workers.length);
    assert.equal(await page.locator(".lifelines path.death").count(), worst.workers.filter((worker) => worker.outcome === "died").length);
    const axis = () => page.$$eval(".lifelines .axis text", (texts) => texts.map((each) => each.textContent).join());
    const seen = [await axis()];
    const changes = async (act) => {
      await act();
      await page.waitForFunction((last) => [...document.querySelectorAll(".lifelines .axis text")].map((each) => each.textContent).join() !== last, seen.at(-1));
      seen.push(await axis());
    };
    await page.focus(".stage");
    await changes(() => page.keyboard.press("+"));
    await changes(() => page.keyboard.press("ArrowRight"));
    await changes(() => page.keyboard.press("0"));
    await changes(() => page.click("text=The fault"));
    await page.hover(".stage");
    await page.keyboard.down("Control");
    await changes(() => page.mouse.wheel(0, -300));
    await page.keyboard.up("Control");
  });
});

test("every worker that was started again is drawn again", async () => {
  const file = results("supervision", experimentFile("supervision.toml"), "--trials", "4");
  await opened(supervision(), {}, async (page) => {
    const id = (await page.textContent(".trial-line")).match(/^Trial (\d+):/)[1];
    const trial = shownOf(file, id);
    assert.ok(trial.restarts.length > 0);
    assert.equal(await page.locator(".lifelines rect.host.restarted").count(), trial.restarts.length);
  });
});

test("what a round trip of a message costs is told for each shape, with what would be lost there", async () => {
  const toml = path.join(folder, "round-trip.toml");
  writeFileSync(toml, "schema = 1\nname = \"round-trip\"\n[pool]\nshapes = [\"1x2\", \"2x1\"]\nworkload = \"ring\"\nchannel = \"pipe\"\n"
    + "[fault]\nkinds = [\"none\"]\n[observe]\nmeasure = [\"round-trip\"]\n[trials]\ncount = 3\n");
  const file = results("round-trip", toml);
  const medians = Object.fromEntries(shownOf(file).cells.map((cell) => [cell.shape, cell.figures.find((each) => each.name === "round_trip_p50")]));
  await opened(report("round-trip", [file]), {}, async (page) => {
    const panel = page.locator("#price .panel", { hasText: "Round trip of a message" });
    assert.deepEqual((await panel.locator(".point-name").allTextContents()).sort(), ["1x2", "2x1"]);
    assert.match(await panel.locator("figcaption").textContent(), /less is better/);
    assert.match(await page.textContent("#price .lead"), /would be lost/);
    await page.click("#price summary");
    const rows = (await page.$$eval("#price tbody tr", (all) => all.map((row) => [...row.children].map((each) => each.textContent))))
      .filter((row) => row[0] === "Round trip of a message");
    assert.equal(rows.length, 2);
    for (const [, shape, median, , lost, trials] of rows) {
      const figure = medians[shape];
      const [value, unit] = median.split(" ");
      const ns = Number(value.replace(",", "")) * { ns: 1, "µs": 1e3, ms: 1e6 }[unit];
      assert.ok(Math.abs(ns / (figure.median * { ns: 1, us: 1e3 }[figure.unit]) - 1) < 0.006, `${shape}: ${median}`);
      assert.equal(lost, shape === "1x2" ? "100%" : "0%");
      assert.equal(trials, String(figure.trials));
    }
  });
});

test("the intervals are those that the harness computes", async () => {
  await opened(firstLook(), {}, async (page) => {
    // Of the verdicts' own words: "at most 2.95% of trials", for none of 100, and so on; C. J. Clopper, E. S. Pearson.
    const highs = await page.evaluate(() => [[0, 100], [0, 80], [0, 20], [1, 10]].map(([hits, of]) => clopperPearson(hits, of).high));
    [0.0295, 0.0368, 0.139, 0.3942].forEach((expected, at) => assert.ok(Math.abs(highs[at] - expected) < 0.0005, `${highs[at]}`));
    assert.ok(Math.abs(await page.evaluate(() => clopperPearson(9, 10).low) - 0.6058) < 0.0005);
  });
});

test("the dial tells of a cell what the single picture tells of it, in the same words", async () => {
  const tip = /([\w:-]+) at (\d+x\d+): (\S+) of the siblings lost \(90% interval: (\S+) to (\S+)\), \S+ predicted; (\d+) trials/g;
  const picture = bulkhead("report", firstLookResults(), "--format", "svg", "--view", "dial");
  const single = [...picture.matchAll(tip)].map(([, fault, shape, lost, low, high, trials]) => [fault, shape, lost, `${low} – ${high}`, trials]);
  assert.ok(single.length > 10);
  await opened(firstLook(), {}, async (page) => {
    await page.locator("#dial > details summary").last().click();
    await page.waitForSelector("#dial tbody tr", { state: "attached" }); // drawn once it is open
    const rows = await page.$$eval("#dial tbody tr", (all) => all.map((row) => [...row.children].map((each) => each.textContent)));
    const ofPage = rows.flatMap(([faults, shape, lost, interval, , trials]) => faults.split(", ").map((fault) => [fault, shape, lost, interval, trials]));
    assert.deepEqual(ofPage.map(String).sort(), single.map(String).sort());
    const words = (text) => text.replace(/^\S+ at /, "").replace("..", "–");
    const told = new Set([...picture.matchAll(tip)].map(([text]) => words(text)));
    for (const title of await page.$$eval("#dial svg title", (all) => all.map((each) => each.textContent))) {
      assert.ok(told.has(title), title);
    }
    for (const text of ["measured, with its 90% interval", "each end of an interval is by itself a bound at 95%"]) {
      assert.ok(picture.replaceAll(/(<[^>]*>|\s)+/g, " ").includes(text) && (await page.textContent("#dial")).includes(text), text);
    }
  });
});

test("behind each chart there is a table with its figures", async () => {
  await opened(firstLook(), {}, async (page) => {
    for (const view of ["lifelines", "dial", "price", "memory"]) {
      const details = page.locator(`#${view} details`).last();
      await details.locator("summary").first().click();
      const row = details.locator("tbody tr").first(); // drawn once it is open
      assert.ok(await row.waitFor({ state: "attached", timeout: 10000 }).then(() => true, () => false), view);
    }
  });
});

test("claims stand with what was measured, and where they end", async () => {
  await opened(claims(), {}, async (page) => {
    assert.deepEqual((await viewsOf(page)).slice(0, 2), ["answer", "claims"]);
    assert.deepEqual(await page.$$eval(".claim-id", (all) => all.map((each) => each.textContent)), ["C13", "C16"]);
    const link = page.locator(".claim a").first();
    const name = await link.textContent();
    await link.click();
    await page.waitForFunction((text) => document.querySelector("#question .eyebrow")?.textContent === text, name);
    await picture(page, "claims-light");
  });
});

test("a comparison tells what changed before anything else", async () => {
  await opened(comparison(), {}, async (page) => {
    assert.equal((await viewsOf(page))[0], "comparison");
    assert.ok((await page.textContent(".verdict-line")).length > 10);
    await page.locator("#comparison details summary").first().click();
    assert.ok(await page.locator("#comparison tbody tr").count() > 0);
  });
});

test("a comparison does not take what cannot be told for what is the same", async () => {
  comparison();
  const file = results("seed-1"); // made by comparison()
  const page = path.join(folder, "itself.html");
  const { counts, figures } = JSON.parse(bulkhead("compare", file, file, "--format", "json", "--html", page));
  assert.ok(counts["cannot tell"] > 0);
  await opened(page, {}, async (shown) => {
    assert.equal((await shown.textContent("#comparison .verdict-line")).trim(),
      `None got worse and none better; for ${counts["cannot tell"]} of ${figures.length} figures it cannot be told.`);
    const folds = await shown.$$eval("#comparison > details > summary", (all) => all.map((each) => each.textContent));
    const many = (n) => (n === 1 ? "1 figure" : `${n} figures`);
    assert.deepEqual(folds, [
      ...(counts.same > 0 ? [`The same: ${many(counts.same)}, shown to lie within 50%, shares within 10 points`] : []),
      `Cannot tell: ${many(counts["cannot tell"])}, of which neither a change nor its absence is proven`,
    ]);
    assert.ok(!(await shown.textContent("#comparison")).includes("without a difference"));
    await shown.locator("#comparison > details summary").last().click();
    await shown.waitForFunction((n) => document.querySelectorAll("#comparison > details:last-of-type tbody tr").length === n, counts["cannot tell"]);
  });
});

test("the theme follows the system, and a button turns it over", async () => {
  for (const look of ["light", "dark"]) {
    await opened(firstLook(), { look }, async (page) => {
      const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
      assert.equal(await theme(), look);
      await page.click(".theme");
      assert.equal(await theme(), look === "light" ? "dark" : "light");
    });
  }
});

/** Presses Tab until the element has the focus. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 60; ++presses) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) {
      return;
    }
  }
  assert.fail(`Tab does not lead to ${selector}`);
}

test("the theme and the family that is shown can be chosen by keyboard alone", async () => {
  await opened(firstLook(), {}, async (page) => {
    await tabTo(page, ".theme");
    for (const [key, theme] of [["Enter", "dark"], ["Space", "light"]]) {
      await page.keyboard.press(key);
      assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), theme);
      assert.equal(await page.getAttribute(".theme", "aria-pressed"), String(theme === "dark"));
    }
    const families = () => page.$$eval(".family", (all) => all.filter((each) => each.checkVisibility()).map((each) => each.dataset.family));
    const all = await families();
    assert.ok(all.length > 1);
    await tabTo(page, ".chip[data-family=exit]");
    await page.keyboard.press("Space");
    assert.deepEqual(await families(), ["exit"]);
    assert.deepEqual(await page.$$eval(".chip[aria-pressed=true]", (chips) => chips.map((each) => each.dataset.family)), ["exit"]);
    await page.focus(".chip[data-family=all]");
    await page.keyboard.press("Enter");
    assert.deepEqual(await families(), all);
  });
});

for (const look of Object.keys(looks)) {
  test(`axe-core finds nothing serious where everything is unfolded, ${look}`, async () => {
    await opened(firstLook(), { look }, async (page) => {
      const folded = await page.$$eval("details", (all) => all.map((each) => { each.open = true; return each.childElementCount; }));
      assert.ok(folded.length > 5);
      await page.waitForFunction(() => [...document.querySelectorAll("details")].every((each) => each.childElementCount > 1)); // some are made when they are opened
      await picture(page, `first-look-unfolded-${look}`);
      assert.deepEqual(await violationsOf(page), []);
      assert.deepEqual(await tooWide(page), []);
    });
  });
}

for (const [name, make] of Object.entries({ "first-look": firstLook, supervision, claims, comparison })) {
  for (const look of Object.keys(looks)) {
    test(`axe-core finds nothing serious in ${name}, ${look}, and nothing sticks out`, async () => {
      await opened(make(), { look }, async (page) => {
        await picture(page, `${name}-${look}`);
        assert.deepEqual(await violationsOf(page), []);
        assert.deepEqual(await tooWide(page), []);
        if (await page.locator(".cell").count() > 0) {
          await page.locator(".cell").first().click();
          await page.waitForSelector("#drawer[open]");
          await picture(page, `${name}-${look}-cell`, {});
          assert.deepEqual(await violationsOf(page), []);
        }
      });
    });
  }
}

test("the page itself is marked as what it is, and carries D3 whole", () => {
  const text = readFileSync(firstLook(), "utf8");
  assert.match(text, /^<!doctype html>/);
  assert.match(text, /Content-Security-Policy" content="default-src 'none'/);
  assert.match(text, /d3js\.org v5/);
});
