// The search of an index that is broken, old or gone, and of questions that nobody should ask:
// a plain word or no result, never an exception; and it works again when the files are back.

import assert from "node:assert/strict";
import { appendFile, cp, mkdir, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { answered, open, openSearch, search, settled, still, WORDS } from "./acts.mjs";
import { build, contextOf, here, launch, searchSite, siteOf } from "./browser.mjs";
import { publish } from "./server.mjs";

let browser, desk;

before(async () => {
  browser = await launch();
  desk = await contextOf(browser, { ...still, viewport: { width: 1280, height: 800 } });
});

after(async () => {
  await browser?.close();
});

/** A page of a site that may be broken; whatever script throws there is a fault. */
async function on(path, walk) {
  const site = await searchSite();
  const page = await desk.newPage();
  const thrown = [];
  page.on("pageerror", (error) => thrown.push(error));
  try {
    await open(page, site.address + path);
    await walk(page, site, thrown);
    assert.deepEqual(thrown, []);
  } finally {
    await page.close();
    await site.close();
  }
}

const indexOf = (site) => join(site.folder, "search-index/ja");

/** What each file of the index holds, and a way to put all of them back. */
async function kept(site) {
  const folder = indexOf(site);
  const names = await readdir(folder);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name))));
  const back = () => Promise.all(names.map((name, at) => writeFile(join(folder, name), texts[at])));
  return { names: names.filter((name) => name !== "index.js"), back };
}

const rows = (page) => page.locator("[data-search-result]").count();

/** Types a question whose answer is a plain word of failure. */
async function fails(page, query) {
  await search(page, query);
  await page.getByRole("search").first().getByText(WORDS.ja.failed).first().waitFor();
  await page.locator("[role=status]").filter({ hasText: WORDS.ja.failed }).first().waitFor();
  assert.equal(await rows(page), 0, "no half of an answer");
}

/** The next letter finds again, on the same page. */
async function finds(page, query) {
  await search(page, query);
  assert.ok((await rows(page)) > 0, query);
  await page.waitForFunction((failed) => !document.querySelector("search").textContent.includes(failed), WORDS.ja.failed);
}

test("a file of the index is missing", () =>
  on("", async (page, site) => {
    const { names, back } = await kept(site);
    for (const name of names) await rm(join(indexOf(site), name));
    await fails(page, "接続");
    await back();
    await finds(page, "接続する");
    await finds(page, "接続");
  }));

test("a file of the index is cut in the middle", () =>
  on("", async (page, site, thrown) => {
    const { names, back } = await kept(site);
    for (const name of names) {
      const file = join(indexOf(site), name);
      await truncate(file, Math.floor((await readFile(file)).length / 2));
    }
    await fails(page, "接続");
    // The browser tells of half a script by itself; nothing else is thrown.
    for (const error of thrown.splice(0)) assert.equal(error.name, "SyntaxError", error.message);
    await back();
    await finds(page, "接続する");
  }));

test("a file of the index holds something else", () =>
  on("", async (page, site) => {
    const { names, back } = await kept(site);
    for (const text of ["", "shirubeIndex('other', []);\n", "NAME:[]", "NAME:null", "NAME:{\"k\":1}", "NAME:[\"t\",\"\\u0000\"]", "NAME:[1,2,3]"]) {
      for (const name of names) {
        const value = text.startsWith("NAME:") ? `shirubeIndex(${JSON.stringify(name.replace(".js", ""))},${text.slice(5)});` : text;
        await writeFile(join(indexOf(site), name), value);
      }
      await page.reload();
      await search(page, "接続");
      await settled(page);
    }
    await back();
    await page.reload();
    await finds(page, "接続");
  }));

test("the index itself is missing, and comes back", () =>
  on("", async (page, site) => {
    const { back } = await kept(site);
    await rm(indexOf(site), { recursive: true });
    await fails(page, "接続");
    await fails(page, "無線");
    await mkdir(indexOf(site));
    await back();
    await finds(page, "接続");
  }));

test("an index of another version is not read", () =>
  on("", async (page, site) => {
    const file = join(indexOf(site), "index.js");
    const own = await readFile(file, "utf8");
    for (const [from, to] of [['"format":1', '"format":99'], [/"tokenizer":\d+/, '"tokenizer":99']]) {
      const other = own.replace(from, to);
      assert.notEqual(other, own);
      await writeFile(file, other);
      await page.reload();
      await fails(page, "接続");
    }
    await writeFile(file, own);
    await finds(page, "接続する");
  }));

test("an excerpt that is missing leaves its result", () =>
  on("", async (page, site) => {
    const { names } = await kept(site);
    for (const name of names) {
      const file = join(indexOf(site), name);
      if ((await readFile(file, "utf8")).includes("ヤツデの台帳は")) await rm(file);
    }
    await search(page, "ヤツデ");
    assert.equal(await rows(page), 1);
    await page.waitForLoadState("networkidle");
    assert.equal(await page.locator("[data-search-result] mark").count(), 0);
  }));

const ODD = {
  "10,000 characters": "接続".repeat(5000),
  "10,000 letters": "a".repeat(10_000),
  "signs alone": "!?。、「」・…*+-/\\()[]{}^$|%&#@~`'\"<>:;",
  "long vowel marks alone": "ーーーー",
  "sound marks alone": "\u3099\u309a゛゜",
  "pictures": "😀👨‍👩‍👧‍👦🇯🇵",
  "half a picture": "\ud83d",
  "the other half": "接\ude00続",
  "very many words": Array.from({ length: 3000 }, (_, at) => `語${at} word${at}`).join(" "),
  "one letter": "a",
  "one character": "接",
  "names of JavaScript": "constructor __proto__ toString hasOwnProperty",
  "from right to left": "مرحبا שלום \u202e接続",
  "unseen characters": "\u0000\u0001\u200b\ufeff\u00ad",
  "marks upon marks": `e${"\u0301".repeat(500)}`,
};

test("questions that nobody should ask are answered", () =>
  on("", async (page) => {
    const field = await openSearch(page);
    for (const [name, query] of Object.entries(ODD)) {
      await field.evaluate((one, query) => {
        one.value = query;
        one.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }, query);
      await page.waitForFunction(() => ["done", "idle"].includes(document.querySelector("[data-search-results]").dataset.state));
      const text = await page.getByRole("search").first().innerText();
      assert.ok(!text.includes(WORDS.ja.failed), name);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${name} makes the page ${over} px too wide`);
    }
    await finds(page, "接続");
  }));

test("addresses that nobody should write are answered", () =>
  on("search/", async (page, site) => {
    for (const query of ["?q=%ED%A0%80", "?q=%", "?q=", "?q=%E6%8E%A5%E7%B6%9A&section=nowhere&tag=nothing", "?q=a&q=b", "?section=%3Cb%3E", `?q=${"x".repeat(2000)}`]) {
      await open(page, `${site.address}search/${query}`);
      await settled(page);
      await page.waitForFunction(() => ["done", "idle"].includes(document.querySelector("[data-search-results]").dataset.state));
    }
  }));

test("a site that is published anew while a page is open", async () => {
  const source = await siteOf({});
  await cp(join(here, "search-site"), source.folder, { recursive: true, filter: (path) => !path.includes(".shirube") });
  const out = await build(source.folder);
  const server = await publish(out);
  const page = await desk.newPage();
  const thrown = [];
  page.on("pageerror", (error) => thrown.push(error.message));
  try {
    await open(page, server.address);
    await search(page, "接続");
    const old = await readdir(join(out, "search-index/ja"));
    for (const guide of ["account/sign-in", "account/mail", "account/long", "network/vpn", "network/standing"]) {
      await appendFile(join(source.folder, `content/${guide}.md`), "\n\n## 追記したヒマラヤスギの節 {#added}\n\nヒマラヤスギの話です。\n");
    }
    await build(source.folder);
    const left = await readdir(join(out, "search-index/ja"));
    assert.ok(old.some((name) => !left.includes(name)), "old files are gone");
    await search(page, "ヒマラヤスギ");
    const links = await page.locator("[data-search-result] a").evaluateAll((all) => all.map((one) => one.hash));
    assert.ok(links.includes("#added"), links.join());
    await finds(page, "パスワード");
    assert.deepEqual(thrown, []);
  } finally {
    await page.close();
    await server.stop();
    await source.remove();
  }
});

test("the engine does not arrive", () =>
  on("", async (page) => {
    await page.route("**/search-engine*.js", (route) => route.abort());
    await page.reload();
    await search(page, "接続");
    await page.locator("[role=status]").filter({ hasText: WORDS.ja.failed }).first().waitFor();
    await answered(page, "接続");
  }));
