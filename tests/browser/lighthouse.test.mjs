// Lighthouse gives the founding guide full marks for accessibility, best practices and
// search engines, on a desk and on a phone, served as a real site is: under the address
// that its canonical links name, with the strict policy as a header.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import lighthouse, { desktopConfig } from "lighthouse";
import { chromium } from "playwright-core";
import { build, CHROMIUM, root } from "./browser.mjs";
import { publish } from "./server.mjs";

let browser, folder, server, port;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "shirube-"));
  const out = join(folder, "public");
  server = await publish(out);
  await build(root, ["--strict", "--base-url", server.address], out);
  const profile = join(folder, "profile");
  browser = await launch(profile);
  port = await portOf(profile);
});

after(async () => {
  await browser?.close();
  await server?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Chromium with a free port of its own choice, which it writes into its profile. */
const launch = (profile) =>
  chromium.launchPersistentContext(profile, {
    ...CHROMIUM,
    args: [...CHROMIUM.args, "--remote-debugging-port=0"],
  });

async function portOf(profile) {
  const [port] = (await readFile(join(profile, "DevToolsActivePort"), "utf8")).split("\n");
  assert.match(port, /^[1-9][0-9]*$/);
  return Number(port);
}

for (const [where, config] of [["a phone", undefined], ["a desk", desktopConfig]]) {
  for (const path of ["account/move-authenticator/", "en/account/move-authenticator/"]) {
    test(`${path} on ${where}`, async (inner) => {
      const { lhr } = await lighthouse(
        server.address + path,
        {
          port,
          logLevel: "silent",
          onlyCategories: ["accessibility", "best-practices", "seo"],
          // Speed is not scored here, so nothing is slowed down for it.
          throttlingMethod: "provided",
          disableFullPageScreenshot: true,
        },
        config,
      );
      const scores = Object.values(lhr.categories).map(({ id, score }) => `${id} ${Math.round(score * 100)}`);
      inner.diagnostic(scores.join(", "));
      const lost = Object.values(lhr.categories)
        .flatMap(({ auditRefs }) => auditRefs)
        .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
        .map(({ id }) => `${id}: ${lhr.audits[id].title} ${JSON.stringify(lhr.audits[id].details?.items ?? [])}`);
      assert.deepEqual(lost, []);
      assert.deepEqual(scores, ["accessibility 100", "best-practices 100", "seo 100"]);
    });
  }
}
