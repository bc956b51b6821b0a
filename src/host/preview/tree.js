// What the page was made of when the preview sent it, and how a newer one takes its place.
//
// Scripts add to a page: buttons, tabs, anchors. None of that is in these trees, so that a
// newer page differs only where its writer changed something; the rest of the page, with all
// that was added and all that is open, chosen or typed, stays the very same elements.

/** A short number for a long text (cyrb53). */
const numberOf = (text) => {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
};

/** The tree of a node: `sign` is the same for what is made of the same. */
const treeOf = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return { node, text: node.data, sign: numberOf(node.data) };
  const attributes = new Map([...node.attributes].map(({ name, value }) => [name, value]));
  const kids = [];
  for (const child of node.childNodes) {
    if (child.nodeType === Node.ELEMENT_NODE || child.nodeType === Node.TEXT_NODE) kids.push(treeOf(child));
  }
  const tree = { node, name: node.nodeName, attributes, kids };
  tree.sign = signOf(tree);
  return tree;
};

const signOf = ({ name, attributes, kids }) =>
  numberOf([name, ...[...attributes].flat(), "", ...kids.map(({ sign }) => sign)].join("\0"));

/** The ids of the labels of tabs: with others the whole of them is drawn anew. */
const labelsOf = (tree) => tree.kids.map((kid) => kid.kids?.find(({ attributes }) => attributes?.get("class") === "tab-label")?.sign).join();

/** Whether an element can become another one, part by part. */
const canBecome = (old, fresh) => {
  if (old.name !== fresh.name) return false;
  if (old.text !== undefined) return true;
  if (old.attributes.get("id") !== fresh.attributes.get("id")) return false;
  // Scripts take headings apart, and other namespaces have rules of their own.
  if (/^H[1-6]$/.test(old.name) && old.attributes.has("id")) return false;
  if (old.node.namespaceURI !== "http://www.w3.org/1999/xhtml") return false;
  const kind = (old.attributes.get("class") ?? "").split(" ")[0];
  if (kind !== (fresh.attributes.get("class") ?? "").split(" ")[0]) return false;
  return kind !== "tabs" || labelsOf(old) === labelsOf(fresh);
};

/** Makes `old`, which is on the page, into `fresh`. */
const become = (old, fresh) => {
  if (old.sign === fresh.sign) return;
  if (old.text !== undefined) setText(old, fresh.text);
  else {
    setAttributes(old, fresh);
    setKids(old, fresh.kids);
  }
  old.sign = fresh.sign;
};

/** Changes the letters that differ: what is selected before and after them stays so. */
const setText = (old, text) => {
  const was = old.node.data;
  let start = 0;
  while (start < was.length && was[start] === text[start]) start += 1;
  let end = 0;
  while (end < Math.min(was.length, text.length) - start && was.at(-1 - end) === text.at(-1 - end)) end += 1;
  old.node.replaceData(start, was.length - start - end, text.slice(start, text.length - end));
  old.text = text;
};

/** What differs in the page as it was sent; what scripts have set since then stays. */
const setAttributes = (old, fresh) => {
  for (const name of new Set([...old.attributes.keys(), ...fresh.attributes.keys()])) {
    const [was, now] = [old.attributes.get(name), fresh.attributes.get(name)];
    if (was === now) continue;
    if (name === "class") {
      old.node.classList.remove(...(was ?? "").split(/\s+/).filter(Boolean));
      old.node.classList.add(...(now ?? "").split(/\s+/).filter(Boolean));
    } else if (now === undefined) old.node.removeAttribute(name);
    else old.node.setAttribute(name, now);
  }
  old.attributes = fresh.attributes;
};

const setKids = (old, fresh) => {
  const kids = paired(old.kids, fresh);
  const kept = new Set(kids.map(({ was }) => was).filter(Boolean));
  const left = old.kids.filter((kid) => !kept.has(kid));
  // What scripts have put after the last part, or in front of the first one, stays there.
  let after = old.kids.findLast(({ node }) => node.parentNode === old.node)?.node.nextSibling ?? null;
  for (const { was, now } of kids.toReversed()) {
    if (was) become(was, now);
    else old.node.insertBefore(document.adoptNode(now.node), after);
    after = (was ?? now).node;
  }
  for (const kid of left) kid.node.remove();
  old.kids = kids.map(({ was, now }) => was ?? now);
};

/** Which of the old parts each of the new ones is, in order: the same first, then the alike. */
const paired = (old, fresh) => {
  const pairs = fresh.map((now) => ({ was: null, now }));
  let [from, oldEnd, freshEnd] = [0, old.length, fresh.length];
  const match = (a, b) => (pairs[b].was = old[a]);
  while (from < oldEnd && from < freshEnd && old[from].sign === fresh[from].sign) match(from, from++);
  while (oldEnd > from && freshEnd > from && old[oldEnd - 1].sign === fresh[freshEnd - 1].sign) match(--oldEnd, --freshEnd);
  let [a, b] = [from, from];
  for (const [sameA, sameB] of [...common(old, fresh, from, oldEnd, freshEnd), [oldEnd, freshEnd]]) {
    for (; b < sameB; b += 1) {
      const alike = old.slice(a, sameA).findIndex((kid) => canBecome(kid, fresh[b]));
      if (alike < 0) continue;
      match(a + alike, b);
      a += alike + 1;
    }
    if (sameB < freshEnd) match(sameA, sameB);
    [a, b] = [sameA + 1, sameB + 1];
  }
  return pairs;
};

/** The longest run of parts, not next to one another, that are the same in both. */
const common = (old, fresh, from, oldEnd, freshEnd) => {
  const [rows, columns] = [oldEnd - from, freshEnd - from];
  // Longer lists than anybody writes are drawn anew.
  if (rows * columns > 4_000_000) return [];
  const lengths = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
  for (let a = rows - 1; a >= 0; a -= 1) {
    for (let b = columns - 1; b >= 0; b -= 1) {
      const same = old[from + a].sign === fresh[from + b].sign;
      lengths[a][b] = same ? lengths[a + 1][b + 1] + 1 : Math.max(lengths[a + 1][b], lengths[a][b + 1]);
    }
  }
  const found = [];
  for (let [a, b] = [0, 0]; a < rows && b < columns; ) {
    if (old[from + a].sign === fresh[from + b].sign) found.push([from + a++, from + b++]);
    else if (lengths[a + 1][b] >= lengths[a][b + 1]) a += 1;
    else b += 1;
  }
  return found;
};
