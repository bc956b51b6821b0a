// Every page of the help desk and of the sample, in a real browser, served with the strict
// policy: no error, nothing refused, no request that fails or goes to another host, nothing
// wider than the screen; and the same folder opened from a disk, and without script.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { open } from "./acts.mjs";
import { contextOf, countViolations, helpDesk, launch, pagesOf, sample, watched } from "./browser.mjs";
import { pathOf } from "./kinds.mjs";

/** The page of a former address leads away at once; a test of its own follows it. */
const FORMER = "old/move/";
let browser, context;
const sites = {};

before(async () => {
  sites.helpDesk = await helpDesk();
  sites.sample = await sample();
  browser = await launch();
  context = await contextOf(browser);
});

after(async () => {
  await browser?.close();
  for (const site of Object.values(sites)) await site.close();
});

for (const name of ["helpDesk", "sample"]) {
  test(`every page of ${name} loads clean, on a desk and on a phone`, async () => {
    const { folder, address } = sites[name];
    const pages = (await pagesOf(folder)).filter((path) => !path.endsWith(FORMER));
    assert.ok(pages.length > 40, `${pages.length} pages were found`);
    for (const width of [1280, 320]) {
      const screen = await contextOf(browser, { viewport: { width, height: 800 } });
      const page = await screen.newPage();
      await countViolations(page);
      const faults = watched(page, address);
      for (const path of pages) {
        await open(page, address + path);
        const found = await page.evaluate(() => ({
          over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          dead: [...document.images].filter((img) => img.complete && img.naturalWidth === 0).map((img) => img.src),
          violations: window.violations,
        }));
        assert.deepEqual(found, { over: Math.min(found.over, 0), dead: [], violations: [] }, `${path} at ${width}px`);
      }
      assert.deepEqual(faults, []);
      await screen.close();
    }
  });
}

test("a former address leads to the new one", async () => {
  const page = await context.newPage();
  const faults = watched(page, sites.sample.address);
  await page.goto(`${sites.sample.address}old/move/`);
  await page.waitForURL(`**/${pathOf("guide", "ja")}`);
  assert.deepEqual(faults, []);
  await page.close();
});

test("an unknown address is answered with the missing page of its language", async () => {
  const page = await context.newPage();
  for (const [path, locale] of [["no/such/page", "ja"], ["en/no/such/page", "en"]]) {
    const answer = await page.goto(sites.sample.address + path);
    assert.equal(answer.status(), 404);
    assert.equal(await page.locator("html").getAttribute("lang"), locale);
    // However deep the address, the page finds its style and its links.
    const styled = await page.evaluate(() => getComputedStyle(document.body).marginTop);
    assert.equal(styled, "0px");
    await page.getByRole("main").getByRole("link").first().click();
    assert.equal((await page.request.get(page.url())).status(), 200);
  }
  await page.close();
});

test("the pages say which language they are in and switch to the other", async () => {
  const page = await context.newPage();
  await open(page, sites.helpDesk.address + "account/move-authenticator/");
  assert.equal(await page.locator("html").getAttribute("lang"), "ja");
  const title = await page.locator("h1").innerText();
  await page.getByRole("link", { name: "English" }).first().click();
  await page.waitForURL("**/en/account/move-authenticator/**");
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.notEqual(await page.locator("h1").innerText(), title);
  await page.close();
});

test("a guide that stands in is in its own language, and says so in the reader's", async () => {
  const page = await context.newPage();
  await open(page, sites.sample.address + pathOf("standing", "en"));
  const main = page.getByRole("main");
  assert.equal(await main.locator("h1").evaluate((one) => one.closest("[lang]").lang), "ja");
  const note = main.getByRole("note").first();
  assert.equal(await note.evaluate((one) => one.closest("[lang]").lang), "en");
  assert.match(await note.innerText(), /not been translated/);
  await page.close();
});

test("the chosen scheme holds on the next page, from its first paint", async () => {
  const page = await context.newPage();
  await page.emulateMedia({ colorScheme: "light" });
  await open(page, sites.sample.address);
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  const button = page.getByRole("button", { name: /配色/ });
  await button.click();
  assert.equal(await paper(), light, "light by choice");
  await button.click();
  const dark = await paper();
  assert.notEqual(dark, light);
  // What is painted before any deferred script has run.
  await page.route("**/page*.js", (route) => route.abort());
  await open(page, sites.sample.address + pathOf("guide", "ja"));
  assert.equal(await paper(), dark);
  await page.close();
});

test("the published folder works from a disk", async () => {
  const page = await context.newPage();
  const faults = watched(page, "file:");
  await page.goto(pathToFileURL(join(sites.helpDesk.folder, "index.html")).href);
  const link = page.locator("main a[href*='account']").first();
  await link.click();
  await page.waitForURL("**/account/**index.html");
  assert.ok((await page.locator("h1").innerText()).length > 0);
  assert.deepEqual(faults, []);
  await page.close();
});

test("search works from a disk", async () => {
  const page = await context.newPage();
  const faults = watched(page, "file:");
  await page.goto(pathToFileURL(join(sites.sample.folder, pathOf("guide", "ja"), "index.html")).href);
  await page.keyboard.press("/");
  await page.keyboard.type("認証");
  await page.locator("[data-search-results][data-state=done][data-query='認証'] a").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/account/move/index.html#move");
  assert.deepEqual(faults, []);
  await page.close();
});

test("pages can be read without script", async () => {
  const bare = await contextOf(browser, { javaScriptEnabled: false });
  const page = await bare.newPage();
  await open(page, sites.sample.address + pathOf("parts", "ja"));
  for (const text of ["アップルメニューを開きます。", "一緒に切り替わります（macOS）。", "nmcli connection up office"]) {
    assert.ok(await page.getByText(text).first().isVisible(), text);
  }
  // What needs script is not offered.
  assert.equal(await page.getByRole("main").getByRole("button").count(), 0);
  assert.equal(await page.locator("input[type=search]:visible").count(), 0);
  await page.getByText("閉じているもの").click();
  assert.ok(await page.getByText("設定を確かめます。").isVisible());
  await open(page, sites.sample.address + pathOf("guide", "ja"));
  await page.getByRole("main").locator("figure a").first().click();
  await page.waitForURL("**/*.png");
  await bare.close();
});
