// What stands where on a page: nothing may leave the screen, lie over its neighbour, or be
// cut off. These functions run in the page, so each stands by itself.

/** What sticks out of the screen sideways, and what overlaps; a line each. */
export function misplaced() {
  const faults = [];
  const width = document.documentElement.clientWidth;
  const over = document.documentElement.scrollWidth - width;
  if (over > 0) faults.push(`the page is ${over}px wider than the screen`);
  const name = (element) => {
    const classes = [...element.classList].map((one) => `.${one}`).join("");
    return `${element.localName}${classes} "${(element.textContent ?? "").trim().slice(0, 20)}"`;
  };
  const style = new Map();
  const of = (element) => {
    if (!style.has(element)) style.set(element, getComputedStyle(element));
    return style.get(element);
  };
  const scrolls = (element) => /auto|scroll|hidden|clip/.test(of(element).overflowX);
  /** Hidden from sight but not from those who listen, or not drawn at all. */
  const unseen = (element) => {
    if (!element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) return true;
    for (let up = element; up && up !== document.body; up = up.parentElement) {
      const { clip, clipPath, position, width, height } = of(up);
      if (clip !== "auto" || (clipPath !== "none" && position === "absolute")) return true;
      if (position === "absolute" && parseFloat(width) <= 1 && parseFloat(height) <= 1) return true;
      if (up.matches(".skip, [href='#page:main']")) return true;
    }
    return false;
  };
  /** Within something that scrolls or cuts, which is then looked at itself. */
  const held = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      if (scrolls(up)) return true;
    }
    return false;
  };
  const all = [...document.body.querySelectorAll("*:not(svg *, script, style, template, br, wbr)")];
  for (const element of all) {
    const box = element.getBoundingClientRect();
    if (!box.width || !box.height || unseen(element) || held(element)) continue;
    if (box.right > width + 1 || box.left < -1) {
      faults.push(`${name(element)} reaches from ${Math.round(box.left)} to ${Math.round(box.right)} of ${width}`);
    }
  }
  // Blocks that follow each other in the flow do not lie on each other.
  const inFlow = (element) => {
    const { position, float, display } = of(element);
    return (
      /static|relative/.test(position) && float === "none" && !/inline|contents|none/.test(display) && !unseen(element)
    );
  };
  for (const parent of [document.body, ...document.body.querySelectorAll("main, main *:not(svg, svg *)")]) {
    const children = [...parent.children].filter(inFlow).map((child) => [child, child.getBoundingClientRect()]);
    for (let at = 0; at < children.length; at += 1) {
      for (const next of [at + 1, at + 2]) {
        if (!children[next]) continue;
        const [[one, a], [two, b]] = [children[at], children[next]];
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        if (high > 2 && wide > 2) faults.push(`${name(one)} lies under ${name(two)} by ${Math.round(wide)}x${Math.round(high)}`);
      }
    }
  }
  // Text that is cut off with no way to scroll to it.
  for (const element of all) {
    const { overflowX, overflowY, textOverflow, webkitLineClamp } = of(element);
    // What ends in an ellipsis is shortened on purpose.
    if (textOverflow === "ellipsis" || webkitLineClamp !== "none") continue;
    if (unseen(element) || element.matches("input, select, textarea, img")) continue;
    if (/hidden|clip/.test(overflowX) && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1) {
      faults.push(`${name(element)} is cut off at its side`);
    }
    if (/hidden|clip/.test(overflowY) && element.scrollHeight > element.clientHeight + 1 && element.clientHeight > 1) {
      faults.push(`${name(element)} is cut off below`);
    }
  }
  // The first heading is not under the bar.
  const title = document.querySelector("main h1");
  if (title) {
    const range = document.createRange();
    range.selectNodeContents(title);
    const line = [...range.getClientRects()].find((box) => box.width > 4 && box.bottom < innerHeight && box.top >= 0);
    if (line) {
      const top = document.elementFromPoint(line.left + 2, line.top + line.height / 2);
      if (top && !title.contains(top) && !top.contains(title)) faults.push(`${name(top)} covers the title`);
    }
  }
  return faults.slice(0, 20);
}
