// Pictures of every kind of page, for looking at: three widths, two schemes, two languages,
// and what opens over a page. `node tests/browser/pictures.mjs [OUT] [KIND…]`; OUT is
// `target/pictures` unless it is given, and OUT/index.html shows them side by side.

import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { menuButton, openZoom, search, settled, still, WORDS } from "./acts.mjs";
import { contextOf, launch, root, sample } from "./browser.mjs";
import { KINDS, LOCALES, pathOf } from "./kinds.mjs";

const [folder = join(root, "target/pictures"), ...wanted] = process.argv.slice(2);
const out = resolve(folder);
const WIDTHS = { 1440: 900, 1024: 768, 390: 844 };
const SCHEMES = ["light", "dark"];

/** What opens over a page: its name, the page below, and how it is opened. */
const OPENED = [
  ["search-results", "guide", (page, locale) => search(page, WORDS[locale].query)],
  ["search-empty", "guide", (page, locale) => search(page, WORDS[locale].none)],
  ["search-on-front", "front", (page, locale) => search(page, WORDS[locale].query)],
  ["picture-opened", "guide", (page) => openZoom(page)],
  ["menu-opened", "guide", (page, locale) => menuButton(page, locale).click(), 390],
];

const site = await sample();
const browser = await launch();
await mkdir(out, { recursive: true });
const made = new Map();

async function take(page, name, column, options) {
  await settled(page);
  const file = `${name}-${column}.png`;
  await page.screenshot({ path: join(out, file), ...options });
  if (!made.has(name)) made.set(name, new Map());
  made.get(name).set(column, file);
}

for (const [width, height] of Object.entries(WIDTHS)) {
  for (const colorScheme of SCHEMES) {
    const context = await contextOf(browser, {
      ...still,
      colorScheme,
      viewport: { width: Number(width), height },
    });
    const page = await context.newPage();
    for (const locale of LOCALES) {
      const column = `${locale}-${width}-${colorScheme}`;
      for (const kind of Object.keys(KINDS)) {
        const path = pathOf(kind, locale);
        if (path === null || (wanted.length && !wanted.includes(kind))) continue;
        await page.goto(site.address + path + (kind === "search" ? `?q=${encodeURIComponent(WORDS[locale].query)}` : ""));
        if (kind === "search") await page.locator("[data-search-results][data-state=done]").waitFor();
        // Pictures further down are loaded when one comes to them; a whole page shows them all.
        await page.evaluate(async () => {
          for (const img of document.images) img.loading = "eager";
          const shown = [...document.images].filter((img) => img.checkVisibility());
          await Promise.all(shown.map((img) => img.decode().catch(() => {})));
        });
        await take(page, kind, column, { fullPage: true });
      }
      for (const [name, kind, opens, only] of OPENED) {
        if ((only && only !== Number(width)) || (wanted.length && !wanted.includes(name))) continue;
        await page.goto(site.address + pathOf(kind, locale));
        await opens(page, locale);
        await take(page, name, column, {});
      }
    }
    await context.close();
  }
}
await browser.close();
await site.close();

const columns = Object.keys(WIDTHS)
  .reverse()
  .flatMap((width) => LOCALES.flatMap((locale) => SCHEMES.map((scheme) => `${locale}-${width}-${scheme}`)));
const rows = [...made].map(([name, files]) => {
  const cells = columns
    .filter((column) => files.has(column))
    .map((column) => `<figure><a href="${files.get(column)}"><img src="${files.get(column)}" alt="" loading="lazy"></a><figcaption>${column}</figcaption></figure>`);
  return `<h2 id="${name}">${name}</h2><div>${cells.join("")}</div>`;
});
await writeFile(
  join(out, "index.html"),
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Pictures</title>
<style>body{font:14px sans-serif;background:#777;color:#fff;margin:1rem}div{display:flex;gap:1rem;overflow-x:auto;align-items:flex-start}figure{margin:0;flex:none}img{height:36rem;width:auto;max-width:52rem;object-fit:contain;object-position:top;background:#555}nav a{color:#fff;margin-right:1em}</style>
<nav>${[...made.keys()].map((name) => `<a href="#${name}">${name}</a>`).join("")}</nav>
${rows.join("\n")}</html>
`,
);
console.log(join(out, "index.html"));
