// What a page can do beyond being read. Everything here is an addition: the page is whole
// without it.
"use strict";
(() => {
  const words = document.body.dataset;
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  /** An icon of the page's sprite. */
  const icon = (name) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `#page:icon-${name}`);
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    svg.append(use);
    return svg;
  };

  const status = make("div", { className: "vh" });
  status.setAttribute("role", "status");
  document.body.append(status);
  /** Says `text` to those who listen to the page. */
  const announce = (text) => {
    status.textContent = text;
  };

  // Folders have no index on a file system.
  if (location.protocol === "file:") {
    for (const link of all("a[href], form[action]")) {
      const name = link.localName === "a" ? "href" : "action";
      const [, path, rest] = /^([^?#]*)(.*)$/s.exec(link.getAttribute(name));
      if (path.endsWith("/") && !/^[a-z][a-z0-9+.-]*:/i.test(path)) {
        link.setAttribute(name, `${path}index.html${rest}`);
      }
    }
  }

  // What a term means is put away without leaving the term.
  addEventListener("keydown", ({ key }) => key === "Escape" && root.classList.add("no-tips"));
  for (const type of ["pointerover", "focusin"]) {
    addEventListener(type, ({ target }) => target.closest?.(".term") && root.classList.remove("no-tips"));
  }

  // Light, dark, or as the system has it.
  const scheme = document.querySelector(".scheme");
  if (scheme) {
    const order = ["system", "light", "dark"];
    const current = () => root.dataset.scheme || "system";
    const say = () => {
      scheme.lastElementChild.textContent = scheme.title = scheme.dataset[current()];
    };
    scheme.addEventListener("click", () => {
      const next = order[(order.indexOf(current()) + 1) % order.length];
      if (next === "system") delete root.dataset.scheme;
      else root.dataset.scheme = next;
      try {
        if (next === "system") localStorage.removeItem("scheme");
        else localStorage.setItem("scheme", next);
      } catch {
        // The choice holds for this page.
      }
      say();
      announce(scheme.title);
    });
    say();
    // Another window, or this page coming back, may have another choice by now.
    const reread = () => {
      let kept = null;
      try {
        kept = localStorage.getItem("scheme");
      } catch {
        return;
      }
      if (kept === "light" || kept === "dark") root.dataset.scheme = kept;
      else delete root.dataset.scheme;
      say();
    };
    addEventListener("storage", reread);
    addEventListener("pageshow", (event) => event.persisted && reread());
  }

  // A menu that is open when there is room for it in the bar stands in the bar.
  const menu = document.querySelector(".site-menu");
  matchMedia("(min-width: 60rem)").addEventListener("change", () => menu?.matches(":popover-open") && menu.hidePopover());

  // The language switch keeps the place on the page, and the question on the search page.
  const switchLanguage = (link) => {
    if (location.hash) link.hash = location.hash;
    if (document.body.classList.contains("page-search")) link.search = location.search;
  };

  // Contents stand open where there is room for them beside the text.
  const wide = matchMedia("(min-width: 80rem)");
  let contents = null;
  let links = new Map();
  let headings = [];
  const fit = () => {
    if (!contents) return;
    contents.open = wide.matches;
    contents.firstElementChild.tabIndex = wide.matches ? -1 : 0;
  };
  const close = () => {
    if (contents && !wide.matches) contents.open = false;
  };
  // The part that is being read is the one whose heading last passed the upper third; at
  // the end of the page it is the last one.
  const follow = () => {
    if (!contents) return;
    const end = innerHeight + scrollY >= root.scrollHeight - 2;
    const shown = headings.filter((heading) => heading.offsetParent);
    const passed = shown.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
    const here = end && scrollY > 0 ? shown.at(-1) : passed.at(-1);
    contents.querySelector(".contents-here").textContent = links.get(here?.id)?.textContent ?? "";
    for (const [id, link] of links) {
      if (id !== here?.id) link.removeAttribute("aria-current");
      else if (!link.hasAttribute("aria-current")) {
        link.setAttribute("aria-current", "true");
        // Long contents scroll along; the page itself must not.
        const above = link.offsetTop - contents.clientHeight / 2;
        if (wide.matches) contents.scrollTop = above;
      }
    }
  };
  const watch = new IntersectionObserver(follow, { rootMargin: "0px 0px -66% 0px", threshold: [0, 1] });
  wide.addEventListener("change", fit);
  document.addEventListener("click", (event) => contents?.contains(event.target) || close());
  addEventListener("scrollend", follow);
  const enlivenContents = (fresh) => {
    contents = document.querySelector(".contents");
    if (fresh) {
      fresh.addEventListener("click", (event) => {
        if (wide.matches && event.target.closest("summary")) event.preventDefault();
        if (event.target.closest("a")) close();
      });
      fresh.addEventListener("keydown", (event) => event.key === "Escape" && close());
      const place = make("span", { className: "contents-here" });
      place.lang = fresh.querySelector("[lang]")?.lang ?? root.lang;
      fresh.firstElementChild.append(place);
      fit();
    }
    links = new Map(contents && all("a", contents).map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
    headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    watch.disconnect();
    for (const heading of headings) watch.observe(heading);
  };

  // Headings and steps can be linked to.
  const anchor = (id, className, label, text = "") => {
    const link = make("a", { className, href: `#${encodeURIComponent(id)}` }, text);
    link.setAttribute("aria-label", label);
    return link;
  };
  const enlivenHeading = (heading) => {
    // The heading is still called by its own words alone.
    const own = make("span", { id: `page:heading:${heading.id}` }, ...heading.childNodes);
    const link = anchor(heading.id, "anchor", `${words.link}: ${own.textContent}`, "#");
    heading.append(own, link);
    heading.setAttribute("aria-labelledby", own.id);
  };
  const enlivenStep = (step) => {
    const number = step.id.split(":").at(-1);
    step.prepend(anchor(step.id, "step-link", `${words.step}: ${number}`));
  };

  // Code can be copied, without the lines that are taken out. Plain http:// has no
  // clipboard of its own: there the browser copies a selection.
  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = make("textarea", { value: text, className: "vh", readOnly: true });
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  };
  const enlivenCode = (figure) => {
    const button = make("button", { type: "button", className: "copy" });
    const show = (name, word) => button.replaceChildren(icon(name), word);
    show("copy", words.copy);
    button.addEventListener("click", async () => {
      const lines = all(".line:not(.removed)", figure);
      const text = lines.length
        ? lines.map((line) => line.textContent).join("\n")
        : figure.querySelector("code").textContent;
      if (!(await copied(text))) return;
      button.focus();
      show("done", words.copied);
      announce(words.copied);
      setTimeout(() => {
        show("copy", words.copy);
        announce("");
      }, 2000);
    });
    figure.append(button);
  };

  // Tabs; those with one label are switched together.
  let groups = [];
  let count = 0;
  let wanted = "";
  const choose = (chosen) => {
    const top = chosen.button.getBoundingClientRect().top;
    for (const group of groups) {
      const tab = group.includes(chosen) ? chosen : group.find((other) => other.label === chosen.label);
      for (const other of tab ? group : []) {
        other.panel.hidden = other !== tab;
        other.button.setAttribute("aria-selected", String(other === tab));
        other.button.tabIndex = other === tab ? 0 : -1;
      }
    }
    // Tabs further up may have grown or shrunk; what was pressed stays under the hand.
    const moved = chosen.button.getBoundingClientRect().top - top;
    if (moved) scrollBy({ top: moved, behavior: "instant" });
  };
  const enlivenTabs = (tabs) => {
    const number = count;
    count += 1;
    const list = make("div", { className: "tab-list" });
    list.setAttribute("role", "tablist");
    const group = all(":scope > .tab", tabs).map((tab, index) => {
      const label = tab.querySelector(".tab-label").textContent;
      const panel = tab.querySelector(".tab-panel");
      const button = make("button", { type: "button", id: `tab:${number}:${index}` }, label);
      button.setAttribute("role", "tab");
      panel.id ||= `panel:${number}:${index}`;
      button.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", button.id);
      list.append(button);
      return { button, panel, label: label.trim() };
    });
    if (!group.length) return;
    group.forEach((tab, index) => {
      tab.button.addEventListener("click", () => {
        wanted = tab.label;
        choose(tab);
      });
      tab.button.addEventListener("keydown", (event) => {
        const ahead = root.dir === "rtl" ? -1 : 1;
        const places = { ArrowRight: index + ahead, ArrowLeft: index - ahead, Home: 0, End: -1 };
        if (!(event.key in places)) return;
        event.preventDefault();
        const next = group.at(places[event.key] % group.length);
        choose(next);
        next.button.focus();
      });
    });
    tabs.classList.add("live");
    tabs.prepend(list);
    groups.push(group);
    choose(group.find((tab) => tab.label === wanted) ?? group[0]);
  };

  // A tab or fold that holds the place asked for is opened.
  const reveal = () => {
    let target = null;
    try {
      target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      // An address with a stray percent sign leads nowhere.
    }
    if (!target) return;
    const panel = target.closest(".tab-panel[hidden]");
    const tab = groups.flat().find((candidate) => candidate.panel === panel);
    if (tab) choose(tab);
    let opened = Boolean(tab);
    for (let around = target; around; around = around.parentElement) {
      if (around.localName !== "details" || around.open) continue;
      around.open = opened = true;
    }
    if (opened) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);

  // Screenshots open large. The browser closes the dialog on Esc and gives the focus back.
  let dialog;
  const opened = () => {
    if (dialog) return dialog;
    const close = make("button", { type: "button" }, icon("close"), words.close);
    dialog = make("dialog", { className: "zoomed" }, close, make("div", {}, make("img")), make("p"));
    const large = dialog.querySelector("img");
    // The picture itself changes between the screen's size and its own; all else closes.
    dialog.addEventListener("click", (event) => {
      if (event.target === large && large.classList.contains("larger")) large.classList.toggle("full");
      else if (!event.target.closest("p")) dialog.close();
    });
    large.addEventListener("load", () => {
      large.classList.toggle("larger", large.naturalWidth > large.clientWidth + 1);
    });
    document.body.append(dialog);
    return dialog;
  };
  const enlivenZoom = (link) => {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const shown = all("img", link).find((img) => img.offsetWidth) ?? link.querySelector("img");
      const large = opened().querySelector("img");
      large.className = "";
      large.alt = shown.alt;
      const caption = link.parentElement.querySelector("figcaption:not(.paper)");
      const spoken = caption?.cloneNode(true);
      spoken?.querySelector(".paper")?.remove();
      dialog.lastElementChild.replaceChildren(...(spoken?.childNodes ?? []));
      dialog.lastElementChild.hidden = !spoken;
      dialog.setAttribute("aria-label", shown.alt || link.getAttribute("aria-label") || words.close);
      dialog.showModal();
      large.src = shown.src;
      if (large.complete) large.dispatchEvent(new Event("load"));
    });
  };

  // Everything on the page, once. The preview puts other parts in place and calls again.
  const alive = new WeakSet();
  const enliven = () => {
    const fresh = (selector) => all(selector).filter((element) => !alive.has(element) && alive.add(element));
    for (const link of fresh(".languages a")) link.addEventListener("click", () => switchLanguage(link));
    enlivenContents(fresh(".contents")[0]);
    fresh(".text :is(h2, h3, h4)[id]").forEach(enlivenHeading);
    fresh(".text li[id^='step:']").forEach(enlivenStep);
    fresh("figure.code").forEach(enlivenCode);
    groups = groups.filter(([tab]) => tab.button.isConnected);
    fresh(".tabs").forEach(enlivenTabs);
    fresh("a.zoom").forEach(enlivenZoom);
  };
  enliven();
  reveal();
  document.addEventListener("page-changed", (event) => {
    event.preventDefault();
    enliven();
  });

  // Paper shows folded parts, all pictures, and the address of a link once.
  addEventListener("beforeprint", () => {
    for (const picture of all("img[loading]")) picture.loading = "eager";
    for (const link of all(".text a[href^='http']")) {
      link.classList.toggle("bare", link.textContent.trim() === link.getAttribute("href"));
    }
    for (const folded of all(".text details:not([open])")) {
      folded.open = true;
      folded.dataset.printed = "";
    }
  });
  addEventListener("afterprint", () => {
    for (const folded of all("details[data-printed]")) {
      folded.open = false;
      delete folded.dataset.printed;
    }
  });

  // The words that a search met, marked on the page that it led to: handed over once, kept nowhere.
  const showMarks = ({ path, words }) => {
    if (path !== location.pathname || !globalThis.Highlight) return;
    const sought = [...new Set(words.map((word) => word.toLowerCase()))].filter((word) => word && !/^[a-z0-9]$/.test(word));
    const found = new Highlight();
    const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (texts.nextNode() && found.size < 500) {
      const text = texts.currentNode.data.toLowerCase();
      if (text.length !== texts.currentNode.length || texts.currentNode.parentElement.closest("nav, footer, .tags")) continue;
      for (const word of sought) {
        for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
          // A short word is not marked within another one.
          if (/^[a-z]{2,3}$/.test(word) && (/[a-z]/.test(text[at - 1] ?? "") || /[a-z]/.test(text[at + word.length] ?? ""))) continue;
          found.add(new StaticRange({ startContainer: texts.currentNode, startOffset: at, endContainer: texts.currentNode, endOffset: at + word.length }));
        }
      }
    }
    CSS.highlights.set("search", found);
  };
  const takeMarks = () => {
    try {
      const marks = sessionStorage.getItem("search-marks");
      sessionStorage.removeItem("search-marks");
      if (marks) showMarks(JSON.parse(marks));
    } catch {
      // No marks, then.
    }
  };
  takeMarks();
  addEventListener("pageshow", (event) => event.persisted && takeMarks());
  document.addEventListener("search-marks", (event) => showMarks(event.detail));
  addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && globalThis.CSS?.highlights?.delete("search"));

  // The search field: `/` and Ctrl+K lead to it; its script comes when it is first used.
  const form = document.querySelector(".search form");
  if (!form) return;
  const field = form.elements.namedItem("q");
  let asked = false;
  const load = () => {
    if (asked) return;
    asked = true;
    for (const src of [form.dataset.script, form.dataset.engine]) {
      const script = make("script", { src, async: false });
      script.addEventListener("error", () => {
        // The form still leads to the page of search; what is said here is all there is.
        form.dataset.broken = "";
        form.querySelector(".search-count").textContent = form.dataset.failed;
        form.querySelector(".search-panel").hidden = false;
        form.dispatchEvent(new Event("search-failed"));
      });
      document.head.append(script);
    }
  };
  // On its own page the field has the focus from the start; there the first letter loads it.
  const inPage = form.dataset.place === "page";
  field.addEventListener("input", load);
  field.addEventListener("focus", () => {
    form.parentElement.classList.add("open");
    if (!inPage) load();
  });
  // Who goes on by keyboard must see where; a keyboard that is put away is no going.
  form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !form.contains(event.relatedTarget)) form.parentElement.classList.remove("open");
  });
  form.querySelector(".search-close").addEventListener("click", () => {
    form.parentElement.classList.remove("open");
    form.querySelector(".search-panel").hidden = true;
  });
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing;
    const control = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
    if ((!slash && !control) || event.isComposing || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    if (menu?.matches(":popover-open")) menu.hidePopover();
    field.focus();
    field.select();
  });
  // A page that is not there offers the words of its address; the search page, the question.
  if (document.body.classList.contains("page-not_found")) {
    const path = location.pathname.replace(/\.html?$|\/(index\.html)?$/, "");
    try {
      field.value = decodeURIComponent(path.slice(path.lastIndexOf("/") + 1)).replace(/[-_+.]+/g, " ");
    } catch {
      // An address with a stray percent sign has no words.
    }
  } else if (inPage) {
    const wanted = new URLSearchParams(location.search);
    for (const [name, value] of wanted) {
      const control = form.elements.namedItem(name);
      if (!control) continue;
      control.value = value;
      if (control.selectedIndex < 0) control.value = "";
    }
    field.focus();
  }
  if (inPage ? field.value : document.activeElement === field) load();
})();
