// The browser's half of the search cuts text as the indexer does: the cases that people have
// read, and random texts with the indexer's answers (`tests/it/tokens.rs`).

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";

const client = new URL("../../src/search/client/", import.meta.url);
const cases = async (name) =>
  JSON.parse(await readFile(new URL(`../search/${name}`, import.meta.url), "utf8"));

const installed = existsSync(new URL("node_modules/esbuild/", client));
const skip = installed ? false : "`npm ci` in src/search/client brings what builds it";

/** The tokenizer, as the engine holds it with the forms of kanji that an index may bring. */
const tokenizer = async () => {
  const { buildSync } = createRequire(new URL("package.json", client))("esbuild");
  const built = buildSync({
    entryPoints: [new URL("tokenize.ts", client).pathname],
    bundle: true,
    write: false,
    format: "esm",
    charset: "utf8",
  });
  const text = Buffer.from(built.outputFiles[0].contents).toString("base64");
  const own = await import(`data:text/javascript;base64,${text}`);
  own.learn(...JSON.parse(await readFile(new URL("../variants.json", client), "utf8")));
  return own;
};

/** FNV-1a over UTF-8, as eight digits. */
const hash = (text) => {
  const bytes = [...new TextEncoder().encode(text)];
  const sum = bytes.reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
  return sum.toString(16).padStart(8, "0");
};

/** Everything that is known of a text's runs, as the other half writes it down. */
const runs = ({ scan, grouped, partsOf, wholeOf, tokens }, text, apart) => {
  const found = scan(text, apart);
  // Parts are those of words alone.
  const run = ({ cjk, joined, chars, script, at, parts }) =>
    `${cjk} ${joined} ${chars.join("")} ${script.join("")} ${at} ${parts}\n`;
  const group = (group) => `${partsOf(group).join(" ")} ${wholeOf(group) ?? ""}\n`;
  const token = ({ text, at }) => `${text}@${at}\n`;
  const parts = [found.map(run), grouped(found).map(group), tokens(text, apart).map(token)];
  return parts.flat().join("");
};

test("cases are cut as they were read", { skip }, async () => {
  const { tokens } = await tokenizer();
  for (const [text, wanted] of await cases("cases.json")) {
    const found = tokens(text).map(({ text, at }) => [text, at]);
    assert.deepEqual(found, wanted, JSON.stringify(text));
  }
});

test("random texts are cut as the indexer cuts them", { skip }, async () => {
  const own = await tokenizer();
  const rows = await cases("random.json");
  assert.equal(rows.length, 3000);
  for (const [text, tokens, together, apart] of rows) {
    const found = own.tokens(text).map(({ text, at }) => `${text}@${at}`);
    assert.equal(found.join(" "), tokens, JSON.stringify(text));
    assert.equal(hash(runs(own, text, false)), together, `runs of ${JSON.stringify(text)}`);
    assert.equal(hash(runs(own, text, true)), apart, `runs of ${JSON.stringify(text)}, apart`);
  }
});
