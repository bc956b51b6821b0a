// Puts the newest state of the page in place, and leads to what was edited.

const { dataset: sent } = document.currentScript;
const root = document.documentElement;
/** The page as it was sent; this script runs before all that add to it. */
let shown = treeOf(document.body);
let tag = sent.tag;
const status = sent.status ?? "200";

/** The scripts and the kind of a page; with others nothing can be put in place. */
const frameOf = (page) => {
  const scripts = [...page.querySelectorAll("script[src]")].map((script) => script.getAttribute("src"));
  const own = scripts.filter((src) => !src.startsWith("/_shirube/"));
  return [...own, page.body.classList[0] ?? "", page.querySelector("form[data-script]")?.dataset.script].join("\n");
};
const frame = frameOf(document);

const again = () => location.reload();

/** Fetches the page that is shown and puts its changed parts in place. */
const renew = async () => {
  const headers = status === "200" ? { "If-None-Match": `"${tag}"` } : {};
  const answer = await fetch(location.pathname + location.search, { cache: "no-store", headers });
  if (answer.status === 304) return;
  if (answer.status >= 500) throw new Error(`answered ${answer.status}`);
  if (String(answer.status) !== status || answer.redirected) return again();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (frameOf(page) !== frame) return again();
  tag = answer.headers.get("ETag")?.replaceAll('"', "");
  const done = await styled(page);
  const steady = hold();
  become(shown, treeOf(page.body));
  done();
  head(page);
  const handled = !document.dispatchEvent(new CustomEvent("page-changed", { cancelable: true }));
  // Scripts that do not listen have not seen the new parts.
  if (!handled && frame.includes(".js")) return again();
  steady();
  // What has been read of the index is of the former state.
  if (window.shirubeSearch) {
    const src = `${document.querySelector("form[data-engine]").dataset.engine}?shirube=${tag}`;
    document.head.append(Object.assign(document.createElement("script"), { src, onload: (event) => event.target.remove() }));
  }
};

/** Loads the style sheets that the page has not got; what is to be done to let the old ones go. */
const styled = async (page) => {
  const address = (link) => new URL(link.getAttribute("href"), location.href).href;
  const wanted = [...page.querySelectorAll("link[rel~='stylesheet']")];
  const had = new Map(styles().map((link) => [plain(link.href), link]));
  const missing = wanted.filter((link) => !had.has(plain(address(link))));
  await Promise.all(
    missing.map(
      (link) =>
        new Promise((done) => {
          const next = document.importNode(link);
          next.onload = next.onerror = done;
          (styles().at(-1) ?? document.head.lastChild).after(next);
        }),
    ),
  );
  const kept = new Set(wanted.map((link) => plain(address(link))));
  return () => {
    for (const [href, link] of had) if (!kept.has(href)) link.remove();
  };
};

/** What is in the head, but for scripts and style sheets. */
const head = (page) => {
  document.title = page.title;
  for (const name of ["lang", "dir"]) {
    const value = page.documentElement.getAttribute(name);
    if (root.getAttribute(name) !== value) value === null ? root.removeAttribute(name) : root.setAttribute(name, value);
  }
  const parts = (of) => [...of.head.querySelectorAll("meta[name], meta[property], link:not([rel~='stylesheet'])")];
  const fresh = new Map(parts(page).map((part) => [part.outerHTML, part]));
  for (const part of parts(document)) if (!fresh.delete(part.outerHTML)) part.remove();
  for (const part of fresh.values()) document.head.append(document.adoptNode(part));
};

const BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, dt, dd, td, th, figcaption, summary, pre, blockquote, img, .line";

/** Whether a block stays where it is when the page is scrolled. */
const isPinned = (block) => {
  for (let around = block; around && around !== document.body; around = around.parentElement) {
    if (/sticky|fixed/.test(getComputedStyle(around).position)) return true;
  }
  return false;
};

/** Notes what the reader looks at; calling what this gives brings it back to its place. */
const hold = () => {
  if (scrollY <= 0) return () => {};
  const seen = [];
  for (const block of document.querySelectorAll(`main :is(${BLOCKS})`)) {
    const { top, height } = block.getBoundingClientRect();
    if (height > 0 && top >= 60 && top < innerHeight && !isPinned(block)) seen.push([block, top]);
    if (seen.length >= 12) break;
  }
  // The browser would do the same by its own lights, and both would be too much.
  root.style.overflowAnchor = "none";
  setTimeout(() => root.style.removeProperty("overflow-anchor"), 100);
  return () => {
    const [block, top] = seen.find(([block]) => block.isConnected) ?? [];
    const moved = block ? block.getBoundingClientRect().top - top : 0;
    if (moved) scrollBy({ top: moved, behavior: "instant" });
  };
};

/** The letters of a text and nothing else. */
const letters = (text) => text.normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, "").toLowerCase();

/** The smallest block that holds `text`, at `anchor` or after it. */
const blockOf = (text, anchor) => {
  const sought = letters(text);
  const start = anchor ? document.getElementById(anchor) : null;
  if (!sought) return start;
  const blocks = [...document.querySelectorAll(`main :is(${BLOCKS})`)];
  const holds = blocks.filter((block) => letters(block.textContent).includes(sought));
  const smallest = holds.filter((block) => !holds.some((other) => other !== block && block.contains(other)));
  const behind = (block) => !start || start.contains(block) || start.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_FOLLOWING;
  return smallest.find(behind) ?? smallest[0] ?? start;
};

/** Opens what the block is folded into. */
const unfold = (block) => {
  for (let around = block; around; around = around.parentElement) {
    if (around.localName === "details") around.open = true;
    if (around.matches('[role="tabpanel"][hidden]')) document.getElementById(around.getAttribute("aria-labelledby"))?.click();
  }
};

/** Shows the block that has been edited, and marks it for a moment. */
const show = ({ text, anchor }) => {
  const block = blockOf(text, anchor);
  if (!block) return;
  unfold(block);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const { top, bottom } = block.getBoundingClientRect();
  if (top < 80 || bottom > innerHeight - 40) {
    block.scrollIntoView({ block: bottom - top > innerHeight - 120 ? "start" : "center", behavior: "instant" });
  }
  const colour = "light-dark(#ffe08a, #6b5410)";
  const frames = { backgroundColor: [colour, still ? colour : "transparent"] };
  block.animate(frames, { duration: still ? 1500 : 1800, easing: "ease-in", id: "shirube-edited" });
};

/** Goes to the page that was edited, or shows the place on this one. */
const lead = (follow) => {
  if (decodedPath() === follow.page) return show(follow);
  // Whoever works through the list of problems, or asks for something, is not led away.
  if (decodedPath().startsWith("/_shirube/")) return;
  if (document.activeElement?.matches("input, textarea") && document.activeElement.value) return;
  sessionStorage.setItem("shirube-follow", JSON.stringify(follow));
  location.assign(encodeURI(follow.page));
};

/** The path of this page as people write it. */
const decodedPath = () => {
  try {
    return decodeURIComponent(location.pathname);
  } catch {
    // A stray percent sign.
    return location.pathname;
  }
};
