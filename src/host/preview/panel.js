// The badge in the corner and the panel of problems: drawn by the program, apart from the
// page's styles and scripts.

const host = document.createElement("div");
host.id = "shirube-preview";
const shadow = host.attachShadow({ mode: "open" });
const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/_shirube/preview.css" });
const box = document.createElement("div");
shadow.append(style, box);
let drawn = treeOf(box);
/** Whether the panel came up by itself. */
let called = false;

const part = (id) => shadow.getElementById(id);
const isOpen = () => part("panel")?.open ?? false;

const kept = (value) => {
  try {
    if (value !== undefined) sessionStorage.setItem("shirube-panel", value);
    return sessionStorage.getItem("shirube-panel");
  } catch {
    // Storage is closed to us: the panel is closed on the next page.
    return null;
  }
};

/** For how many problems of a broken site the reader has closed the panel. */
const shut = (value) => {
  try {
    if (value !== undefined) sessionStorage.setItem("shirube-shut", value);
    return sessionStorage.getItem("shirube-shut");
  } catch {
    return null;
  }
};

/** The reader wants the panel out of the way. */
const dismiss = () => {
  const { count, broken } = part("shirube").dataset;
  if (broken === "true") shut(count);
  closePanel();
};

const openPanel = (focus = true) => {
  const panel = part("panel");
  if (!panel || panel.open) return;
  // Not with `show()`, which takes the focus away from whoever is typing.
  panel.setAttribute("open", "");
  part("badge").setAttribute("aria-expanded", "true");
  if (focus) part("title").focus();
  kept("open");
};

const closePanel = () => {
  const panel = part("panel");
  if (!panel?.open) return;
  const inside = panel.contains(shadow.activeElement);
  panel.removeAttribute("open");
  part("badge").setAttribute("aria-expanded", "false");
  if (inside) part("badge").focus();
  called = false;
  kept("closed");
};

shadow.addEventListener("click", (event) => {
  const { target } = event;
  if (target.closest("#badge")) isOpen() ? dismiss() : openPanel();
  else if (target.closest("#close")) dismiss();
});
shadow.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !isOpen()) return;
  event.preventDefault();
  event.stopPropagation();
  dismiss();
});

/** Follows the scheme of the page, which its reader may have chosen. */
const followScheme = () => (host.dataset.scheme = root.dataset.scheme ?? "");
new MutationObserver(followScheme).observe(root, { attributeFilter: ["data-scheme"] });
followScheme();

/** Asks for this page's problems and the site's, and shows them. */
const renewProblems = async () => {
  const answer = await fetch(`/_shirube/problems?page=${encodeURIComponent(decodedPath())}`, { cache: "no-store" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(`<body><div>${await answer.text()}</div></body>`, "text/html");
  become(drawn, treeOf(page.body.firstChild));
  if (!host.isConnected) document.body.after(host);
  const { count, broken } = part("shirube").dataset;
  if (broken !== "true") shut("");
  if (count === "0") {
    closePanel();
    kept("closed");
  } else if (broken === "true" && !isOpen() && shut() !== count) {
    openPanel(false);
    called = true;
  } else if (broken !== "true" && called) closePanel();
  else if (kept() === "open") openPanel(false);
};

/** Says whether the preview answers. */
const setGone = (gone) => {
  host.classList.toggle("gone", gone);
  const line = part("gone");
  if (line) line.hidden = !gone;
};
