// The badge counts problems, the panel shows them, and both go by themselves.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe } from "./acts.mjs";
import { contextOf, serve } from "./browser.mjs";
import { isSame, opened, previewed } from "./previews.mjs";

let site;

before(async () => {
  site = await previewed();
});

after(() => site?.close());

const badge = (page) => page.locator("#shirube-preview #badge");
const panel = (page) => page.locator("#shirube-preview #panel");
const broken = "[行き先](nowhere.md) は <img src=x onerror=alert(1)> の先です。";

test("a problem is counted, shown with its place, and gone when it is mended", async () => {
  const page = await opened(site, "move/");
  assert.equal(await badge(page).count(), 0, "nothing is wrong yet");
  await site.edit("content/move.md", (text) => text.replace("はじめの段落です。", broken));
  await badge(page).waitFor();
  assert.match(await badge(page).innerText(), /\d/);
  assert.ok(!(await panel(page).isVisible()));
  await badge(page).focus();
  await page.keyboard.press("Enter");
  assert.ok(await panel(page).isVisible());
  assert.equal(await badge(page).getAttribute("aria-expanded"), "true");
  assert.match(await panel(page).innerText(), /content\/move\.md:3:\d+/);
  assert.match(await panel(page).innerText(), /nowhere\.md/);
  const link = panel(page).locator("a").first();
  assert.match(await link.getAttribute("href"), /^vscode:\/\/file\/.*content\/move\.md:3:\d+$/);
  assert.equal(await panel(page).locator("img").count(), 0, "text of the guide is no markup");
  assert.deepEqual(await axe(page), []);
  await page.keyboard.press("Escape");
  assert.ok(!(await panel(page).isVisible()));
  assert.ok(await page.evaluate(() => document.querySelector("#shirube-preview").shadowRoot.activeElement?.id === "badge"));
  await site.edit("content/move.md", (text) => text.replace(broken, "はじめの段落です。"));
  await badge(page).waitFor({ state: "detached" });
  assert.ok(await isSame(page));
  await page.close();
});

test("problems elsewhere are counted apart, and listed after those of the page", async () => {
  await site.edit("content/index.md", (text) => `${text}\n[一](nowhere.md)\n`);
  await site.edit("content/move.md", (text) => `${text}\n[二](nowhere.md)\n`);
  const page = await opened(site, "move/");
  await badge(page).click();
  await panel(page).locator("section + section li").first().waitFor();
  const places = await panel(page).locator(".place").allInnerTexts();
  assert.ok(places.findIndex((place) => place.includes("move")) < places.findIndex((place) => place.includes("index")));
  // Another page has the panel still open.
  await page.goto(`${site.address}en/move/`);
  await panel(page).waitFor();
  assert.ok(await panel(page).isVisible());
  await site.edit("content/index.md", (text) => text.replace("[一](nowhere.md)", ""));
  await site.edit("content/move.md", (text) => text.replace("[二](nowhere.md)", ""));
  await badge(page).waitFor({ state: "detached" });
  await page.close();
});

test("a broken site keeps its last good pages under the message", async () => {
  // What is wrong elsewhere opens no panel, and keeps none open.
  await site.edit("content/index.md", (text) => `${text}\n[一](nowhere.md)\n`);
  const page = await opened(site, "move/");
  await badge(page).waitFor();
  const field = page.getByRole("combobox");
  await field.focus();
  await site.edit("content/move.en.md", (text) => `---\ntitle: Half\n${text}`);
  const message = page.locator("#shirube-preview #broken");
  await message.waitFor();
  assert.ok(await message.isVisible());
  assert.ok(await page.getByRole("heading", { name: "認証アプリを移す" }).isVisible());
  assert.ok(await field.evaluate((field) => document.activeElement === field), "the message takes no focus");
  await site.edit("content/move.en.md", (text) => text.replace("---\ntitle: Half\n", ""));
  await message.waitFor({ state: "detached" });
  await panel(page).waitFor({ state: "hidden" });
  assert.ok(await badge(page).isVisible());
  assert.ok(await isSame(page));
  await site.edit("content/index.md", (text) => text.replace("[一](nowhere.md)", ""));
  await badge(page).waitFor({ state: "detached" });
  await page.close();
});

test("the panel follows the page's scheme, is whole on a phone, and is not on paper", async () => {
  await site.edit("content/move.md", (text) => text.replace("はじめの段落です。", broken));
  const context = await contextOf(site.browser, { viewport: { width: 360, height: 640 }, colorScheme: "dark" });
  const page = await opened(site, "move/", context);
  await badge(page).click();
  const box = await panel(page).boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 360 && box.y >= 0, JSON.stringify(box));
  const paper = () => panel(page).evaluate((panel) => getComputedStyle(panel).backgroundColor);
  const dark = await paper();
  await page.evaluate(() => (document.documentElement.dataset.scheme = "light"));
  assert.notEqual(await paper(), dark);
  assert.deepEqual(await axe(page), []);
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await panel(page).isVisible()) && !(await badge(page).isVisible()));
  await page.close();
  await context.close();
  await site.edit("content/move.md", (text) => text.replace(broken, "はじめの段落です。"));
});

test("a preview that stops says so, and goes on by itself with what has changed meanwhile", async () => {
  const page = await opened(site, "move/");
  site.preview.stop();
  const gone = page.locator("#shirube-preview #gone");
  await gone.waitFor({ state: "visible" });
  assert.ok(await page.getByRole("heading", { name: "認証アプリを移す" }).isVisible());
  await site.edit("content/move.md", (text) => text.replace("直す前の段落です。", "止まっている間に書いた段落です。"));
  const again = await serve(site.folder, ["--port", new URL(site.address).port]);
  try {
    await page.getByText("止まっている間に書いた段落です。").waitFor();
    await gone.waitFor({ state: "hidden" });
    assert.ok(await isSame(page));
  } finally {
    again.stop();
  }
  await page.close();
});
