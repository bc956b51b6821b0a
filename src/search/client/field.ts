// The search field: asks the engine while one types and shows what it finds.
//
// In: the form of `parts/search.html`, whose `data-` attributes carry the words, and an engine: another
// script, which calls `shirubeSearch.register(find)`. `find(query, { section, tag, limit }, early)`
// promises `{ total, results, missing, near }`: `results` in rank order, each `{ title, href, section,
// heading, excerpt, lang, tags }`, `href` counted from the published root, `excerpt` a list of
// `[text, isHit]`, which `later()` promises instead when it is not there yet; `missing` the words that
// the best result lacks; `near` queries that would find more. Results of one guide follow each other.
// `early(found)` may be called before with a first answer. Text of guides is never read as HTML.
import type { Answer, Result, Wanted } from "./answer";
import type { Piece } from "./sections";

type Find = (query: string, wanted: Wanted, early: (found: Answer) => void) => Promise<Answer>;

(window as { shirubeSearch?: unknown }).shirubeSearch = (() => {
  const form = document.querySelector<HTMLFormElement>(".search form")!;
  const within = <E extends Element = HTMLElement>(selector: string): E => form.querySelector<E>(selector)!;
  const field = form.elements.namedItem("q") as HTMLInputElement;
  const panel = within(".search-panel");
  const count = within(".search-count");
  const said = within(".search-say");
  const list = within("[data-search-results]");
  const empty = within(".search-empty");
  const shell = form.parentElement!;
  const words = form.dataset;
  const inPage = words.place === "page";
  const limit = inPage ? 50 : 12;
  let find: Find | null = null;
  let turn = 0;
  let active: HTMLElement | null = null;
  let broken = false;
  let waiting = 0;
  let composes = false;

  /** Excerpts that are loaded when they come into sight. */
  const pending = new Map<Element, () => Promise<void>>();
  const seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      const load = pending.get(target);
      pending.delete(target);
      load?.().catch(console.error);
    }
  });

  /** Hands the words that were met to the page that is opened: once, and kept nowhere. */
  const leave = (link: HTMLAnchorElement): void => {
    const marks = [...new Set([...link.querySelectorAll("mark")].map((one) => one.textContent!.trim()))];
    const detail = { path: link.pathname, words: marks.length ? marks : (list.dataset.query ?? "").split(/\s+/) };
    if (link.pathname === location.pathname) document.dispatchEvent(new CustomEvent("search-marks", { detail }));
    else {
      try {
        sessionStorage.setItem("search-marks", JSON.stringify(detail));
      } catch {
        // The page is reached without marks.
      }
    }
  };

  const make = <K extends keyof HTMLElementTagNameMap>(tag: K, className: string, ...children: (Node | string)[]): HTMLElementTagNameMap[K] => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children);
    return element;
  };
  const filter = (name: string): string | null => (form.elements.namedItem(name) as HTMLSelectElement | null)?.value || null;
  const filled = (pattern: string, text: string): string => pattern.replaceAll("{q}", () => text);
  const counted = (total: number): string => (total === 1 ? words.one! : words.other!.replace("{n}", String(total)));

  /** Whether the field covers the page, as on a phone; there it stays until it is closed. */
  const covers = () => getComputedStyle(shell).position === "fixed";
  /** Shows the panel, unless the reader has gone elsewhere meanwhile. */
  const open = (wanted: boolean): void => {
    if (inPage) return;
    const shown = wanted && (form.contains(document.activeElement) || covers());
    panel.hidden = !shown;
    field.setAttribute("aria-expanded", String(shown));
    if (!shown) mark(null);
  };

  /** Makes `option` the one that Enter opens. */
  const mark = (option: HTMLElement | null): void => {
    active?.setAttribute("aria-selected", "false");
    active = option;
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };

  /** One result; `further` when the one before is of the same guide. */
  const item = (result: Result, further: boolean, number: number): HTMLElement => {
    const link = make("a", "");
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
    const text = make("span", "hit-text");
    const fill = (pieces: Piece[]) => text.replaceChildren(...pieces.map(([one, hit]) => (hit ? make("mark", "", one) : one)));
    fill(result.excerpt ?? []);
    if (result.later) pending.set(link, () => result.later!().then(fill));
    if (result.later || result.excerpt?.length) link.append(text);
    const row = make("li", further ? "further" : "", link);
    row.setAttribute("role", "presentation");
    row.dataset.searchResult = "";
    return row;
  };

  const show = (query: string, found: Answer, last = true): void => {
    // Who has chosen a row keeps it when more rows come.
    const kept = active?.id && (active as HTMLAnchorElement).href;
    mark(null);
    seen.disconnect();
    pending.clear();
    const page = (result: Result) => result.href.split("#")[0];
    const rows = found.results.map((result, at) => {
      const before = found.results[at - 1];
      return item(result, !!before && page(before) === page(result), at);
    });
    list.replaceChildren(...rows);
    for (const link of pending.keys()) seen.observe(link);
    if (kept) mark((options() as HTMLAnchorElement[]).find((one) => one.href === kept) ?? null);
    // Titles alone say neither how much there is nor what is missing.
    if (!last) return open(true);
    empty.hidden = rows.length > 0;
    const told = [rows.length ? counted(found.total ?? rows.length) : filled(words.none!, query)];
    if (rows.length && found.missing?.length) told.push(filled(words.missing!, found.missing.join(" ")));
    count.replaceChildren(told.join(" "));
    if (found.near?.length) count.append(" ", words.near!, ...found.near.map(nearby));
    if (!inPage && rows.length && found.total > rows.length) count.append(" ", every(query));
    answered(query);
  };

  /** The page of search that answers `query`, with what is chosen there. */
  const address = (query: string): string => {
    const url = new URL(form.action);
    const asked = new URLSearchParams({ q: query, section: filter("section") ?? "", tag: filter("tag") ?? "" });
    for (const [name, value] of asked) if (value) url.searchParams.set(name, value);
    return url.href;
  };
  const link = (text: string, href: string): HTMLElement => {
    const made = make("a", "", text);
    made.href = href;
    return made;
  };
  const nearby = (query: string) => make("span", "", " ", link(query, address(query)));
  const every = (query: string) => link(words.more!, address(query));

  const answered = (query: string): void => {
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

  const fail = (): void => {
    broken = !find;
    mark(null);
    list.replaceChildren();
    empty.hidden = true;
    count.textContent = words.failed!;
    answered(field.value.trim());
  };

  /** Says that it is being looked for, when that takes long enough to be noticed. */
  const wait = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (list.dataset.state !== "loading" || list.childElementCount) return;
      empty.hidden = true;
      count.textContent = words.loading!;
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
      if (inPage) history.replaceState(null, "", address(""));
      return open(false);
    }
    list.dataset.state = "loading";
    if (broken) return fail();
    wait();
    const engine = find;
    if (!engine) return;
    try {
      const found = await engine(query, { section: filter("section"), tag: filter("tag"), limit }, (first) => mine === turn && list.dataset.state === "loading" && show(query, first, false));
      if (mine === turn) show(query, found);
    } catch (error) {
      console.error(error);
      if (mine === turn) fail();
    }
  };

  const options = () => [...list.querySelectorAll<HTMLElement>("[role=option]")];
  const step = (ahead: number): void => {
    const all = options();
    if (!all.length) return;
    open(true);
    const at = active ? all.indexOf(active) : -1;
    mark(at < 0 ? all.at(ahead > 0 ? 0 : -1)! : (all[at + ahead] ?? null));
  };

  // While an input method composes, nothing moves and Enter belongs to it.
  const composing = (event: InputEvent | KeyboardEvent) => event.isComposing || ("keyCode" in event && event.keyCode === 229);
  field.addEventListener("input", (event) => composing(event as InputEvent) || void ask());
  field.addEventListener("compositionstart", () => {
    composes = true;
    // What was asked before is not wanted under other words.
    turn += 1;
    clearTimeout(waiting);
  });
  field.addEventListener("compositionend", () => {
    composes = false;
    void ask();
  });
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
      if (list.dataset.state === "loading") {
        list.dataset.state = "idle";
        list.replaceChildren();
      }
      open(false);
    } else if (field.value) {
      field.value = "";
      ask();
    } else {
      shell.classList.remove("open");
      field.blur();
    }
  });
  field.addEventListener("focus", () => list.dataset.state === "done" && open(true));
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget as Node | null) || (!event.relatedTarget && covers()) || open(false));
  // A click on a result must not take the focus, or the panel would close under the hand.
  if (!inPage) panel.addEventListener("mousedown", (event) => event.preventDefault());
  panel.addEventListener("click", (event) => {
    const chosen = (event.target as Element).closest("a");
    if (!chosen) return;
    if (chosen.role && !(event.ctrlKey || event.metaKey || event.shiftKey)) leave(chosen);
    shell.classList.remove("open");
    open(false);
  });
  within(".search-close").addEventListener("click", () => {
    field.blur();
    open(false);
  });
  form.addEventListener("change", (event) => event.target !== field && void ask());
  form.addEventListener("submit", (event) => {
    if (!field.value.trim() || inPage) event.preventDefault();
    if (!inPage) return;
    ask();
    // The keyboard of a phone would cover what was found.
    if (matchMedia("(pointer: coarse)").matches) field.blur();
  });
  // Machines are shared: who comes back to the page finds no question.
  if (!inPage) addEventListener("pagehide", () => ((field.value = ""), void ask()));
  form.addEventListener("search-failed", fail);
  if ("broken" in words) fail();

  return {
    /** Hands over the engine; what was typed before it came is asked now. */
    register(engine: Find) {
      find = engine;
      if (!composes) void ask();
    },
  };
})();
