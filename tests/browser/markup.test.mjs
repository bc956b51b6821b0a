// Every page passes the rules of html-validate, which are the Nu validator's as far as a
// package of the registry offers them.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { helpDesk, pagesOf, sample } from "./browser.mjs";

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // Void elements are written as in HTML, without a slash, and `<br>` in a writer's own
    // HTML may be written either way: both are the same to a browser.
    "void-style": "off",
    // A matter of taste, not of the standard: the doctype in small letters.
    "doctype-style": ["error", { style: "lowercase" }],
    // Long titles come from writers and are told to them by `check`, not by the theme.
    "long-title": "off",
    // Code is coloured by so many small elements that their quotation marks would weigh; the
    // standard does not ask for them around a single word.
    "attr-quotes": ["error", { style: "double", unquoted: true }],
    // Own files are on the same host as the page that names them: a hash there would guard
    // nothing.
    "require-sri": ["error", { target: "crossorigin" }],
    // A listbox that the search field fills is what `select` cannot be; a region around a
    // table is a box for scrolling, not a section with a heading.
    "prefer-native-element": ["error", { exclude: ["listbox", "region"] }],
    // The field of the bar answers while one types, and Enter asks the search page.
    "wcag/h32": "off",
    // The standard lets an id be any text without spaces; ours may be Japanese, hold a
    // colon (names of the page) or begin with a digit.
    "valid-id": ["error", { relaxed: true }],
  },
});

const sites = {};
before(async () => {
  sites.sample = await sample();
  sites.helpDesk = await helpDesk();
});
after(async () => {
  for (const site of Object.values(sites)) await site.close();
});

for (const name of ["sample", "helpDesk"]) {
  test(`${name} is valid`, async () => {
    const folder = sites[name].folder;
    const faults = new Map();
    for (const path of await pagesOf(folder)) {
      const file = join(folder, path === "" || path.endsWith("/") ? `${path}index.html` : path);
      const report = await validator.validateString(await readFile(file, "utf8"), file);
      for (const { messages } of report.results) {
        for (const { ruleId, message, selector } of messages) {
          const told = `${ruleId}: ${message} (${selector})`.replace(/\d+/g, "N");
          faults.set(told, `${path} ${selector}`);
        }
      }
    }
    assert.deepEqual([...faults].slice(0, 40), []);
  });
}
