// The search field and the search page, with an engine whose answers never change: the
// contract of their markup, the keyboard, and input methods.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answered, open, openSearch, resultsOf, search, settled, still, WORDS } from "./acts.mjs";
import { contextOf, countViolations, launch, sample, watched } from "./browser.mjs";
import { LOCALES, pages, pathOf, TEMPLATES } from "./kinds.mjs";

let browser, site, desk;

before(async () => {
  site = await sample();
  browser = await launch();
  desk = await contextOf(browser, { ...still, viewport: { width: 1280, height: 800 } });
});

after(async () => {
  await browser?.close();
  await site?.close();
});

async function on(path, walk, context = desk) {
  const page = await context.newPage();
  await open(page, site.address + path);
  await walk(page);
  await page.close();
}

test("every page has a search field, focused by / and Ctrl+K", async () => {
  for (const [name, path] of pages(TEMPLATES)) {
    await on(path, async (page) => {
      const field = page.locator("input[type=search]");
      assert.equal(await field.count(), 1, name);
      assert.equal(await field.isVisible(), true, name);
      for (const key of ["/", "Control+k"]) {
        await page.evaluate(() => document.activeElement.blur());
        await page.keyboard.press(key);
        assert.ok(await field.evaluate((one) => one === document.activeElement), `${key} on ${name}`);
        assert.equal((await field.inputValue()).includes("/"), false);
      }
      await page.keyboard.type("a/b");
      assert.match(await field.inputValue(), /a\/b$/, "a slash can be typed");
    });
  }
});

test("the field is in one landmark of its own, not in two", () =>
  on(pathOf("guide", "ja"), async (page) => assert.equal(await page.getByRole("search").count(), 1)));

test("nothing of search is loaded before the field is used", async () => {
  await on(pathOf("guide", "ja"), async (page) => {
    const scripts = () =>
      page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => /search/.test(name)));
    assert.deepEqual(await scripts(), []);
    await openSearch(page);
    await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => /search-engine/.test(name)));
  });
});

for (const locale of LOCALES) {
  const words = WORDS[locale];

  test(`results are as the contract has them, ${locale}`, () =>
    on(pathOf("guide", locale), async (page) => {
      const field = await search(page, words.query);
      const list = resultsOf(page);
      assert.equal(await list.getAttribute("data-state"), "done");
      assert.equal(await list.getAttribute("data-query"), words.query);
      const rows = await list.evaluate((one) =>
        [...one.children].map((row) => {
          const link = row.firstElementChild;
          return {
            row: row.localName, role: row.getAttribute("role"), result: "searchResult" in row.dataset,
            link: link.localName, option: link.getAttribute("role"), tab: link.getAttribute("tabindex"), href: link.href,
          };
        }),
      );
      assert.equal(rows.length, 5);
      for (const { href, ...row } of rows) {
        assert.deepEqual(row, { row: "li", role: "presentation", result: true, link: "a", option: "option", tab: "-1" });
        const answer = await page.request.get(href);
        assert.equal(answer.status(), 200, href);
      }
      assert.deepEqual(
        rows.map(({ href }) => decodeURIComponent(new URL(href).pathname + new URL(href).hash)).slice(0, 3),
        ["#move", "#locked-out", ""].map((hash) => `/${pathOf("guide", locale)}${hash}`),
        "in rank order, sections of a guide following its best one",
      );
      assert.ok((await list.locator("mark").count()) >= 3, "hits are marked");
      assert.ok(await list.getByText("<b>").count(), "an excerpt is text, never markup");
      // The listbox pattern.
      const box = await field.evaluate((one) => ({
        role: one.getAttribute("role"), expanded: one.getAttribute("aria-expanded"),
        list: document.getElementById(one.getAttribute("aria-controls"))?.getAttribute("role"),
      }));
      assert.deepEqual(box, { role: "combobox", expanded: "true", list: "listbox" });
      await page.locator("[role=status], [aria-live=polite]").filter({ hasText: "5" }).first().waitFor();
    }));

  test(`results are walked by arrows, opened by Enter, left by Esc, ${locale}`, () =>
    on(pathOf("front", locale), async (page) => {
      const field = await search(page, words.query);
      const active = () =>
        field.evaluate((one) => {
          const option = document.getElementById(one.getAttribute("aria-activedescendant") ?? "");
          const all = [...document.querySelectorAll("[data-search-result] [role=option]")];
          const selected = all.filter((other) => other.getAttribute("aria-selected") === "true");
          return { at: all.indexOf(option), selected: selected.map((other) => all.indexOf(other)) };
        });
      for (const at of [0, 1, 2]) {
        await page.keyboard.press("ArrowDown");
        assert.deepEqual(await active(), { at, selected: [at] });
      }
      await page.keyboard.press("ArrowUp");
      assert.deepEqual(await active(), { at: 1, selected: [1] });
      assert.ok(await field.evaluate((one) => one === document.activeElement), "the focus stays in the field");
      await page.keyboard.press("Escape");
      await page.locator("[data-search-results]").waitFor({ state: "hidden" });
      assert.equal(await field.getAttribute("aria-expanded"), "false");
      assert.equal(await field.inputValue(), words.query, "the first Esc keeps what was typed");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.hash !== "");
      assert.equal(decodeURIComponent(new URL(page.url()).pathname), `/${pathOf("guide", locale)}`);
    }));

  test(`while an input method composes nothing moves, ${locale}`, () =>
    on(pathOf("guide", locale), async (page) => {
      const field = await search(page, words.query);
      const before = page.url();
      const list = resultsOf(page);
      await field.fill("");
      await page.locator("[data-search-results][data-state=idle]").first().waitFor({ state: "attached" });
      const devtools = await page.context().newCDPSession(page);
      const compose = (text) =>
        devtools.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
      // An input method passes its keys on with the code 229; Chromium tells the page that it
      // composes.
      const key = (name) =>
        devtools
          .send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: name, code: name, windowsVirtualKeyCode: 229 })
          .then(() => devtools.send("Input.dispatchKeyEvent", { type: "keyUp", key: name, code: name, windowsVirtualKeyCode: 229 }));
      for (const text of ["に", "にん", "にんしょ", "にんしょう", "認証"]) {
        await compose(text);
        for (const name of ["ArrowDown", "Enter", "Escape"]) await key(name);
        await settled(page);
        assert.equal(await field.getAttribute("aria-activedescendant"), null, "the arrows choose a word, not a result");
        assert.equal(page.url(), before, "Enter belongs to the input method");
        assert.equal(await page.locator("[data-search-results]").first().getAttribute("data-state"), "idle");
      }
      await devtools.send("Input.insertText", { text: "認証" });
      await answered(page, "認証");
      assert.ok(await list.isVisible());
      await page.keyboard.press("ArrowDown");
      assert.notEqual(await field.getAttribute("aria-activedescendant"), null, "now they choose a result");
    }));

  test(`an empty answer says what was looked for, what is near, and whom to ask, ${locale}`, () =>
    on(pathOf("guide", locale), async (page) => {
      await search(page, words.none);
      const form = page.getByRole("search").first();
      const text = await form.innerText();
      assert.ok(text.includes(words.none), text);
      assert.ok(text.includes("5050"), "whom to ask");
      const near = form.getByRole("link", { name: locale === "ja" ? "認証アプリ" : "authenticator" });
      await near.click();
      await page.waitForURL("**/search/?q=*");
      await page.locator("[data-search-results][data-state=done] a").first().waitFor();
    }));

  test(`a partial answer says which words are missing, ${locale}`, () =>
    on(pathOf("guide", locale), async (page) => {
      await search(page, words.partly);
      const missing = words.partly.split(" ")[0];
      await page.locator("[role=status], [aria-live=polite]").filter({ hasText: missing }).first().waitFor();
      assert.equal(await resultsOf(page).locator("[data-search-result]").count(), 5);
    }));

  test(`a search that fails says so, ${locale}`, () =>
    on(pathOf("guide", locale), async (page) => {
      const field = await openSearch(page);
      await field.fill(words.broken);
      const said = page.locator("[role=status], [aria-live=polite]");
      await said.filter({ hasText: words.failed }).first().waitFor();
    }));

  test(`the search page answers its address, and filters, ${locale}`, () =>
    on(`${pathOf("search", locale)}?q=${encodeURIComponent(words.query)}`, async (page) => {
      const list = page.locator("[data-search-results][data-state=done]");
      await list.locator("a").first().waitFor();
      assert.equal(await list.getAttribute("data-query"), words.query);
      assert.equal(await page.locator("input[type=search]").inputValue(), words.query);
      assert.equal(await list.locator("[data-search-result]").count(), 5);
      const filters = page.getByRole("main").getByRole("combobox").and(page.locator("select"));
      assert.equal(await filters.count(), 2, "by section and by tag");
      const [section, tag] = await filters.all();
      const count = (wanted) =>
        page.waitForFunction((wanted) => document.querySelectorAll("[data-search-result]").length === wanted, wanted);
      await section.selectOption(locale === "ja" ? "部品の見本" : "Elements");
      await count(locale === "ja" ? 1 : 0);
      await section.selectOption(locale === "ja" ? "アカウントとサインイン" : "Accounts and sign-in");
      await count(locale === "ja" ? 4 : 5);
      await tag.selectOption(locale === "ja" ? "サインイン" : "Sign-in");
      await count(4);
      await page.locator("[data-search-result] a").nth(3).click();
      await page.waitForURL("**/account/**");
    }));
}

test("a field left with words in it keeps them; one asked twice answers the last", () =>
  on(pathOf("guide", "ja"), async (page) => {
    const field = await openSearch(page);
    await field.pressSequentially("認証アプリ");
    await answered(page, "認証アプリ");
    await page.keyboard.press("Tab");
    await page.locator("[data-search-results]").first().waitFor({ state: "hidden" });
    assert.equal(await field.inputValue(), "認証アプリ");
  }));

test("on a phone the search opens over the page and closes again", async () => {
  const phone = await contextOf(browser, { ...still, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await on(pathOf("guide", "ja"), async (page) => {
    const faults = watched(page, site.address);
    await page.locator("input[type=search]").tap();
    const field = page.locator("input[type=search]");
    await field.fill(WORDS.ja.query);
    await answered(page, WORDS.ja.query);
    const list = await resultsOf(page).boundingBox();
    assert.ok(list.width >= 300, `the results are ${list.width}px wide`);
    const size = await field.evaluate((one) => parseFloat(getComputedStyle(one).fontSize));
    assert.ok(size >= 16, "a phone does not zoom in on the field");
    await page.getByRole("search").first().getByRole("button").last().tap();
    await resultsOf(page).waitFor({ state: "hidden" });
    assert.deepEqual(faults, []);
  }, phone);
  await phone.close();
});

test("the missing page searches for the words of the address", () =>
  on("missing/vpn-settings", async (page) => {
    assert.equal(await page.locator("input[type=search]").inputValue(), "vpn settings");
  }));

test("the policy holds while one searches", async () => {
  const page = await desk.newPage();
  await countViolations(page);
  const faults = watched(page, site.address);
  await open(page, site.address + pathOf("guide", "en"));
  await search(page, WORDS.en.query);
  assert.deepEqual(await page.evaluate(() => window.violations), []);
  assert.deepEqual(faults, []);
  await page.close();
});

for (const width of [320, 390, 640, 770, 844, 900, 960, 1024, 1280]) {
  test(`the panel stays on a screen of ${width} px`, async () => {
    for (const name of ["guide", "front"]) {
      await on(pathOf(name, "ja"), async (page) => {
        await page.setViewportSize({ width, height: 800 });
        await search(page, WORDS.ja.query);
        const { left, right, wide } = await resultsOf(page).evaluate((list) => {
          const { left, right } = list.parentElement.getBoundingClientRect();
          return { left, right, wide: innerWidth };
        });
        assert.ok(left >= 0 && right <= wide, `${name}: the panel is from ${left} to ${right} of ${wide}`);
      });
    }
  });
}
