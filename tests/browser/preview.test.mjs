// The preview puts the changed parts of a page in place and leaves the rest as the reader has it.

import assert from "node:assert/strict";
import { rename, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { isSame, opened, previewed } from "./previews.mjs";

let site;

before(async () => {
  site = await previewed();
});

after(() => site?.close());

const ask = (host) =>
  new Promise((done, failed) => {
    const { port } = new URL(site.address);
    const request = http.get({ host: "127.0.0.1", port, path: "/", headers: { host } }, (answer) => {
      answer.resume();
      done(answer.statusCode);
    });
    request.on("error", failed);
  });

test("requests under another name are refused", async () => {
  const { port } = new URL(site.address);
  assert.equal(await ask(`127.0.0.1:${port}`), 200);
  assert.equal(await ask(`localhost:${port}`), 200);
  assert.equal(await ask(`intranet.example:${port}`), 403);
});

test("an edit changes the text in place, and nothing of what the reader has opened, typed or scrolled", async () => {
  const page = await opened(site, "move/");
  await page.locator("details:not(.contents) summary").click();
  await page.getByRole("tab", { name: "macOS" }).click();
  const field = page.getByRole("combobox");
  await field.fill("スマートフォン");
  await page.locator("#steps").evaluate((heading) => heading.scrollIntoView({ behavior: "instant" }));
  await page.evaluate(() => scrollBy({ top: 200, behavior: "instant" }));
  const place = () => page.getByText("手順3。").evaluate((block) => Math.round(block.getBoundingClientRect().top));
  const before = await place();
  // More text above, and another one in the paragraph that is looked at.
  await site.edit("content/move.md", (text) =>
    text
      .replace("はじめの段落です。", "はじめの段落です。\n\nあいだに入った段落です。\n\nもう一つ入りました。")
      .replace("直す前の段落です。", "直した後の段落です。")
      .replace("時刻を合わせます。", "時刻を自動で合わせます。")
      .replace("メニューを開きます。", "アップルメニューを開きます。"),
  );
  await page.getByText("直した後の段落です。").waitFor();
  assert.ok(await isSame(page), "the page was not loaded again");
  assert.ok(Math.abs((await place()) - before) <= 1, `${before} became ${await place()}`);
  assert.ok(await page.getByText("時刻を自動で合わせます。").isVisible(), "the fold is still open");
  assert.ok(await page.getByText("アップルメニューを開きます。").isVisible(), "the tab is still chosen");
  assert.equal(await field.inputValue(), "スマートフォン");
  assert.ok(await field.evaluate((field) => document.activeElement === field));
  assert.deepEqual(await page.evaluate(() => window.violations), [], "the policy of the page is kept");
  await page.close();
});

test("what is new on the page works like what was there", async () => {
  const page = await opened(site, "move/");
  await site.edit("content/move.md", (text) =>
    text.replace("はじめの段落です。", "はじめの段落です。\n\n## 新しい見出し {#fresh}\n\n```sh\nnew command\n```\n\n::::tabs\n:::tab[A]\n甲\n:::\n:::tab[B]\n乙\n:::\n::::"),
  );
  await page.getByRole("heading", { name: "新しい見出し" }).waitFor();
  assert.equal(await page.locator("#fresh .anchor").count(), 1);
  assert.equal(await page.locator("figure.code .copy").count(), 2);
  await page.getByRole("tab", { name: "B" }).click();
  assert.ok(await page.getByText("乙", { exact: true }).isVisible());
  assert.equal(await page.locator(".contents a[href='#fresh']").count(), 1);
  // A heading that is changed is drawn anew, once.
  await site.edit("content/move.md", (text) => text.replace("新しい見出し", "変わった見出し"));
  await page.getByRole("heading", { name: "変わった見出し" }).waitFor();
  assert.equal(await page.locator("#fresh .anchor").count(), 1);
  assert.ok(await isSame(page));
  await page.close();
});

test("every open page follows: another tab, another language, another browser", async () => {
  const other = await site.browser.newContext();
  const pages = [await opened(site, "move/"), await opened(site, "en/move/"), await opened(site, "move/", other)];
  await site.edit("content/move.md", (text) => text.replace("# 認証アプリを移す", "# 認証アプリを引っ越す"));
  await site.edit("content/move.en.md", (text) => text.replace("As it was.", "As it is now."));
  await pages[0].getByRole("heading", { name: "認証アプリを引っ越す" }).waitFor();
  await pages[1].getByText("As it is now.").waitFor();
  await pages[2].getByRole("heading", { name: "認証アプリを引っ越す" }).waitFor();
  assert.match(await pages[0].title(), /引っ越す/);
  for (const page of pages) {
    assert.ok(await isSame(page));
    await page.close();
  }
  await other.close();
});

test("a style sheet is changed without a load, and the page is never without one", async () => {
  const page = await opened(site, "move/");
  const colour = () => page.locator("h1").evaluate((heading) => getComputedStyle(heading).color);
  await page.evaluate(() => {
    window.bare = 0;
    const look = () => {
      if (getComputedStyle(document.documentElement).getPropertyValue("--ink") === "") window.bare += 1;
      requestAnimationFrame(look);
    };
    look();
  });
  await site.edit("shirube.yaml", (text) => `${text}tokens:\n`.replace("theme: own\ntokens:\n", 'theme:\n  name: own\n  tokens: { ink: "#008000" }\n'));
  await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).color === "rgb(0, 128, 0)");
  assert.equal(await colour(), "rgb(0, 128, 0)");
  assert.ok(await isSame(page));
  assert.equal(await page.evaluate(() => window.bare), 0);
  assert.equal(await page.locator("head link[rel=stylesheet]").count(), 1);
  await page.close();
});

test("a picture that comes is loaded, and one under the same address is shown as it is now", async () => {
  const page = await opened(site, "move/");
  await writeFile(join(site.folder, "content/new.png"), await site.picture("shield.png"));
  await site.edit("content/move.md", (text) => text.replace("はじめの段落です。", "はじめの段落です。\n\n![新しい画面](./new.png)"));
  await page.waitForFunction(() => document.querySelector('main img[alt="新しい画面"]')?.naturalWidth > 0);
  await site.edit("content/move.md", (text) => text.replace("\n\n![新しい画面](./new.png)", ""));
  await page.locator('main img[alt="新しい画面"]').waitFor({ state: "detached" });
  const picture = page.locator("main img").first();
  await picture.scrollIntoViewIfNeeded();
  const width = () => picture.evaluate((picture) => picture.decode().then(() => picture.naturalWidth));
  const before = await width();
  await writeFile(join(site.folder, "content/screen.png"), await site.picture("printer.png"));
  await page.waitForFunction((before) => ![0, before].includes(document.querySelector("main img").naturalWidth), before);
  assert.ok(await isSame(page));
  await page.close();
});

test("a page that goes shows what is missing, and comes back by itself", async () => {
  await site.edit("content/gone.md", () => "# 消えるページ\n\n本文です。\n");
  const page = await opened(site, "");
  await page.waitForFunction(() => fetch("/gone/").then(({ ok }) => ok));
  await page.goto(`${site.address}gone/`);
  await page.getByRole("heading", { name: "消えるページ" }).waitFor();
  await rename(join(site.folder, "content/gone.md"), join(site.folder, "gone.md"));
  await page.locator("body.page-not_found").waitFor();
  assert.ok((await page.locator("main a.button").count()) > 0, "there is a way back");
  await rename(join(site.folder, "gone.md"), join(site.folder, "content/gone.md"));
  await page.getByRole("heading", { name: "消えるページ" }).waitFor();
  await page.close();
  await rm(join(site.folder, "content/gone.md"));
});

test("more pages than a browser has connections are all shown, and all follow", async () => {
  const pages = [];
  for (let count = 0; count < 8; count += 1) pages.push(await opened(site, "en/move/"));
  const text = `Seen by all ${Date.now()}.`;
  await site.edit("content/move.en.md", (was) => was.replace("The first paragraph.", text));
  // Pages that are not looked at may wait until they are.
  for (const page of pages) {
    await page.bringToFront();
    await page.getByText(text).waitFor();
  }
  for (const page of pages) await page.close();
});
