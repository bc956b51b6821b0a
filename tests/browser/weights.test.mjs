// What a page weighs: the promises are 7 kB of HTML over its content, 12 kB of style and
// 10 kB of script before search is used, each compressed; and nothing holds the first paint
// back but one style sheet and one tiny script. The search comes with its first use: 14 KiB of
// script, and some kilobytes of index for an answer.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { open, openSearch } from "./acts.mjs";
import { contextOf, helpDesk, launch, sample } from "./browser.mjs";
import { pages, TEMPLATES } from "./kinds.mjs";

const LIMITS = { html: 7000, css: 12000, script: 10000 };
/** Of an index, up to the first answer of a page: bytes, and files. */
const SEARCH = { index: 60_000, requests: 72 };
let browser, site, context;

before(async () => {
  site = await sample();
  browser = await launch();
  context = await contextOf(browser);
});

after(async () => {
  await browser?.close();
  await site?.close();
});

const weight = (text) => gzipSync(text, { level: 9 }).length;

/** What came over the wire for the page at `path`, in bytes of gzip. */
async function weigh(path) {
  const page = await context.newPage();
  const bodies = new Map();
  page.on("response", (response) => {
    bodies.set(response.url(), { type: response.request().resourceType(), body: response.body().catch(() => "") });
  });
  await open(page, site.address + path);
  const whole = await bodies.get(page.url()).body;
  // The text of a guide is what its writer wrote; elsewhere the content is all of `main`.
  const { inner, blocking } = await page.evaluate((source) => {
    const parsed = new DOMParser().parseFromString(source, "text/html");
    const text = parsed.querySelector("article .text") ?? parsed.querySelector("main");
    const blocking = performance
      .getEntriesByType("resource")
      .filter((entry) => entry.renderBlockingStatus === "blocking")
      .map((entry) => ({ name: new URL(entry.name).pathname, type: entry.initiatorType }));
    return { inner: text.innerHTML, blocking };
  }, whole.toString());
  const sum = async (type) => {
    let total = 0;
    for (const one of bodies.values()) if (one.type === type) total += weight(await one.body);
    return total;
  };
  const size = async (name) => weight(await bodies.get(new URL(name, site.address).href).body);
  for (const one of blocking) one.size = await size(one.name);
  const found = {
    whole: weight(whole),
    html: weight(whole) - weight(inner),
    css: await sum("stylesheet"),
    script: await sum("script"),
    blocking,
  };
  await page.close();
  return found;
}

test("every kind of page is within its weight", async (inner) => {
  const rows = [];
  const over = [];
  for (const [name, path] of pages(TEMPLATES)) {
    const { whole, html, css, script, blocking } = await weigh(path);
    rows.push(`${name.padEnd(14)} ${[whole, html, css, script].map((one) => String(one).padStart(7)).join("")}`);
    for (const [part, limit] of Object.entries(LIMITS)) {
      const bytes = { html, css, script }[part];
      if (bytes > limit) over.push(`${name}: ${part} ${bytes} > ${limit}`);
    }
    const styles = blocking.filter(({ type }) => type === "link");
    const scripts = blocking.filter(({ type }) => type === "script");
    if (styles.length > 1) over.push(`${name}: style sheets ${styles.map((one) => one.name).join(" ")} block`);
    if (scripts.length > 1) over.push(`${name}: scripts ${scripts.map((one) => one.name).join(" ")} block`);
    for (const { name: file, size } of scripts) if (size > 500) over.push(`${name}: ${file} blocks with ${size} bytes`);
  }
  inner.diagnostic("bytes of gzip     page  +html    css script");
  for (const row of rows) inner.diagnostic(row);
  assert.deepEqual(over, []);
});

/** What the search loads on the help desk for `query`, until its first result is shown. */
async function searched(desk, path, query) {
  const page = await context.newPage();
  const asked = [];
  page.on("response", (response) => asked.push(response));
  await open(page, desk.address + path);
  await page.waitForLoadState("networkidle");
  const before = asked.splice(0).filter((response) => /search[^/]*\.js|search-index/.test(response.url()));
  assert.deepEqual(before.map((response) => response.url()), [], "nothing of the search is loaded before it is used");
  const field = await openSearch(page);
  await page.waitForLoadState("networkidle");
  await field.fill(query);
  await page.locator("[data-search-results][data-state=done] [data-search-result]").first().waitFor();
  const found = asked.splice(0);
  const sum = async (all) => {
    const bodies = await Promise.all(all.map((response) => response.body()));
    return bodies.reduce((sum, body) => sum + gzipSync(body, { level: 6 }).length, 0);
  };
  const script = found.filter((response) => response.url().includes("/assets/"));
  const index = found.filter((response) => response.url().includes("/search-index/"));
  assert.equal(script.length + index.length, found.length, "nothing else is asked for");
  assert.equal(script.length, 2, "the field and the engine");
  const told = { script: await sum(script), index: await sum(index), requests: index.length };
  await page.close();
  return told;
}

test("the search is within its weight", async (inner) => {
  const desk = await helpDesk();
  try {
    const over = [];
    for (const [path, query] of [["", "VPN"], ["", "ログインできない"], ["", "認証アプリを新しいスマートフォンに移す"], ["en/", "phone"], ["en/", "move the authenticator to a new phone"]]) {
      const { script, index, requests } = await searched(desk, path, query);
      const told = `${query}: ${script} bytes of script, ${index} of index in ${requests} requests`;
      inner.diagnostic(told);
      if (script > 14 * 1024 || index > SEARCH.index || requests > SEARCH.requests) over.push(told);
    }
    assert.deepEqual(over, []);
  } finally {
    await desk.close();
  }
});
