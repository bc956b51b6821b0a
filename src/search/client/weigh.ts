// How much a guide is worth for a part of a question: BM25F over the fields of the index.
//
// In: postings. Out: scores by guide, with the places that made them. It knows no query.
//
// The formula is BM25F's (Robertson, Zaragoza, Taylor 2004): occurrences are weighed by field,
// each against the usual length of that field, and only their sum is saturated.
import { even } from "./even";
import { FIELDS, BODY, HEADING, TITLE, type Entry, type Postings } from "./postings";
import type { Head } from "./store";

/** By field: title, heading, keyword, code, alternative text, body. */
const WEIGHT = [15, 3.2, 5, 0.3, 0.7, 1];
const NORM = [0.3, 0.5, 0, 0, 0, 0.6];
/** Shorter fields than this share of the usual length gain nothing by it. */
const SHORT = 0.5;
const K1 = 2;

/** What a guide has for a part of a question. */
export interface Found {
  score: number;
  /** How well the part is met: 1 as asked, less for likenesses. */
  met: number;
  /** How well the title meets it. */
  title: number;
  /** Where, in title, headings and text: places that {@link hit} packs. */
  at: number[];
}

/** A position, and how many positions are met there, in one number that sorts by position. */
export const hit = (position: number, long: number): number => position * SPAN + Math.min(long, SPAN - 1);
export const positionOf = (packed: number): number => Math.floor(packed / SPAN);
export const longOf = (packed: number): number => packed % SPAN;
const SPAN = 32;


/** What guides have for a part of a question. */
export class Scores extends Map<number, Found> {
  /** Whether others may have it too: of a common token only the guides where it weighs most are known. */
  partial = false;
}


/** The arithmetic of one index. */
export class Scale {
  private readonly usual: number[];

  constructor(private readonly head: Head) {
    const [title, heading, body] = head.average;
    this.usual = [];
    this.usual[TITLE] = title || 1;
    this.usual[HEADING] = heading || 1;
    this.usual[BODY] = body || 1;
  }

  /** How telling it is that something stands in `count` guides. */
  rarity(count: number): number {
    return even(Math.log(1 + (this.head.guides - count + 0.5) / (count + 0.5)));
  }

  /** The weighed number of occurrences. */
  private weight(entry: Entry): number {
    let sum = 0;
    for (let field = 0; field < FIELDS; field++) {
      const at = entry.at[field];
      if (!at) continue;
      const b = NORM[field]!;
      const length = b ? 1 - b + b * Math.max(SHORT, (entry.long[field] ?? this.usual[field]!) / this.usual[field]!) : 1;
      sum += (WEIGHT[field]! * at.length) / length;
    }
    return sum;
  }

  /** Adds what `postings` are worth to `scores`; of several kinds of match the best one counts. `long`: how many positions one covers. */
  add(scores: Scores, postings: Postings, met: number, { rarity = this.rarity(postings.count), factor = 1, long = 1 } = {}): void {
    if (!isWhole(postings)) scores.partial = true;
    for (const [guide, entry] of postings.guides) {
      const weight = this.weight(entry);
      const score = (factor * met * rarity * weight * (K1 + 1)) / (weight + K1);
      const known = scores.get(guide);
      const at = places(entry, long);
      const title = entry.at[TITLE] ? met : 0;
      if (!known) scores.set(guide, { score, met, title, at });
      else {
        if (score > known.score) known.at = at.concat(known.at);
        else known.at = known.at.concat(at);
        known.score = Math.max(known.score, score);
        known.met = Math.max(known.met, met);
        known.title = Math.max(known.title, title);
      }
    }
  }
}

const MOST = 60;

const places = (entry: Entry, long: number): number[] => {
  const found: number[] = [];
  for (const at of entry.at) if (at) for (const position of at.slice(0, MOST)) found.push(hit(position, long));
  return found;
};

/** A token of a row, and its distance from the first one. */
export interface Step {
  postings: Postings;
  at: number;
}

/** Whether all guides of a token were loaded. */
export const isWhole = (postings: Postings): boolean => postings.guides.size >= postings.count;

/** The starts of a row in one field, told by those tokens whose places are known. */
const starts = (steps: Step[], guide: number, field: number): number[] => {
  let kept: number[] | null = null;
  for (const { postings, at } of steps) {
    const entry = postings.guides.get(guide);
    if (!entry) continue;
    const here = entry.at[field];
    if (!here) return [];
    if (kept === null) kept = here.map((place) => place - at);
    else {
      const set = new Set(here);
      kept = kept.filter((start) => set.has(start + at));
    }
    if (!kept.length) return kept;
  }
  return kept ?? [];
};

/**
 * Where tokens follow each other at their distances, in one field. Of a common token only the
 * guides where it weighs most are loaded: in the others it is taken to be where the row wants it,
 * when half of the row is known, or two of its tokens wholly.
 */
export const follow = (steps: Step[]): Postings => {
  const made: Postings = { count: 0, guides: new Map() };
  const whole = steps.filter((step) => isWhole(step.postings));
  const pool = whole.length ? [whole.reduce((a, b) => (b.postings.guides.size < a.postings.guides.size ? b : a))] : steps;
  for (const guide of new Set(pool.flatMap((step) => [...step.postings.guides.keys()]))) {
    if (!whole.every((step) => step.postings.guides.has(guide))) continue;
    const known = steps.filter((step) => step.postings.guides.has(guide));
    if (known.length * 2 < steps.length && whole.length < 2) continue;
    const at: (number[] | undefined)[] = [];
    for (let field = 0; field < FIELDS; field++) {
      const found = starts(known, guide, field);
      if (found.length) at[field] = found;
    }
    if (at.length) made.guides.set(guide, { at, long: known[0]!.postings.guides.get(guide)!.long });
  }
  made.count = whole.length ? made.guides.size : estimated(steps, made.guides.size);
  return made;
};

/** In how many guides a row of common tokens stands, from how many of the loaded ones have it. */
const estimated = (steps: Step[], found: number): number => {
  if (!found) return 0;
  const { count, guides } = steps.reduce((a, b) => (b.postings.count < a.postings.count ? b : a)).postings;
  return Math.min(count, Math.max(found, Math.round((found * count) / guides.size)));
};

/** Postings of any of several tokens. */
export const either = (all: Postings[]): Postings => {
  if (all.length === 1) return all[0]!;
  const made: Postings = { count: 0, guides: new Map() };
  for (const postings of all) {
    for (const [guide, entry] of postings.guides) {
      const known = made.guides.get(guide);
      if (!known) made.guides.set(guide, entry);
      else made.guides.set(guide, merged(known, entry));
    }
  }
  made.count = Math.max(made.guides.size, ...all.map((postings) => postings.count));
  return made;
};

const merged = (a: Entry, b: Entry): Entry => {
  const at: (number[] | undefined)[] = [];
  for (let field = 0; field < FIELDS; field++) {
    const both = [...(a.at[field] ?? []), ...(b.at[field] ?? [])];
    if (both.length) at[field] = [...new Set(both)].sort((x, y) => x - y);
  }
  return { at, long: a.long.length >= b.long.length ? a.long : b.long };
};
