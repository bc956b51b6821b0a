// What readers do, said once: by role and by the contract of the product, never by the
// theme's class names, so that a redrawn theme is held to the same.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const WORDS = {
  ja: {
    skip: /本文へ/, menu: /メニュー/, search: /検索/, copy: /^コピー/, copied: /コピーしました/,
    english: "English", query: "スマートフォン", none: "見つからない言葉", partly: "一部 認証", broken: "壊れた索引",
    failed: "検索を読み込めませんでした。ページを読み込み直してください。",
  },
  en: {
    skip: /skip/i, menu: /menu/i, search: /search/i, copy: /^copy/i, copied: /copied/i,
    english: "日本語", query: "phone", none: "nothing here", partly: "partly phone", broken: "broken index",
    failed: "The search could not be loaded. Please reload the page.",
  },
};

/** Opens a page and holds it to its answer: a missing one must not pass for a clean one. */
export async function open(page, url) {
  const answer = await page.goto(url);
  const wanted = url.includes("/missing/") ? 404 : 200;
  assert.equal(answer.status(), wanted, url);
}

/** Everything has been painted once more, and what observers say has been said. */
export const settled = (page) =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
  );

/** Moves and fades end at once, where a test compares what is there after them. */
export const still = { reducedMotion: "reduce" };

/** axe's findings on the page as it stands, one line each. */
export async function axe(page) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await window.axe.run({ runOnly: tags, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ")}`),
    );
  });
}

/**
 * Opens `url` with its own script never run, but so that the test may look at it.
 *
 * A context without JavaScript would not do: axe waits for timers, which do not run there.
 * So script is refused while the page is parsed and loaded, which makes `noscript` and the
 * markup what they are without script, and allowed again for the test alone.
 */
export async function openWithoutScript(page, url) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setScriptExecutionDisabled", { value: true });
  await open(page, url);
  await devtools.send("Emulation.setScriptExecutionDisabled", { value: false });
  await devtools.detach();
}

/** The page's one search field, in the bar or on the page, reached with the key `/`. */
export async function openSearch(page) {
  await page.keyboard.press("/");
  await page.locator("input[type=search]:focus").waitFor();
  return page.locator("input[type=search]");
}

/** Types `query` and waits for its answer in the panel or list that is shown. */
export async function search(page, query) {
  const field = await openSearch(page);
  await field.fill(query);
  await answered(page, query);
  return field;
}

/** Waits until the results answer `query`, as the contract says it. */
export async function answered(page, query) {
  const list = resultsOf(page);
  await page.waitForFunction(
    ({ query }) =>
      [...document.querySelectorAll("[data-search-results]")].some(
        (list) => list.dataset.state === "done" && list.dataset.query === query,
      ),
    { query },
  );
  return list;
}

export const resultsOf = (page) => page.locator("[data-search-results]:visible").first();

/** Opens the first screenshot of the page with the keyboard. */
export async function openZoom(page) {
  const picture = page
    .locator("main figure :is(a, button)")
    .filter({ has: page.locator("img") })
    .first();
  await picture.focus();
  await page.keyboard.press("Enter");
  await page.locator("dialog[open] img").waitFor();
  return picture;
}

/** The control that unfolds the navigation on a phone. */
export const menuButton = (page, locale) =>
  page.getByRole("banner").getByRole("button", { name: WORDS[locale].menu });

/** Unfolds every `details` of the text, as a reader does who reads it all. */
export const unfold = (page) =>
  page.evaluate(() => {
    for (const folded of document.querySelectorAll("main details")) folded.open = true;
  });
