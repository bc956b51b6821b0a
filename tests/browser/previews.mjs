// A small site in two languages under the preview, for the tests of the preview.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { contextOf, countViolations, here, launch, serve, siteOf } from "./browser.mjs";

const filler = (name) => Array.from({ length: 30 }, (_, n) => `${name}${n + 1}。ここは読むだけの段落です。`).join("\n\n");

const GUIDE = `# 認証アプリを移す

はじめの段落です。

## 準備 {#prepare}

${filler("準備")}

:::details[うまくいかないとき]
時刻を合わせます。
:::

::::tabs
:::tab[Windows]
設定を開きます。
:::
:::tab[macOS]
メニューを開きます。
:::
::::

## 手順 {#steps}

直す前の段落です。

\`\`\`sh
ping vpn.example
\`\`\`

![画面](./screen.png)

${filler("手順")}
`;

export const FILES = {
  "shirube.yaml": `title: { ja: 見本, en: Sample }
base_url: https://sample.example/
locales: [ja, en]
timezone: Asia/Tokyo
theme: own
`,
  "themes/own/theme.yaml": "# Nothing of its own.\n",
  "content/index.md": "# 見本\n\nようこそ。\n",
  "content/index.en.md": "# Sample\n\nWelcome.\n",
  "content/move.md": GUIDE,
  "content/move.en.md": "# Move the authenticator\n\nThe first paragraph.\n\n## Steps {#steps}\n\nAs it was.\n",
};

/** The site, its preview, a browser; `edit` changes a file of the site. */
export async function previewed(more = {}) {
  const site = await siteOf({ ...FILES, ...more });
  const picture = (name) => readFile(join(here, "site/content/elements/pictures", name));
  await writeFile(join(site.folder, "content/screen.png"), await picture("shield.png"));
  const preview = await serve(site.folder);
  const browser = await launch();
  const context = await contextOf(browser, { reducedMotion: "reduce" });
  const edit = async (path, change) => {
    const file = join(site.folder, path);
    const text = await readFile(file, "utf8").catch(() => "");
    await writeFile(file, change(text));
  };
  const close = async () => {
    await browser.close();
    preview.stop();
    await site.remove();
  };
  return { folder: site.folder, address: preview.address, preview, picture, browser, context, edit, close };
}

/** A page of the preview that is there and listens; it has a mark that a reload takes away. */
export async function opened(site, path, context = site.context) {
  const page = await context.newPage();
  await countViolations(page);
  const loaded = () => page.evaluate(() => document.body.classList.contains("page-guide") || document.body.classList.contains("page-front"));
  // The first state of the site is made while the preview already answers.
  for (let tries = 0; tries < 200; tries += 1) {
    await page.goto(site.address + path);
    if (await loaded()) break;
    await setTimeout(50);
  }
  await page.locator("#shirube-preview").waitFor({ state: "attached" });
  await page.waitForLoadState("networkidle").catch(() => {});
  await page.evaluate(() => (window.sameDocument = true));
  return page;
}

/** Whether the document is the one that was opened, not one loaded since. */
export const isSame = (page) => page.evaluate(() => window.sameDocument === true);
