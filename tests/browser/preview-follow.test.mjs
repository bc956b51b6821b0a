// With `--follow` the page that was used last goes where the writer is. But for the last test,
// what the preview says is said by the test.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { serve } from "./browser.mjs";
import { isSame, opened, previewed } from "./previews.mjs";

let site;

before(async () => {
  site = await previewed();
});

after(() => site?.close());

/** A page whose news come from the test: `say` says the next. */
async function listening(path) {
  const page = await opened(site, path);
  const news = { run: "test", pages: 1, led: 0, version: 1, errors: 0, warnings: 0, notes: 0, broken: false, quiet: true, follow: null };
  // An answer that ends is asked for again.
  await page.route("**/_shirube/events*", (route) =>
    route.fulfill({ contentType: "text/event-stream", body: `retry: 50\ndata: ${JSON.stringify(news)}\n\n` }),
  );
  await page.route("**/_shirube/news", (route) => route.fulfill({ json: news }));
  await page.reload();
  await page.locator("#shirube-preview").waitFor({ state: "attached" });
  const say = (follow) => {
    news.version += 1;
    Object.assign(news, { led: news.version, follow });
  };
  return { page, say };
}

const marked = (page) =>
  page.waitForFunction(() => {
    const found = document.getAnimations().find(({ id }) => id === "shirube-edited");
    return found && found.effect.target.textContent;
  });

test("the page goes to the paragraph that was edited, opens what it is folded into, and marks it", async () => {
  const { page, say } = await listening("move/");
  await page.bringToFront();
  say({ page: "/move/", anchor: "steps", text: "手順25。ここは" });
  assert.match(await (await marked(page)).jsonValue(), /^手順25。/);
  const { y } = await page.getByText("手順25。").boundingBox();
  assert.ok(y > 0 && y < 720, `${y}`);
  say({ page: "/move/", anchor: "prepare", text: "時刻を合わせます。" });
  await page.getByText("時刻を合わせます。").waitFor({ state: "visible" });
  say({ page: "/move/", anchor: "prepare", text: "メニューを開きます。" });
  await page.getByText("メニューを開きます。").waitFor({ state: "visible" });
  await page.close();
});

/** Waits until the page has the lead, and the two others know that they have not. */
const leading = (page) =>
  page.waitForFunction(() =>
    navigator.locks.request("whoever asks", async () => {
      const { held, pending } = await navigator.locks.query();
      const who = (list, name) => list.filter((lock) => lock.name === name).map(({ clientId }) => clientId);
      const [own] = who(held, "whoever asks");
      const [lead] = who(held, "shirube-follow");
      const others = new Set(who(pending, "shirube-follow").filter((id) => id !== own));
      return lead === own && others.size === 2;
    }),
  );

test("another guide is gone to, in the page that was used last and in no other", async () => {
  const first = await listening("");
  const second = await listening("");
  const third = await listening("");
  await second.page.bringToFront();
  await second.page.evaluate(() => dispatchEvent(new Event("focus")));
  await leading(second.page);
  for (const { say } of [first, second, third]) say({ page: "/move/", anchor: null, text: "手順7。ここは読むだけの" });
  await second.page.waitForURL("**/move/");
  await second.page.getByText("手順7。").waitFor();
  const { y } = await second.page.getByText("手順7。").boundingBox();
  assert.ok(y > 0 && y < 720, `${y}`);
  for (const { page } of [first, third]) {
    assert.equal(new URL(page.url()).pathname, "/");
    await page.close();
  }
  await second.page.close();
});

test("the preview leads to what is edited, here and in another guide", async () => {
  const following = await serve(site.folder, ["--follow"]);
  try {
    const page = await opened({ ...site, address: following.address }, "move/");
    await site.edit("content/move.md", (text) => text.replace("手順20。ここは", "手順20。たったいま直したここは"));
    await page.getByText("たったいま直した").waitFor();
    assert.match(await (await marked(page)).jsonValue(), /^手順20。/);
    const { y } = await page.getByText("手順20。").boundingBox();
    assert.ok(y > 0 && y < 720, `${y}`);
    assert.ok(await isSame(page));
    await site.edit("content/move.en.md", (text) => text.replace("As it was.", "As it has just become."));
    await page.waitForURL("**/en/move/");
    await page.getByText("As it has just become.").waitFor();
    await page.close();
  } finally {
    following.stop();
  }
});
