// What a term means is shown to whoever points at it, touches it or comes to it by the
// keyboard, with and without scripts, and can be put away.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, open, still } from "./acts.mjs";
import { contextOf, launch, published, siteOf } from "./browser.mjs";

const FILES = {
  "shirube.yaml": "locales: [ja, en]\ntitle: 窓口\n",
  "locales/ja/terms.ftl": "-app = 認証アプリ\n    .definition = 本人だと確かめるアプリ。スマートフォンに入れて使います。\n",
  "locales/en/terms.ftl": "-app = authenticator app\n    .definition = The app on your phone that shows that it is you.\n",
  "content/index.md": "---\ntitle: 窓口\n---\n\n[手引き](a.md)\n",
  "content/a.md": "---\ntitle: 手引き\n---\n\nまず、会社の{-app}を開きます。次に{-app}を閉じます。\n\n## {-app}のこと\n\n- 右の端にある{-app}です。\n",
  "content/a.en.md": "---\ntitle: Guide\n---\n\nFirst, open the {-app}.\n",
};
let browser, files, site;

before(async () => {
  files = await siteOf(FILES);
  site = await published(files.folder);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await site?.close();
  await files?.remove();
});

async function on(path, options, walk) {
  const context = await contextOf(browser, { ...still, ...options });
  const page = await context.newPage();
  await open(page, site.address + path);
  await walk(page, page.locator(".term").first(), page.locator(".tip").first());
  await context.close();
}

const DESK = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };

test("pointing at a term shows what it means, and so does what is shown", () =>
  on("a/", DESK, async (page, term, tip) => {
    assert.equal(await tip.isVisible(), false);
    await term.hover();
    assert.equal(await tip.isVisible(), true);
    const [word, shown] = [await term.boundingBox(), await tip.boundingBox()];
    await page.mouse.move(word.x + word.width / 2, shown.y + shown.height / 2, { steps: 12 });
    assert.equal(await tip.isVisible(), true);
    await page.keyboard.press("Escape");
    assert.equal(await tip.isVisible(), false);
    await page.mouse.move(0, 0);
    await term.hover();
    assert.equal(await tip.isVisible(), true);
  }));

test("the keyboard comes to a term once under each heading, and Esc puts away what it means", () =>
  on("a/", DESK, async (page, term, tip) => {
    assert.equal(await page.locator(".text .term[tabindex]").count(), 2);
    assert.equal(await page.locator("h1 .tip, h2 .tip").count(), 0);
    await term.focus();
    assert.equal(await tip.isVisible(), true);
    assert.equal(await term.getAttribute("aria-describedby"), await tip.getAttribute("id"));
    await page.keyboard.press("Escape");
    assert.equal(await tip.isVisible(), false);
    assert.equal(await term.evaluate((own) => own === document.activeElement), true);
  }));

for (const script of [true, false]) {
  test(`a touch shows what it means within a phone, ${script ? "with" : "without"} scripts`, () =>
    on("a/", { ...PHONE, javaScriptEnabled: script }, async (page) => {
      for (const at of [0, 1]) {
        await page.locator(".text .term[tabindex]").nth(at).tap();
        const tip = page.locator(".tip").nth(at);
        assert.equal(await tip.isVisible(), true);
        const box = await tip.boundingBox();
        assert.ok(box.x >= 0 && box.x + box.width <= 320, JSON.stringify(box));
      }
    }));
}

test("what is shown passes axe in both languages and schemes, and is not printed", async () => {
  for (const path of ["a/", "en/a/"]) {
    for (const colorScheme of ["light", "dark"]) {
      await on(path, { ...DESK, colorScheme, bypassCSP: true }, async (page, term, tip) => {
        await term.focus();
        assert.deepEqual(await axe(page), []);
        await page.emulateMedia({ media: "print" });
        assert.equal(await tip.isVisible(), false);
      });
    }
  }
});
