// The order of guides for a question: all parts wanted, near each other, in a row at best.
//
// In: a question and an index. Out: guides with scores and places, best first, and what none has.
import { coverOf, pairs, type Placed } from "./pairs";
import type { Postings } from "./postings";
import { question, type Part, type Question } from "./question";
import { synonyms } from "./synonyms";
import { follow, isWhole, positionOf, Scores, type Step } from "./weigh";
import { word, type Asked } from "./words";

/** How much another word of a table counts, and how well it meets what was asked. */
const SYNONYM = 0.7;
const MEANT = 0.9;
/** How strongly all parts are wanted. */
const ALL = 1.5;
/** What it is worth that neighbouring parts stand near each other, and how near that is. */
const NEAR = 1.5;
const REACH = 40;
/** What it is worth that a stretch, or the whole question, stands in a row. */
const ROW = 0.8;
const MUCH = 10;
/** From how much said in a row the kana between are compared too. */
const LONG = 3;
/** Up to how many guides with the same row are told apart by more of the index. */
const FEW = 10;
/** How many further tiers of a common token are loaded at most. */
const TIERS = 2;
/** How much two words written as one count. */
const JOINED = 0.95;
const WHOLE = 0.5;

/** How far a part is taken to be met by a guide of which that is not known. */
const UNKNOWN = 0.5;

/** What it is worth that the title has all. */
const ENTITLED = 3;

/** A guide that answers. */
export interface Ranked {
  guide: number;
  score: number;
  /** By part of the question: where it stands, if it does; places that `hit` packs. */
  at: number[][];
  /** The parts that it surely does not have. */
  lacks: number[];
  /** Whether its title has all. */
  entitled: boolean;
}

export interface Ranking {
  question: Question;
  guides: Ranked[];
  /** The question with its likely mistakes set right, when there are any. */
  instead: string | null;
}

/** The tokens of parts in a row, with their distances. */
const rowOf = (parts: Part[], soft = false): Placed[] => {
  const start = parts[0]?.at ?? 0;
  const placed = (part: Part): Placed[] => {
    if (part.soft && !soft) return [];
    if (part.kind === "word") return part.pieces.map((token, at) => ({ token, at }));
    return part.pieces.length > 1 ? coverOf(part.pieces) : [];
  };
  return parts.flatMap((part) => placed(part).map(({ token, at }) => ({ token, at: part.at - start + at })));
};

/** A token of a row with what the index has of it. */
type Looked = Step & { token: string };

/** The same steps with more of the two least common tokens that are not wholly known. */
const deepened = async (asked: Asked, steps: Looked[]): Promise<Looked[]> => {
  const common = steps.filter((step) => !isWhole(step.postings));
  common.sort((a, b) => a.postings.count - b.postings.count || a.at - b.at);
  const chosen = common.slice(0, 2);
  return Promise.all(
    steps.map(async (step) => (chosen.includes(step) ? { ...step, postings: await asked.tokens.more(step.token, TIERS) } : step)),
  );
};

const inRow = async (asked: Asked, parts: Part[]): Promise<Postings> => {
  const look = (placed: Placed[]): Promise<Looked[]> =>
    Promise.all(placed.map(async ({ token, at }) => ({ token, postings: await asked.tokens.get(token), at })));
  const steps = await look(rowOf(parts));
  const row = follow(steps);
  if (told(parts) < LONG) return row;
  if (!row.count) return follow(await deepened(asked, steps));
  if (row.count === 1) return row;
  // Of many that have the telling parts at the right distances, the kana between decide.
  const all = parts.some((part) => part.soft && part.long > 1) ? await look(rowOf(parts, true)) : steps;
  const whole = follow(all);
  return whole.count > 1 && whole.count < FEW ? follow(await deepened(asked, all)) : whole;
};

/** `foot notes` for `footnotes`: two words that the index has as one. */
const joined = async (asked: Asked, parts: Part[], found: Scores[]): Promise<void> => {
  const pairs = parts.slice(1).map((second, i) => [parts[i]!, second, i] as const);
  const apart = pairs.filter(([a, b]) => a.kind === "word" && b.kind === "word" && a.pieces.length + b.pieces.length === 2 && a.weight + b.weight === 2);
  await Promise.all(
    apart.map(async ([a, b, i]) => {
      const postings = await asked.tokens.get(a.pieces[0]! + b.pieces[0]!);
      if (!postings.count) return;
      for (const at of [i, i + 1]) asked.scale.add(found[at]!, postings, JOINED, { long: 1 });
    }),
  );
};

const nearness = (a: number[], b: number[]): number => {
  let best = REACH;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [here, there] = [positionOf(a[i]!), positionOf(b[j]!)];
    best = Math.min(best, Math.abs(here - there));
    if (here < there) i++;
    else j++;
  }
  return 1 - best / REACH;
};

const find = async (asked: Asked, part: Part): Promise<Scores> => {
  if (part.soft) return new Scores();
  return part.kind === "word" ? word(asked, part) : pairs(asked, part);
};

/** Guides that have another word of a table. */
const other = async (asked: Asked, text: string): Promise<Scores> => {
  const { parts } = question(text);
  const [only] = parts;
  if (only && parts.length === 1) return only.kind === "word" ? word(asked, { ...only, last: false }, true) : pairs(asked, only, true);
  const scores = new Scores();
  const row = await inRow(asked, parts);
  if (row.count) asked.scale.add(scores, row, 1, { long: parts.reduce((sum, part) => sum + part.long, 0) });
  return scores;
};

/** Adds what synonyms find to the parts that they stand for. */
const replace = async (asked: Asked, parts: Part[], found: Scores[]): Promise<void> => {
  const all = await synonyms(asked.tokens.store, parts);
  await Promise.all(
    all.map(async ({ from, to, words }) => {
      const share = SYNONYM / Math.sqrt(to - from);
      for (const scores of await Promise.all(words.slice(0, 12).map((text) => other(asked, text)))) {
        for (let part = from; part < to; part++) better(found[part]!, scores, share);
      }
    }),
  );
};

/** Adds likenesses to scores, each worth `share`. */
const better = (scores: Scores, more: Scores, share: number): void => {
  for (const [guide, { score, met, title, at }] of more) {
    const known = scores.get(guide);
    if (!known) scores.set(guide, { score: score * share, met: met * MEANT, title: title * MEANT, at });
    else {
      known.at = known.at.concat(at);
      known.score = Math.max(known.score, score * share);
      known.met = Math.max(known.met, met * MEANT);
      known.title = Math.max(known.title, title * MEANT);
    }
  }
};

/** Asks an index. */
export const rank = async (asked: Asked, typed: string): Promise<Ranking> => {
  const asking = question(typed);
  const { parts } = asking;
  const found = await Promise.all(parts.map((part) => find(asked, part)));
  await Promise.all([replace(asked, parts, found), joined(asked, parts, found)]);
  const bonus = new Scores();
  const add = async (range: Part[], worth: number) => {
    const row = await inRow(asked, range);
    if (row.count) asked.scale.add(bonus, row, worth);
  };
  const rows: Promise<void>[] = [];
  for (const { from, to } of asking.stretches) if (to - from > 1) rows.push(add(parts.slice(from, to), ROW * told(parts.slice(from, to))));
  if (parts.length > 1) rows.push(add(parts, WHOLE * told(parts)));
  await Promise.all(rows);
  return { question: asking, guides: combined(parts, found, bonus), instead: corrected(typed, parts) };
};

/** The question with the words that it likely means; nothing when it has no mistake. */
const corrected = (typed: string, parts: Part[]): string | null => {
  let made = typed;
  for (const part of [...parts].reverse()) if (part.instead) made = made.slice(0, part.from) + part.instead + made.slice(part.to);
  return made === typed ? null : made;
};

/** How much is said by parts in a row: words count whole, characters half. */
const told = (parts: Part[]): number => Math.min(MUCH, parts.reduce((sum, part) => sum + (part.kind === "word" ? part.long : part.long / 2), -1));

const combined = (parts: Part[], found: Scores[], bonus: Scores): Ranked[] => {
  const whole = parts.reduce((sum, part) => sum + (part.soft ? 0 : part.weight), 0);
  const guides = new Map<number, { sum: number; met: number; title: number }>();
  found.forEach((scores, i) => {
    const { weight } = parts[i]!;
    for (const [guide, { score, met, title }] of scores) {
      const known = guides.get(guide) ?? { sum: 0, met: 0, title: 0 };
      known.sum += weight * score;
      known.met += weight * (met > 0.4 ? 1 : met * 2);
      known.title += weight * title;
      guides.set(guide, known);
    }
  });
  const ranked: Ranked[] = [];
  for (const [guide, { sum, met: sure, title }] of guides) {
    const met = found.reduce((all, scores, i) => all + (scores.partial && !scores.has(guide) ? UNKNOWN * parts[i]!.weight : 0), sure);
    const at = found.map((scores) => (scores.get(guide)?.at ?? []).sort((a, b) => a - b));
    let score = sum * (met / whole) ** ALL * (1 + ENTITLED * (title / whole) ** 2) + (bonus.get(guide)?.score ?? 0);
    for (let i = 1; i < at.length; i++) {
      score += NEAR * nearness(at[i - 1]!, at[i]!) * Math.min(parts[i]!.weight, parts[i - 1]!.weight);
    }
    ranked.push({ guide, score, at, lacks: parts.flatMap((part, i) => (at[i]!.length || part.soft || found[i]!.partial ? [] : [i])), entitled: title >= whole * 0.9 });
  }
  return ranked.sort((a, b) => b.score - a.score || a.guide - b.guide);
};
