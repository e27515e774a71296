// The page on paper: all of it, on white, without what only a screen can use.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { opened, picture, startBrowser, stopBrowser, viewsOf } from "./browser.js";
import { claimsResults, firstLook, report, results } from "./reports.js";

before(startBrowser);
after(stopBrowser);

/** A4 with margins of 1 cm, at 96 dots per inch. */
const paper = { width: 718, height: 1047 };

const faults = "segv-null,abort,thread-exit,kill:SIGKILL";

const reports = {
  "first-look": () => firstLook(),
  claims: () => report("claims", claimsResults()),
  "eight shapes": () => report("eight", [results("eight", "--shape", "1x1,1x2,2x1,1x4,2x2,4x1,1x6,6x1", "--fault", faults, "--trials", "1", "--launch", "zygote")]),
};

/** What of the page would not be seen on paper: sticks out to the right, or is longer or wider than where it stands. */
async function cutOff(page) {
  return page.evaluate(() => [...document.querySelectorAll("main *, footer")].filter((element) => {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || element.closest(".unseen, svg *")) {
      return false;
    }
    const style = getComputedStyle(element);
    const hides = (overflow, inside, outside) => overflow !== "visible" && inside > outside + 1;
    return box.right > document.documentElement.clientWidth + 1
      || hides(style.overflowX, element.scrollWidth, element.clientWidth) || hides(style.overflowY, element.scrollHeight, element.clientHeight);
  }).map((element) => `${element.tagName}.${element.getAttribute("class")} ${element.scrollWidth}x${element.scrollHeight} in ${element.clientWidth}x${element.clientHeight}: ${element.textContent.slice(0, 60)}`).slice(0, 8));
}

for (const [name, make] of Object.entries(reports)) {
  test(`on paper ${name} has every view, nothing to press, and nothing is cut off`, async () => {
    await opened(make(), { look: "dark" }, async (page) => {
      await page.setViewportSize(paper);
      const views = await viewsOf(page);
      await page.evaluate(() => document.querySelectorAll("details").forEach((each) => { each.open = true; }));
      await page.emulateMedia({ media: "print" });
      for (const view of views) {
        assert.ok(await page.locator(`#${view}`).isVisible(), view);
        assert.ok((await page.locator(`#${view}`).boundingBox()).height > 40, view);
      }
      assert.deepEqual(await page.$$eval("button:not(.cell), select, nav a, .skip", (all) => all.filter((each) => each.checkVisibility()).map((each) => each.outerHTML)), []);
      assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
      assert.deepEqual(await cutOff(page), []);
      await picture(page, `${name.replace(" ", "-")}-paper`);
      const pdf = (await page.pdf({ format: "A4", printBackground: true, margin: { top: "1cm", right: "1cm", bottom: "1cm", left: "1cm" } })).toString("latin1");
      assert.match(pdf, /^%PDF-/);
      assert.ok((pdf.match(/\/Type\s*\/Page\b/g) ?? []).length >= 1);
    });
  });
}
