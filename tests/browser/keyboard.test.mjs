// Everything by keyboard: the skip link, the menu, pictures, tabs, copying, what scrolls; the
// focus is always seen, and never under something else.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { menuButton, open, openZoom, still, unfold, WORDS } from "./acts.mjs";
import { contextOf, launch, sample } from "./browser.mjs";
import { LOCALES, pages, pathOf } from "./kinds.mjs";

const DESK = { ...still, viewport: { width: 1440, height: 900 } };
const PHONE = { ...still, viewport: { width: 390, height: 844 } };
let browser, site;

before(async () => {
  site = await sample();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await site?.close();
});

/** Runs `walk` on a page of its own. */
async function on(options, path, walk) {
  const context = await contextOf(browser, options);
  const page = await context.newPage();
  await open(page, site.address + path);
  await walk(page, context);
  await context.close();
}

for (const locale of LOCALES) {
  const words = WORDS[locale];

  test(`the first Tab offers to skip to the text, ${locale}`, () =>
    on(DESK, pathOf("guide", locale), async (page) => {
      await page.keyboard.press("Tab");
      const skip = page.locator(":focus");
      assert.match(await skip.innerText(), words.skip);
      const box = await skip.boundingBox();
      assert.ok(box.x >= 0 && box.y >= 0 && box.width > 24 && box.height >= 24, "it is seen");
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.activeElement.localName), "main");
      await page.keyboard.press("Tab");
      assert.ok(await page.evaluate(() => document.activeElement.closest("main") !== null));
    }));

  test(`the menu of a phone opens, leads on, and closes, ${locale}`, () =>
    on(PHONE, pathOf("guide", locale), async (page) => {
      const button = menuButton(page, locale);
      const language = page.getByRole("link", { name: words.english });
      assert.equal(await language.isVisible(), false, "closed at first");
      await button.focus();
      await page.keyboard.press("Enter");
      await language.waitFor();
      await page.keyboard.press("Tab");
      assert.ok(
        await page.evaluate(() => document.activeElement.closest("header a, header button") !== null),
        "Tab goes into the menu",
      );
      await page.keyboard.press("Escape");
      await language.waitFor({ state: "hidden" });
      assert.ok(await button.evaluate((one) => one === document.activeElement), "the focus returns");
      await page.keyboard.press("Enter");
      await language.focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(`**/${pathOf("guide", locale === "ja" ? "en" : "ja")}`);
    }));

  test(`a picture opens large, holds the focus, and gives it back, ${locale}`, () =>
    on(PHONE, pathOf("guide", locale), async (page) => {
      const picture = await openZoom(page);
      const dialog = page.locator("dialog[open]");
      assert.ok((await dialog.getAttribute("aria-label"))?.length > 0, "it has a name");
      const inside = () => page.evaluate(() => document.activeElement.closest("dialog[open]") !== null);
      assert.ok(await inside(), "the focus is inside");
      for (let turn = 0; turn < 3; turn += 1) {
        await page.keyboard.press("Tab");
        // The browser's own bar is a stop too; the page behind is not.
        assert.ok((await inside()) || (await page.evaluate(() => document.activeElement === document.body)));
      }
      const shown = await dialog.locator("img").evaluate((img) => img.decode().then(() => img.getBoundingClientRect()));
      assert.ok(shown.width > 300, "it is large");
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "hidden" });
      assert.ok(await picture.evaluate((one) => one === document.activeElement), "the focus returns");
    }));

  test(`a picture closes by its button, ${locale}`, () =>
    on(DESK, pathOf("guide", locale), async (page) => {
      await openZoom(page);
      await page.locator("dialog[open]").getByRole("button").first().press("Enter");
      await page.locator("dialog").waitFor({ state: "hidden" });
    }));

  test(`code is copied, and the page says so, ${locale}`, () =>
    on({ ...DESK, permissions: ["clipboard-read", "clipboard-write"] }, pathOf("code", locale), async (page) => {
      const figures = page.locator("main figure").filter({ has: page.locator("pre") });
      const copied = async (at) => {
        await figures.nth(at).getByRole("button", { name: words.copy }).focus();
        await page.keyboard.press("Enter");
        await page.getByRole("status").filter({ hasText: words.copied }).waitFor();
        return page.evaluate(() => navigator.clipboard.readText());
      };
      const all = await copied(0);
      assert.equal(all.trimEnd().split("\n").length, 5);
      assert.match(all, /^# /);
      assert.match(all, /^Set-ExecutionPolicy -Scope Process RemoteSigned$/m);
      // Numbers are not part of the code, nor are lines that are taken out.
      assert.match(await copied(1), /^title: /);
      const settings = await copied(2);
      assert.ok(!settings.includes("old.shirube.example"), settings);
      assert.ok(settings.includes("proxy.shirube.example"), settings);
      assert.deepEqual(Object.keys(JSON.parse(settings)), ["proxy", "retry"]);
    }));

  test(`tabs move by arrows, Home and End, and change together, ${locale}`, () =>
    on(DESK, pathOf("parts", locale), async (page) => {
      const lists = page.getByRole("main").getByRole("tablist");
      const chosen = (at) => lists.nth(at).getByRole("tab", { selected: true }).innerText();
      const tab = (name) => lists.nth(0).getByRole("tab", { name });
      await tab("Windows").focus();
      const walk = [
        ["ArrowRight", "macOS"], ["ArrowRight", "Linux"], ["ArrowRight", "Windows"], ["ArrowLeft", "Linux"],
        ["Home", "Windows"], ["End", "Linux"], ["ArrowLeft", "macOS"],
      ];
      for (const [key, name] of walk) {
        await page.keyboard.press(key);
        assert.equal(await chosen(0), name, key);
        assert.ok(await tab(name).evaluate((one) => one === document.activeElement), `${key} moves the focus`);
        const panel = page.locator(`[id="${await tab(name).getAttribute("aria-controls")}"]`);
        assert.equal(await panel.getAttribute("role"), "tabpanel");
        assert.ok(await panel.isVisible());
        assert.equal(await lists.nth(0).locator("[role=tab][tabindex='0']").count(), 1, "one stop for Tab");
      }
      assert.equal(await chosen(1), "macOS", "tabs of one name change together");
      await page.getByRole("tab", { name: "Windows" }).nth(1).click();
      assert.equal(await chosen(0), "Windows");
    }));
}

test("what scrolls can be reached and scrolled by keyboard", () =>
  on(PHONE, pathOf("code", "ja"), async (page) => {
    for (const path of [pathOf("code", "ja"), pathOf("tables", "ja")]) {
      await open(page, site.address + path);
      const reached = new Set();
      const wanted = await page.evaluate(() => {
        const over = [...document.querySelectorAll("main *")].filter(
          (one) => /auto|scroll/.test(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1,
        );
        over.forEach((one, at) => (one.dataset.over = at));
        return over.length;
      });
      assert.ok(wanted > 0, "something scrolls sideways on a phone");
      for (let stop = 0; stop < 60; stop += 1) {
        await page.keyboard.press("Tab");
        const over = await page.evaluate(() => document.activeElement.dataset.over);
        if (over === undefined) continue;
        reached.add(over);
        await page.keyboard.press("End");
        await page.keyboard.press("ArrowRight");
        await page.waitForFunction(() => document.activeElement.scrollLeft > 0);
        // Code is its own text; a table is in a region that must say what it is.
        const named = await page.evaluate(() => {
          const { localName, role, ariaLabel } = document.activeElement;
          return /^(pre|code)$/.test(localName) || (role && (ariaLabel || document.activeElement.ariaLabelledByElements?.length));
        });
        assert.ok(named, "it has a name and a role");
      }
      assert.equal(reached.size, wanted, path);
    }
  }));

/** Walks a page by Tab to its end; tells where the focus cannot be seen. */
async function unseenFocus(page) {
  const faults = [];
  let last = 0;
  for (let stop = 0; stop < 150; stop += 1) {
    await page.keyboard.press("Tab");
    const told = await page.evaluate(() => {
      const focused = document.activeElement;
      if (focused === document.body) return null;
      window.stops ??= new Map();
      if (window.stops.has(focused)) return null;
      window.stops.set(focused, true);
      const name = `${focused.localName}.${focused.className} "${(focused.ariaLabel ?? focused.textContent).trim().slice(0, 24)}"`;
      const faults = [];
      const rings = (element) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || /(?:[2-9]|\d\d)px(?: inset)?$/.test(boxShadow);
      };
      let ringed = false;
      for (let up = focused; up && up !== document.body && !ringed; up = up.parentElement) {
        ringed = up.matches(":focus, :focus-within") && rings(up);
      }
      if (!ringed) faults.push(`${name} shows no focus`);
      // Not all of it under the bar or something else that stays in place.
      const boxes = [...focused.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
      const seen = boxes.some((box) =>
        [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]].some(([x, y]) => {
          const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
          return top && (focused.contains(top) || top.contains(focused) || top.closest("label")?.contains(focused));
        }),
      );
      if (!seen) faults.push(`${name} is hidden under something`);
      return faults;
    });
    if (told === null) {
      if (last) break;
      last = stop;
      continue;
    }
    faults.push(...told);
  }
  return { faults, stops: await page.evaluate(() => window.stops?.size ?? 0) };
}

/** What is pressed and too small for a finger. */
const tooSmall = (page) =>
  page.evaluate(() => {
    const faults = [];
    for (const one of document.querySelectorAll("button, summary, select, input, [role=tab], body > header a")) {
      if (!one.checkVisibility({ visibilityProperty: true }) || one.closest("[popover]:not(:popover-open)")) continue;
      const { width, height } = one.getBoundingClientRect();
      const least = one.closest("body > header") ? 40 : 24;
      if (height < least || width < 24) {
        faults.push(`${one.localName}.${one.className} is ${Math.round(width)}x${Math.round(height)}`);
      }
    }
    return faults;
  });

const WALKED = ["front", "guide", "callouts", "code", "tables", "parts", "all", "missing", "search"];
for (const [name, path] of pages(WALKED, ["ja"])) {
  test(`the focus is seen at every stop, and what is pressed is large enough, ${name}`, async () => {
    for (const options of [{ ...DESK, colorScheme: "light" }, { ...PHONE, colorScheme: "dark" }]) {
      await on(options, path, async (page) => {
        const { faults, stops } = await unseenFocus(page);
        assert.ok(stops > 4, `${stops} stops`);
        assert.deepEqual(faults, [], `${options.viewport.width}`);
        await unfold(page);
        assert.deepEqual(await tooSmall(page), []);
      });
    }
  });
}

test("marks are large enough to read and to touch", () =>
  on(PHONE, pathOf("parts", "ja"), async (page) => {
    const box = await page.locator("main .mark").first().boundingBox();
    assert.ok(box.width >= 20 && box.height >= 20, `${box.width}x${box.height}`);
  }));
