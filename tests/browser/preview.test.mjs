// The preview follows edits, keeps the last good page, and answers to its own name only.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import http from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { copyOfHelpDesk, launch, serve } from "./browser.mjs";

let browser, site, preview;
const guide = () => join(site.folder, "content/network/vpn.md");

before(async () => {
  site = await copyOfHelpDesk();
  preview = await serve(site.folder);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  preview?.stop();
  await site?.remove();
});

const ask = (host) =>
  new Promise((done, failed) => {
    const { port } = new URL(preview.address);
    const request = http.get({ host: "127.0.0.1", port, path: "/", headers: { host } }, (answer) => {
      answer.resume();
      done(answer.statusCode);
    });
    request.on("error", failed);
  });

test("an edit is on the page without a hand on the browser", async () => {
  const page = await browser.newPage();
  const heading = page.locator("h1");
  // The first pages are drawn while the preview already answers.
  for (let tries = 0; tries < 100; tries += 1) {
    await page.goto(`${preview.address}network/vpn/`);
    if ((await heading.count()) > 0) break;
    await setTimeout(100);
  }
  assert.equal(await heading.count(), 1, "the preview never showed the guide");
  const text = await readFile(guide(), "utf8");
  await writeFile(guide(), `${text}\n追記した段落です。\n`);
  await page.getByText("追記した段落です。").waitFor();
  await writeFile(guide(), "---\ntitle: [\n---\n");
  await writeFile(join(site.folder, "content/network/wifi.md"), "# 壊れた後\n");
  await writeFile(guide(), `${text}\n直した段落です。\n`);
  await page.getByText("直した段落です。").waitFor();
  assert.ok((await heading.innerText()).length > 0);
  await page.close();
});

test("requests under another name are refused", async () => {
  const { port } = new URL(preview.address);
  assert.equal(await ask(`127.0.0.1:${port}`), 200);
  assert.equal(await ask(`localhost:${port}`), 200);
  assert.equal(await ask(`intranet.example:${port}`), 403);
});
