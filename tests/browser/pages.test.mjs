// Every page of the help desk, in a real browser: no error, nothing refused by its own
// security policy, no request to another host, nothing wider than the screen.

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { build, copyOfHelpDesk, launch, serve, watched } from "./browser.mjs";

let browser, site, preview, published;

before(async () => {
  site = await copyOfHelpDesk();
  published = await build(site.folder);
  preview = await serve(site.folder);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  preview?.stop();
  await site?.remove();
});

async function pagesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.name === "index.html")
    .map((entry) => relative(folder, entry.parentPath ?? entry.path).replaceAll("\\", "/"))
    .sort();
}

/** The preview answers before its first build is done; this waits for the front page. */
async function open(page, path) {
  for (;;) {
    const answer = await page.goto(preview.address + path);
    if (answer.status() !== 404 || (await page.title()) !== "") return answer;
  }
}

test("every page loads clean, on a desk and on a phone", async () => {
  const pages = await pagesOf(published);
  assert.ok(pages.length > 40, `${pages.length} pages were found`);
  for (const width of [1280, 320]) {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    const faults = watched(page, preview.address);
    for (const path of pages) {
      const answer = await open(page, path === "" ? "" : `${path}/`);
      assert.equal(answer.status(), 200, path);
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.ok(over <= 0, `${path} is ${over}px too wide at ${width}px`);
      const dead = await page.evaluate(() =>
        [...document.images].filter((img) => img.complete && img.naturalWidth === 0).map((img) => img.src),
      );
      assert.deepEqual(dead, [], path);
    }
    assert.deepEqual(faults, []);
    await context.close();
  }
});

test("the pages say which language they are in and switch to the other", async () => {
  const page = await browser.newPage();
  await open(page, "account/move-authenticator/");
  assert.equal(await page.locator("html").getAttribute("lang"), "ja");
  const title = await page.locator("h1").innerText();
  await page.getByRole("link", { name: "English" }).first().click();
  await page.waitForURL("**/en/account/move-authenticator/**");
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.notEqual(await page.locator("h1").innerText(), title);
  await page.close();
});

test("the published folder works from a disk", async () => {
  const page = await browser.newPage();
  const faults = watched(page, "file:");
  await page.goto(pathToFileURL(join(published, "index.html")).href);
  const link = page.locator("main a[href*='account']").first();
  await link.click();
  await page.waitForURL("**/account/**index.html");
  assert.ok((await page.locator("h1").innerText()).length > 0);
  assert.deepEqual(faults, []);
  await page.close();
});

test("pages can be read without script", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await open(page, "device/printer/");
  for (const tab of await page.locator(".tab").all()) assert.ok(await tab.isVisible());
  await context.close();
});
