// What a page can do beyond being read. Everything here is an addition: the page is whole
// without it.
"use strict";
const words = document.body.dataset;
const root = document.documentElement;

// Folders have no index on a file system.
if (location.protocol === "file:") {
  for (const link of document.querySelectorAll("a[href]")) {
    const [, path, rest] = /^([^?#]*)(.*)$/s.exec(link.getAttribute("href"));
    if (path.endsWith("/") && !/^[a-z][a-z0-9+.-]*:/i.test(path)) {
      link.setAttribute("href", `${path}index.html${rest}`);
    }
  }
}

// Light, dark, or as the system has it.
const button = document.querySelector(".scheme");
if (button) {
  const order = ["system", "light", "dark"];
  const label = button.querySelector(".vh");
  const current = () => root.dataset.scheme || "system";
  const say = () => {
    label.textContent = button.dataset[current()];
    button.title = label.textContent;
  };
  button.addEventListener("click", () => {
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
  });
  say();
  button.hidden = false;
}

// The language switch keeps the place on the page.
for (const link of document.querySelectorAll(".languages a")) {
  link.addEventListener("click", () => {
    if (location.hash) link.hash = location.hash;
  });
}

// Contents stand open where there is room for them beside the text.
const contents = document.querySelector(".contents");
const wide = matchMedia("(min-width: 80rem)");
if (contents) {
  const fit = () => {
    contents.open = wide.matches;
  };
  fit();
  wide.addEventListener("change", fit);
  contents.addEventListener("click", (event) => {
    if (!wide.matches && event.target.closest("a")) contents.open = false;
  });
  const links = new Map();
  for (const link of contents.querySelectorAll("a")) {
    links.set(decodeURIComponent(link.hash.slice(1)), link);
  }
  const watch = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        for (const link of links.values()) link.removeAttribute("aria-current");
        links.get(entry.target.id)?.setAttribute("aria-current", "true");
      }
    },
    { rootMargin: "0px 0px -70% 0px" },
  );
  for (const id of links.keys()) {
    const heading = document.getElementById(id);
    if (heading) watch.observe(heading);
  }
}

// Headings can be linked to.
for (const heading of document.querySelectorAll(".text :is(h2, h3, h4)[id]")) {
  const link = document.createElement("a");
  link.className = "anchor";
  link.href = `#${encodeURIComponent(heading.id)}`;
  link.setAttribute("aria-label", words.link);
  link.textContent = "#";
  heading.append(" ", link);
}

// Code can be copied.
const status = document.createElement("div");
status.className = "vh";
status.setAttribute("role", "status");
document.body.append(status);
if (navigator.clipboard) {
  for (const figure of document.querySelectorAll("figure.code")) {
    const copy = document.createElement("button");
    copy.type = "button";
    copy.className = "copy";
    copy.textContent = words.copy;
    copy.addEventListener("click", async () => {
      const lines = figure.querySelectorAll(".line:not(.removed)");
      const text = lines.length
        ? [...lines].map((line) => line.textContent).join("\n")
        : figure.querySelector("code").textContent;
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        return;
      }
      copy.textContent = words.copied;
      status.textContent = words.copied;
      setTimeout(() => {
        copy.textContent = words.copy;
        status.textContent = "";
      }, 2000);
    });
    figure.append(copy);
  }
}

// Tabs; those with one label are switched together.
const groups = [];
const choose = (label, focus) => {
  for (const group of groups) {
    const chosen = group.findIndex((tab) => tab.label === label);
    if (chosen < 0) continue;
    group.forEach((tab, index) => {
      tab.panel.hidden = index !== chosen;
      tab.button.setAttribute("aria-selected", String(index === chosen));
      tab.button.tabIndex = index === chosen ? 0 : -1;
    });
  }
  focus?.focus();
};
document.querySelectorAll(".tabs").forEach((tabs, number) => {
  const panels = [...tabs.children].filter((child) => child.matches(".tab"));
  if (panels.length < 2) return;
  const list = document.createElement("div");
  list.className = "tab-list";
  list.setAttribute("role", "tablist");
  const group = panels.map((panel, index) => {
    const heading = panel.querySelector(".tab-label");
    const tab = document.createElement("button");
    tab.type = "button";
    tab.setAttribute("role", "tab");
    tab.id = `tab:${number}:${index}`;
    panel.id ||= `panel:${number}:${index}`;
    tab.setAttribute("aria-controls", panel.id);
    tab.textContent = heading.textContent;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    list.append(tab);
    return { button: tab, panel, label: heading.textContent.trim() };
  });
  group.forEach((tab, index) => {
    tab.button.addEventListener("click", () => choose(tab.label));
    tab.button.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = group[(index + step + group.length) % group.length];
      choose(next.label, next.button);
    });
  });
  tabs.classList.add("live");
  tabs.prepend(list);
  groups.push(group);
  choose(group[0].label);
});

// A tab that holds the place asked for is opened.
const reveal = () => {
  if (!location.hash) return;
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const panel = target?.closest(".tab[hidden]");
  for (const group of groups) {
    const tab = group.find((candidate) => candidate.panel === panel);
    if (tab) choose(tab.label);
  }
  const folded = target?.closest("details:not([open])");
  if (folded) folded.open = true;
  if (panel || folded) target.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();

// Screenshots open large.
let dialog;
for (const link of document.querySelectorAll("a.zoom")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.className = "zoomed";
      const close = document.createElement("button");
      close.type = "button";
      close.textContent = words.close;
      dialog.append(document.createElement("img"), close);
      dialog.addEventListener("click", () => dialog.close());
      document.body.append(dialog);
    }
    const shown = [...link.querySelectorAll("img")].find((img) => img.offsetWidth) ?? link.firstChild;
    const large = dialog.querySelector("img");
    large.src = shown.currentSrc || shown.src;
    large.alt = shown.alt;
    dialog.setAttribute("aria-label", shown.alt || link.getAttribute("aria-label") || "");
    dialog.showModal();
  });
}

// Print shows folded parts.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll(".text details:not([open])")) {
    folded.open = true;
    folded.dataset.printed = "";
  }
});
addEventListener("afterprint", () => {
  for (const folded of document.querySelectorAll("details[data-printed]")) {
    folded.open = false;
    delete folded.dataset.printed;
  }
});
