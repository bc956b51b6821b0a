// No violation of WCAG 2.2 AA, nor of axe's best practice, on any kind of page: in either
// scheme and either language, with and without script, and with what opens open.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, menuButton, open, openWithoutScript, openZoom, search, settled, still, unfold, WORDS } from "./acts.mjs";
import { contextOf, launch, sample } from "./browser.mjs";
import { LOCALES, pages, pathOf } from "./kinds.mjs";

const SCHEMES = ["light", "dark"];
let browser, site, desk, phone, read, bare;

before(async () => {
  site = await sample();
  browser = await launch();
  desk = await contextOf(browser, { ...still, viewport: { width: 1440, height: 900 } });
  phone = await contextOf(browser, { ...still, viewport: { width: 390, height: 844 } });
  read = await desk.newPage();
  bare = await phone.newPage();
});

after(async () => {
  await browser?.close();
  await site?.close();
});

/** Looks at the page as it stands in both schemes. */
async function clean(page) {
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    await settled(page);
    assert.deepEqual(await axe(page), [], colorScheme);
  }
}

for (const [name, path] of pages()) {
  test(`${name}`, async () => {
    await open(read, site.address + path);
    await unfold(read);
    await clean(read);
  });

  test(`${name} without script, on a phone`, async () => {
    await openWithoutScript(bare, site.address + path);
    await clean(bare);
  });
}

for (const locale of LOCALES) {
  for (const [where, context] of [["a desk", () => desk], ["a phone", () => phone]]) {
    for (const what of ["query", "none", "partly", "broken"]) {
      test(`search on ${where}, ${locale}, ${what}`, async () => {
        const page = await context().newPage();
        await open(page, site.address + pathOf("guide", locale));
        await search(page, WORDS[locale][what]);
        await clean(page);
        await page.close();
      });
    }

    test(`a picture opened on ${where}, ${locale}`, async () => {
      const page = await context().newPage();
      await open(page, site.address + pathOf("guide", locale));
      await openZoom(page);
      await clean(page);
      await page.close();
    });
  }

  test(`the search page with results, ${locale}`, async () => {
    const page = await desk.newPage();
    const query = WORDS[locale].query;
    await open(page, `${site.address}${pathOf("search", locale)}?q=${encodeURIComponent(query)}`);
    await page.locator("[data-search-results][data-state=done] a").first().waitFor();
    await clean(page);
    await page.close();
  });

  test(`the menu open on a phone, ${locale}`, async () => {
    const page = await phone.newPage();
    await open(page, site.address + pathOf("guide", locale));
    await menuButton(page, locale).click();
    await clean(page);
    await page.close();
  });
}
