// Renews the dashboard when the site has changed. Without it a reload does the same.
"use strict";

/** What tells a fold from the others, wherever it stands after a change. */
const nameOf = (fold) => fold.id || fold.querySelector("summary b")?.textContent;

const renew = async () => {
  const answer = await fetch(location.href, { cache: "no-store" });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [old, main] = [document.querySelector("main"), fresh.querySelector("main")];
  if (!main || main.innerHTML === old.innerHTML) return;
  const open = new Set([...old.querySelectorAll("details[open]")].map(nameOf));
  for (const fold of main.querySelectorAll("details")) fold.open = open.has(nameOf(fold));
  // What has the focus keeps it, where it is still there.
  const focused = document.activeElement?.closest("main a, main summary");
  const find = (at) => at && (at.href ? `a[href="${CSS.escape(at.getAttribute("href"))}"]` : null);
  const again = find(focused);
  const { scrollX, scrollY } = window;
  old.replaceWith(document.adoptNode(main));
  if (again) main.querySelector(again)?.focus({ preventScroll: true });
  scrollTo(scrollX, scrollY);
};

let busy = false;
let wanted = false;
const take = async () => {
  wanted = true;
  if (busy) return;
  busy = true;
  while (wanted) {
    wanted = false;
    // The preview has gone, or could not answer: the next news ask again.
    await renew().catch(() => {});
  }
  busy = false;
};

let first = true;
const listen = () => {
  const events = new EventSource("/_shirube/events?page=/_shirube/");
  events.onmessage = () => {
    if (!first) take();
    first = false;
  };
  addEventListener("pagehide", () => events.close(), { once: true });
};
if (document.querySelector("main:not(.rule)")) {
  listen();
  addEventListener("pageshow", (event) => event.persisted && (listen(), take()));
}
