// The search of the default theme on a site made for it: what is found, what a result is, the
// keyboard, input methods, filters, and that text is never markup; from a server and a disk.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { answered, axe, open, openSearch, resultsOf, search, settled, still } from "./acts.mjs";
import { contextOf, countViolations, launch, searchSite, watched } from "./browser.mjs";

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

/** Walks on a page that must stay without a fault. */
async function on(path, walk, { context = desk, base = site.address } = {}) {
  const page = await context.newPage();
  await countViolations(page);
  const faults = watched(page, base);
  await (base.startsWith("file:") ? page.goto(base + path) : open(page, base + path));
  await walk(page);
  assert.deepEqual(await page.evaluate(() => window.violations), []);
  assert.deepEqual(faults, []);
  await page.close();
}

/** What is shown: where each result leads, below the root, and what can be read of it. */
const results = (page, base = site.address) =>
  resultsOf(page)
    .locator("[data-search-result] a")
    .evaluateAll(
      (links, base) =>
        links.map((link) => ({
          to: decodeURIComponent(link.href.slice(base.length)).replace(/index\.html(?=#|$)/, ""),
          text: link.innerText,
        })),
      base,
    );

const said = (page, text) =>
  page.locator("[role=status], [aria-live=polite]").filter({ hasText: text }).first().waitFor();
const shown = (page) => page.getByRole("search").first().innerText();

/** Questions, and what answers them first. */
const FINDS = {
  ja: [
    ["ログインできない", "account/sign-in/", "words of the title"],
    ["ろぐいん", "account/sign-in/", "in hiragana"],
    ["ﾒｰﾙ", "account/mail/", "in half width"],
    ["パスワド", "account/sign-in/", "with a letter too few"],
    ["AADSTS50126", "account/sign-in/#code", "an error code"],
    ["50126", "account/sign-in/#code", "a part of it"],
    ["無線を切り替えて", "network/vpn/#drops", "half a sentence"],
    ["勤怠システム", "account/sign-in/#clock", "a word of the site's synonyms"],
    ["フッター文言", "account/mail/", "a keyword of the front matter"],
    ["ロックアウト", "account/sign-in/", "a keyword of a callout"],
    ["トケイソウ", "network/vpn/#old", "what is folded away"],
    ["ヤツデ", "account/long/#item-45", "a section far down"],
  ],
  en: [
    ["cannot sign in", "en/account/sign-in/", "words of the title"],
    ["pasword", "en/account/sign-in/#code", "with a letter too few"],
    ["AADSTS50126", "en/account/sign-in/#code", "an error code"],
    ["wireless network and connect", "en/network/vpn/#drops", "half a sentence"],
    ["time sheet", "en/account/sign-in/#clock", "a word of the site's synonyms"],
    ["footer text", "en/account/mail/", "a keyword of the front matter"],
    ["lockout", "en/account/sign-in/", "a keyword of a callout"],
    ["passionflower", "en/network/vpn/#old", "what is folded away"],
    ["peony", "en/account/long/#item-45", "a section far down"],
    ["guestpass", "en/network/standing/", "a guide that stands in for its translation"],
    ["connec", "en/network/vpn/", "a word that is being typed"],
  ],
};
const ROOTS = { ja: "", en: "en/" };
const NEAR = { ja: ["AADSTS50127", "aadsts50126", "account/sign-in/#code"], en: ["passwrd", "password", "en/account/sign-in/#code"] };

for (const locale of ["ja", "en"]) {
  const front = ROOTS[locale];

  test(`typing finds, ${locale}`, () =>
    on(front, async (page) => {
      const field = await openSearch(page);
      for (const [query, wanted, why] of FINDS[locale]) {
        await field.fill("");
        await field.pressSequentially(query);
        await answered(page, query);
        const found = await results(page);
        const guide = wanted.includes("#") ? found[0]?.to : found[0]?.to.split("#")[0];
        assert.equal(guide, wanted, `${query}: ${why}`);
      }
    }));

  test(`a result is as the contract has it, and its link leads to its section, ${locale}`, () =>
    on(front, async (page) => {
      const query = locale === "ja" ? "接続" : "connect";
      await search(page, query);
      const list = resultsOf(page);
      assert.equal(await list.getAttribute("data-query"), query);
      const rows = await list.evaluate((one) =>
        [...one.children].map((row) => {
          const link = row.firstElementChild;
          return [row.localName, row.getAttribute("role"), "searchResult" in row.dataset, link.localName, link.getAttribute("role"), link.getAttribute("tabindex")];
        }),
      );
      assert.ok(rows.length >= 2, `${rows.length} results`);
      for (const row of rows) assert.deepEqual(row, ["li", "presentation", true, "a", "option", "-1"]);
      assert.deepEqual(await axe(page), []);
      const found = await results(page);
      const guides = found.map(({ to }) => to.split("#")[0]);
      const apart = guides.filter((guide, at) => guide !== guides[at - 1]);
      assert.equal(apart.length, new Set(guides).size, `sections of a guide follow its best: ${guides}`);
      const texts = await list.locator("mark").allInnerTexts();
      assert.ok(texts.length > 0 && texts.every((text) => text.toLowerCase().includes(query)), texts.join());
      for (const { to } of found) {
        await page.goto("about:blank");
        await open(page, site.address + encodeURI(to));
        const at = to.split("#")[1];
        if (!at) continue;
        await page.waitForFunction((at) => {
          const { top, bottom } = document.getElementById(at).getBoundingClientRect();
          return top >= 0 && bottom <= innerHeight && bottom > 0;
        }, at);
      }
    }));

  test(`arrows, Enter and Esc, ${locale}`, () =>
    on(front, async (page) => {
      const query = locale === "ja" ? "ログイン" : "password";
      const field = await search(page, query);
      const found = await results(page);
      const active = () =>
        page.evaluate(() => {
          const chosen = [...document.querySelectorAll("[role=option][aria-selected=true]")].map((one) => one.id);
          return [document.activeElement.getAttribute("aria-activedescendant"), chosen];
        });
      await page.keyboard.press("ArrowUp");
      const [last, chosen] = await active();
      assert.deepEqual([last], chosen, "upwards from the field is the last one");
      await page.keyboard.press("ArrowDown");
      assert.deepEqual(await active(), [null, []], "and down again the field");
      await page.keyboard.press("Escape");
      await page.locator("[data-search-results]").waitFor({ state: "hidden" });
      assert.equal(await field.inputValue(), query);
      await page.keyboard.press("Escape");
      assert.equal(await field.inputValue(), "", "the second Esc empties the field");
      await field.fill(query);
      await answered(page, query);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => decodeURIComponent(url.href) === site.address + found[0].to);
    }));

  test(`the number of results is said, and what the best one lacks, ${locale}`, () =>
    on(front, async (page) => {
      const [query, missing] = locale === "ja" ? ["パスワード シーラカンス", "シーラカンス"] : ["password kangaroo", "kangaroo"];
      await search(page, query);
      const found = await results(page);
      assert.ok(found.length > 0);
      await said(page, missing);
      await said(page, new RegExp(`\\b${found.length}(件| result)`));
    }));

  test(`nothing found: what was looked for, and whom to ask, ${locale}`, () =>
    on(front, async (page) => {
      await search(page, "シーラカンス");
      assert.deepEqual(await results(page), []);
      const text = await shown(page);
      assert.ok(text.includes("シーラカンス") && text.includes("5050"), text);
      await said(page, "シーラカンス");
    }));

  test(`what is near can be asked instead, ${locale}`, () =>
    on(front, async (page) => {
      const [query, meant, to] = NEAR[locale];
      await search(page, query);
      await page.getByRole("search").first().getByRole("link", { name: meant, exact: true }).click();
      await page.waitForURL("**/search/?q=*");
      await answered(page, meant);
      assert.equal((await results(page))[0].to, to);
    }));

  test(`a draft is in no answer, ${locale}`, () =>
    on(front, async (page) => {
      for (const query of ["ザクロ", "pomegranate", "QX77193"]) {
        await search(page, query);
        assert.deepEqual(await results(page), [], query);
      }
    }));

  test(`the search page narrows by section and by tag, ${locale}`, () =>
    on(`${front}search/?q=${locale === "ja" ? "ログイン" : "password"}`, async (page) => {
      const [query, narrow, tag] = locale === "ja" ? ["ログイン", "ネットワーク", "パスワード"] : ["password", "Network", "Mail"];
      await answered(page, query);
      const all = await results(page);
      const asked = async (section, tag) => {
        const [sections, tags] = await page.getByRole("main").locator("select").all();
        await sections.selectOption(section);
        await tags.selectOption(tag);
        // What is chosen is in the address, when it has been answered.
        await page.waitForFunction(
          (tag) => (new URLSearchParams(location.search).get("tag") ?? "") === tag && document.querySelector("[data-search-results]").dataset.state === "done",
          tag,
        );
        await settled(page);
        return (await results(page)).map(({ to }) => to);
      };
      const account = all.map(({ to }) => to).filter((to) => to.startsWith(`${front}account/sign-in/`));
      assert.ok(account.length > 0);
      const within = await asked({ label: narrow }, "");
      assert.ok(within.every((to) => to.startsWith(`${front}network/`)), within.join());
      if (locale === "ja") {
        assert.ok(within.length > 0, "the VPN guide has a synonym");
        const tagged = await asked("", tag);
        assert.deepEqual([...new Set(tagged.map((to) => to.split("#")[0]))], ["account/sign-in/"]);
      } else assert.deepEqual(await asked("", tag), [], "no guide about mail says so");
      await page.reload();
      await answered(page, query);
      assert.equal(await page.getByRole("main").locator("select").nth(1).inputValue(), tag);
    }));

  test(`what guides hold is never read as markup, ${locale}`, () =>
    on(front, async (page) => {
      const query = locale === "ja" ? "ヤマボウシ" : "dogwood";
      const list = resultsOf(page);
      const clean = async (asked) => {
        const kinds = await page.evaluate(() => [
          ...new Set([...document.querySelectorAll("[data-search-results] *, [role=status] *")].map((one) => one.localName)),
        ]);
        assert.deepEqual(kinds.filter((kind) => !["li", "a", "span", "mark"].includes(kind)), [], asked);
        assert.equal(await page.evaluate(() => window.hacked), undefined, asked);
      };
      await search(page, query);
      await clean(query);
      const text = await list.innerText();
      for (const wanted of ["<img src=x onerror=window.hacked=1> </script><script>window.hacked=2</script>", "<img src=x onerror=window.hacked=7>"]) {
        assert.ok(text.includes(wanted), `${wanted} in ${text}`);
      }
      const hostile = ["onerror", "script", "<img src=x onerror=window.hacked=20>", `"><script>window.hacked=21</script> ${query}`, `<b>${query}</b>`, "{q} {n} {words} $& $1"];
      for (const asked of hostile) {
        await search(page, asked);
        await said(page, /./);
        await clean(asked);
      }
      await open(page, `${site.address}${front}search/?q=${encodeURIComponent(hostile[2])}`);
      await answered(page, hostile[2]);
      await clean("the address");
      await page.locator("[data-search-result] a").first().click();
      await page.waitForURL("**/network/hostile/**");
      await settled(page);
      assert.equal(await page.evaluate(() => window.hacked), undefined);
    }));
}

test("a guide in another language than the page is marked as such", () =>
  on("en/", async (page) => {
    await search(page, "guestpass");
    assert.equal(await resultsOf(page).locator("a").first().getAttribute("lang"), "ja");
  }));

test("the index holds no word of a draft", async () => {
  const folder = join(site.folder, "search-index");
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".js"));
  assert.ok(names.length > 20, `${names.length} files`);
  for (const name of names) {
    const text = await readFile(join(folder, name), "utf8");
    assert.doesNotMatch(text, /ザクロ|ザク|クロ|pomegranate|etanargemop|qx77193|network\/draft/i, name);
  }
});

test("while an input method composes nothing is asked and nothing moves", () =>
  on("network/vpn/", async (page) => {
    const asked = [];
    const field = await search(page, "接続");
    const before = { url: page.url(), rows: await results(page) };
    await page.waitForLoadState("networkidle");
    page.on("request", (request) => asked.push(request.url()));
    const devtools = await page.context().newCDPSession(page);
    const key = async (name) => {
      const one = { key: name, code: name, windowsVirtualKeyCode: 229 };
      await devtools.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...one });
      await devtools.send("Input.dispatchKeyEvent", { type: "keyUp", ...one });
    };
    await field.evaluate((one) => one.setSelectionRange(2, 2));
    for (const text of ["ぱ", "ぱす", "ぱすわ", "パスワード"]) {
      await devtools.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
      assert.equal(await field.inputValue(), `接続${text}`);
      for (const name of ["ArrowDown", "ArrowUp", "Enter"]) await key(name);
      await settled(page);
      assert.equal(await field.getAttribute("aria-activedescendant"), null);
      assert.equal(await resultsOf(page).getAttribute("data-query"), "接続");
      assert.deepEqual(await results(page), before.rows, "the former answer stands");
      assert.equal(page.url(), before.url);
    }
    assert.deepEqual(asked, [], "nothing is asked for");
    await devtools.send("Input.insertText", { text: "パスワード" });
    await answered(page, "接続パスワード");
    await page.keyboard.press("ArrowDown");
    assert.notEqual(await field.getAttribute("aria-activedescendant"), null);
  }));

test("a composition that is given up leaves the answer to what is left", () =>
  on("network/vpn/", async (page) => {
    const field = await search(page, "接続");
    const devtools = await page.context().newCDPSession(page);
    await field.evaluate((one) => one.setSelectionRange(2, 2));
    await devtools.send("Input.imeSetComposition", { text: "ぱす", selectionStart: 2, selectionEnd: 2 });
    await devtools.send("Input.imeSetComposition", { text: "", selectionStart: 0, selectionEnd: 0 });
    assert.equal(await field.inputValue(), "接続");
    await answered(page, "接続");
    assert.ok((await results(page)).length > 0);
  }));

test("an excerpt of a long guide is loaded when it comes into sight", async () => {
  const low = await contextOf(browser, { ...still, viewport: { width: 800, height: 360 } });
  await on("search/?q=" + encodeURIComponent("確かめ"), async (page) => {
    await answered(page, "確かめ");
    const link = page.locator("[data-search-result] a[href*='account/long/']").last();
    await page.waitForLoadState("networkidle");
    assert.equal(await link.locator("mark").count(), 0, "not before");
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await link.scrollIntoViewIfNeeded();
    await link.locator("mark").first().waitFor();
    assert.equal(asked.filter((url) => url.includes("/search-index/ja/")).length, 1, asked.join());
  }, { context: low });
  await low.close();
});

test("an answer or an excerpt that comes too late is dropped", async () => {
  let holding = new Set();
  const waiting = [];
  const hold = (path) => (holding.has(path) ? new Promise((go) => waiting.push(go)) : null);
  const release = () => {
    holding = new Set();
    for (const go of waiting.splice(0)) go();
  };
  const slow = await searchSite({ hold });
  const fresh = async (walk) => {
    const page = await desk.newPage();
    const asked = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await open(page, slow.address);
    await walk(page, await openSearch(page), asked);
    await page.close();
  };
  try {
    let mail, usual, late;
    await fresh(async (page, _, asked) => {
      await search(page, "メール");
      await page.waitForLoadState("networkidle");
      mail = await results(page, slow.address);
      usual = new Set(asked);
    });
    await fresh(async (page, _, asked) => {
      await search(page, "ヤツデ");
      await page.locator("[data-search-result] mark").first().waitFor();
      late = asked.filter((path) => !usual.has(path));
      assert.ok(late.length >= 2, "what the answer says, and its excerpt");
    });
    // First all that it needs besides is late, then the excerpt alone.
    for (const [names, answers] of [[late, false], [late.slice(-1), true]]) {
      await fresh(async (page, field, asked) => {
        holding = new Set(names);
        const [held] = await Promise.all([
          page.waitForRequest((request) => holding.has(new URL(request.url()).pathname)),
          field.fill("ヤツデ"),
        ]);
        if (answers) await answered(page, "ヤツデ");
        await field.fill("メール");
        await answered(page, "メール");
        const arrived = page.waitForResponse((response) => response.url() === held.url());
        release();
        await (await arrived).finished();
        await page.waitForLoadState("networkidle");
        await settled(page);
        assert.equal(await resultsOf(page).getAttribute("data-query"), "メール");
        assert.deepEqual(await results(page, slow.address), mail);
      });
    }
  } finally {
    release();
    await slow.close();
  }
});

test("from a disk the same is found", async () => {
  const base = pathToFileURL(`${site.folder}/`).href;
  for (const locale of ["ja", "en"]) {
    const queries = [...FINDS[locale].map(([query]) => query), "シーラカンス", locale === "ja" ? "接続" : "the"];
    const ask = async (page, root) => {
      const found = {};
      for (const query of queries) {
        await search(page, query);
        found[query] = (await results(page, root)).map(({ to }) => to);
      }
      return found;
    };
    let served, opened;
    await on(ROOTS[locale], async (page) => (served = await ask(page, site.address)));
    await on(`${ROOTS[locale]}index.html`, async (page) => {
      opened = await ask(page, base);
      await search(page, queries[0]);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/account/sign-in/index.html*");
      assert.ok(await page.evaluate(() => CSS.highlights.get("search")), "marked there, too");
    }, { base });
    assert.deepEqual(opened, served);
  }
});

test("without script the search page leads to all guides", async () => {
  const bare = await contextOf(browser, { javaScriptEnabled: false });
  const page = await bare.newPage();
  await open(page, `${site.address}search/?q=VPN`);
  assert.equal(await page.locator("input[type=search]:visible").count(), 0, "no field that does nothing");
  await page.getByRole("main").getByRole("link").first().click();
  await page.waitForURL("**/all/");
  await bare.close();
});
