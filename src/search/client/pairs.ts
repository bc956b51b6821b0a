// Stretches of kana and kanji: as typed, in part, and a single character.
//
// In: a part of a question, and the index. Out: the guides that have it or most of it.
import type { Part } from "./question";
import { isHan } from "./tokenize";
import { either, follow, type Scale, Scores } from "./weigh";
import type { Asked } from "./words";

/** Up to which length all pairs of a stretch are looked up at once. */
const ALL = 3;
/** How much of a stretch must be there for it to count, and how much it counts then. */
const LEAST = 0.4;
const IN_PART = 0.6;

/** A token of a part, and its distance from the part's beginning. */
export interface Placed {
  token: string;
  at: number;
}

/** The overlapping pairs of a stretch. */
export const pairsOf = (pieces: string[]): Placed[] => pieces.slice(1).map((c, at) => ({ token: pieces[at]! + c, at }));

/** Pairs that cover a stretch: all of a short one, every other one of a long one. */
export const coverOf = (pieces: string[]): Placed[] =>
  pairsOf(pieces).filter(({ at }) => pieces.length <= ALL || at % 2 === 0 || at === pieces.length - 2);

const lengthFactor = (length: number): number => Math.min(2, 0.7 + 0.15 * length);

/** A character alone: itself at the end of a stretch, or the pairs that begin with it. */
const single = async (asked: Asked, c: string): Promise<Scores> => {
  const scores = new Scores();
  const alone = await asked.tokens.get(c);
  if (alone.count) asked.scale.add(scores, alone, 0.7);
  const begun = await asked.tokens.store.range(`t${c}`, 3);
  const tokens = begun.map(([key]) => key.slice(1)).filter((token) => [...token].length === 2);
  const postings = await Promise.all(tokens.map((token) => asked.tokens.get(token)));
  if (postings.length) asked.scale.add(scores, either(postings), isHan(c) ? 0.6 : 0.3);
  return scores;
};

/** Guides that have some of the pairs, by how telling those are. */
const inPart = (scale: Scale, all: Awaited<ReturnType<Asked["tokens"]["get"]>>[], factor: number, scores: Scores): void => {
  const rarities = all.map((postings) => scale.rarity(postings.count));
  const whole = rarities.reduce((a, b) => a + b, 0);
  const had = new Map<number, { share: number; title: number; score: number; at: number[] }>();
  all.forEach((postings, i) => {
    const one = new Scores();
    scale.add(one, postings, 1, { long: 2 });
    scores.partial ||= one.partial;
    for (const [guide, found] of one) {
      const known = had.get(guide) ?? { share: 0, title: 0, score: 0, at: [] };
      known.share += rarities[i]! / whole;
      known.title += found.title * (rarities[i]! / whole);
      known.score += found.score / all.length;
      known.at.push(...found.at.slice(0, 20));
      had.set(guide, known);
    }
  });
  for (const [guide, { share, title, score, at }] of had) {
    if (share < LEAST) continue;
    const value = factor * IN_PART * score * share * share;
    const known = scores.get(guide);
    const entitled = title >= LEAST ? title * title * 0.8 : 0;
    if (!known) scores.set(guide, { score: value, met: share * share * 0.8, title: entitled, at });
    else {
      known.score = Math.max(known.score, value);
      known.title = Math.max(known.title, entitled);
    }
  }
};

/** The guides that a stretch of kana and kanji finds; when `plain`, only the whole of it. */
export const pairs = async (asked: Asked, part: Part, plain = false): Promise<Scores> => {
  const { pieces } = part;
  if (pieces.length === 1) return single(asked, pieces[0]!);
  const scores = new Scores();
  const look = (placed: Placed[]) => Promise.all(placed.map(async ({ token, at }) => ({ postings: await asked.tokens.get(token), at })));
  let steps = await look(coverOf(pieces));
  const row = follow(steps);
  const factor = lengthFactor(pieces.length);
  if (row.count) asked.scale.add(scores, row, 1, { factor, long: pieces.length });
  if (plain || steps.length === 1) return scores;
  if (!row.count) steps = await look(pairsOf(pieces));
  inPart(asked.scale, steps.map((step) => step.postings), factor, scores);
  return scores;
};
