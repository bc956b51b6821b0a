// Other words for what was asked: of the site's tables and of its terms.
//
// In: the parts of a question, and the dictionary. Out: for stretches of parts, what else to look for.
import type { Store } from "./store";
import type { Part } from "./question";

/** Parts that a table names, and its other words for them. */
export interface Instead {
  from: number;
  to: number;
  words: string[];
}

/** How many parts a word of a table may span. */
const SPAN = 4;

/** Kana of one row: verbs change within it, `消す` and `消した`, `作る` and `作り`. */
const ROWS = ["カキクケコイッ", "ガギグゲゴイ", "サシスセソ", "タチツテトッ", "ナニヌネノン", "バビブベボン", "マミムメモン", "ラリルレロッ", "アイウエオワッ", "イクカケ"];

const isKana = (c: string | undefined): boolean => c !== undefined && c >= "ァ" && c <= "ヺ";

/** Whether `asked` is a form of the word `known`, which ends in kana that change: `止メル`, `止メタ`. */
export const inflected = (known: string, asked: string): boolean => {
  const last = known.at(-1);
  const base = known.slice(0, -1);
  if (!isKana(last) || !base || !asked.startsWith(base)) return false;
  if (isKana(base.at(-1))) return !isKana(base[0]);
  const next = asked[base.length];
  return next !== undefined && ROWS.some((row) => row.includes(last!) && row.includes(next));
};

/** Parts as a key of the table: words apart, kana and kanji together. */
export const keyOf = (parts: Part[]): string => {
  let key = "";
  let word = false;
  for (const part of parts) {
    const isWord = part.kind === "word";
    key += (isWord && word ? " " : "") + (isWord ? part.pieces.join("") : part.pieces.slice(0, part.long).join(""));
    word = isWord;
  }
  return key;
};

const listed = (value: string): string[] => value.split("|");

/** Words for parts from `from` on; the longest stretch that a table names wins. */
const at = async (store: Store, parts: Part[], from: number): Promise<Instead | null> => {
  const first = parts[from]!;
  const begin = keyOf([first]);
  const entries = new Map(await store.range(`s${[...begin].slice(0, first.kind === "word" ? 8 : 1).join("")}`, 2));
  for (let to = Math.min(parts.length, from + SPAN); to > from; to--) {
    const found = entries.get(`s${keyOf(parts.slice(from, to))}`);
    if (found !== undefined) return { from, to, words: listed(found) };
  }
  if (first.kind !== "pairs") return null;
  const asked = keyOf(parts.slice(from, from + 2));
  const words = [...entries].filter(([key]) => inflected(key.slice(1), asked)).flatMap(([, value]) => listed(value));
  return words.length ? { from, to: from + 1, words } : null;
};

/** Everything that the tables have for a question. */
export const synonyms = async (store: Store, parts: Part[]): Promise<Instead[]> => {
  const found = await Promise.all(parts.map((part, from) => (part.weight < 1 ? null : at(store, parts, from))));
  return found.filter((one) => one !== null);
};
