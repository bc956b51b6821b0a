// The program answers questions as the browser does: both ask the index of the site that comes
// with Shirube, and every result is compared.

import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import vm from "node:vm";

const home = fileURLToPath(new URL("../../", import.meta.url));
const client = new URL("../../src/search/client/", import.meta.url);
const program = process.env.SHIRUBE ?? join(home, "target/debug/shirube");
const LIMIT = 25;

const installed = existsSync(new URL("node_modules/esbuild/", client));
const skip = installed ? false : "`npm ci` in src/search/client brings what builds it";

let folder;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "shirube-"));
  execFileSync(program, ["build", "--site", home, "--out", join(folder, "site")], { stdio: "pipe" });
});

after(() => rmSync(folder, { recursive: true, force: true }));

/** The engine's module without the page. */
const engine = async () => {
  const { buildSync } = createRequire(new URL("package.json", client))("esbuild");
  const built = buildSync({
    entryPoints: [fileURLToPath(new URL("answer.ts", client))],
    bundle: true, write: false, format: "esm", charset: "utf8",
  });
  const text = Buffer.from(built.outputFiles[0].contents).toString("base64");
  return import(`data:text/javascript;base64,${text}`);
};

/** Loads files of an index as a page does, and remembers what it was asked for. */
const loader = (locale, asked) => async (name) => {
  const text = readFileSync(join(folder, "site/search-index", locale, `${name}.js`), "utf8");
  asked.add(name);
  let found;
  vm.runInNewContext(text, { shirubeIndex: (own, value) => (found = [own, JSON.stringify(value)]) });
  assert.equal(found[0], name);
  return JSON.parse(found[1]);
};

/** A sequence that is the same in every run. */
const random = (seed) => () => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) / 2 ** 32;

/** Questions made of what the guides say, and of what nobody should type. */
const questions = async (index, locale) => {
  const next = random(locale === "ja" ? 7 : 11);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const titles = new Set();
  const headings = new Set();
  for (const common of locale === "ja" ? ["設定", "手順", "の", "画像", "社", "サイト"] : ["the", "a", "page", "set", "guide", "site"]) {
    for (const { title, heading } of (await index.answer(common)).results) {
      titles.add(title);
      if (heading) headings.add(heading);
    }
  }
  const written = [...titles, ...headings];
  assert.ok(written.length > 30, `${written.length} titles and headings`);
  const made = [];
  for (let i = 0; i < 8; i++) made.push(pick([...titles]), pick([...headings]));
  for (let i = 0; i < 14; i++) {
    const text = [...pick(written)];
    made.push(text.slice(0, 1 + Math.floor(next() * text.length)).join(""));
  }
  for (let i = 0; i < 12; i++) {
    // A letter lost, doubled, wrong, or two that changed places.
    const text = [...pick(written)];
    const at = Math.floor(next() * (text.length - 1));
    const kinds = [[], [text[at], text[at]], ["x"], [text[at + 1], text[at]]];
    const kind = pick(kinds);
    text.splice(at, kind === kinds[3] ? 2 : 1, ...kind);
    made.push(text.join(""));
  }
  for (let i = 0; i < 6; i++) {
    const words = [0, 1, 2].map(() => pick(pick(written).split(/[\s、。「」（）／/]+/)));
    made.push(words.join(" "), words.slice(1).join("　"));
  }
  made.push(
    "", " ", "　", "!?、。…", "🙂", "🙂 VPN 👩‍👩‍👧", "𠮷", "𠮷野家 𩸽", "髙橋", "國際", "の", "は が を", "the of and", "how to", "a", "c#", "C++", "50011",
    "x".repeat(10_000), "印刷".repeat(5_000), "vpn ".repeat(2_500), `${"a ".repeat(99)}a𠮷`, "\u0001t", "\uffff", "e\u0301te\u0301", "ﾊﾟｽﾜｰﾄﾞ",
    "パスワードを忘れた", "ぱすわーど わすれた", "消したい", "消す", "作り方", "止めたい", "スマホ 機種変更", "VPN つながらない", "vpnつながらない", "Wi-Fi", "wifi",
    "pasword", "passwrod", "authentcator", "forgot my pasword", "printing", "printers", "sign in", "log on", "signin", "two-factor authentication", "phising mail", "front matter", "frontmatter", "foot notes", "callouts", "install", "installing shirube",
  );
  return [...new Set(made)];
};

/** All that is told of a question, by the script. */
const told = async (index, query, wanted) => {
  const { total, results, missing, near } = await index.answer(query, wanted);
  const whole = async ({ later, excerpt, ...result }) => ({ ...result, excerpt: later ? await later() : excerpt });
  return { total, results: await Promise.all(results.map(whole)), missing, near };
};

/** The same, and how many files it took, by the program. */
const asProgram = (args) =>
  new Promise((done, fail) => {
    const all = ["search", "--site", home, "--out", join(folder, "site"), "--json", ...args];
    execFile(program, all, { maxBuffer: 1 << 24 }, (error, out, messages) => {
      if (error && error.code !== 1) return fail(new Error(`${args}: ${messages}`));
      const { total, results, missing, near, files } = JSON.parse(out);
      done({ total, results, missing, near, files });
    });
  });

for (const locale of ["ja", "en"]) {
  test(`every question has the browser's answer, ${locale}`, { skip, timeout: 300_000 }, async () => {
    const { Index } = await engine();
    const asked = new Set();
    const index = await Index.open(loader(locale, asked));
    const list = await questions(index, locale);
    assert.ok(list.length > 75, `${list.length} questions`);
    const [variants] = JSON.parse(readFileSync(new URL("../variants.json", client), "utf8"));
    let found = 0;
    const compare = async (query) => {
      const name = JSON.stringify(query.slice(0, 80));
      const fresh = new Set();
      const other = await told(await Index.open(loader(locale, fresh)), query, { limit: LIMIT });
      const { files, ...own } = await asProgram(["--locale", locale, "--limit", `${LIMIT}`, "--", query]);
      assert.deepEqual(own, other, name);
      // What is loaded is the same too, so that the numbers of one tell of the other. Of variant
      // kanji the script knows those alone that the index has.
      if (![...query].some((c) => variants.includes(c))) assert.equal(files, fresh.size, `files for ${name}`);
      // What was asked before changes nothing.
      assert.deepEqual(await told(index, query, { limit: LIMIT }), other, `again: ${name}`);
      if (own.results.length) found++;
    };
    for (let at = 0; at < list.length; at += 4) await Promise.all(list.slice(at, at + 4).map(compare));
    assert.ok(found > list.length / 2, `${found} of ${list.length} found something`);
  });
}

test("answers are narrowed as in the browser", { skip }, async () => {
  const { Index } = await engine();
  const index = await Index.open(loader("ja", new Set()));
  for (const [query, section, limit] of [["設定", "manual", 3], ["パスワード", "account", 10], ["VPN", "network", 1]]) {
    const { files, ...own } = await asProgram(["--section", section, "--limit", `${limit}`, query]);
    assert.ok(own.results.length, query);
    assert.deepEqual(own, await told(index, query, { section: `${section}/`, limit }), query);
  }
});

test("half a character breaks nothing", { skip }, async () => {
  const { Index } = await engine();
  const index = await Index.open(loader("ja", new Set()));
  for (const query of ["\ud83d", "VPN \ud83d", "\ude42VPN", "印\ud842刷", "\udc00\udc00"]) {
    assert.ok(Array.isArray((await told(index, query, { limit: LIMIT })).results));
  }
});
