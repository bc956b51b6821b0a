// The order of guides for a question: all parts wanted, near each other, in a row at best.
//
// In: a question and an index. Out: guides with scores and places, best first, and what none has.
import { even } from "./even";
import { coverOf, pairs, pairsOf, type Placed } from "./pairs";
import { NOWHERE, type Postings } from "./postings";
import { question, type Part, type Question } from "./question";
import { synonyms } from "./synonyms";
import { follow, isWhole, positionOf, Scores, type Step } from "./weigh";
import { word, type Asked } from "./words";

/** How much another word of a table counts, and how well it meets what was asked. */
const SYNONYM = 0.7;
const MEANT = 0.9;
/** What it is worth to have all parts, and how strongly the others are measured by how many they have. */
const COMPLETE = 1.2;
const ALL = 1.5;
/** What it is worth that neighbouring parts stand near each other, and how near that is. */
const NEAR = 1.5;
const REACH = 40;
/** What it is worth that a stretch, or the whole question, stands in a row. */
const ROW = 0.8;
const MUCH = 10;
/** From how much said in a row the kana between are compared too. */
const LONG = 3;
/** How many further tiers of a common token are loaded at most. */
const TIERS = 1;
/** How much is said by a sentence. */
const SENTENCE = 9;
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

/** How closely a row is looked at: what is telling, also where its parts meet, every pair of it. */
type Closeness = 0 | 1 | 2;

/** The pair where two parts meet: it is often rare where both parts are common. */
const meeting = (part: Part, next: Part | undefined): Placed[] =>
  part.kind === "pairs" && next?.kind === "pairs" && part.to === next.from && part.pieces.length === part.long
    ? [{ token: part.pieces.at(-1)! + next.pieces[0]!, at: part.long - 1 }]
    : [];

/** The tokens of parts in a row, with their distances. */
const rowOf = (parts: Part[], close: Closeness): Placed[] => {
  const start = parts[0]?.at ?? 0;
  const placed = (part: Part, i: number): Placed[] => {
    const meets = close > 0 ? meeting(part, parts[i + 1]) : [];
    if (part.soft && close < 2) return meets;
    if (part.kind === "word") return part.pieces.map((token, at) => ({ token, at }));
    return [...(close < 2 ? coverOf(part.pieces) : pairsOf(part.pieces)), ...meets];
  };
  return parts.flatMap((part, i) => placed(part, i).map(({ token, at }) => ({ token, at: part.at - start + at })));
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

const wholly = (step: Looked): boolean => isWhole(step.postings);

/** Where parts stand in a row. */
const inRow = async (asked: Asked, parts: Part[]): Promise<Postings> => {
  const look = (placed: Placed[]): Promise<Looked[]> =>
    Promise.all(placed.map(async ({ token, at }) => ({ token, postings: await asked.tokens.get(token), at })));
  let row = NOWHERE;
  let steps: Looked[] = [];
  for (const close of [0, 1, 2] as const) {
    steps = await look(rowOf(parts, close));
    row = follow(steps);
    // Few words say little in a row; and once wholly known tokens leave one guide or none, that is it.
    if (told(parts) < LONG || (row.count <= 1 && (close ? steps.some(wholly) : steps.every(wholly)))) return row;
  }
  return follow(await deepened(asked, steps));
};

/** What a stretch of parts finds besides them, and how much that is worth to each. */
interface Besides {
  from: number;
  to: number;
  scores: Scores;
  worth: number;
  met: number;
}

/** `foot notes` for `footnotes`: two words that the index has as one. */
const joined = async (asked: Asked, parts: Part[]): Promise<Besides[]> => {
  const simple = (part: Part | undefined) => part?.kind === "word" && part.pieces.length === 1 && part.weight === 1;
  const firsts = parts.flatMap((part, i) => (simple(part) && simple(parts[i + 1]) ? [i] : []));
  return Promise.all(
    firsts.map(async (from) => {
      const scores = new Scores();
      asked.scale.add(scores, await asked.tokens.get(parts[from]!.pieces[0]! + parts[from + 1]!.pieces[0]!), JOINED);
      return { from, to: from + 2, scores, worth: 1, met: 1 };
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

/** What synonyms find. */
const replaced = async (asked: Asked, parts: Part[]): Promise<Besides[]> => {
  // A long sentence is looked for as it is.
  const all = told(parts) < SENTENCE ? await synonyms(asked.tokens.store, parts) : [];
  const found = all.map(({ from, to, words }) => {
    const worth = SYNONYM / Math.sqrt(to - from);
    return words.map(async (text) => ({ from, to, scores: await other(asked, text), worth, met: MEANT }));
  });
  return Promise.all(found.flat());
};

/** Adds to a part what stands for it. */
const better = (scores: Scores, { scores: more, worth, met: likely }: Besides): void => {
  for (const [guide, { score, met, title, at }] of more) {
    const known = scores.get(guide);
    if (!known) scores.set(guide, { score: score * worth, met: met * likely, title: title * likely, at });
    else {
      known.at = known.at.concat(at);
      known.score = Math.max(known.score, score * worth);
      known.met = Math.max(known.met, met * likely);
      known.title = Math.max(known.title, title * likely);
    }
  }
};

/** What it is worth that stretches of the question, and the whole of it, stand in a row. */
const rows = async (asked: Asked, { parts, stretches }: Question): Promise<Scores> => {
  const wanted = stretches.filter(({ from, to }) => to - from > 1).map(({ from, to }) => ({ range: parts.slice(from, to), worth: ROW }));
  if (parts.length > 1) wanted.push({ range: parts, worth: WHOLE });
  const found = await Promise.all(wanted.map(({ range }) => inRow(asked, range)));
  const scores = new Scores();
  found.forEach((row, i) => asked.scale.add(scores, row, wanted[i]!.worth * told(wanted[i]!.range)));
  return scores;
};

/** Asks an index. */
export const rank = async (asked: Asked, typed: string): Promise<Ranking> => {
  const asking = question(typed);
  const { parts } = asking;
  const [found, bonus, ...besides] = await Promise.all([
    Promise.all(parts.map((part) => find(asked, part))),
    rows(asked, asking),
    replaced(asked, parts),
    joined(asked, parts),
  ]);
  for (const one of besides.flat()) for (let part = one.from; part < one.to; part++) better(found[part]!, one);
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

/** The guides that have some of the parts, best first. */
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
  // Of common words alone a guide may have nothing that was loaded but the row.
  for (const guide of bonus.keys()) if (!guides.has(guide)) guides.set(guide, { sum: 0, met: 0, title: 0 });
  const ranked: Ranked[] = [];
  for (const [guide, { sum, met: sure, title }] of guides) {
    const met = found.reduce((all, scores, i) => all + (scores.partial && !scores.has(guide) ? UNKNOWN * parts[i]!.weight : 0), sure);
    const row = bonus.get(guide);
    const at = found.map((scores) => (scores.get(guide)?.at ?? row?.at.slice() ?? []).sort((a, b) => a - b));
    const lacks = parts.flatMap((part, i) => (at[i]!.length || part.soft || found[i]!.partial ? [] : [i]));
    let score = (lacks.length ? 1 : COMPLETE) * sum * even((met / whole) ** ALL) * (1 + ENTITLED * even((title / whole) ** 2)) + (row?.score ?? 0);
    for (let i = 1; i < at.length; i++) {
      score += NEAR * nearness(at[i - 1]!, at[i]!) * Math.min(parts[i]!.weight, parts[i - 1]!.weight);
    }
    ranked.push({ guide, score, at, lacks, entitled: title >= whole * 0.9 });
  }
  return ranked.sort((a, b) => b.score - a.score || a.guide - b.guide);
};
