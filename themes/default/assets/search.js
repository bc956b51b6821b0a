// The search field: asks the engine while one types and shows what it finds.
//
// The engine is another script; it calls `shirubeSearch.register(find)`, where
// `find(query, { section, tag, limit })` promises `{ total, results, missing, near }`:
// `results` in rank order, each `{ title, href, section, heading, excerpt, lang, tags }`,
// `href` counted from the published root, `excerpt` a list of `[text, isHit]`; `missing` the
// words that no result holds; `near` queries that would find something. Results of one
// guide follow each other.
"use strict";
window.shirubeSearch = (() => {
  const form = document.querySelector(".search form");
  const field = form.elements.namedItem("q");
  const panel = form.querySelector(".search-panel");
  const count = form.querySelector(".search-count");
  const said = form.querySelector(".search-say");
  const list = form.querySelector("[data-search-results]");
  const empty = form.querySelector(".search-empty");
  const words = form.dataset;
  const inPage = words.place === "page";
  const limit = inPage ? 50 : 12;
  let find = null;
  let turn = 0;
  let active = null;
  let broken = false;
  let waiting = 0;

  const make = (tag, className, ...children) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children);
    return element;
  };
  const filter = (name) => form.elements.namedItem(name)?.value || null;
  const filled = (pattern, text) => pattern.replaceAll("{q}", () => text);
  const counted = (total) => (total === 1 ? words.one : words.other.replace("{n}", total));

  /** Whether the field covers the page, as on a phone; there it stays until it is closed. */
  const covers = () => getComputedStyle(form.parentElement).position === "fixed";
  /** Shows the panel, unless the reader has gone elsewhere meanwhile. */
  const open = (wanted) => {
    if (inPage) return;
    const shown = wanted && (form.contains(document.activeElement) || covers());
    panel.hidden = !shown;
    field.setAttribute("aria-expanded", String(shown));
    if (!shown) mark(null);
  };

  /** Makes `option` the one that Enter opens. */
  const mark = (option) => {
    active?.setAttribute("aria-selected", "false");
    active = option;
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };

  /** One result; `further` when the one before is of the same guide. */
  const item = (result, further, number) => {
    const link = make("a");
    link.id = `page:result-${number}`;
    link.href = words.root + result.href;
    if (location.protocol === "file:") link.href = link.href.replace(/\/(?=[?#]|$)/, "/index.html");
    link.tabIndex = -1;
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    if (result.lang) link.lang = result.lang;
    if (!further) {
      if (result.section) link.append(make("span", "hit-place", result.section));
      link.append(make("span", "hit-guide", result.title));
    }
    if (result.heading) link.append(make("span", "hit-heading", result.heading));
    const pieces = (result.excerpt ?? []).map(([text, hit]) => (hit ? make("mark", "", text) : text));
    if (pieces.length) link.append(make("span", "hit-text", ...pieces));
    const row = make("li", further ? "further" : "", link);
    row.setAttribute("role", "presentation");
    row.dataset.searchResult = "";
    return row;
  };

  const show = (query, found) => {
    mark(null);
    const page = (result) => result.href.split("#")[0];
    const rows = found.results.map((result, at) => {
      const before = found.results[at - 1];
      return item(result, before && page(before) === page(result), at);
    });
    list.replaceChildren(...rows);
    empty.hidden = rows.length > 0;
    const told = [rows.length ? counted(found.total ?? rows.length) : filled(words.none, query)];
    if (rows.length && found.missing?.length) told.push(filled(words.missing, found.missing.join(" ")));
    count.replaceChildren(told.join(" "));
    if (found.near?.length) count.append(" ", words.near, ...found.near.map(nearby));
    if (!inPage && rows.length && found.total > rows.length) count.append(" ", every(query));
    answered(query);
  };

  /** The page of search that answers `query`, with what is chosen there. */
  const address = (query) => {
    const url = new URL(form.action);
    const asked = new URLSearchParams({ q: query, section: filter("section") ?? "", tag: filter("tag") ?? "" });
    for (const [name, value] of asked) if (value) url.searchParams.set(name, value);
    return url.href;
  };
  const link = (text, href) => {
    const made = make("a", "", text);
    made.href = href;
    return made;
  };
  const nearby = (query) => make("span", "", " ", link(query, address(query)));
  const every = (query) => link(words.more, address(query));

  const answered = (query) => {
    clearTimeout(waiting);
    list.dataset.query = query;
    list.dataset.state = "done";
    open(true);
    // Said when the typing rests, not at every letter.
    waiting = setTimeout(() => {
      said.textContent = count.firstChild?.textContent ?? "";
    }, 500);
    // The address can be handed on, and Back finds the question again.
    if (inPage && !broken) history.replaceState(null, "", address(query));
  };

  const fail = () => {
    broken = !find;
    mark(null);
    list.replaceChildren();
    empty.hidden = true;
    count.textContent = words.failed;
    answered(field.value.trim());
  };

  /** Says that it is being looked for, when that takes long enough to be noticed. */
  const wait = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (list.dataset.state !== "loading" || list.childElementCount) return;
      empty.hidden = true;
      count.textContent = words.loading;
      open(true);
    }, 300);
  };

  /** Asks for what is in the field; an answer that comes too late is dropped. */
  const ask = async () => {
    const query = field.value.trim();
    const mine = (turn += 1);
    mark(null);
    if (!query) {
      clearTimeout(waiting);
      list.replaceChildren();
      list.dataset.state = "idle";
      list.dataset.query = count.textContent = said.textContent = "";
      empty.hidden = true;
      return open(false);
    }
    list.dataset.state = "loading";
    if (broken) return fail();
    wait();
    if (!find) return;
    try {
      const found = await find(query, { section: filter("section"), tag: filter("tag"), limit });
      if (mine === turn) show(query, found);
    } catch (error) {
      console.error(error);
      if (mine === turn) fail();
    }
  };

  const options = () => [...list.querySelectorAll("[role=option]")];
  const step = (ahead) => {
    const all = options();
    if (!all.length) return;
    open(true);
    const at = all.indexOf(active);
    mark(at < 0 ? all.at(ahead > 0 ? 0 : -1) : (all[at + ahead] ?? null));
  };

  // While an input method composes, nothing moves and Enter belongs to it.
  const composing = (event) => event.isComposing || event.keyCode === 229;
  field.addEventListener("input", (event) => composing(event) || ask());
  field.addEventListener("compositionend", ask);
  field.addEventListener("keydown", (event) => {
    if (composing(event)) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && active) {
      event.preventDefault();
      active.click();
    }
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || composing(event)) return;
    event.preventDefault();
    field.focus();
    if (!panel.hidden && !inPage) {
      // An answer that is still on its way is not wanted any more.
      turn += 1;
      if (list.dataset.state === "loading") list.dataset.state = "idle";
      open(false);
    } else if (field.value) {
      field.value = "";
      ask();
    } else {
      form.parentElement.classList.remove("open");
      field.blur();
    }
  });
  field.addEventListener("focus", () => list.dataset.state === "done" && open(true));
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || (!event.relatedTarget && covers()) || open(false));
  // A click on a result must not take the focus, or the panel would close under the hand.
  if (!inPage) panel.addEventListener("mousedown", (event) => event.preventDefault());
  panel.addEventListener("click", (event) => {
    if (!event.target.closest("a")) return;
    form.parentElement.classList.remove("open");
    open(false);
  });
  form.querySelector(".search-close").addEventListener("click", () => {
    field.blur();
    open(false);
  });
  form.addEventListener("change", (event) => event.target !== field && ask());
  form.addEventListener("submit", (event) => {
    if (!field.value.trim() || inPage) event.preventDefault();
    if (!inPage) return;
    ask();
    // The keyboard of a phone would cover what was found.
    if (matchMedia("(pointer: coarse)").matches) field.blur();
  });
  form.addEventListener("search-failed", fail);
  if ("broken" in words) fail();

  return {
    /** Hands over the engine; what was typed before it came is asked now. */
    register(engine) {
      find = engine;
      if (field.value.trim()) ask();
    },
  };
})();
