// Nothing moves while a page loads; nothing leaves the screen, at 320 px, at 200 % zoom and
// with letters twice as large; motion, contrast and forced colours are as readers asked.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answered, open, openSearch, settled, still, unfold, WORDS } from "./acts.mjs";
import { misplaced } from "./boxes.mjs";
import { contextOf, launch, published, sample, siteOf } from "./browser.mjs";
import { pages, pathOf, TEMPLATES } from "./kinds.mjs";

/** What the server holds back: a promise and the paths that wait for it. */
let late = null;
const PICTURES_AND_SCRIPT = /\.(png|jpe?g|webp)$|\/page[^/]*\.js$/;

let browser, site;

before(async () => {
  site = await sample({
    hold: (path) => (late?.whole?.test(path) ? late.promise : null),
    holdHalf: (path) => (late?.half?.test(path) ? late.promise : null),
  });
  browser = await launch();
});

after(async () => {
  late?.release();
  await browser?.close();
  await site?.close();
});

function holding(what) {
  const held = { ...what };
  held.promise = new Promise((release) => (held.release = release));
  return held;
}

/** Every move of what had been painted, with what moved. */
const shifts = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        const told = (entries) =>
          entries.map(({ value, sources }) => {
            const moved = sources.map(({ node }) => node?.className || node?.nodeName);
            return `${value.toFixed(4)} by ${moved.join(", ")}`;
          });
        // The buffer is handed over in one turn, and at once only when there is something.
        const observer = new PerformanceObserver((list) => done(told(list.getEntries())));
        observer.observe({ type: "layout-shift", buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(told(observer.takeRecords())))));
      }),
  );

/** Loads a page cold, with something held back until what came was painted. */
async function loadedLate(path, viewport, what) {
  const cold = await contextOf(browser, { viewport });
  const page = await cold.newPage();
  late = holding(what);
  await page.goto(site.address + path, { waitUntil: "commit" });
  await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
  await settled(page);
  late.release();
  late = null;
  await page.waitForLoadState("load");
  // Pictures further down come when one scrolls to them.
  await page.evaluate(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
      scrollTo({ top: y, behavior: "instant" });
      await new Promise(requestAnimationFrame);
    }
    await Promise.all([...document.images].filter((img) => img.checkVisibility()).map((img) => img.decode()));
  });
  await settled(page);
  const found = await shifts(page);
  await cold.close();
  return found;
}

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
for (const [where, viewport, locale] of [["a desk", DESK, "ja"], ["a phone", PHONE, "en"]]) {
  test(`nothing moves on ${where} when pictures and script come late`, async (context) => {
    for (const [name, path] of pages(undefined, [locale])) {
      await context.test(name, async () => {
        // On a busy machine Chromium may paint before it has read all of a page, and what it
        // reads then moves something once in a while. What the theme does wrong, it does
        // every time.
        let found;
        for (let turn = 0; turn < 3; turn += 1) {
          found = await loadedLate(path, viewport, { whole: PICTURES_AND_SCRIPT });
          if (found.length === 0) break;
        }
        assert.deepEqual(found, []);
      });
    }
  });

  test(`nothing moves on ${where} when the second half of the page comes late`, async (context) => {
    for (const [name, path] of pages(["guide", "parts", "callouts", "section"], [locale])) {
      await context.test(name, async () => {
        assert.deepEqual(await loadedLate(path, viewport, { half: /\/$/ }), []);
      });
    }
  });
}

const SIZES = {
  "a screen of 320 px": { locales: ["ja", "en"], viewport: { width: 320, height: 568 } },
  "200 % zoom": { locales: ["en"], viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
  "a small desk": { locales: ["ja"], viewport: { width: 1024, height: 768 } },
  "a desk": { locales: ["en"], viewport: { width: 1440, height: 900 } },
};

async function wellPlaced(context, browser, { locales, ...options }) {
  const place = await contextOf(browser, { ...still, ...options });
  const page = await place.newPage();
  for (const [name, path] of pages(TEMPLATES, locales)) {
    await context.test(name, async () => {
      await open(page, site.address + path);
      assert.deepEqual(await page.evaluate(misplaced), []);
      await unfold(page);
      assert.deepEqual(await page.evaluate(misplaced), [], "unfolded");
    });
  }
  await place.close();
}

for (const [name, options] of Object.entries(SIZES)) {
  test(`everything is in its place on ${name}`, (context) => wellPlaced(context, browser, options));
}

test("everything is in its place with letters twice as large", async (context) => {
  // The reader's own setting of the browser, which no zoom replaces.
  const large = await launch(["--blink-settings=defaultFontSize=32,defaultFixedFontSize=26"]);
  for (const [width, locale] of [[1280, "ja"], [640, "en"]]) {
    await context.test(`${width} px`, (inner) =>
      wellPlaced(inner, large, { locales: [locale], viewport: { width, height: 900 } }),
    );
  }
  await large.close();
});

test("results are in their place on every screen", async (context) => {
  for (const [name, { locales, ...options }] of Object.entries(SIZES)) {
    for (const locale of locales) {
      await context.test(`${name}, ${locale}`, async () => {
        const place = await contextOf(browser, { ...still, ...options });
        const page = await place.newPage();
        await open(page, site.address + pathOf("guide", locale));
        const field = await openSearch(page);
        await field.fill(WORDS[locale].query);
        await answered(page, WORDS[locale].query);
        // The panel lies over the page; nothing else may be out of its place.
        const faults = await page.evaluate(misplaced);
        assert.deepEqual(faults.filter((fault) => !fault.endsWith("covers the title")), []);
        const list = await page.locator("[data-search-results]:visible").first().boundingBox();
        const { width, height } = options.viewport;
        assert.ok(list.x >= 0 && list.x + list.width <= width, "the results stay on the screen");
        assert.ok(list.y < height, "the first result is on the screen");
        await place.close();
      });
    }
  }
});

test("nothing moves by itself for readers who asked for less motion", async () => {
  const calm = await contextOf(browser, { reducedMotion: "reduce" });
  const page = await calm.newPage();
  for (const [name, path] of pages(TEMPLATES, ["ja"])) {
    await open(page, site.address + path);
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll("*")].flatMap((element) => {
        const style = getComputedStyle(element);
        const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0.01);
        const found = [];
        if (lasts(style.transitionDuration)) found.push(`${element.localName}.${element.className} transition`);
        if (style.animationName !== "none" && lasts(style.animationDuration)) found.push(`${element.localName} animation`);
        if (style.scrollBehavior === "smooth") found.push(`${element.localName} scrolls smoothly`);
        return found;
      }),
    );
    assert.deepEqual(moving, [], name);
  }
  await calm.close();
});

/** Contrast of two colours that the browser has computed, by drawing them. */
const contrasts = (page, selectors) =>
  page.evaluate((selectors) => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const luminance = (colour, under = "#fff") => {
      canvas.fillStyle = under;
      canvas.fillRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const paper = getComputedStyle(document.body).backgroundColor;
    return Object.fromEntries(
      selectors.map((selector) => {
        const element = document.querySelector(selector);
        if (!element) return [selector, 0];
        const [one, two] = [luminance(getComputedStyle(element).color, paper), luminance(paper)].sort();
        return [selector, (two + 0.05) / (one + 0.05)];
      }),
    );
  }, selectors);

test("more contrast is more contrast, in both schemes", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const plain = await contextOf(browser, { colorScheme });
    const more = await contextOf(browser, { colorScheme, contrast: "more" });
    const selectors = ["main dd", "nav[aria-label] a", "figcaption", "main p"];
    const found = [];
    for (const context of [plain, more]) {
      const page = await context.newPage();
      await open(page, `${site.address}${pathOf("guide", "ja")}`);
      found.push(await contrasts(page, selectors));
    }
    for (const selector of selectors) {
      const [before, after] = found.map((one) => one[selector]);
      assert.ok(after >= 7, `${selector} has ${after.toFixed(2)} in ${colorScheme}`);
      assert.ok(after >= before - 0.01, `${selector} falls from ${before.toFixed(2)} to ${after.toFixed(2)}`);
    }
    await plain.close();
    await more.close();
  }
});

test("forced colours keep what colour alone would carry", async () => {
  const forced = await contextOf(browser, { forcedColors: "active", colorScheme: "dark" });
  const page = await forced.newPage();
  for (const [name, path] of pages(TEMPLATES, ["ja"])) {
    await open(page, site.address + path);
    await unfold(page);
    assert.deepEqual(await page.evaluate(misplaced), [], name);
  }
  // Boxes are told from the page by a line: the backgrounds are all one now.
  const lined = (selector) =>
    page.evaluate((selector) => {
      const found = [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
      const bare = found.filter((element) =>
        ["", "::before", "::after"].every((part) => {
          const style = getComputedStyle(element, part || null);
          const sides = ["Top", "Right", "Bottom", "Left"];
          const border = sides.some(
            (side) => style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) > 0,
          );
          return !border && (style.outlineStyle === "none" || parseFloat(style.outlineWidth) === 0);
        }),
      );
      return { found: found.length, bare: bare.map((element) => element.className || element.localName) };
    }, selector);
  const expect = async (path, selector) => {
    await open(page, site.address + path);
    await unfold(page);
    const { found, bare } = await lined(selector);
    assert.ok(found > 0, `${selector} is on ${path}`);
    assert.deepEqual(bare, [], selector);
  };
  await expect(pathOf("callouts", "ja"), "main [role=note], main details:not(:has(nav))");
  await expect(pathOf("parts", "ja"), "main kbd");
  await expect(pathOf("parts", "ja"), "main .mark");
  await expect(pathOf("parts", "ja"), "main [role=tab][aria-selected=true]");
  await expect(pathOf("parts", "ja"), "main .badge");
  await expect(pathOf("guide", "ja"), "main figure img");
  await expect(pathOf("code", "ja"), "main figure:has(pre)");
  await expect(pathOf("text", "ja"), "main .task");
  // A done task differs from an open one by more than its colour.
  const tasks = await page.evaluate(() =>
    [...document.querySelectorAll(".task")].map((task) => {
      const { backgroundColor, backgroundImage, boxShadow } = getComputedStyle(task);
      const { content } = getComputedStyle(task, "::before");
      return [task.classList.contains("done"), `${backgroundColor} ${backgroundImage} ${boxShadow} ${content}`];
    }),
  );
  const looks = (done) => new Set(tasks.filter(([is]) => is === done).map(([, look]) => look));
  for (const look of looks(true)) assert.ok(!looks(false).has(look), "done tasks look done");
  await forced.close();
});

test("a long title and six languages leave the bar low", async () => {
  const files = await siteOf({
    "shirube.yaml": `title: ${"情報システム部の手引きと窓口".repeat(3).slice(0, 40)}\nlocales: [ja, en, de, fr, ko, zh-Hans]\n`,
    "content/index.md": "---\ntitle: 窓口\n---\n",
    "content/faq/vpn.md": "---\ntitle: VPN\n---\n\n本文です。\n",
  });
  const wordy = await published(files.folder);
  const context = await contextOf(browser);
  const page = await context.newPage();
  const found = [];
  for (const width of [320, 960, 1024, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    for (const path of ["", "faq/vpn/", "zh-Hans/faq/vpn/"]) {
      await open(page, wordy.address + path);
      const { height } = await page.getByRole("banner").first().boundingBox();
      const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
      if (height > 90) found.push(`the bar of /${path} is ${height} px high at ${width}`);
      if (wide > width) found.push(`/${path} is ${wide} px wide at ${width}`);
    }
  }
  await context.close();
  await wordy.close();
  await files.remove();
  assert.deepEqual(found, []);
});
