// Sites that nobody should write, and somebody will: nothing overflows, nothing overlaps,
// nothing grows with the site.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { axe, open, still, unfold } from "./acts.mjs";
import { misplaced } from "./boxes.mjs";
import { contextOf, countViolations, launch, pagesOf, published, siteOf, watched } from "./browser.mjs";

const GERMAN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(3);
const JAPANESE = "多要素認証登録手順書別紙第三号様式記入例改訂版".repeat(10);
const ADDRESS = `https://very.long.shirube.example/${"path-without-end/".repeat(20)}`;

const deepList = (mark) =>
  Array.from({ length: 12 }, (_, depth) => `${" ".repeat(depth * 3)}${mark} 深さ${depth + 1} depth\n`).join("");
const row = (cell) => `| ${Array.from({ length: 40 }, (_, at) => cell(at + 1)).join(" | ")} |\n`;
const wideTable = row((at) => `列${at}`) + row(() => "---") + row((at) => `${at} の値 value`).repeat(5);

const WILD = {
  "shirube.yaml": `title: ${JAPANESE.slice(0, 120)}\nlocales: [ja, en]\nbase_url: https://wild.shirube.example/\ncontact: ${GERMAN}\nlevels: { missing-alt: off }\n`,
  "content/index.md": `---\ntitle: ${JAPANESE}\ndescription: ${GERMAN}\n---\n\n${GERMAN}\n`,
  "content/wild/index.md": `---\ntitle: ${GERMAN}\ndescription: ${JAPANESE}\n---\n\n${ADDRESS}\n`,
  "content/wild/words.md": [
    `---\ntitle: ${JAPANESE.slice(0, 300)}\ntags: [${GERMAN.slice(0, 200)}, ${JAPANESE.slice(0, 80)}, ${"短 ".repeat(60).trim()}]\nowner: ${GERMAN}\n---\n`,
    `${GERMAN} ${JAPANESE} ${ADDRESS} \`${GERMAN}\` **${GERMAN}** [${GERMAN}](tables.md)\n`,
    `## ${GERMAN}\n\n### ${JAPANESE} \`${GERMAN}\`\n`,
    `> [!DANGER] ${GERMAN}\n> ${ADDRESS} \`${GERMAN}\`\n`,
    `> [!TIP]- ${JAPANESE}\n> ${GERMAN}\n`,
    `:::details[${GERMAN}]\n${GERMAN}\n:::\n`,
    `::::tabs\n:::tab[${GERMAN}]\n${GERMAN}\n:::\n:::tab[${JAPANESE}]\n${JAPANESE}\n:::\n${Array.from({ length: 20 }, (_, at) => `:::tab[Tab ${at}]\n${at}\n:::\n`).join("")}::::\n`,
    `:::cards\n- [${GERMAN}](tables.md)\n  ${GERMAN}\n- [${JAPANESE}](lists.md)\n:::\n`,
    `:::steps\n1. ${GERMAN}\n2. \`${GERMAN}\`\n99. ${JAPANESE}\n:::\n`,
    `:kbd[${GERMAN}+K] :menu[${GERMAN} > ${JAPANESE}] :badge[${GERMAN}] :mark[${123456}]\n`,
    `\`\`\`text title="${GERMAN}"\n${GERMAN}${GERMAN}\n\`\`\`\n`,
    `${GERMAN}\n: ${GERMAN}\n\n- [x] ${GERMAN}\n`,
    `> ${GERMAN}\n\nA note.[^1]\n\n[^1]: ${ADDRESS} ${GERMAN}\n`,
  ].join("\n"),
  "content/wild/lists.md": `---\ntitle: "${"A title of three hundred characters, said again and again. ".repeat(6).slice(0, 299)}"\n---\n\n${deepList("1.")}\n\n${deepList("-")}\n\n:::steps\n${deepList("1.")}:::\n\n${"> ".repeat(12)}深い引用\n`,
  "content/wild/tables.md": `---\ntitle: 表\n---\n\n${wideTable}\n\n1. 手順の中\n\n${wideTable.replace(/^/gm, "   ")}\n\n> [!NOTE]\n${wideTable.replace(/^/gm, "> ")}\n`,
  "content/wild/rtl.md": `---\ntitle: "استخدام VPN من المنزل"\ntags: ["عربي", "עברית"]\n---\n\nمرحبا بالعالم. שלום עולם. 右から左の言葉 \`مرحبا\` が混ざります。\n\n## שלום עולם\n\n1. مرحبا\n2. 確認\n\n> [!WARNING] שלום\n> مرحبا بالعالم\n\n| مرحبا | שלום |\n|---|---|\n| 1 | 2 |\n\n<div dir="rtl">مرحبا بالعالم <kbd>Ctrl</kbd></div>\n`,
};

const MANY = 2000;
const many = () => {
  const files = {
    "shirube.yaml": "title: 多い\nlocales: [ja, en]\nbase_url: https://many.shirube.example/\n",
    "content/index.md": "---\ntitle: 多い\n---\n",
    "content/one/index.md": "---\ntitle: ひとつだけ\n---\n",
    "content/one/guide.md": "---\ntitle: ひとつの案内\ntags: [共通]\n---\n\n本文です。\n",
    "content/many/index.md": "---\ntitle: たくさん\n---\n",
  };
  for (let at = 0; at < MANY; at += 1) {
    const day = new Date(Date.UTC(2020, 0, 1 + at)).toISOString().slice(0, 10);
    files[`content/many/g${at}.md`] = `---\ntitle: 案内その${at}は、やや長めの題名を持っています\ntags: [共通]\norder: ${at}\ndate: ${day}\n---\n\n本文です。\n`;
  }
  return files;
};

let browser;
const sites = [];
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser?.close();
  for (const close of sites) await close();
});

async function builtOf(files, more = []) {
  const source = await siteOf(files);
  sites.push(source.remove);
  const site = await published(source.folder, more);
  sites.push(site.close);
  return site;
}

/** All pages of a site, or those named, on three screens: in place, and without a fault. */
async function lookAt(site, paths) {
  const faults = [];
  for (const width of [320, 1024, 1440]) {
    const context = await contextOf(browser, { ...still, viewport: { width, height: 800 } });
    const page = await context.newPage();
    await countViolations(page);
    const told = watched(page, site.address);
    for (const path of paths ?? (await pagesOf(site.folder))) {
      await page.goto(site.address + path);
      await unfold(page);
      for (const fault of await page.evaluate(misplaced)) faults.push(`${width} ${path}: ${fault}`);
      for (const fault of await page.evaluate(() => window.violations)) faults.push(`${path}: ${fault}`);
    }
    faults.push(...told);
    await context.close();
  }
  assert.deepEqual(faults, []);
}

test("very long words, deep lists, wide tables, long titles, words from right to left", async () => {
  const site = await builtOf(WILD);
  await lookAt(site);
  const context = await contextOf(browser, { ...still, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  for (const path of ["wild/words/", "wild/lists/", "wild/tables/", "wild/rtl/"]) {
    await open(page, site.address + path);
    assert.deepEqual(await axe(page), [], path);
  }
  await context.close();
});

test("an empty site is a site", async () => {
  for (const files of [{ "shirube.yaml": "" }, { "shirube.yaml": "locales: [ja, en]\n", "content/index.md": "" }]) {
    const site = await builtOf({ "content/_keep/none.txt": "", ...files });
    const paths = await pagesOf(site.folder);
    assert.ok(paths.includes("404.html"), paths.join(" "));
    await lookAt(site);
    const context = await contextOf(browser, still);
    const page = await context.newPage();
    for (const path of paths) {
      await page.goto(site.address + path);
      assert.deepEqual(await axe(page), [], path);
    }
    await context.close();
  }
});

test("a section of 2,000 guides", async (inner) => {
  const site = await builtOf(many());
  const size = async (path) => {
    const bytes = await readFile(join(site.folder, path, "index.html"));
    return { bytes: bytes.length, packed: gzipSync(bytes, { level: 9 }).length };
  };
  const alone = await size("one/guide");
  for (const at of [0, 1000, MANY - 1]) {
    const among = await size(`many/g${at}`);
    inner.diagnostic(`guide ${at}: ${among.bytes} bytes, ${among.packed} packed; alone: ${alone.bytes}, ${alone.packed}`);
    assert.ok(among.packed - alone.packed < 3000, `a guide carries ${among.packed - alone.packed} bytes of its neighbours`);
  }
  const front = await size("");
  assert.ok(front.packed < 9000, `the front page has ${front.packed} bytes`);
  await lookAt(site, ["", "many/", "many/g1000/", "en/many/g1000/"]);
});
