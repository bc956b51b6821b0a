// Paper gets the guide alone: no navigation, folded parts open, the addresses of links after
// them, figures numbered, dark ink on white whatever the screen has.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { open, openWithoutScript, still, WORDS } from "./acts.mjs";
import { contextOf, launch, sample } from "./browser.mjs";
import { LOCALES, pathOf } from "./kinds.mjs";

const run = promisify(execFile);
let browser, site, context, folder;

before(async () => {
  site = await sample();
  browser = await launch();
  context = await contextOf(browser, still);
  folder = await mkdtemp(join(tmpdir(), "shirube-print-"));
});

after(async () => {
  await browser?.close();
  await site?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** The words of the page on paper, in the order of the sheet, without line breaks. */
async function onPaper(page) {
  const path = join(folder, "page.pdf");
  await page.pdf({ path, format: "A4" });
  const { stdout } = await run("pdftotext", ["-layout", path, "-"]);
  return stdout;
}
const joined = (text) => text.replace(/\s+/g, "");

for (const locale of LOCALES) {
  const japanese = locale === "ja";
  const folded = japanese ? "端末の設定で、通知が許可されているか" : "See in the phone's settings";

  test(`a guide on paper, ${locale}`, async () => {
    const page = await context.newPage();
    await open(page, site.address + pathOf("guide", locale));
    const text = joined(await onPaper(page));
    const holds = (words) => assert.ok(text.includes(joined(words)), `the sheet holds ${words}`);
    const lacks = (words) => assert.ok(!text.includes(joined(words)), `the sheet lacks ${words}`);
    holds(japanese ? "認証アプリを移しましょう" : "Move your authenticator app first");
    holds(folded);
    holds("https://portal.shirube.example/mfa");
    for (const number of [1, 2]) holds(japanese ? `図${number}` : `Figure${number}`);
    holds(japanese ? "移す前の一覧" : "The list before the move");
    lacks(japanese ? "役に立ちましたか" : "Was this guide helpful");
    lacks(japanese ? "本文へ" : "Skip to");
    lacks(japanese ? "社員証を再発行する" : "Open a shared mailbox");
    // An address that is its own text is not said twice.
    assert.equal(text.split("https://portal.shirube.example/mfa").length - 1, 1);
    await page.close();
  });

  test(`folded parts are open on paper without script, ${locale}`, async () => {
    const page = await context.newPage();
    await openWithoutScript(page, site.address + pathOf("guide", locale));
    assert.ok(joined(await onPaper(page)).includes(joined(folded)));
    await page.close();
  });

  test(`tabs follow each other on paper with their names, ${locale}`, async () => {
    const page = await context.newPage();
    await open(page, site.address + pathOf("parts", locale));
    const text = await onPaper(page);
    for (const name of ["Windows", "macOS", "Linux"]) assert.match(text, new RegExp(`^\\s*${name}\\s*$`, "m"));
    assert.match(text, /nmcli connection up office/);
    // What was folded is folded again afterwards.
    assert.equal(await page.locator("main details:not([open])").count(), 1);
    await page.close();
  });
}

test("nothing but the guide is on the sheet", async () => {
  const page = await context.newPage();
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await open(page, site.address + pathOf("guide", "ja"));
  const shown = await page.evaluate(() =>
    [...document.querySelectorAll("body > header, nav, form, dialog, button, main ~ footer, [role=search], [role=tablist]")]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }))
      .map((one) => `${one.localName}.${one.className}`),
  );
  assert.deepEqual(shown, []);
  // What the screen was set to does not matter to paper.
  for (const scheme of ["", "dark"]) {
    const { ink, paper } = await page.evaluate((scheme) => {
      document.documentElement.dataset.scheme = scheme;
      const canvas = new OffscreenCanvas(1, 1).getContext("2d");
      const light = (colour) => {
        canvas.fillStyle = "#fff";
        canvas.fillRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return canvas.getImageData(0, 0, 1, 1).data[0];
      };
      const style = getComputedStyle(document.body);
      return { ink: light(style.color), paper: light(style.backgroundColor) };
    }, scheme);
    assert.ok(paper > 250 && ink < 60, `ink ${ink} on paper ${paper}`);
  }
  await page.close();
});
