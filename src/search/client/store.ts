// The sorted dictionary that an index is: finds keys, and ranges of keys, in files loaded as needed.
//
// In: a way to load a file by name. Out: values, by key. It does not know what keys mean.

/** Loads a file of the index; refuses when it is missing, cut, or of another name. */
export type Load = (name: string) => Promise<unknown>;

/** A node of the dictionary: the first keys of its children, and their names. */
interface Node {
  k: string[];
  f: string;
  /** How many levels of nodes are below it. */
  d: number;
}

/** The first file of an index. */
export interface Head {
  format: number;
  /** The version of the specification of tokens. */
  tokenizer: number;
  /** Variant kanji, and their usual forms. */
  variants: [string, string];
  locale: string;
  guides: number;
  /** Average lengths: title, headings, body, code, alternative texts, keywords. */
  average: number[];
  root: Node;
  titles: string[] | null;
}

/** How long the name of a file is. */
export const NAME = 8;

/** Entries of the dictionary, sorted by key: key, value, key, value. */
type Leaf = string[];

/** The last place in `keys` (every `step`-th) whose key is at most `key`. */
const lastAtMost = (keys: string[], key: string, step: number): number => {
  let low = 0;
  let high = keys.length / step;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keys[middle * step]! <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

/** The dictionary below a head. */
export class Store {
  private files = new Map<string, Promise<unknown>>();

  constructor(readonly head: Head, private readonly loader: Load) {}

  /** A file by name, loaded once; one that failed is tried again at the next question. */
  load(name: string): Promise<unknown> {
    let file = this.files.get(name);
    if (!file) {
      file = this.loader(name);
      file.catch(() => this.files.delete(name));
      this.files.set(name, file);
    }
    return file;
  }

  private child(node: Node, at: number): Promise<unknown> {
    return this.load(node.f.slice(at * NAME, (at + 1) * NAME));
  }

  /** The leaves that hold keys from `from` up to `to`, at most `most`. */
  private async leaves(node: Node, from: string, to: string, most: number): Promise<Leaf[]> {
    const first = Math.max(0, lastAtMost(node.k, from, 1));
    const last = Math.min(lastAtMost(node.k, to, 1), first + most - 1);
    const children: Promise<unknown>[] = [];
    for (let at = first; at <= last; at++) children.push(this.child(node, at));
    const loaded = await Promise.all(children);
    if (node.d === 0) return loaded as Leaf[];
    const found: Leaf[] = [];
    for (const child of loaded) {
      if (found.length < most) found.push(...(await this.leaves(child as Node, from, to, most - found.length)));
    }
    return found;
  }

  /** The value of a key. */
  async get(key: string): Promise<string | undefined> {
    const [leaf] = await this.leaves(this.head.root, key, key, 1);
    const at = leaf ? lastAtMost(leaf, key, 2) : -1;
    return at >= 0 && leaf![at * 2] === key ? leaf![at * 2 + 1] : undefined;
  }

  /** Entries whose keys begin with `prefix`, from at most `most` leaves. */
  async range(prefix: string, most: number): Promise<[string, string][]> {
    const to = `${prefix}\uffff`;
    const found: [string, string][] = [];
    for (const leaf of await this.leaves(this.head.root, prefix, to, most)) {
      for (let at = Math.max(0, lastAtMost(leaf, prefix, 2)); at * 2 < leaf.length; at++) {
        const key = leaf[at * 2]!;
        if (key > to) break;
        if (key.startsWith(prefix)) found.push([key, leaf[at * 2 + 1]!]);
      }
    }
    return found;
  }
}
