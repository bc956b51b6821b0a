// The words that a search met are marked on the page that it leads to, and nothing of a
// question is kept.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answered, open, search, settled, still } from "./acts.mjs";
import { contextOf, launch, searchSite } from "./browser.mjs";

let browser, site, desk;

before(async () => {
  site = await searchSite();
  browser = await launch();
  desk = await contextOf(browser, { ...still, viewport: { width: 1280, height: 800 } });
});

after(async () => {
  await browser?.close();
  await site?.close();
});

async function on(path, walk) {
  const page = await desk.newPage();
  await open(page, site.address + path);
  await walk(page);
  await page.close();
}

/** The texts that are marked, or null. */
const marked = (page) =>
  page.evaluate(() => {
    const found = CSS.highlights.get("search");
    const text = ({ startContainer, startOffset, endOffset }) => startContainer.data.slice(startOffset, endOffset);
    return found ? [...found].map(text) : null;
  });

/** Everything that a page may keep. */
const kept = async (page) => {
  const own = await page.evaluate(() => ({
    local: { ...localStorage }, session: { ...sessionStorage }, cookie: document.cookie, state: history.state,
    name: window.name, search: location.search, typed: document.querySelector("input[type=search]").value,
  }));
  return { ...own, cookies: await page.context().cookies() };
};
const NOTHING = { local: {}, session: {}, cookie: "", state: null, name: "", search: "", typed: "", cookies: [] };

const WALKS = [
  ["", "接続", /接続/, "network/vpn/"],
  ["", "ﾒｰﾙ", /メール/, "account/mail/"],
  ["en/", "wireless network", /wireless|network/i, "en/network/vpn/"],
];

for (const [from, query, wanted, to] of WALKS) {
  test(`the page reached marks what was met: ${query}`, () =>
    on(from, async (page) => {
      await search(page, query);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL(`**/${to}**`);
      await settled(page);
      const found = await marked(page);
      assert.ok(found?.length > 0, "something is marked");
      for (const text of found) assert.match(text, wanted);
      const color = await page.evaluate(() => getComputedStyle(document.querySelector("main"), "::highlight(search)").backgroundColor);
      assert.notEqual(color, "rgba(0, 0, 0, 0)", "and can be seen");
      assert.deepEqual(await kept(page), NOTHING);
      await page.keyboard.press("Escape");
      assert.equal(await marked(page), null, "Esc takes the marks away");
    }));
}

test("marks on the page itself, and a fold that holds the place is opened", () =>
  on("network/vpn/", async (page) => {
    await search(page, "トケイソウ");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/network/vpn/#old");
    await settled(page);
    assert.deepEqual(await marked(page), ["トケイソウ"]);
    assert.ok(await page.getByRole("main").getByText("トケイソウ").isVisible());
    const { session } = await kept(page);
    assert.deepEqual(session, {});
  }));

test("a click marks as Enter does; a page that is reached otherwise has no marks", () =>
  on("", async (page) => {
    await search(page, "接続");
    await page.locator("[data-search-result] a").first().click();
    await page.waitForURL("**/network/vpn/**");
    assert.ok((await marked(page)).length > 0);
    await page.reload();
    assert.equal(await marked(page), null, "not after a reload");
    await open(page, `${site.address}network/vpn/`);
    assert.equal(await marked(page), null);
  }));

test("nothing of a question is kept: not by a reload, not by going back, not on the next page", () =>
  on("", async (page) => {
    await search(page, "接続");
    const { typed, ...rest } = await kept(page);
    assert.equal(typed, "接続");
    const { typed: nothing, ...others } = NOTHING;
    assert.deepEqual(rest, others);
    await page.reload();
    assert.deepEqual(await kept(page), NOTHING);
    await search(page, "接続");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/network/vpn/**");
    assert.ok(!page.url().includes("?"), page.url());
    await page.goBack();
    await page.waitForURL(site.address);
    const { typed: back, ...left } = await kept(page);
    assert.deepEqual(left, others);
    assert.equal(back, "", "the field is empty again");
    assert.equal(await page.locator("[data-search-result]").count(), 0);
  }));

test("the search page has its question in the address alone, and back finds it again", () =>
  on("search/", async (page) => {
    const before = await page.evaluate(() => history.length);
    await page.locator("input[type=search]:focus").waitFor();
    await page.keyboard.type("接続");
    await answered(page, "接続");
    assert.equal(new URL(page.url()).searchParams.get("q"), "接続");
    assert.equal(await page.evaluate(() => history.length), before, "typing adds no steps to go back");
    const { search: address, typed, ...rest } = await kept(page);
    const { search: none, typed: nothing, ...others } = NOTHING;
    assert.deepEqual(rest, others);
    await page.locator("[data-search-result] a").first().click();
    await page.waitForURL("**/network/vpn/**");
    assert.deepEqual(await kept(page), NOTHING);
    await page.goBack();
    await answered(page, "接続");
  }));
