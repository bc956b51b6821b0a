// Words of other scripts than kana and kanji: as typed, by root, unfinished, joined, mistyped.
//
// In: a word of a question, and the index. Out: the guides that have it or something like it.
import { distance } from "./distance";
import { Tokens, type Postings } from "./postings";
import type { Part } from "./question";
import { stem } from "./stem";
import { either, follow, type Scale, Scores } from "./weigh";

/** How much likenesses count, beside 1 for the word itself. */
const ROOT = 0.8;
const APART = 0.95;
const UNFINISHED = 0.6;
const LIKELY = 0.85;
const MISTYPED = 0.5;

/** In how many guides a word must stand to be taken as finished. */
const KNOWN = 4;

/** What an index is asked with. */
export interface Asked {
  tokens: Tokens;
  scale: Scale;
}

/** Words of the index that begin (or end) with letters, with their counts. */
const known = async (asked: Asked, kind: "v" | "r", letters: string, leaves: number): Promise<Map<string, number>> => {
  const entries = await asked.tokens.store.range(kind + letters, leaves);
  const flip = (word: string) => (kind === "r" ? [...word].reverse().join("") : word);
  return new Map(entries.map(([key, count]) => [flip(key.slice(1)), count.charCodeAt(0)]));
};

const all = (asked: Asked, words: string[]): Promise<Postings[]> => Promise.all(words.map((word) => asked.tokens.get(word)));

/** Forms of the same root, and words that begin so. */
const forms = async (asked: Asked, word: string, last: boolean, scores: Scores, exact: Postings): Promise<number> => {
  const root = stem(word);
  let shared = 0;
  while (shared < root.length && root[shared] === word[shared]) shared++;
  if (word.length < 2) return 0;
  const vocabulary = await known(asked, "v", word.slice(0, Math.max(2, Math.min(shared, word.length))), 3);
  const same = [...vocabulary.keys()].filter((other) => other !== word && stem(other) === root);
  const longer = [...vocabulary.keys()].filter((other) => other !== word && other.startsWith(word) && !same.includes(other));
  longer.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const ahead = longer.slice(0, exact.count >= KNOWN ? 4 : last ? 24 : word.length >= 4 ? 10 : 0);
  const alike = await all(asked, same);
  if (alike.length) {
    const merged = either([exact, ...alike]);
    asked.scale.add(scores, merged, ROOT);
  }
  const begun = await all(asked, ahead);
  const rarity = asked.scale.rarity(Math.max(exact.count, ...begun.map((postings) => postings.count), 0));
  begun.forEach((postings, i) => {
    const share = word.length / ahead[i]!.length;
    asked.scale.add(scores, postings, UNFINISHED * (0.5 + 0.5 * share) * (last ? 1.3 : 1), { rarity });
  });
  return same.length + ahead.length;
};

/** `logicapps` for `Logic Apps`: two words of the index written as one. */
const apart = async (asked: Asked, word: string, scores: Scores): Promise<void> => {
  const begin = await known(asked, "v", word.slice(0, 2), 4);
  const cuts = [];
  for (let at = 2; at <= word.length - 2; at++) if (begin.has(word.slice(0, at))) cuts.push(at);
  await Promise.all(
    cuts.map(async (at) => {
      const [first, second] = await all(asked, [word.slice(0, at), word.slice(at)]);
      const both = follow([{ postings: first!, at: 0 }, { postings: second!, at: 1 }]);
      if (both.count) asked.scale.add(scores, both, APART, { long: 2 });
    }),
  );
};

/** Words that differ by a letter or two. */
const mistyped = async (asked: Asked, part: Part, word: string, scores: Scores): Promise<void> => {
  const { last } = part;
  const most = word.length >= 8 ? 2 : 1;
  const letters = word.length >= 6 ? 3 : 2;
  const [begins, ends] = await Promise.all([
    known(asked, "v", word.slice(0, letters), 6),
    known(asked, "r", [...word].reverse().slice(0, letters).join(""), 6),
  ]);
  const near: [string, number][] = [];
  for (const other of new Set([...begins.keys(), ...ends.keys()])) {
    if (other === word || other.length < 3) continue;
    let far = distance(word, other, most);
    if (far > most && last && word.length >= 5 && other.length > word.length) {
      far = Math.min(distance(word, other.slice(0, word.length), 1), distance(word, other.slice(0, word.length + 1), 1)) + 0.7;
      if (far > 1.7) continue;
    }
    if (far <= most + 0.7) near.push([other, far]);
  }
  near.sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
  const chosen = near.slice(0, 12);
  const found = await all(asked, chosen.map(([other]) => other));
  const least = chosen[0]?.[1];
  const best = Math.max(...found.map((postings, i) => (chosen[i]![1] === least ? postings.count : 0)));
  found.forEach((postings, i) => {
    const far = chosen[i]![1];
    const likely = far === least && postings.count === best;
    if (likely && Number.isInteger(far)) part.instead ??= chosen[i]![0];
    asked.scale.add(scores, postings, likely ? LIKELY : far <= 1 ? MISTYPED : MISTYPED * 0.75);
  });
};

/** The guides that a word of a question finds; when `plain`, only the word itself. */
export const word = async (asked: Asked, part: Part, plain = false): Promise<Scores> => {
  const scores = new Scores();
  const { pieces, wholes } = part;
  const written = pieces.join("");
  const names = pieces.length === 1 ? pieces : wholes.length ? wholes : [];
  const [exact] = await all(asked, [names[0] ?? written]);
  if (exact!.count) asked.scale.add(scores, exact!, 1, { long: pieces.length });
  if (pieces.length > 1) {
    const postings = await all(asked, pieces);
    const row = follow(postings.map((one, at) => ({ postings: one, at })));
    if (row.count) asked.scale.add(scores, row, names.length ? APART : 1, { long: pieces.length });
  }
  const name = names[0];
  if (!name || plain) return scores;
  const like = await forms(asked, name, part.last, scores, exact!);
  if (pieces.length === 1 && name.length >= 5 && exact!.count < 1) await apart(asked, name, scores);
  if (name.length >= 4 && /[^0-9]/.test(name) && !exact!.count && (scores.size < 3 || !like)) await mistyped(asked, part, name, scores);
  return scores;
};
